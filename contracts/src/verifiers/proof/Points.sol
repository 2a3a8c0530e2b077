// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {QM31} from "./QM31.sol";

/// @title Points
/// @notice Multilinear extensions at points: bit j of an index has coordinate `point[j]`, the lowest bit first. Twin of
/// `packages/proofs/src/zk/field/multilinear.ts`.
library Points {
    /// @notice `eq(point, i)·weight` of all indices over the coordinates `from .. to − 1`.
    function eqTable(uint256[] memory point, uint256 from, uint256 to, uint256 weight)
        internal
        pure
        returns (uint256[] memory table)
    {
        table = new uint256[](1 << (to - from));
        table[0] = weight;
        unchecked {
            for (uint256 j = from; j < to; ++j) {
                uint256 half = 1 << (j - from);
                uint256 r = point[j];
                for (uint256 i = 0; i < half; ++i) {
                    uint256 upper = QM31.mul(table[i], r);
                    table[half + i] = upper;
                    table[i] = QM31.sub(table[i], upper);
                }
            }
        }
    }

    /// @notice `eq` of the coordinates from `from` on and an index.
    function eqAt(uint256[] memory point, uint256 from, uint256 to, uint256 index)
        internal
        pure
        returns (uint256 product)
    {
        product = QM31.ONE;
        unchecked {
            for (uint256 j = from; j < to; ++j) {
                bool one = (index >> (j - from)) & 1 == 1;
                product = QM31.mul(product, one ? point[j] : QM31.sub(QM31.ONE, point[j]));
            }
        }
    }

    /// @notice `Σ_i eq(a, i)·eq(b, i)` over one coordinate each.
    function eqOne(uint256 a, uint256 b) internal pure returns (uint256) {
        uint256 both = QM31.mul(a, b);
        return QM31.sub(QM31.add(QM31.ONE, QM31.add(both, both)), QM31.add(a, b));
    }

    /// @notice `Σ_{i < size} eq(point, i)` and `Σ_{i < size} eq(point, i)·i` over the first `vars` coordinates.
    function below(uint256[] memory point, uint256 vars, uint256 size)
        internal
        pure
        returns (uint256 count, uint256 index)
    {
        uint256[] memory lower = new uint256[](vars + 1);
        unchecked {
            for (uint256 j = 0; j < vars; ++j) lower[j + 1] = QM31.add(lower[j], QM31.scale(point[j], 1 << j));
            if (size >= 1 << vars) return (QM31.ONE, lower[vars]);
            uint256 prefix = QM31.ONE;
            for (uint256 j = vars; j-- > 0;) {
                uint256 low = QM31.mul(prefix, QM31.sub(QM31.ONE, point[j]));
                if ((size >> j) & 1 == 0) {
                    prefix = low;
                    continue;
                }
                // All indices with the bits of size above j, and 0 at j.
                uint256 start = (size >> (j + 1)) << (j + 1);
                count = QM31.add(count, low);
                index = QM31.add(index, QM31.mul(low, QM31.add(lower[j], start << 192)));
                prefix = QM31.sub(prefix, low);
            }
        }
    }

    /// @notice The extension of 2^vars values at the first `vars` coordinates. Uses the values up.
    function fold(uint256[] memory values, uint256[] memory point, uint256 vars) internal pure returns (uint256) {
        unchecked {
            for (uint256 j = vars; j-- > 0;) {
                uint256 half = 1 << j;
                uint256 r = point[j];
                for (uint256 i = 0; i < half; ++i) {
                    values[i] = QM31.add(values[i], QM31.mul(r, QM31.sub(values[half + i], values[i])));
                }
            }
        }
        return values[0];
    }
}
