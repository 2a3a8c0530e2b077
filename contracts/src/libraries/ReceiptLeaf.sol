// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IReceiptVerifier, Receipt} from "../interfaces/IReceiptVerifier.sol";

/// @title The log leaf of a receipt
/// @notice Rebuilds, from the signed struct alone, the canonical JSON that the log stores for a receipt. Every field of
/// the struct is in it, so two structs never share a leaf, and an inclusion proof is about this ruling and no other.
/// Twin of `LogLeaf` in `packages/core/src/receipt.ts`.
library ReceiptLeaf {
    bytes16 private constant HEX = "0123456789abcdef";

    function encode(Receipt calldata receipt) internal pure returns (bytes memory) {
        return bytes.concat(_first(receipt), _second(receipt), _third(receipt));
    }

    function _first(Receipt calldata receipt) private pure returns (bytes memory) {
        return abi.encodePacked(
            '{"claimId":"',
            hex64(receipt.claimId),
            '","cover":',
            _cover(receipt),
            ',"finalAfter":',
            Strings.toString(receipt.finalAfter)
        );
    }

    function _second(Receipt calldata receipt) private pure returns (bytes memory) {
        return abi.encodePacked(
            ',"issuedAt":',
            Strings.toString(receipt.issuedAt),
            ',"operator":"',
            Strings.toChecksumHexString(receipt.operator),
            '","outcome":',
            _idOrNull(receipt.outcome)
        );
    }

    function _third(Receipt calldata receipt) private pure returns (bytes memory) {
        return abi.encodePacked(
            ',"receiptId":"',
            hex64(receipt.receiptId),
            '","status":"',
            statusName(receipt.status),
            '","supersedes":',
            _idOrNull(receipt.supersedes),
            ',"type":"surety/leaf/receipt/v2"}'
        );
    }

    /// @dev Null only where all three fields are zero, so that a half-empty cover has a leaf of its own.
    function _cover(Receipt calldata receipt) private pure returns (bytes memory) {
        if (receipt.coverBeneficiary == address(0) && receipt.coverMicroUsd == 0 && receipt.coverUntil == 0) {
            return "null";
        }
        return abi.encodePacked(
            '{"amountMicroUsd":"',
            Strings.toString(receipt.coverMicroUsd),
            '","beneficiary":"',
            Strings.toChecksumHexString(receipt.coverBeneficiary),
            '","until":',
            Strings.toString(receipt.coverUntil),
            "}"
        );
    }

    function _idOrNull(bytes32 id) private pure returns (bytes memory) {
        return id == bytes32(0) ? bytes("null") : abi.encodePacked('"', hex64(id), '"');
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
