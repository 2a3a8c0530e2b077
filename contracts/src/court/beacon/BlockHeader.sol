// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Reading a block's header
/// @notice `prevrandao` out of the RLP encoding of a header, whose hash the caller has compared with the block's.
library BlockHeader {
    /// @dev Place of `mixHash`, which is `prevrandao` since the merge (EIP-4399), among a header's fields.
    uint256 private constant FIELD = 13;

    error HeaderMalformed();

    function prevrandao(bytes calldata header) internal pure returns (bytes32) {
        uint256 place = _payload(header, 0, 0xc0);
        for (uint256 i = 0; i < FIELD; ++i) place = _payload(header, place, 0x80) + _length(header, place);
        if (_length(header, place) != 32 || uint8(header[place]) != 0xa0) revert HeaderMalformed();
        return bytes32(header[place + 1:place + 33]);
    }

    /// @dev Where the bytes of the item at `place` begin. `base` is 0x80 for a string and 0xc0 for a list.
    function _payload(bytes calldata header, uint256 place, uint256 base) private pure returns (uint256) {
        uint256 first = uint8(header[place]);
        if (first < base) return place;
        return place + 1 + (first - base > 55 ? first - base - 55 : 0);
    }

    /// @dev Length of the string at `place`.
    function _length(bytes calldata header, uint256 place) private pure returns (uint256 length) {
        uint256 first = uint8(header[place]);
        if (first < 0x80) return 1;
        if (first < 0xb8) return first - 0x80;
        if (first > 0xb9) revert HeaderMalformed();
        for (uint256 i = 0; i < first - 0xb7; ++i) length = (length << 8) | uint8(header[place + 1 + i]);
    }
}
