// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Sums over packed integers
/// @notice Of little-endian two's complement values that lie in calldata as chunks do, many to a word. Its twin in plain Solidity:
/// `contracts/test/verifiers/Plain.sol`. What it saves: `docs/decisions/dispute-gas.md`.
/// @dev Dot products: a word is lanes of four values. Value k of every lane is cut out of two words, the lanes of one reversed: the
/// top lane of their product is then the sum over the lanes, for no lower lane overflows and higher ones are gone. So products
/// add up before they are read.
/// Assembly, because the compiler spends more on moving these variables than on the arithmetic.
library Packed {
    /// @notice Most terms of one dot product: 1,024 · 255² < 2^32, and 1,024 · 65,535² < 2^64.
    uint256 internal constant MAX_TERMS = 1024;

    /// @notice `Σ a·b` over `n` pairs of i8 from the places `a` and `b` of calldata on; `n` at most `MAX_TERMS`.
    /// @dev 8 lanes of 32 bits that hold the values themselves, negative ones borrowing from the lane above. No lane of a sum
    /// reaches 2^31 either way, so that 2^31 in all but the top one gives every borrow back.
    function dot8(uint256 a, uint256 b, uint256 n) internal pure returns (int256 f) {
        assembly ("memory-safe") {
            let ones := 0x0000000100000001000000010000000100000001000000010000000100000001
            let value := mul(ones, 0xff)
            let middle := mul(ones, 0x80)
            let signs := mul(ones, 0x80808080)
            let low32 := div(not(0), 0x100000001)
            let low64 := div(not(0), 0x10000000000000001)
            for { let left := n } left { left := sub(left, 32) } {
                let x := calldataload(a)
                let y := calldataload(b)
                if lt(left, 32) {
                    let kept := not(shr(shl(3, left), not(0)))
                    x := and(x, kept)
                    y := and(y, kept)
                    left := 32
                }
                x := xor(x, signs)
                y := xor(y, signs)
                y := or(and(shr(32, y), low32), shl(32, and(y, low32)))
                y := or(and(shr(64, y), low64), shl(64, and(y, low64)))
                y := or(shr(128, y), shl(128, y))
                f := add(f, mul(sub(and(x, value), middle), sub(and(y, value), middle)))
                f := add(f, mul(sub(and(shr(8, x), value), middle), sub(and(shr(8, y), value), middle)))
                f := add(f, mul(sub(and(shr(16, x), value), middle), sub(and(shr(16, y), value), middle)))
                f := add(f, mul(sub(and(shr(24, x), value), middle), sub(and(shr(24, y), value), middle)))
                a := add(a, 32)
                b := add(b, 32)
            }
            f := sar(224, add(f, shr(32, mul(ones, 0x80000000))))
        }
    }

    /// @notice The same over pairs of values of 1 or 2 bytes, as `sizeA` and `sizeB` say.
    /// @dev Values are made unsigned, `x' = x + c`, and `Σ ab = Σ a'b' − c(Σa' + Σb') + n·c²`: 4 lanes of 64 bits, c = 2^15. Values are summed in 8 lanes of 32 bits.
    function dot16(uint256 a, uint256 sizeA, uint256 b, uint256 sizeB, uint256 n) internal pure returns (int256 f) {
        assembly ("memory-safe") {
            // 16 values, big-endian and made unsigned.
            function load(place, size) -> x {
                x := calldataload(place)
                let low8 := div(not(0), 0x101)
                switch size
                case 1 {
                    x := shr(128, x)
                    x := and(or(x, shl(64, x)), div(not(0), 0x10000000000000001))
                    x := and(or(x, shl(32, x)), div(not(0), 0x100000001))
                    x := and(or(x, shl(16, x)), div(not(0), 0x10001))
                    x := and(or(x, shl(8, x)), low8)
                    // x + 2^7 becomes x + 2^15.
                    x := add(xor(x, mul(div(low8, 0xff), 0x80)), mul(div(low8, 0xff), 0x7f80))
                }
                default { x := xor(or(and(shr(8, x), low8), shl(8, and(x, low8))), mul(div(low8, 0xff), 0x8000)) }
            }
            let ones := 0x0000000000000001000000000000000100000000000000010000000000000001
            let value := mul(ones, 0xffff)
            let low16 := mul(ones, 0x0000ffff0000ffff)
            let low64 := div(not(0), 0x10000000000000001)
            let sums := 0
            for { let left := n } left { } {
                let x := load(a, sizeA)
                let y := load(b, sizeB)
                switch lt(left, 16)
                case 0 { left := sub(left, 16) }
                default {
                    let kept := not(shr(shl(4, left), not(0)))
                    x := and(x, kept)
                    y := and(y, kept)
                    left := 0
                }
                sums := add(sums, add(add(and(x, low16), and(shr(16, x), low16)), add(and(y, low16), and(shr(16, y), low16))))
                y := or(and(shr(64, y), low64), shl(64, and(y, low64)))
                y := or(shr(128, y), shl(128, y))
                f := add(f, mul(and(x, value), and(y, value)))
                f := add(f, mul(and(shr(16, x), value), and(shr(16, y), value)))
                f := add(f, mul(and(shr(32, x), value), and(shr(32, y), value)))
                f := add(f, mul(and(shr(48, x), value), and(shr(48, y), value)))
                a := add(a, shl(4, sizeA))
                b := add(b, shl(4, sizeB))
            }
            sums := add(and(sums, mul(ones, 0xffffffff)), and(shr(32, sums), mul(ones, 0xffffffff)))
            f := add(sub(shr(192, f), shl(15, shr(192, mul(sums, ones)))), shl(30, n))
        }
    }

    /// @notice Sum, or largest, of `acc` and `n` values of `size` bytes (1, 2 or 4) from `place` on.
    function fold(uint256 place, uint256 size, uint256 n, bool largest, int256 acc) internal pure returns (int256) {
        assembly ("memory-safe") {
            let bits := shl(3, size)
            for { } n { place := add(place, 32) } {
                let x := calldataload(place)
                // To big-endian.
                if gt(size, 1) { x := or(and(shr(8, x), div(not(0), 0x101)), shl(8, and(x, div(not(0), 0x101)))) }
                if gt(size, 2) { x := or(and(shr(16, x), div(not(0), 0x10001)), shl(16, and(x, div(not(0), 0x10001)))) }
                let count := div(32, size)
                if lt(n, count) { count := n }
                n := sub(n, count)
                switch largest
                case 0 {
                    for { } count { count := sub(count, 1) } {
                        acc := add(acc, sar(sub(256, bits), x))
                        x := shl(bits, x)
                    }
                }
                default {
                    for { } count { count := sub(count, 1) } {
                        let value := sar(sub(256, bits), x)
                        if sgt(value, acc) { acc := value }
                        x := shl(bits, x)
                    }
                }
            }
        }
        return acc;
    }
}
