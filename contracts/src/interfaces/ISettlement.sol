// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leaf, SumPath} from "../libraries/SumTree.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice `Active`: roots are posted and withdrawals paid. `Exiting`: the last root is frozen and everybody leaves with
/// what it says. There is no way back.
enum Mode {
    Active,
    Exiting
}

/// @notice Life of one deposit. `Pending` turns `Credited` when a root counts it, or `Reclaimed` when none did in time.
enum DepositState {
    None,
    Pending,
    Credited,
    Reclaimed
}

/// @notice How long people have, in seconds.
/// @param challenge How old a root must be before it is paid from.
/// @param reclaim How long the operator may leave a deposit uncredited.
/// @param forced How long the operator may leave a forced withdrawal unanswered.
/// @param rootGap How long the operator may post no root at all.
struct Delays {
    uint32 challenge;
    uint32 reclaim;
    uint32 forced;
    uint32 rootGap;
}

struct Deposit {
    address payer;
    uint64 paidAt;
    bool reclaimed;
    address account;
    MicroUsd amount;
    MicroUsd cumulative;
    bytes32 commitment;
}

/// @param depositsThrough Every deposit up to this id is counted in the leaves.
/// @param journalPosition The last journal event that the leaves include.
struct Root {
    bytes32 hash;
    MicroUsd sum;
    uint64 depositsThrough;
    uint64 journalPosition;
    uint64 postedAt;
}

/// @param number One more than the last root's, so that a resend is recognised.
/// @param depositsCommitment The commitment of deposit `depositsThrough` as the operator saw it: after the chain was
/// rewound, other deposits may stand under the same ids, and such a root is refused.
struct NewRoot {
    uint64 number;
    bytes32 hash;
    MicroUsd sum;
    uint64 depositsThrough;
    bytes32 depositsCommitment;
    uint64 journalPosition;
}

struct ForcedRequest {
    uint64 deadline;
    uint64 afterRoot;
}

/// @notice Holds everybody's money and pays it out by Merkle-sum roots that one operator posts.
interface ISettlement {
    error OperatorOnly(address caller, address operator);
    error DelaysOutOfRange();
    error TokenWithoutCode(address token);
    error ZeroAccount();
    error NotActive();
    error NotExiting();
    error RootOutOfOrder(uint64 expected, uint64 given);
    error RootUnknown(uint64 number, uint64 latest);
    error RootTooYoung(uint64 number, uint256 payableAt);
    error RootAboveDeposits(MicroUsd sum, MicroUsd backing);
    error CountedShort(MicroUsd counted, MicroUsd wanted);
    error JournalWentBack(uint64 last, uint64 given);
    error DepositsWentBack(uint64 last, uint64 given);
    error DepositUnknown(uint64 id, uint64 latest);
    error DepositsDiffer(uint64 id, bytes32 onChain, bytes32 given);
    error DepositNotPending(uint64 id, DepositState state);
    error DepositNotOverdue(uint64 id, uint256 reclaimableAt);
    error PathNotInRoot(uint64 number);
    error NothingToWithdraw(address account);
    error AlreadyExited(address account);
    error NotYourLeaf(address caller, address account);
    error NothingToForce(address account);
    error ForcedAlreadyOpen(address account);
    error ForcedNotOpen(address account);
    error ForcedAnswerInvalid(address account);
    error OperatorInTime(uint256 deadline);

    event Deposited(uint64 indexed id, address indexed account, address payer, MicroUsd amount);
    event Reclaimed(uint64 indexed id, address indexed payer, MicroUsd amount);
    event RootPosted(
        uint64 indexed number, bytes32 hash, MicroUsd sum, uint64 depositsThrough, uint64 journalPosition
    );
    event Withdrawn(address indexed account, uint64 indexed rootNumber, MicroUsd amount, MicroUsd cumulative);
    event ForcedRequested(address indexed account, uint64 deadline);
    event ForcedAnswered(address indexed account, uint64 indexed rootNumber);
    event ExitStarted(uint64 indexed lastRoot);
    event Exited(address indexed account, MicroUsd amount);

    // --- money in ---
    function deposit(address account, MicroUsd amount) external returns (uint64 id);
    function depositWithAuthorization(
        address from,
        MicroUsd amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint64 id);
    function reclaim(uint64 id) external;

    // --- roots ---
    function postRoot(NewRoot calldata root) external;

    // --- money out ---
    function withdraw(uint64 rootNumber, Leaf calldata leaf, SumPath calldata path) external;
    function requestForced(uint64 rootNumber, Leaf calldata leaf, SumPath calldata path) external;
    function answerForced(uint64 rootNumber, Leaf calldata leaf, SumPath calldata path) external;
    function startExitAfterSilence() external;
    function startExitAfterForced(address account) external;
    function exit(Leaf calldata leaf, SumPath calldata path) external;

    // --- reading ---
    function mode() external view returns (Mode);
    function depositState(uint64 id) external view returns (DepositState);
    function deposits(uint64 id) external view returns (Deposit memory);
    function depositsBetween(uint64 afterId, uint64 throughId) external view returns (Deposit[] memory);
    function depositCount() external view returns (uint64);
    function roots(uint64 number) external view returns (Root memory);
    function rootCount() external view returns (uint64);
    function backing(uint64 depositsThrough) external view returns (MicroUsd);
    function counted() external view returns (MicroUsd);
    function withdrawnTotal() external view returns (MicroUsd);
    function withdrawn(address account) external view returns (MicroUsd);
    function withdrawnOf(address[] calldata accounts) external view returns (MicroUsd[] memory);
    function exited(address account) external view returns (bool);
    function forced(address account) external view returns (ForcedRequest memory);
    function forcedOf(address[] calldata accounts) external view returns (ForcedRequest[] memory);
}
