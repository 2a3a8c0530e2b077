// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import {CoverState, ICoverBond, Reservation} from "./interfaces/ICoverBond.sol";
import {IReceiptVerifier, Receipt, Status} from "./interfaces/IReceiptVerifier.sol";
import {TokenIntake, ZeroAmount} from "./libraries/TokenIntake.sol";
import {MicroUsd} from "./types/MicroUsd.sol";

/// @title CoverBond
/// @notice Money that an issuer stakes on its receipts. A receipt's cover is reserved out of the free bond by presenting
/// the signed receipt, whose operator is the issuer; if the issuer's own later receipt overturns it in time, the beneficiary is paid; else the money
/// becomes free again.
/// @dev Assumes the issuer signs the ruling that overturns its receipt; until rulings come from a court on chain, nobody
/// can force it to. Money under reservation cannot be withdrawn by anybody before its time is over.
contract CoverBond is ICoverBond, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using TokenIntake for IERC20;

    IERC20 public immutable token;
    IReceiptVerifier public immutable verifier;
    /// @notice Seconds after the end of cover in which a ruling issued before that end can still be redeemed.
    uint32 public immutable redeemGrace;

    /// @notice Bond that no receipt has reserved.
    mapping(address issuer => MicroUsd) public free;
    /// @dev An answer is restated as it moves from provisional to final, each time with its cover. What is promised to one
    /// beneficiary on one claim is therefore one debt, as large as the largest receipt that was presented. An issuer
    /// that signs another beneficiary, or a smaller cover, cannot free or shrink a reservation with it.
    mapping(address issuer => mapping(bytes32 claimId => mapping(address beneficiary => Reservation))) private
        _reservations;

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
        token.pull(msg.sender, amount);
        _add(issuer, msg.sender, amount);
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
        token.pullAuthorized(issuer, amount, validAfter, validBefore, nonce, v, r, s);
        _add(issuer, issuer, amount);
    }

    /// @notice Takes the caller's free bond back. Reserved money stays.
    function withdrawBond(MicroUsd amount) external nonReentrant {
        if (amount.isZero()) revert ZeroAmount();
        _take(msg.sender, amount);
        emit BondWithdrawn(msg.sender, amount);
        token.safeTransfer(msg.sender, amount.raw());
    }

    /// @notice Reserves a receipt's cover until its end plus the grace, on top of what is reserved for the same claim and
    /// beneficiary if this receipt promises more or for longer. Anybody may call it with the issuer's signature.
    function reserve(Receipt calldata receipt, bytes calldata signature) external {
        _requireSigned(receipt, signature);
        _reserve(receipt);
    }

    /// @notice Pays what is reserved for a receipt's claim and beneficiary: both receipts must be signed by the same issuer,
    /// and the second must overturn the first. Anybody may call it. Cover that was never reserved is paid if the free
    /// bond suffices, and so is what a receipt promises beyond what is reserved or was paid; the beneficiary may take what
    /// is reserved first.
    function redeem(
        Receipt calldata receipt,
        bytes calldata signature,
        Receipt calldata ruling,
        bytes calldata rulingSignature
    ) external nonReentrant {
        address issuer = receipt.operator;
        // INVARIANT: only the issuer's own ruling makes its cover due.
        if (ruling.operator != issuer) revert WrongOperator(ruling.operator, issuer);
        _requireSigned(receipt, signature);
        _requireSigned(ruling, rulingSignature);
        _requireCover(receipt);
        // INVARIANT: the ruling is about this very receipt.
        if (
            ruling.status != uint8(Status.Overturned) || ruling.claimId != receipt.claimId
                || ruling.supersedes != receipt.receiptId
        ) revert RulingMismatch(receipt.receiptId, ruling.receiptId);
        // INVARIANT: cover is owed only for rulings issued while it lasted.
        if (ruling.issuedAt > receipt.coverUntil) revert RulingTooLate(ruling.issuedAt, receipt.coverUntil);
        address beneficiary = receipt.coverBeneficiary;
        Reservation storage entry = _reservations[issuer][receipt.claimId][beneficiary];
        if (entry.state == CoverState.Paid) return _payRest(receipt, entry);
        bool reserved = entry.state == CoverState.Reserved;
        bool promisesMore = reserved && MicroUsd.wrap(receipt.coverMicroUsd) > entry.amount;
        // INVARIANT: nobody but the beneficiary settles for less than the receipt promises.
        if (entry.state == CoverState.None || entry.state == CoverState.Released || (promisesMore && msg.sender != beneficiary)) {
            _reserve(receipt);
        }
        if (block.timestamp > entry.lockedUntil) revert CoverExpired(receipt.receiptId, entry.lockedUntil);
        entry.state = CoverState.Paid;
        emit CoverPaid(issuer, receipt.claimId, beneficiary, entry.amount);
        token.safeTransfer(beneficiary, entry.amount.raw());
    }

    /// @dev Paying a smaller receipt on the same claim, by whomever, must not settle what a larger one promises.
    function _payRest(Receipt calldata receipt, Reservation storage entry) private {
        address beneficiary = receipt.coverBeneficiary;
        MicroUsd promised = MicroUsd.wrap(receipt.coverMicroUsd);
        // INVARIANT: one claim pays one beneficiary no more than the largest promise, however many receipts restate it.
        if (!(promised > entry.amount)) revert CoverInState(receipt.claimId, beneficiary, entry.state);
        uint256 end = uint256(receipt.coverUntil) + redeemGrace;
        if (block.timestamp > end) revert CoverExpired(receipt.receiptId, end);
        MicroUsd rest = promised - entry.amount;
        _take(receipt.operator, rest);
        entry.amount = promised;
        emit CoverPaid(receipt.operator, receipt.claimId, beneficiary, rest);
        token.safeTransfer(beneficiary, rest.raw());
    }

    /// @notice Frees a reservation whose time is over. Anybody may call it.
    function release(address issuer, bytes32 claimId, address beneficiary) external {
        Reservation storage entry = _reservations[issuer][claimId][beneficiary];
        if (entry.state != CoverState.Reserved) revert CoverInState(claimId, beneficiary, entry.state);
        // INVARIANT: while a ruling could still be redeemed, its money stays reserved.
        if (block.timestamp <= entry.lockedUntil) revert CoverNotExpired(claimId, beneficiary, entry.lockedUntil);
        entry.state = CoverState.Released;
        free[issuer] = free[issuer] + entry.amount;
        emit CoverReleased(issuer, claimId, beneficiary, entry.amount);
    }

    function reservation(address issuer, bytes32 claimId, address beneficiary)
        external
        view
        returns (Reservation memory)
    {
        return _reservations[issuer][claimId][beneficiary];
    }

    function _requireSigned(Receipt calldata receipt, bytes calldata signature) private view {
        address issuer = receipt.operator;
        if (!verifier.verify(receipt, signature, issuer)) revert ReceiptNotSigned(receipt.receiptId, issuer);
    }

    function _requireCover(Receipt calldata receipt) private pure {
        // INVARIANT: only an answer carries cover, not the statement that one was replaced.
        if (
            receipt.coverMicroUsd == 0 || receipt.coverBeneficiary == address(0)
                || receipt.status > uint8(Status.Final)
        ) revert CoverNone(receipt.receiptId);
    }

    function _reserve(Receipt calldata receipt) private {
        _requireCover(receipt);
        address issuer = receipt.operator;
        uint256 end = uint256(receipt.coverUntil) + redeemGrace;
        if (block.timestamp > end || end > type(uint64).max) revert CoverExpired(receipt.receiptId, end);
        uint64 lockedUntil = uint64(end);
        MicroUsd amount = MicroUsd.wrap(receipt.coverMicroUsd);
        address beneficiary = receipt.coverBeneficiary;
        Reservation storage entry = _reservations[issuer][receipt.claimId][beneficiary];
        if (entry.state == CoverState.Reserved) {
            // INVARIANT: a reservation only grows, in money and in time.
            if (!(amount > entry.amount) && lockedUntil <= entry.lockedUntil) {
                revert CoverInState(receipt.claimId, beneficiary, entry.state);
            }
            amount = amount.max(entry.amount);
            if (entry.lockedUntil > lockedUntil) lockedUntil = entry.lockedUntil;
            _take(issuer, amount - entry.amount);
        } else {
            // INVARIANT: what was paid is not reserved again. What ran out may be, by a receipt that lasts longer.
            if (entry.state == CoverState.Paid) revert CoverInState(receipt.claimId, beneficiary, entry.state);
            _take(issuer, amount);
        }
        _reservations[issuer][receipt.claimId][beneficiary] =
            Reservation({state: CoverState.Reserved, amount: amount, lockedUntil: lockedUntil});
        emit CoverReserved(issuer, receipt.claimId, beneficiary, amount, lockedUntil);
    }

    function _take(address issuer, MicroUsd amount) private {
        // INVARIANT: reservations and withdrawals never exceed the bond.
        if (amount > free[issuer]) revert BondExhausted(issuer, free[issuer], amount);
        free[issuer] = free[issuer] - amount;
    }

    function _add(address issuer, address payer, MicroUsd amount) private {
        free[issuer] = free[issuer] + amount;
        emit Bonded(issuer, payer, amount);
    }
}
