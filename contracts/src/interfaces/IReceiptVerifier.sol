// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAnchor} from "./IAnchor.sol";

/// @notice What a receipt says that contracts can use. Field for field the EIP-712 struct of `spec/07-receipt.md`.
/// @param receiptId SHA-256 of the canonical in-toto statement.
/// @param outcome keccak256 of the outcome's label; zero for undecided.
/// @param status 0 provisional, 1 final, 2 superseded, 3 overturned.
/// @param supersedes Id of the receipt this one replaces, or zero.
struct Receipt {
    bytes32 receiptId;
    bytes32 claimId;
    bytes32 outcome;
    uint8 status;
    uint64 issuedAt;
    uint64 finalAfter;
    bytes32 supersedes;
    address coverBeneficiary;
    uint128 coverMicroUsd;
    uint64 coverUntil;
}

enum Status {
    Provisional,
    Final,
    Superseded,
    Overturned
}

/// @notice A wallet lets a P-256 session key act for it within a scope, a limit and a time.
struct Delegation {
    address wallet;
    bytes32 sessionKeyX;
    bytes32 sessionKeyY;
    string scope;
    uint128 limitMicroUsd;
    uint64 expiresAt;
    uint64 nonce;
}

/// @notice The asker's consent to a claim, in the words that were shown.
struct AskerClaim {
    bytes32 claimId;
    string reading;
    uint128 budgetMicroUsd;
    uint64 expiresAt;
}

/// @notice Where a receipt's leaf sits in an anchored log.
struct LogProof {
    IAnchor anchor;
    address operator;
    bytes32 origin;
    uint64 treeSize;
    uint64 leafIndex;
    bytes32[] inclusion;
}

/// @notice Checks receipts on chain: who signed, what status, whether they are in an anchored log.
interface IReceiptVerifier {
    error ReceiptNotSigned(bytes32 receiptId, address issuer);
    error ReceiptNotFinal(bytes32 receiptId, uint8 status);
    error ReceiptTooYoung(bytes32 receiptId, uint64 finalAfter);
    error ReceiptNotLogged(bytes32 receiptId, uint64 treeSize);
    error ReceiptStatusUnknown(uint8 status);
    error NotCanonical();

    function digest(Receipt calldata receipt) external view returns (bytes32);
    function verify(Receipt calldata receipt, bytes calldata signature, address issuer) external view returns (bool);
    function verifyAnchored(Receipt calldata receipt, bytes calldata signature, address issuer, LogProof calldata proof)
        external
        view
        returns (bool);
    function requireFinal(Receipt calldata receipt, bytes calldata signature, address issuer)
        external
        view
        returns (bytes32 outcome);
    function requireFinalAnchored(
        Receipt calldata receipt,
        bytes calldata signature,
        address issuer,
        LogProof calldata proof
    ) external view returns (bytes32 outcome);
    function canonicalId(bytes calldata data) external pure returns (bytes32);
    function logLeaf(Receipt calldata receipt) external pure returns (bytes memory);
    function delegationDigest(Delegation calldata delegation) external view returns (bytes32);
    function verifyDelegation(Delegation calldata delegation, bytes calldata walletSignature)
        external
        view
        returns (bool);
    function verifySession(
        Delegation calldata delegation,
        bytes calldata walletSignature,
        bytes32 messageHash,
        bytes32 r,
        bytes32 s
    ) external view returns (bool);
    function askerClaimDigest(AskerClaim calldata claim) external view returns (bytes32);
    function verifyAskerClaim(AskerClaim calldata claim, bytes calldata signature, address asker)
        external
        view
        returns (bool);
}
