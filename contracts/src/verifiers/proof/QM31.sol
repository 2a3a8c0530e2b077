// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title QM31
/// @notice The field of the proofs: `(a0 + a1·i) + (a2 + a3·i)·u` over p = 2^31 − 1 with i² = −1, u² = 2 + i. Twin of
/// `packages/proofs/src/zk/field`; `spec/20-proofs-on-chain.md`, 20.4.
/// @dev An element is one word of four lanes of 64 bits, a0 in the highest. A lane holds 0 .. p, where p means 0 as well:
/// products of lanes and sums of four of them stay within 64 bits, so that one MUL multiplies four coordinates.
library QM31 {
    uint256 internal constant P = 0x7fffffff;
    /// @notice 1 in every lane.
    uint256 internal constant ONES = 0x0000000000000001000000000000000100000000000000010000000000000001;
    /// @notice p in every lane.
    uint256 internal constant PS = 0x000000007fffffff000000007fffffff000000007fffffff000000007fffffff;
    /// @notice What is left of a lane after bits 0 .. 30 are shifted out.
    uint256 internal constant HIGHS = 0x00000001ffffffff00000001ffffffff00000001ffffffff00000001ffffffff;
    /// @notice Lanes 0 and 2, lanes 1 and 3.
    uint256 internal constant EVEN = 0xffffffffffffffff0000000000000000ffffffffffffffff0000000000000000;
    uint256 internal constant ODD = 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
    uint256 internal constant EVEN_PS = 0x000000007fffffff0000000000000000000000007fffffff0000000000000000;

    uint256 internal constant ONE = 1 << 192;
    uint256 internal constant HALF = (1 << 30) << 192;

    /// @notice A value of the proof is not a field element: every one has one encoding.
    error ProofNoElement(uint256 place);

    function add(uint256 a, uint256 b) internal pure returns (uint256 c) {
        assembly ("memory-safe") {
            c := add(a, b)
            c := add(and(c, PS), and(shr(31, c), HIGHS))
        }
    }

    function sub(uint256 a, uint256 b) internal pure returns (uint256 c) {
        assembly ("memory-safe") {
            c := sub(add(a, PS), b)
            c := add(and(c, PS), and(shr(31, c), HIGHS))
        }
    }

    /// @notice `a·s` for s of the base field.
    function scale(uint256 a, uint256 s) internal pure returns (uint256 c) {
        assembly ("memory-safe") {
            c := mul(a, s)
            c := add(and(c, PS), and(shr(31, c), HIGHS))
            c := add(and(c, PS), and(shr(31, c), HIGHS))
        }
    }

    function mul(uint256 a, uint256 b) internal pure returns (uint256 c) {
        assembly ("memory-safe") {
            // i·a = (−a1, a0, −a3, a2)
            let ia := xor(or(and(shl(64, a), EVEN), and(shr(64, a), ODD)), EVEN_PS)
            c := add(mul(a, shr(192, b)), mul(ia, and(shr(128, b), 0xffffffff)))
            // u·x = (2 + i)·(x2, x3) + (x0, x1)·u, at most p + 1 in a lane
            let h := shl(128, a)
            let ih := shl(128, ia)
            let t := add(add(h, h), ih)
            t := add(add(and(t, PS), and(shr(31, t), HIGHS)), shr(128, a))
            c := add(c, mul(t, and(shr(64, b), 0xffffffff)))
            t := add(add(ih, ih), shl(128, xor(a, PS)))
            t := add(add(and(t, PS), and(shr(31, t), HIGHS)), shr(128, ia))
            // INVARIANT: 2·p² + 2·(p + 1)·p is below 2^64.
            c := add(c, mul(t, and(b, 0xffffffff)))
            c := add(and(c, PS), and(shr(31, c), HIGHS))
            c := add(and(c, PS), and(shr(31, c), HIGHS))
            c := add(and(c, PS), and(shr(31, c), HIGHS))
        }
    }

    /// @notice The one encoding: lanes below p.
    function canonical(uint256 a) internal pure returns (uint256) {
        unchecked {
            return a - (((a + ONES) >> 31) & ONES) * P;
        }
    }

    function isZero(uint256 a) internal pure returns (bool) {
        return canonical(a) == 0;
    }

    function equal(uint256 a, uint256 b) internal pure returns (bool) {
        return canonical(a) == canonical(b);
    }

    /// @notice The element of an integer of absolute value below p.
    function fromInteger(int256 x) internal pure returns (uint256) {
        unchecked {
            return uint256(x < 0 ? x + int256(P) : x) << 192;
        }
    }

    /// @notice The element in 16 bytes of calldata: four words, little-endian.
    function read(uint256 place) internal pure returns (uint256 a) {
        uint256 beyond;
        assembly ("memory-safe") {
            a := shr(128, calldataload(place))
            a := or(
                and(shr(8, a), 0x00ff00ff00ff00ff00ff00ff00ff00ff),
                shl(8, and(a, 0x00ff00ff00ff00ff00ff00ff00ff00ff))
            )
            a := or(
                and(shr(16, a), 0x0000ffff0000ffff0000ffff0000ffff),
                shl(16, and(a, 0x0000ffff0000ffff0000ffff0000ffff))
            )
            a := and(or(a, shl(64, a)), 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff)
            a := and(or(a, shl(32, a)), 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff)
            beyond := and(shr(31, add(a, ONES)), HIGHS)
        }
        if (beyond != 0) revert ProofNoElement(place);
    }

    /// @notice `1/a` in the base field; of 0 it is 0.
    function inverseOfBase(uint256 a) internal pure returns (uint256 b) {
        assembly ("memory-safe") {
            b := 1
            // p − 2 = 2^31 − 3: all bits but bit 1.
            for { let i := 30 } lt(i, 31) { i := sub(i, 1) } {
                b := mulmod(b, b, P)
                if iszero(eq(i, 1)) { b := mulmod(b, a, P) }
            }
        }
    }

    /// @notice `1/a`, by norms down to the base field; of 0 it is 0.
    function inverse(uint256 a) internal pure returns (uint256) {
        unchecked {
            // (x + y·u)·(x − y·u) is of the complex extension: lanes 2 and 3 of it are 0.
            uint256 minusY = (a & ~uint256(type(uint128).max)) | ((a ^ PS) & type(uint128).max);
            uint256 norm = canonical(mul(a, minusY));
            uint256 n0 = norm >> 192;
            uint256 n1 = (norm >> 128) & P;
            uint256 over = inverseOfBase((n0 * n0 + n1 * n1) % P);
            uint256 inverseNorm = (mulmod(n0, over, P) << 192) | (mulmod(P - n1, over, P) << 128);
            return mul(minusY, inverseNorm);
        }
    }
}
