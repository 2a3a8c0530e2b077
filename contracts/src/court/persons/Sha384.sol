// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title SHA-384
/// @notice FIPS 180-4, sections 5 and 6.5, which no precompile computes. About 50,000 gas for 128 bytes.
/// @dev A word of 64 bits beside itself, `x | x << 64`, turns right by n as it is shifted right by n; what lies above 64 bits is
/// cut off once, when a sum is stored.
library Sha384 {
    /// @dev Fractions of the cube roots of the first eighty primes.
    bytes private constant CONSTANTS =
hex"428a2f98d728ae227137449123ef65cdb5c0fbcfec4d3b2fe9b5dba58189dbbc3956c25bf348b53859f111f1b605d019923f82a4af194f9bab1c5ed5da6d8118"
        hex"d807aa98a303024212835b0145706fbe243185be4ee4b28c550c7dc3d5ffb4e272be5d74f27b896f80deb1fe3b1696b19bdc06a725c71235c19bf174cf692694"
        hex"e49b69c19ef14ad2efbe4786384f25e30fc19dc68b8cd5b5240ca1cc77ac9c652de92c6f592b02754a7484aa6ea6e4835cb0a9dcbd41fbd476f988da831153b5"
        hex"983e5152ee66dfaba831c66d2db43210b00327c898fb213fbf597fc7beef0ee4c6e00bf33da88fc2d5a79147930aa72506ca6351e003826f142929670a0e6e70"
        hex"27b70a8546d22ffc2e1b21385c26c9264d2c6dfc5ac42aed53380d139d95b3df650a73548baf63de766a0abb3c77b2a881c2c92e47edaee692722c851482353b"
        hex"a2bfe8a14cf10364a81a664bbc423001c24b8b70d0f89791c76c51a30654be30d192e819d6ef5218d69906245565a910f40e35855771202a106aa07032bbd1b8"
        hex"19a4c116b8d2d0c81e376c085141ab532748774cdf8eeb9934b0bcb5e19b48a8391c0cb3c5c95a634ed8aa4ae3418acb5b9cca4f7763e373682e6ff3d6b2b8a3"
        hex"748f82ee5defb2fc78a5636f43172f6084c87814a1f0ab728cc702081a6439ec90befffa23631e28a4506cebde82bde9bef9a3f7b2c67915c67178f2e372532b"
        hex"ca273eceea26619cd186b8c721c0c207eada7dd6cde0eb1ef57d4f7fee6ed17806f067aa72176fba0a637dc5a2c898a6113f9804bef90dae1b710b35131c471b"
        hex"28db77f523047d8432caab7b40c724933c9ebe0a15c9bebc431d67c49c100d4c4cc5d4becb3e42b6597f299cfc657e2a5fcb6fab3ad6faec6c44198c4a475817";
    /// @dev Fractions of the square roots of the ninth to sixteenth prime.
    bytes private constant INITIAL =
        hex"cbbb9d5dc1059ed8629a292a367cd5079159015a3070dd17152fecd8f70e5939"
        hex"67332667ffc00b318eb44a8768581511db0c2e0d64f98fa747b5481dbefa4fa4";

    /// @notice The hash: its first 32 and its last 16 bytes.
    function hash(bytes memory message) internal pure returns (bytes32 high, bytes16 low) {
        bytes memory padded = _pad(message);
        bytes memory constants = CONSTANTS;
        uint256[8] memory state = _words(INITIAL);
        uint256[80] memory schedule;
        for (uint256 start = 0; start < padded.length; start += 128) {
            _schedule(schedule, padded, start);
            _compress(state, schedule, constants);
        }
        high = bytes32((state[0] << 192) | (state[1] << 128) | (state[2] << 64) | state[3]);
        low = bytes16(uint128((state[4] << 64) | state[5]));
    }

    /// @dev One bit, as few zeros as are needed, and the length in 128 bits.
    function _pad(bytes memory message) private pure returns (bytes memory) {
        uint256 zeros = 127 - (message.length + 16) % 128;
        return abi.encodePacked(message, bytes1(0x80), new bytes(zeros), uint128(message.length * 8));
    }

    function _words(bytes memory packed) private pure returns (uint256[8] memory words) {
        assembly ("memory-safe") {
            for { let i := 0 } lt(i, 8) { i := add(i, 1) } {
                mstore(add(words, shl(5, i)), shr(192, mload(add(add(packed, 32), shl(3, i)))))
            }
        }
    }

    /// @dev The sixteen words of a block, and the sixty-four that follow from them.
    function _schedule(uint256[80] memory schedule, bytes memory padded, uint256 start) private pure {
        assembly ("memory-safe") {
            let data := add(add(padded, 32), start)
            for { let i := 0 } lt(i, 16) { i := add(i, 1) } {
                mstore(add(schedule, shl(5, i)), shr(192, mload(add(data, shl(3, i)))))
            }
            let end := add(schedule, 2560)
            for { let p := add(schedule, 512) } lt(p, end) { p := add(p, 32) } {
                let x := mload(sub(p, 480))
                let y := mload(sub(p, 64))
                let xx := or(x, shl(64, x))
                let yy := or(y, shl(64, y))
                let sum := add(mload(sub(p, 512)), mload(sub(p, 224)))
                sum := add(sum, xor(xor(shr(1, xx), shr(8, xx)), shr(7, x)))
                sum := add(sum, xor(xor(shr(19, yy), shr(61, yy)), shr(6, y)))
                mstore(p, and(sum, 0xffffffffffffffff))
            }
        }
    }

    function _compress(uint256[8] memory state, uint256[80] memory schedule, bytes memory constants) private pure {
        assembly ("memory-safe") {
            let a := mload(state)
            let b := mload(add(state, 32))
            let c := mload(add(state, 64))
            let d := mload(add(state, 96))
            let e := mload(add(state, 128))
            let f := mload(add(state, 160))
            let g := mload(add(state, 192))
            let h := mload(add(state, 224))
            for { let i := 0 } lt(i, 80) { i := add(i, 1) } {
                let sum := add(mload(add(schedule, shl(5, i))), shr(192, mload(add(add(constants, 32), shl(3, i)))))
                let x := or(e, shl(64, e))
                sum := add(add(sum, h), add(xor(xor(shr(14, x), shr(18, x)), shr(41, x)), xor(g, and(e, xor(f, g)))))
                h := g
                g := f
                f := e
                e := and(add(d, sum), 0xffffffffffffffff)
                x := or(a, shl(64, a))
                sum := add(sum, add(xor(xor(shr(28, x), shr(34, x)), shr(39, x)), or(and(a, b), and(c, or(a, b)))))
                d := c
                c := b
                b := a
                a := and(sum, 0xffffffffffffffff)
            }
            mstore(state, and(add(mload(state), a), 0xffffffffffffffff))
            mstore(add(state, 32), and(add(mload(add(state, 32)), b), 0xffffffffffffffff))
            mstore(add(state, 64), and(add(mload(add(state, 64)), c), 0xffffffffffffffff))
            mstore(add(state, 96), and(add(mload(add(state, 96)), d), 0xffffffffffffffff))
            mstore(add(state, 128), and(add(mload(add(state, 128)), e), 0xffffffffffffffff))
            mstore(add(state, 160), and(add(mload(add(state, 160)), f), 0xffffffffffffffff))
            mstore(add(state, 192), and(add(mload(add(state, 192)), g), 0xffffffffffffffff))
            mstore(add(state, 224), and(add(mload(add(state, 224)), h), 0xffffffffffffffff))
        }
    }
}
