// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Receipt} from "./IReceiptVerifier.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice Life of what is promised to one beneficiary on one claim. `Reserved` money can only turn `Paid`, or
/// `Released` once its time is over. `Paid` stays, and grows only by what a larger receipt promises beyond it.
enum CoverState {
    None,
    Reserved,
    Paid,
    Released
}

/// @param lockedUntil Unix seconds until which it can be redeemed.
struct Reservation {
    CoverState state;
    MicroUsd amount;
    uint64 lockedUntil;
}

/// @notice Issuers' bonds, and the cover of receipts reserved against them.
interface ICoverBond {
    error TokenWithoutCode(address token);
    error GraceOutOfRange();
    /// @notice The issuer's free bond does not suffice.
    error BondExhausted(address issuer, MicroUsd free, MicroUsd wanted);
    error CoverNone(bytes32 receiptId);
    error CoverExpired(bytes32 receiptId, uint256 until);
    error CoverNotExpired(bytes32 claimId, address beneficiary, uint256 until);
    error CoverInState(bytes32 claimId, address beneficiary, CoverState state);
    error ReceiptNotSigned(bytes32 receiptId, address issuer);
    /// @notice The ruling is by another operator than the one that issued the receipt.
    error WrongOperator(address named, address expected);
    /// @notice The second receipt does not overturn the first one.
    error RulingMismatch(bytes32 receiptId, bytes32 rulingId);
    /// @notice The ruling was issued after the cover had ended.
    error RulingTooLate(uint64 issuedAt, uint64 coverUntil);

    event Bonded(address indexed issuer, address payer, MicroUsd amount);
    event BondWithdrawn(address indexed issuer, MicroUsd amount);
    event CoverReserved(
        address indexed issuer,
        bytes32 indexed claimId,
        address indexed beneficiary,
        MicroUsd amount,
        uint64 lockedUntil
    );
    event CoverReleased(
        address indexed issuer, bytes32 indexed claimId, address indexed beneficiary, MicroUsd amount
    );
    event CoverPaid(address indexed issuer, bytes32 indexed claimId, address indexed beneficiary, MicroUsd amount);

    function bond(address issuer, MicroUsd amount) external;
    function bondWithAuthorization(
        MicroUsd amount,
        address issuer,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
    function withdrawBond(MicroUsd amount) external;
    function reserve(Receipt calldata receipt, bytes calldata signature) external;
    function redeem(
        Receipt calldata receipt,
        bytes calldata signature,
        Receipt calldata ruling,
        bytes calldata rulingSignature
    ) external;
    function release(address issuer, bytes32 claimId, address beneficiary) external;
    function free(address issuer) external view returns (MicroUsd);
    function reservation(address issuer, bytes32 claimId, address beneficiary)
        external
        view
        returns (Reservation memory);
}
