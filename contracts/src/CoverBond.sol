// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import {CoverState, ICoverBond, Reservation} from "./interfaces/ICoverBond.sol";
import {IReceiptVerifier, Receipt, Status} from "./interfaces/IReceiptVerifier.sol";
import {MicroUsd} from "./types/MicroUsd.sol";

/// @title CoverBond
/// @notice Money that an issuer stakes on its receipts. A receipt's cover is reserved out of the free bond by presenting
/// the signed receipt; if the issuer's own later receipt overturns it in time, the beneficiary is paid; else the money
/// becomes free again.
/// @dev Assumes the issuer signs the ruling that overturns its receipt; until rulings come from a court on chain, nobody
/// can force it to. Money under reservation cannot be withdrawn by anybody before its time is over.
contract CoverBond is ICoverBond, ReentrancyGuard {
    using SafeERC20 for IERC20;

    IERC20 public immutable token;
    IReceiptVerifier public immutable verifier;
    /// @notice Seconds after the end of cover in which a ruling issued before that end can still be redeemed.
    uint32 public immutable redeemGrace;

    /// @notice Bond that no receipt has reserved.
    mapping(address issuer => MicroUsd) public free;
    /// @dev Keyed by the signed digest, not by the receipt's id: an issuer that signs two receipts under one id, say with
    /// another beneficiary, owes both and can use neither to free the other's reservation.
    mapping(address issuer => mapping(bytes32 digest => Reservation)) private _reservations;

    constructor(IERC20 token_, IReceiptVerifier verifier_, uint32 redeemGrace_) {
        if (address(token_).code.length == 0) revert TokenWithoutCode(address(token_));
        if (address(verifier_).code.length == 0) revert TokenWithoutCode(address(verifier_));
        if (redeemGrace_ == 0 || redeemGrace_ > 90 days) revert GraceOutOfRange();
        token = token_;
        verifier = verifier_;
        redeemGrace = redeemGrace_;
    }

    /// @notice Adds `amount` of the caller's money to an issuer's free bond. From then on it is the issuer's.
    function bond(address issuer, MicroUsd amount) external nonReentrant {
        uint256 before = _before(amount);
        token.safeTransferFrom(msg.sender, address(this), amount.raw());
        _add(issuer, msg.sender, before, amount);
    }

    /// @notice Adds to the bond of `issuer`, who signed an EIP-3009 authorisation. A resend adds nothing twice.
    function bondWithAuthorization(
        MicroUsd amount,
        address issuer,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        uint256 before = _before(amount);
        IERC3009(address(token)).receiveWithAuthorization(
            issuer, address(this), amount.raw(), validAfter, validBefore, nonce, v, r, s
        );
        _add(issuer, issuer, before, amount);
    }

    /// @notice Takes the caller's free bond back. Reserved money stays.
    function withdrawBond(MicroUsd amount) external nonReentrant {
        if (amount.isZero()) revert ZeroAmount();
        _take(msg.sender, amount);
        emit BondWithdrawn(msg.sender, amount);
        token.safeTransfer(msg.sender, amount.raw());
    }

    /// @notice Reserves a receipt's cover until its end plus the grace. Anybody may call it with the issuer's signature.
    function reserve(Receipt calldata receipt, bytes calldata signature, address issuer) external {
        _requireSigned(receipt, signature, issuer);
        _reserve(receipt, issuer);
    }

    /// @notice Pays a receipt's cover to its beneficiary: both receipts must be signed by the same issuer, and the second
    /// must overturn the first. Anybody may call it. Cover that was never reserved is paid if the free bond suffices.
    function redeem(
        Receipt calldata receipt,
        bytes calldata signature,
        Receipt calldata ruling,
        bytes calldata rulingSignature,
        address issuer
    ) external nonReentrant {
        _requireSigned(receipt, signature, issuer);
        _requireSigned(ruling, rulingSignature, issuer);
        // INVARIANT: the ruling is about this very receipt.
        if (
            ruling.status != uint8(Status.Overturned) || ruling.claimId != receipt.claimId
                || ruling.supersedes != receipt.receiptId
        ) revert RulingMismatch(receipt.receiptId, ruling.receiptId);
        // INVARIANT: cover is owed only for rulings issued while it lasted.
        if (ruling.issuedAt > receipt.coverUntil) revert RulingTooLate(ruling.issuedAt, receipt.coverUntil);
        Reservation storage entry = _reservations[issuer][verifier.digest(receipt)];
        if (entry.state == CoverState.None) _reserve(receipt, issuer);
        // INVARIANT: one receipt pays once.
        if (entry.state != CoverState.Reserved) revert CoverInState(receipt.receiptId, entry.state);
        if (block.timestamp > entry.lockedUntil) revert CoverExpired(receipt.receiptId, entry.lockedUntil);
        entry.state = CoverState.Paid;
        emit CoverPaid(issuer, receipt.receiptId, receipt.coverBeneficiary, entry.amount);
        token.safeTransfer(receipt.coverBeneficiary, entry.amount.raw());
    }

    /// @notice Frees a reservation whose time is over. Anybody may call it.
    /// @param digest The EIP-712 digest of the receipt, `verifier.digest(receipt)`.
    function release(address issuer, bytes32 digest) external {
        Reservation storage entry = _reservations[issuer][digest];
        if (entry.state != CoverState.Reserved) revert CoverInState(digest, entry.state);
        // INVARIANT: while a ruling could still be redeemed, its money stays reserved.
        if (block.timestamp <= entry.lockedUntil) revert CoverNotExpired(digest, entry.lockedUntil);
        entry.state = CoverState.Released;
        free[issuer] = free[issuer] + entry.amount;
        emit CoverReleased(issuer, digest, entry.amount);
    }

    function reservation(address issuer, bytes32 digest) external view returns (Reservation memory) {
        return _reservations[issuer][digest];
    }

    function _requireSigned(Receipt calldata receipt, bytes calldata signature, address issuer) private view {
        if (!verifier.verify(receipt, signature, issuer)) revert ReceiptNotSigned(receipt.receiptId, issuer);
    }

    function _reserve(Receipt calldata receipt, address issuer) private {
        MicroUsd amount = MicroUsd.wrap(receipt.coverMicroUsd);
        if (amount.isZero() || receipt.coverBeneficiary == address(0)) revert CoverNone(receipt.receiptId);
        bytes32 digest = verifier.digest(receipt);
        Reservation storage entry = _reservations[issuer][digest];
        // INVARIANT: one receipt reserves once.
        if (entry.state != CoverState.None) revert CoverInState(receipt.receiptId, entry.state);
        uint256 lockedUntil = uint256(receipt.coverUntil) + redeemGrace;
        if (block.timestamp > lockedUntil || lockedUntil > type(uint64).max) {
            revert CoverExpired(receipt.receiptId, lockedUntil);
        }
        _take(issuer, amount);
        _reservations[issuer][digest] =
            Reservation({state: CoverState.Reserved, amount: amount, lockedUntil: uint64(lockedUntil)});
        emit CoverReserved(issuer, receipt.receiptId, receipt.coverBeneficiary, amount, uint64(lockedUntil));
    }

    function _take(address issuer, MicroUsd amount) private {
        // INVARIANT: reservations and withdrawals never exceed the bond.
        if (amount > free[issuer]) revert BondExhausted(issuer, free[issuer], amount);
        free[issuer] = free[issuer] - amount;
    }

    function _before(MicroUsd amount) private view returns (uint256) {
        if (amount.isZero()) revert ZeroAmount();
        return token.balanceOf(address(this));
    }

    function _add(address issuer, address payer, uint256 before, MicroUsd amount) private {
        // INVARIANT: bonds never count more than the tokens held.
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != amount.raw()) revert TokenShort(received, amount.raw());
        free[issuer] = free[issuer] + amount;
        emit Bonded(issuer, payer, amount);
    }
}
