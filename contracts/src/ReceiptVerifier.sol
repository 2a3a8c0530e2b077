// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IAnchor} from "./interfaces/IAnchor.sol";
import {AskerClaim, Delegation, IReceiptVerifier, LogProof, Receipt, Status} from "./interfaces/IReceiptVerifier.sol";
import {CanonicalJson} from "./libraries/CanonicalJson.sol";
import {MerkleLog} from "./libraries/MerkleLog.sol";
import {ReceiptLeaf} from "./libraries/ReceiptLeaf.sol";
import {SessionKeys} from "./libraries/SessionKeys.sol";

/// @title ReceiptVerifier
/// @notice Stateless checks of receipts, delegations and askers' consent. It is the verifying contract of Surety's
/// EIP-712 domain, so a signature for another chain or deployment is not one here; and since all operators of a chain
/// share it, whoever checks says which operator it believes, and what is signed for another one does not hold.
/// @dev A valid signature shows that the issuer said so, not that it is right, nor that no later receipt overturned it:
/// a consumer that must know of later rulings asks the log.
contract ReceiptVerifier is IReceiptVerifier, EIP712("Surety", "1") {
    /// @notice Where logs are anchored. Not for a proof to choose: a contract of the prover's own would find anything.
    IAnchor public immutable anchor;

    bytes32 public constant RECEIPT_TYPEHASH = keccak256(
        "Receipt(address operator,bytes32 receiptId,bytes32 claimId,bytes32 outcome,uint8 status,uint64 issuedAt,uint64 finalAfter,bytes32 supersedes,address coverBeneficiary,uint128 coverMicroUsd,uint64 coverUntil)"
    );
    bytes32 public constant DELEGATION_TYPEHASH = keccak256(
        "Delegation(address operator,address wallet,bytes32 sessionKeyX,bytes32 sessionKeyY,string scope,uint128 limitMicroUsd,uint64 expiresAt,uint64 nonce)"
    );
    bytes32 public constant ASKER_CLAIM_TYPEHASH = keccak256(
        "AskerClaim(address operator,bytes32 claimId,string reading,uint128 budgetMicroUsd,uint64 expiresAt)"
    );

    constructor(IAnchor anchor_) {
        if (address(anchor_).code.length == 0) revert AnchorWithoutCode(address(anchor_));
        anchor = anchor_;
    }

    // --- receipts ---------------------------------------------------------------------------------

    function digest(Receipt calldata receipt) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(RECEIPT_TYPEHASH, receipt)));
    }

    /// @notice Whether `operator` issued and signed this receipt: 65 bytes r ‖ s ‖ v with s in the lower half, or
    /// EIP-1271 for a contract.
    function verify(Receipt calldata receipt, bytes calldata signature, address operator) public view returns (bool) {
        return receipt.operator == operator
            && SignatureChecker.isValidSignatureNowCalldata(operator, digest(receipt), signature);
    }

    /// @notice Whether `operator` issued this receipt and a log that it anchored says all of it: claim, outcome, status,
    /// times, cover and issuer.
    function verifyAnchored(
        Receipt calldata receipt,
        bytes calldata signature,
        address operator,
        LogProof calldata proof
    ) public view returns (bool) {
        return verify(receipt, signature, operator) && _logged(receipt, proof);
    }

    /// @notice For contracts that act on an answer: the outcome, if the receipt is signed and final by now; else a
    /// revert that says why not. Later rulings are not visible here.
    /// @return outcome Zero when the final word is that nobody could decide: compare it with the label you act on.
    function requireFinal(Receipt calldata receipt, bytes calldata signature, address operator)
        public
        view
        returns (bytes32 outcome)
    {
        // INVARIANT: what one operator signed says nothing about another's.
        if (receipt.operator != operator) revert WrongOperator(receipt.operator, operator);
        if (!verify(receipt, signature, operator)) revert ReceiptNotSigned(receipt.receiptId, operator);
        // INVARIANT: only `final` passes; provisional, superseded, overturned and unknown statuses do not.
        if (receipt.status != uint8(Status.Final)) revert ReceiptNotFinal(receipt.receiptId, receipt.status);
        // INVARIANT: a receipt dated into the future is not final yet, whichever of its two dates says so.
        uint64 finalFrom = receipt.finalAfter > receipt.issuedAt ? receipt.finalAfter : receipt.issuedAt;
        if (block.timestamp < finalFrom) revert ReceiptTooYoung(receipt.receiptId, finalFrom);
        return receipt.outcome;
    }

    /// @notice As `requireFinal`, and the receipt must also be in an anchored log.
    function requireFinalAnchored(
        Receipt calldata receipt,
        bytes calldata signature,
        address operator,
        LogProof calldata proof
    ) external view returns (bytes32 outcome) {
        outcome = requireFinal(receipt, signature, operator);
        if (!_logged(receipt, proof)) revert ReceiptNotLogged(receipt.receiptId, proof.treeSize);
    }

    /// @notice The bytes that the log stores for this receipt.
    function logLeaf(Receipt calldata receipt) public pure returns (bytes memory) {
        return ReceiptLeaf.encode(receipt);
    }

    /// @notice The id of a claim, a statement or whatever else is content-addressed, from its bytes. Bytes that are not
    /// the one canonical encoding of a value have no id and are refused.
    function canonicalId(bytes calldata data) external pure returns (bytes32) {
        if (!CanonicalJson.isCanonical(data)) revert NotCanonical();
        return CanonicalJson.id(data);
    }

    // --- session keys -----------------------------------------------------------------------------

    function delegationDigest(Delegation calldata delegation) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    DELEGATION_TYPEHASH,
                    delegation.operator,
                    delegation.wallet,
                    delegation.sessionKeyX,
                    delegation.sessionKeyY,
                    keccak256(bytes(delegation.scope)),
                    delegation.limitMicroUsd,
                    delegation.expiresAt,
                    delegation.nonce
                )
            )
        );
    }

    /// @notice Whether the wallet signed this delegation for `operator` and it has not expired. Revocation is not visible
    /// here.
    function verifyDelegation(Delegation calldata delegation, bytes calldata walletSignature, address operator)
        public
        view
        returns (bool)
    {
        return delegation.operator == operator && block.timestamp < delegation.expiresAt
            && SignatureChecker.isValidSignatureNowCalldata(
                delegation.wallet, delegationDigest(delegation), walletSignature
            );
    }

    /// @notice Whether the delegation holds and its session key signed `messageHash`. Scope, limit and the operator that
    /// the message itself names are for the caller.
    function verifySession(
        Delegation calldata delegation,
        bytes calldata walletSignature,
        address operator,
        bytes32 messageHash,
        bytes32 r,
        bytes32 s
    ) external view returns (bool) {
        return verifyDelegation(delegation, walletSignature, operator)
            && SessionKeys.verify(messageHash, r, s, delegation.sessionKeyX, delegation.sessionKeyY);
    }

    // --- the asker --------------------------------------------------------------------------------

    function askerClaimDigest(AskerClaim calldata claim) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    ASKER_CLAIM_TYPEHASH,
                    claim.operator,
                    claim.claimId,
                    keccak256(bytes(claim.reading)),
                    claim.budgetMicroUsd,
                    claim.expiresAt
                )
            )
        );
    }

    /// @notice Whether `asker` signed for `operator` this claim as it was read back, whatever the time: consent given in
    /// time stays given.
    function verifyAskerClaim(AskerClaim calldata claim, bytes calldata signature, address asker, address operator)
        external
        view
        returns (bool)
    {
        return claim.operator == operator && SignatureChecker.isValidSignatureNowCalldata(asker, askerClaimDigest(claim), signature);
    }

    function _logged(Receipt calldata receipt, LogProof calldata proof) private view returns (bool) {
        return anchor.includes(
            receipt.operator,
            proof.origin,
            proof.treeSize,
            proof.leafIndex,
            MerkleLog.leafHash(logLeaf(receipt)),
            proof.inclusion
        );
    }
}
