// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Sums, one term at a time
/// @notice What `Packed` is held against, and what its gas is compared with.
library Plain {
    function dot(bytes calldata a, uint256 sizeA, bytes calldata b, uint256 sizeB) internal pure returns (int256 sum) {
        for (uint256 i = 0; i * sizeA < a.length; ++i) sum += _value(a, i, sizeA) * _value(b, i, sizeB);
    }

    function fold(bytes calldata data, uint256 size, bool largest, int256 acc) internal pure returns (int256) {
        for (uint256 i = 0; i * size < data.length; ++i) {
            int256 value = _value(data, i, size);
            if (!largest) acc += value;
            else if (value > acc) acc = value;
        }
        return acc;
    }

    /// @dev Value `i` of 1, 2 or 4 bytes, little-endian.
    function _value(bytes calldata data, uint256 i, uint256 size) private pure returns (int256) {
        if (size == 1) return int8(uint8(data[i]));
        if (size == 2) return int16(uint16(_unsigned(data, 2 * i, 2)));
        return int32(uint32(_unsigned(data, 4 * i, 4)));
    }

    function _unsigned(bytes calldata data, uint256 from, uint256 size) private pure returns (uint256 value) {
        for (uint256 k = 0; k < size; ++k) value |= uint256(uint8(data[from + k])) << (8 * k);
    }

    /// @notice Dot product of i8 without checks, as somebody who counts gas would write it first.
    function loop8(uint256 a, uint256 b, uint256 n) internal pure returns (int256 sum) {
        assembly ("memory-safe") {
            for { let i := 0 } lt(i, n) { i := add(i, 1) } {
                let x := signextend(0, byte(0, calldataload(add(a, i))))
                sum := add(sum, mul(x, signextend(0, byte(0, calldataload(add(b, i))))))
            }
        }
    }
}
