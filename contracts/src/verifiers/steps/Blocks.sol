// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Blocks
/// @notice SHA-256 (FIPS 180-4) block by block, for hashes of more bytes than one step of a verifier reads: the precompile only
/// hashes whole messages. Twin of `packages/proofs/src/zk/chain/steps/sha256.ts`.
library Blocks {
    uint256 internal constant BLOCK_BYTES = 64;

    /// @notice The state that whole blocks in memory lead to.
    /// @param from Where the first one begins.
    function compress(bytes32 state, uint256 from, uint256 blocks) internal pure returns (bytes32) {
        uint256 schedule;
        assembly ("memory-safe") {
            // 64 words of the schedule, and behind them the constants of the rounds, and a 0.
            schedule := mload(0x40)
            mstore(0x40, add(schedule, 4128))
            mstore(add(schedule, 4096), 0)
        }
        _constants(schedule + 2048);
        for (uint256 i = 0; i < blocks; ++i) {
            _schedule(schedule, from + BLOCK_BYTES * i);
            state = _rounds(schedule, state);
        }
        return state;
    }

    function _constants(uint256 to) private pure {
        uint256[8] memory packed = [
            uint256(0x428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5),
            0xd807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174,
            0xe49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da,
            0x983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca635114292967,
            0x27b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85,
            0xa2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070,
            0x19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3,
            0x748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2
        ];
        assembly ("memory-safe") {
            for { let i := 0 } lt(i, 64) { i := add(i, 1) } {
                let eight := mload(add(packed, shl(5, shr(3, i))))
                mstore(add(to, shl(5, i)), and(shr(sub(224, shl(5, and(i, 7))), eight), 0xffffffff))
            }
        }
    }

    function _schedule(uint256 w, uint256 from) private pure {
        assembly ("memory-safe") {
            let low := mload(from)
            let high := mload(add(from, 32))
            for { let i := 0 } lt(i, 8) { i := add(i, 1) } {
                let shift := sub(224, shl(5, i))
                mstore(add(w, shl(5, i)), and(shr(shift, low), 0xffffffff))
                mstore(add(w, shl(5, add(i, 8))), and(shr(shift, high), 0xffffffff))
            }
            // A word twice, one behind the other: shifting it right then rotates its lower half.
            for { let place := add(w, 512) } lt(place, add(w, 2048)) { place := add(place, 32) } {
                let x := mul(mload(sub(place, 480)), 0x100000001)
                let y := mul(mload(sub(place, 64)), 0x100000001)
                let s0 := xor(xor(shr(7, x), shr(18, x)), shr(35, x))
                let s1 := xor(xor(shr(17, y), shr(19, y)), shr(42, y))
                // What is above 32 bits of the shifted words does not count.
                let sum := add(add(s0, s1), add(mload(sub(place, 512)), mload(sub(place, 224))))
                mstore(place, and(sum, 0xffffffff))
            }
        }
    }

    /// @dev All rounds; no constant is 0, so that the one behind them ends the loop. Sums carry what does not count above 32 bits
    /// until they are masked.
    function _rounds(uint256 w, bytes32 state) private pure returns (bytes32 next) {
        assembly ("memory-safe") {
            // Eight words in registers of the machine, and nothing else that lasts: more would not fit its stack.
            mstore(0, state)
            let a := shr(224, state)
            let b := and(shr(192, state), 0xffffffff)
            let c := and(shr(160, state), 0xffffffff)
            let d := and(shr(128, state), 0xffffffff)
            let e := and(shr(96, state), 0xffffffff)
            let f := and(shr(64, state), 0xffffffff)
            let g := and(shr(32, state), 0xffffffff)
            let h := and(state, 0xffffffff)
            for { let k := mload(add(w, 2048)) } k { k := mload(add(w, 2048)) } {
                k := add(add(k, mload(w)), h)
                w := add(w, 32)
                let x := mul(e, 0x100000001)
                k := add(k, xor(xor(shr(6, x), shr(11, x)), shr(25, x)))
                k := add(k, xor(g, and(e, xor(f, g))))
                h := g
                g := f
                f := e
                e := and(add(d, k), 0xffffffff)
                x := mul(a, 0x100000001)
                k := add(k, xor(xor(shr(2, x), shr(13, x)), shr(22, x)))
                k := add(k, or(and(a, b), and(c, or(a, b))))
                d := c
                c := b
                b := a
                a := and(k, 0xffffffff)
            }
            let s := mload(0)
            next := or(shl(224, and(add(a, shr(224, s)), 0xffffffff)), shl(192, and(add(b, shr(192, s)), 0xffffffff)))
            next := or(next, shl(160, and(add(c, shr(160, s)), 0xffffffff)))
            next := or(next, shl(128, and(add(d, shr(128, s)), 0xffffffff)))
            next := or(next, shl(96, and(add(e, shr(96, s)), 0xffffffff)))
            next := or(next, shl(64, and(add(f, shr(64, s)), 0xffffffff)))
            next := or(next, shl(32, and(add(g, shr(32, s)), 0xffffffff)))
            next := or(next, and(add(h, s), 0xffffffff))
        }
    }
}
