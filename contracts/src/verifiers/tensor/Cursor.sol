// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";

/// @notice A place in the calldata of this call, and where the bytes that may be read end.
struct Cursor {
    uint256 next;
    uint256 end;
}

/// @title Reading calldata
/// @notice Big-endian integers one after the other: proofs are compact, because each byte that is not zero costs 40 gas.
library Reading {
    function over(bytes calldata data) internal pure returns (Cursor memory c) {
        uint256 offset;
        assembly ("memory-safe") {
            offset := data.offset
        }
        return Cursor(offset, offset + data.length);
    }

    /// @notice The place of the next `length` bytes, which are passed over.
    /// @dev Not beyond the end as long as `finish` finds the end where it should be: no place is read twice, so nobody who
    /// was beyond it comes back. Lengths are far too small to overflow.
    function skip(Cursor memory c, uint256 length) internal pure returns (uint256 offset) {
        offset = c.next;
        unchecked {
            c.next = offset + length;
        }
    }

    /// @notice An unsigned integer of 1 to 32 bytes.
    function uintOf(Cursor memory c, uint256 length) internal pure returns (uint256) {
        unchecked {
            return loadWord(skip(c, length)) >> (256 - 8 * length);
        }
    }

    function u8(Cursor memory c) internal pure returns (uint256) {
        return uintOf(c, 1);
    }

    function u16(Cursor memory c) internal pure returns (uint256) {
        return uintOf(c, 2);
    }

    function u32(Cursor memory c) internal pure returns (uint256) {
        return uintOf(c, 4);
    }

    function i32(Cursor memory c) internal pure returns (int256) {
        return int32(uint32(uintOf(c, 4)));
    }

    function word(Cursor memory c) internal pure returns (bytes32) {
        return bytes32(uintOf(c, 32));
    }

    /// @notice Words of 32 bits after their number in 8.
    function words(Cursor memory c) internal pure returns (uint32[] memory list) {
        uint256 pointer = _list(c, u8(c), false);
        assembly ("memory-safe") {
            list := pointer
        }
    }

    /// @notice Signed words of 32 bits.
    function integers(Cursor memory c, uint256 count) internal pure returns (int256[] memory list) {
        uint256 pointer = _list(c, count, true);
        assembly ("memory-safe") {
            list := pointer
        }
    }

    /// @dev Words of 32 bits as an array.
    function _list(Cursor memory c, uint256 count, bool signed) private pure returns (uint256 list) {
        uint256 offset = skip(c, 4 * count);
        assembly ("memory-safe") {
            list := mload(0x40)
            mstore(list, count)
            let place := add(list, 32)
            for { let end := add(offset, shl(2, count)) } lt(offset, end) { offset := add(offset, 4) } {
                let value := shr(224, calldataload(offset))
                if signed { value := signextend(3, value) }
                mstore(place, value)
                place := add(place, 32)
            }
            mstore(0x40, place)
        }
    }

    /// @notice Refuses bytes of another length than was read. Whoever reads must end with it.
    function finish(Cursor memory c) internal pure {
        if (c.next > c.end) revert ITensorVerifier.ProofTooShort();
        if (c.next != c.end) revert ITensorVerifier.ProofTooLong();
    }

    /// @dev Bytes beyond the calldata are zero.
    function loadWord(uint256 offset) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := calldataload(offset)
        }
    }

    function slice(uint256 offset, uint256 length) internal pure returns (bytes calldata data) {
        assembly ("memory-safe") {
            data.offset := offset
            data.length := length
        }
    }
}
