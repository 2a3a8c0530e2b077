// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IReceiptVerifier, Receipt} from "../interfaces/IReceiptVerifier.sol";

/// @title The log leaf of a receipt
/// @notice Rebuilds, from the signed struct alone, the canonical JSON that the log stores for a receipt, so that an
/// inclusion proof is about this receipt and no other. Twin of `LogLeaf` in `packages/core/src/receipt.ts`.
library ReceiptLeaf {
    bytes16 private constant HEX = "0123456789abcdef";

    function encode(Receipt calldata receipt) internal pure returns (bytes memory) {
        return abi.encodePacked(
            '{"claimId":"',
            hex64(receipt.claimId),
            '","receiptId":"',
            hex64(receipt.receiptId),
            '","status":"',
            statusName(receipt.status),
            '","supersedes":',
            receipt.supersedes == bytes32(0) ? bytes("null") : abi.encodePacked('"', hex64(receipt.supersedes), '"'),
            ',"type":"surety/leaf/receipt/v1"}'
        );
    }

    function statusName(uint8 status) internal pure returns (bytes memory) {
        if (status == 0) return "provisional";
        if (status == 1) return "final";
        if (status == 2) return "superseded";
        if (status == 3) return "overturned";
        revert IReceiptVerifier.ReceiptStatusUnknown(status);
    }

    /// @notice 64 lower-case hexadecimal digits, no prefix.
    function hex64(bytes32 value) internal pure returns (bytes memory text) {
        text = new bytes(64);
        for (uint256 i = 0; i < 32; i++) {
            text[2 * i] = HEX[uint8(value[i]) >> 4];
            text[2 * i + 1] = HEX[uint8(value[i]) & 0x0f];
        }
    }
}
