// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What a receipt says that contracts can use. Field for field the EIP-712 struct of `spec/07-receipt.md`.
/// @param operator Who issues it. All operators of a chain share one verifier, so each struct names the one it is for.
/// @param receiptId SHA-256 of the canonical in-toto statement.
/// @param outcome keccak256 of the outcome's label; zero for undecided.
/// @param status 0 provisional, 1 final, 2 superseded, 3 overturned.
/// @param supersedes Id of the receipt this one replaces, or zero.
struct Receipt {
    address operator;
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

/// @notice A wallet lets a P-256 session key act for it with one operator, within a scope, a limit and a time.
struct Delegation {
    address operator;
    address wallet;
    bytes32 sessionKeyX;
    bytes32 sessionKeyY;
    string scope;
    uint128 limitMicroUsd;
    uint64 expiresAt;
    uint64 nonce;
}

/// @notice The asker's consent that one operator answers a claim, in the words that were shown.
struct AskerClaim {
    address operator;
    bytes32 claimId;
    string reading;
    uint128 budgetMicroUsd;
    uint64 expiresAt;
}

/// @notice Where a receipt's leaf sits in a log that its operator anchored.
/// @param origin keccak256 of the log's origin line. An operator may anchor several logs: pin the one you mean.
struct LogProof {
    bytes32 origin;
    uint64 treeSize;
    uint64 leafIndex;
    bytes32[] inclusion;
}

/// @notice Checks receipts on chain: who signed, what status, whether they are in an anchored log.
interface IReceiptVerifier {
    /// @notice The signed struct is for another operator than the one it was brought to.
    error WrongOperator(address named, address expected);
    error AnchorWithoutCode(address anchor);
    error ReceiptNotSigned(bytes32 receiptId, address operator);
    error ReceiptNotFinal(bytes32 receiptId, uint8 status);
    error ReceiptTooYoung(bytes32 receiptId, uint64 finalFrom);
    error ReceiptNotLogged(bytes32 receiptId, uint64 treeSize);
    error ReceiptStatusUnknown(uint8 status);
    error NotCanonical();

    function digest(Receipt calldata receipt) external view returns (bytes32);
    function verify(Receipt calldata receipt, bytes calldata signature, address operator) external view returns (bool);
    function verifyAnchored(Receipt calldata receipt, bytes calldata signature, address operator, LogProof calldata proof)
        external
        view
        returns (bool);
    function requireFinal(Receipt calldata receipt, bytes calldata signature, address operator)
        external
        view
        returns (bytes32 outcome);
    function requireFinalAnchored(
        Receipt calldata receipt,
        bytes calldata signature,
        address operator,
        LogProof calldata proof
    ) external view returns (bytes32 outcome);
    function canonicalId(bytes calldata data) external pure returns (bytes32);
    function logLeaf(Receipt calldata receipt) external pure returns (bytes memory);
    function delegationDigest(Delegation calldata delegation) external view returns (bytes32);
    function verifyDelegation(Delegation calldata delegation, bytes calldata walletSignature, address operator)
        external
        view
        returns (bool);
    function verifySession(
        Delegation calldata delegation,
        bytes calldata walletSignature,
        address operator,
        bytes32 messageHash,
        bytes32 r,
        bytes32 s
    ) external view returns (bool);
    function askerClaimDigest(AskerClaim calldata claim) external view returns (bytes32);
    function verifyAskerClaim(AskerClaim calldata claim, bytes calldata signature, address asker, address operator)
        external
        view
        returns (bool);
}
