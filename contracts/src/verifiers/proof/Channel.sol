// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {QM31} from "./QM31.sol";

/// @notice Where a verifier stands in a proof, and the transcript of what it read.
/// @param state Of the transcript: a chain of SHA-256.
/// @param draws Digests drawn since something was absorbed.
/// @param place Place in calldata of the next byte of the proof.
/// @param end Where the proof ends.
/// @param failed Whether some check did not hold.
struct Channel {
    bytes32 state;
    uint256 draws;
    uint256 place;
    uint256 end;
    bool failed;
}

/// @title Channels
/// @notice Fiat and Shamir's transcript, byte for byte that of `packages/proofs/src/zk/channel/transcript.ts`, and the
/// verifier's side of a sumcheck.
library Channels {
    bytes private constant SEPARATOR = "surety:proof:v1";

    /// @notice The bytes end where more are needed.
    error ProofTooShort();
    /// @notice The bytes go on where nothing is needed.
    error ProofTooLong();

    /// @param statement What is proved: absorbed before anything is drawn.
    function open(bytes memory statement, uint256 place, uint256 end) internal pure returns (Channel memory c) {
        (c.state, c.place, c.end) = (sha256(SEPARATOR), place, end);
        bytes8 length = bytes8(uint64(_swapped(statement.length)) << 32);
        c.state = sha256(abi.encodePacked(c.state, length, statement));
    }

    /// @dev The bytes of each word of 32 bits reversed.
    function _swapped(uint256 words) private pure returns (uint256 swapped) {
        assembly ("memory-safe") {
            let odd := 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
            swapped := or(and(shr(8, words), odd), shl(8, and(words, odd)))
            odd := 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
            swapped := or(and(shr(16, swapped), odd), shl(16, and(swapped, odd)))
        }
    }

    /// @notice The next bytes, not absorbed: nothing is drawn after them.
    function take(Channel memory c, uint256 length) internal pure returns (uint256 from) {
        from = c.place;
        if (length > c.end - from) revert ProofTooShort();
        c.place = from + length;
    }

    /// @notice The next bytes, absorbed.
    /// @return from Where they lie in calldata.
    function published(Channel memory c, uint256 length) internal view returns (uint256 from) {
        from = take(c, length);
        uint256 little = _swapped(length);
        bool done;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, mload(c))
            mstore(add(m, 32), shl(224, little))
            calldatacopy(add(m, 40), from, length)
            done := staticcall(gas(), 2, m, add(40, length), c, 32)
            mstore(add(c, 32), 0)
        }
        // INVARIANT: without gas for a hash nothing goes on.
        require(done);
    }

    /// @notice The next element.
    function receiveOne(Channel memory c) internal view returns (uint256) {
        return QM31.read(published(c, 16));
    }

    /// @notice Eight words of the next digest, the first in the highest bits.
    function draw(Channel memory c) internal view returns (uint256) {
        uint256 drawn = ++c.draws;
        uint256 little = _swapped(drawn);
        bool done;
        uint256 digest;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, mload(c))
            mstore(add(m, 32), shl(224, little))
            done := staticcall(gas(), 2, m, 36, 0, 32)
            digest := mload(0)
        }
        require(done);
        return _swapped(digest);
    }

    /// @notice An element of the extension: words of 31 bits, of which p itself is drawn again.
    function challenge(Channel memory c) internal view returns (uint256 found) {
        unchecked {
            uint256 lanes = 4;
            while (lanes > 0) {
                uint256 words = draw(c);
                for (uint256 k = 8; k > 0 && lanes > 0;) {
                    --k;
                    uint256 word = (words >> (32 * k)) & QM31.P;
                    if (word != QM31.P) found |= word << (64 * --lanes);
                }
            }
        }
    }

    /// @notice So many different indices below a power of two, ascending.
    function indices(Channel memory c, uint256 count, uint256 limit) internal view returns (uint256[] memory found) {
        bytes memory seen = new bytes(limit);
        found = new uint256[](count);
        unchecked {
            for (uint256 left = count; left > 0;) {
                uint256 words = draw(c);
                for (uint256 k = 8; k > 0 && left > 0;) {
                    uint256 index = (words >> (32 * --k)) & (limit - 1);
                    if (seen[index] != 0) continue;
                    seen[index] = 0x01;
                    --left;
                }
            }
            uint256 next = 0;
            for (uint256 i = 0; i < limit; ++i) if (seen[i] != 0) found[next++] = i;
        }
    }

    /// @notice Notes that two values have to be one.
    function same(Channel memory c, uint256 a, uint256 b) internal pure {
        if (!QM31.equal(a, b)) c.failed = true;
    }

    /// @notice A plain sumcheck of quadratic rounds: `Σ_x f(x) = value`, x of `vars` bits.
    /// @return point The first `vars` of its coordinates are drawn.
    function plainSum(Channel memory c, uint256 value, uint256 vars, uint256 capacity)
        internal
        view
        returns (uint256[] memory point, uint256 last)
    {
        point = new uint256[](capacity);
        unchecked {
            for (uint256 j = vars; j-- > 0;) {
                uint256 from = published(c, 32);
                uint256 r = challenge(c);
                point[j] = r;
                value = QM31.add(QM31.scale(value, 1 << 30), _round(from, r, QM31.HALF));
            }
        }
        return (point, value);
    }

    /// @notice The same of `Σ_x eq(point, x)·f(x)`, the factor of eq left out of the rounds. Overwrites the point.
    function weightedSum(Channel memory c, uint256 value, uint256[] memory point, uint256 vars)
        internal
        view
        returns (uint256)
    {
        unchecked {
            for (uint256 j = vars; j-- > 0;) {
                uint256 from = published(c, 32);
                uint256 r = challenge(c);
                value = QM31.add(value, _round(from, r, point[j]));
                point[j] = r;
            }
        }
        return value;
    }

    /// @dev `linear·(r − w) + leading·(r² − w)`.
    function _round(uint256 from, uint256 r, uint256 w) private pure returns (uint256) {
        return QM31.add(
            QM31.mul(QM31.read(from), QM31.sub(r, w)),
            QM31.mul(QM31.read(from + 16), QM31.sub(QM31.mul(r, r), w))
        );
    }

    function finish(Channel memory c) internal pure {
        if (c.place != c.end) revert ProofTooLong();
    }
}
