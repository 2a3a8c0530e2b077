// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {QM31} from "./QM31.sol";

/// @title Codes
/// @notice The code of the commitments: 2^rowVars coefficients to four times as many values on the circle x² + y² = 1, by the
/// circle FFT (Haböck, Levit and Papini, 2024/278). Twin of `packages/proofs/assembly/circle.ts` and `twiddles.ts`.
library Codes {
    uint256 private constant P = 0x7fffffff;
    /// @dev A point of the circle: `x << 32 | y`.
    uint256 private constant GENERATOR = (2 << 32) | 1268011823;

    /// @notice The code word of a row: `packages/proofs/assembly/circle.ts`. Lanes of its elements are at most p + 4.
    function encode(uint256[] memory row, uint256 rowVars) internal pure returns (uint256[] memory word) {
        uint256 width = 1 << rowVars;
        uint256[] memory twiddles = makeTwiddles(rowVars + 2);
        word = new uint256[](4 * width);
        unchecked {
            // Coefficients of the two highest bits are none: four copies, and the tree from its third level on.
            for (uint256 block_ = 0; block_ < 4; ++block_) {
                assembly ("memory-safe") {
                    mcopy(add(add(word, 32), mul(block_, shl(5, width))), add(row, 32), shl(5, width))
                }
            }
            uint256 node = 4;
            for (uint256 half = width >> 1; half > 1; half >>= 1) {
                _level(word, half, twiddles, node, 0);
                node <<= 1;
            }
            _level(word, 1, twiddles, 2 * width, 1);
        }
    }

    /// @dev `f0 ± t·f1` in place, for halves of so many values; the next 2^shared of which have one t.
    function _level(uint256[] memory word, uint256 half, uint256[] memory twiddles, uint256 node, uint256 shared)
        private
        pure
    {
        assembly ("memory-safe") {
            let ps := 0x000000007fffffff000000007fffffff000000007fffffff000000007fffffff
            let highs := 0x00000001ffffffff00000001ffffffff00000001ffffffff00000001ffffffff
            // 4·p in every lane: more than a product that was folded once.
            let most := 0x00000001fffffffc00000001fffffffc00000001fffffffc00000001fffffffc
            let step := shl(5, half)
            let place := add(word, 32)
            let last := add(place, shl(5, mload(word)))
            let first := add(add(twiddles, 32), shl(5, node))
            for { let k := 0 } lt(place, last) { k := add(k, 1) } {
                let t := mload(add(first, shl(5, shr(shared, k))))
                for { let end := add(place, step) } lt(place, end) { place := add(place, 32) } {
                    let b := mul(mload(add(place, step)), t)
                    b := add(and(b, ps), and(shr(31, b), highs))
                    let a := mload(place)
                    let c := add(a, b)
                    mstore(place, add(and(c, ps), and(shr(31, c), highs)))
                    c := sub(add(a, most), b)
                    mstore(add(place, step), add(and(c, ps), and(shr(31, c), highs)))
                }
                place := add(place, step)
            }
        }
    }

    /// @notice Factors of the basis at one position of the code word of 2^vars coefficients: coefficient i counts
    /// `Π_j factor_j^(bit j of i)` there. Twin of `packages/proofs/src/zk/chain/steps/basis.ts`.
    function factorsAt(uint256 position, uint256 vars) internal pure returns (uint256[] memory factors) {
        // Which multiple of the step the node of x has, as in `makeTwiddles`.
        uint256 multiple = 1;
        for (uint256 level = 0; level < vars; ++level) {
            if ((position >> (vars + 1 - level)) & 1 == 1) multiple = (4 << level) - multiple;
        }
        uint256 step = GENERATOR;
        for (uint256 i = vars + 2; i < 30; ++i) step = _sum(step, step);
        uint256 point = 1 << 32;
        for (; multiple > 0; multiple >>= 1) {
            if (multiple & 1 == 1) point = _sum(point, step);
            step = _sum(step, step);
        }
        factors = new uint256[](vars);
        uint256 y = point & P;
        factors[0] = position & 1 == 1 ? P - y : y;
        uint256 factor = position & 2 == 2 ? P - (point >> 32) : point >> 32;
        for (uint256 bit_ = 1; bit_ < vars; ++bit_) {
            factors[bit_] = factor;
            factor = (2 * factor * factor + P - 1) % P;
        }
    }

    /// @notice Of a code of 2^logLength values: at h the factor of node h of the tree (1 the root, 2h and 2h + 1 below h) down
    /// to x at 2^(logLength − 2) .. 2^(logLength − 1) − 1, and behind these their y.
    function makeTwiddles(uint256 logLength) internal pure returns (uint256[] memory t) {
        uint256 quarter = 1 << (logLength - 2);
        t = new uint256[](3 * quarter);
        uint256[] memory points = _points(logLength, quarter);
        assembly ("memory-safe") {
            let p := 0x7fffffff
            let own := add(t, 32)
            // Which multiple of the step each node has: below one that has m of the 2·n of its level are m and 4·n − m.
            mstore(add(own, 32), 1)
            for { let n := 1 } lt(n, quarter) { n := shl(1, n) } {
                for { let h := n } lt(h, shl(1, n)) { h := add(h, 1) } {
                    let m := mload(add(own, shl(5, h)))
                    mstore(add(own, shl(6, h)), m)
                    mstore(add(add(own, shl(6, h)), 32), sub(shl(2, n), m))
                }
            }
            for { let h := quarter } lt(h, shl(1, quarter)) { h := add(h, 1) } {
                let place := add(own, shl(5, h))
                // Odd multiples, two by two.
                let point := mload(add(add(points, 32), shl(5, shr(1, mload(place)))))
                mstore(place, shr(32, point))
                mstore(add(place, shl(5, quarter)), and(point, p))
            }
            for { let h := sub(quarter, 1) } h { h := sub(h, 1) } {
                let x := mload(add(own, shl(6, h)))
                mstore(add(own, shl(5, h)), mod(add(shl(1, mul(x, x)), sub(p, 1)), p))
            }
        }
    }

    /// @dev The points at odd multiples of the step, below a quarter turn, which is twice `quarter` steps.
    function _points(uint256 logLength, uint256 quarter) private pure returns (uint256[] memory points) {
        uint256 point = GENERATOR;
        for (uint256 i = logLength; i < 30; ++i) point = _sum(point, point);
        uint256 move = _sum(point, point);
        points = new uint256[](quarter);
        for (uint256 k = 0; k < quarter; ++k) {
            points[k] = point;
            point = _sum(point, move);
        }
    }

    function _sum(uint256 a, uint256 b) private pure returns (uint256 c) {
        assembly ("memory-safe") {
            let p := 0x7fffffff
            let ay := and(a, p)
            let by := and(b, p)
            a := shr(32, a)
            b := shr(32, b)
            c := shl(32, mod(add(mul(a, b), mul(sub(p, ay), by)), p))
            c := or(c, mod(add(mul(a, by), mul(ay, b)), p))
        }
    }
}
