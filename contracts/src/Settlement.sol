// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import {
    Delays,
    Deposit,
    DepositState,
    ForcedRequest,
    ISettlement,
    Mode,
    NewRoot,
    Root
} from "./interfaces/ISettlement.sol";
import {Leaf, SumNode, SumPath, SumTree} from "./libraries/SumTree.sol";
import {TokenIntake} from "./libraries/TokenIntake.sol";
import {MicroUsd, ZERO} from "./types/MicroUsd.sol";

/// @title Settlement
/// @notice Deposits come in one by one; trading happens off chain in the operator's journal; the operator posts the root
/// of a Merkle-sum tree over all accounts; accounts withdraw by their leaf, and leave by it when the operator stops.
/// @dev What it guarantees whatever the operator does: no root sums to more than deposits minus withdrawals; roots pay
/// only from deposits they counted; a deposit that no root counted in time goes back to its payer; silence freezes
/// nobody's money. What it assumes is in `ASSUMES`. See `spec/05-settlement.md`.
contract Settlement is ISettlement, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using TokenIntake for IERC20;

    /// @notice The trust that remains, in words that every page and receipt repeats.
    string public constant ASSUMES =
        "assumes the operator posts honest roots and sends every account its leaf and path";

    IERC20 public immutable token;
    /// @notice Cannot be changed: a lost key is answered by exit mode, not by an administrator.
    address public immutable operator;
    uint32 public immutable challengeDelay;
    uint32 public immutable reclaimDelay;
    uint32 public immutable forcedDelay;
    uint32 public immutable rootGap;
    uint64 public immutable deployedAt;

    uint64 public depositCount;
    uint64 public rootCount;
    Mode public mode;
    /// @notice Money of the deposits that roots have counted, less everything paid by roots: all that roots can pay from.
    MicroUsd public counted;
    /// @notice Reclaimed money that has not been taken off `counted` yet, because no root has passed it.
    MicroUsd public reclaimedAhead;
    MicroUsd public withdrawnTotal;

    mapping(uint64 id => Deposit) private _deposits;
    mapping(uint64 number => Root) private _roots;
    mapping(address account => ForcedRequest) private _forced;
    /// @notice All that was ever paid to an account, to be compared with its cumulative authorisation.
    mapping(address account => MicroUsd) public withdrawn;
    mapping(address account => bool) public exited;

    modifier onlyIn(Mode wanted) {
        if (mode != wanted) {
            if (wanted == Mode.Active) revert NotActive();
            revert NotExiting();
        }
        _;
    }

    /// @param token_ A plain ERC-20 dollar with 6 decimals: no fee on transfer, no rebasing.
    constructor(IERC20 token_, address operator_, Delays memory delays) {
        if (address(token_).code.length == 0) revert TokenWithoutCode(address(token_));
        if (operator_ == address(0)) revert ZeroAccount();
        // INVARIANT: silence lasts longer than the challenge delay, so the root frozen by silence is payable at once.
        if (
            delays.challenge > 30 days || delays.reclaim == 0 || delays.reclaim > 30 days || delays.forced == 0
                || delays.forced > 30 days || delays.rootGap <= delays.challenge || delays.rootGap > 90 days
        ) revert DelaysOutOfRange();
        token = token_;
        operator = operator_;
        challengeDelay = delays.challenge;
        reclaimDelay = delays.reclaim;
        forcedDelay = delays.forced;
        rootGap = delays.rootGap;
        deployedAt = uint64(block.timestamp);
    }

    // --- money in ---------------------------------------------------------------------------------

    /// @notice Pays `amount` from the caller in favour of `account`. The operator credits it once the chain is final.
    function deposit(address account, MicroUsd amount) external nonReentrant returns (uint64 id) {
        id = _record(msg.sender, account, amount);
        token.pull(msg.sender, amount);
    }

    /// @notice Deposits for `from` by its EIP-3009 authorisation, so that somebody else may pay the gas. The
    /// authorisation's nonce is used up, so a resend deposits nothing twice.
    function depositWithAuthorization(
        address from,
        MicroUsd amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint64 id) {
        id = _record(from, from, amount);
        token.pullAuthorized(from, amount, validAfter, validBefore, nonce, v, r, s);
    }

    /// @notice Returns a deposit that no root counted in time to whoever paid it. Anybody may call it.
    function reclaim(uint64 id) external nonReentrant {
        // INVARIANT: a deposit is either counted by a root or returned to its payer, never both.
        DepositState state = depositState(id);
        if (state != DepositState.Pending) revert DepositNotPending(id, state);
        Deposit storage entry = _deposits[id];
        uint256 reclaimableAt = uint256(entry.paidAt) + reclaimDelay;
        if (mode == Mode.Active && block.timestamp < reclaimableAt) revert DepositNotOverdue(id, reclaimableAt);
        entry.reclaimed = true;
        reclaimedAhead = reclaimedAhead + entry.amount;
        emit Reclaimed(id, entry.payer, entry.amount);
        token.safeTransfer(entry.payer, entry.amount.raw());
    }

    // --- roots ------------------------------------------------------------------------------------

    /// @notice Posts the next root. Refused, not clipped, when it counts more money than there is.
    function postRoot(NewRoot calldata root) external onlyIn(Mode.Active) {
        if (msg.sender != operator) revert OperatorOnly(msg.sender, operator);
        // INVARIANT: roots are numbered without gaps, so that a resent root is recognised and not posted twice.
        if (root.number != rootCount + 1) revert RootOutOfOrder(rootCount + 1, root.number);
        Root storage last = _roots[rootCount];
        // INVARIANT: journal positions and counted deposits only move forward.
        if (root.journalPosition < last.journalPosition) {
            revert JournalWentBack(last.journalPosition, root.journalPosition);
        }
        if (root.depositsThrough < last.depositsThrough) {
            revert DepositsWentBack(last.depositsThrough, root.depositsThrough);
        }
        if (root.depositsThrough > depositCount) revert DepositUnknown(root.depositsThrough, depositCount);
        // INVARIANT: the operator built the tree from the very deposits that this chain holds.
        bytes32 commitment = _deposits[root.depositsThrough].commitment;
        if (root.depositsCommitment != commitment) {
            revert DepositsDiffer(root.depositsThrough, commitment, root.depositsCommitment);
        }
        // INVARIANT: the sum of all leaves is never above counted deposits minus withdrawals.
        MicroUsd limit = backing(root.depositsThrough);
        if (root.sum > limit) revert RootAboveDeposits(root.sum, limit);
        reclaimedAhead = reclaimedAhead - _passed(root.depositsThrough).min(reclaimedAhead);
        counted = limit;
        rootCount = root.number;
        _roots[root.number] = Root({
            hash: root.hash,
            sum: root.sum,
            depositsThrough: root.depositsThrough,
            journalPosition: root.journalPosition,
            postedAt: uint64(block.timestamp)
        });
        emit RootPosted(root.number, root.hash, root.sum, root.depositsThrough, root.journalPosition);
    }

    // --- money out --------------------------------------------------------------------------------

    /// @notice Pays what a root authorised and was not paid yet, to the leaf's account. Anybody may call it.
    /// @param rootNumber Any root older than the challenge delay; authorisations are cumulative, so older roots only
    /// ever pay less.
    function withdraw(uint64 rootNumber, Leaf calldata leaf, SumPath calldata path)
        external
        nonReentrant
        onlyIn(Mode.Active)
    {
        _requireInRoot(rootNumber, leaf, path);
        _requireMature(rootNumber);
        MicroUsd paid = withdrawn[leaf.account].max(leaf.withdrawn);
        // INVARIANT: an account is paid at most its cumulative authorisation, whatever the order of roots.
        if (!(leaf.authorised > paid)) revert NothingToWithdraw(leaf.account);
        MicroUsd amount = leaf.authorised - paid;
        withdrawn[leaf.account] = leaf.authorised;
        _payFromCounted(amount);
        emit Withdrawn(leaf.account, rootNumber, amount, leaf.authorised);
        token.safeTransfer(leaf.account, amount.raw());
    }

    /// @notice Demands on chain that all free cash of the caller be authorised. If the operator does not answer within
    /// `forcedDelay`, anybody may start exit mode.
    function requestForced(uint64 rootNumber, Leaf calldata leaf, SumPath calldata path) external onlyIn(Mode.Active) {
        // INVARIANT: only the account itself can put the operator under a deadline.
        if (msg.sender != leaf.account) revert NotYourLeaf(msg.sender, leaf.account);
        _requireInRoot(rootNumber, leaf, path);
        if (leaf.cash.isZero()) revert NothingToForce(leaf.account);
        if (_forced[leaf.account].deadline != 0) revert ForcedAlreadyOpen(leaf.account);
        uint64 deadline = uint64(block.timestamp) + forcedDelay;
        _forced[leaf.account] = ForcedRequest({deadline: deadline, afterRoot: rootCount});
        emit ForcedRequested(leaf.account, deadline);
    }

    /// @notice Answers a forced request: a root posted after it in which the account's cash has become authorised.
    function answerForced(uint64 rootNumber, Leaf calldata leaf, SumPath calldata path) external onlyIn(Mode.Active) {
        ForcedRequest memory request = _forced[leaf.account];
        if (request.deadline == 0) revert ForcedNotOpen(leaf.account);
        _requireInRoot(rootNumber, leaf, path);
        // INVARIANT: only a later root, in which nothing of the account's money is left free, answers the request.
        if (rootNumber <= request.afterRoot || !leaf.cash.isZero()) revert ForcedAnswerInvalid(leaf.account);
        delete _forced[leaf.account];
        emit ForcedAnswered(leaf.account, rootNumber);
    }

    /// @notice Starts exit mode when no root was posted for longer than `rootGap`. Anybody may call it.
    function startExitAfterSilence() external onlyIn(Mode.Active) {
        uint256 lastAt = rootCount == 0 ? deployedAt : _roots[rootCount].postedAt;
        _startExit(lastAt + rootGap);
    }

    /// @notice Starts exit mode when a forced request went unanswered. Anybody may call it.
    function startExitAfterForced(address account) external onlyIn(Mode.Active) {
        uint64 deadline = _forced[account].deadline;
        if (deadline == 0) revert ForcedNotOpen(account);
        _startExit(deadline);
    }

    /// @notice In exit mode, pays an account all that the last root says it owns: outstanding authorisation, cash, and
    /// positions at their marked value. Once. Anybody may call it; the money goes to the leaf's account.
    function exit(Leaf calldata leaf, SumPath calldata path) external nonReentrant onlyIn(Mode.Exiting) {
        uint64 number = rootCount;
        _requireInRoot(number, leaf, path);
        _requireMature(number);
        // INVARIANT: an account leaves once.
        if (exited[leaf.account]) revert AlreadyExited(leaf.account);
        exited[leaf.account] = true;
        MicroUsd paid = withdrawn[leaf.account].max(leaf.withdrawn);
        // INVARIANT: what withdrawals already paid is not paid again.
        MicroUsd authorised = leaf.authorised > paid ? leaf.authorised - paid : ZERO;
        MicroUsd amount = authorised + leaf.cash + leaf.positions;
        if (amount.isZero()) revert NothingToWithdraw(leaf.account);
        withdrawn[leaf.account] = withdrawn[leaf.account] + amount;
        _payFromCounted(amount);
        emit Exited(leaf.account, amount);
        token.safeTransfer(leaf.account, amount.raw());
    }

    // --- reading ----------------------------------------------------------------------------------

    function depositState(uint64 id) public view returns (DepositState) {
        if (id == 0 || id > depositCount) return DepositState.None;
        if (_deposits[id].reclaimed) return DepositState.Reclaimed;
        return id <= _roots[rootCount].depositsThrough ? DepositState.Credited : DepositState.Pending;
    }

    function deposits(uint64 id) external view returns (Deposit memory) {
        return _deposits[id];
    }

    /// @notice Deposits `afterId + 1` to `throughId`, cut at the last one there is.
    function depositsBetween(uint64 afterId, uint64 throughId) external view returns (Deposit[] memory list) {
        uint64 end = throughId < depositCount ? throughId : depositCount;
        list = new Deposit[](end > afterId ? end - afterId : 0);
        for (uint64 i = 0; i < list.length; i++) list[i] = _deposits[afterId + 1 + i];
    }

    function roots(uint64 number) external view returns (Root memory) {
        return _roots[number];
    }

    function forced(address account) external view returns (ForcedRequest memory) {
        return _forced[account];
    }

    /// @notice What was ever paid to each of these accounts, for whoever builds the next tree.
    function withdrawnOf(address[] calldata accounts) external view returns (MicroUsd[] memory list) {
        list = new MicroUsd[](accounts.length);
        for (uint256 i = 0; i < accounts.length; i++) list[i] = withdrawn[accounts[i]];
    }

    /// @notice The open demands of these accounts; a deadline of zero is none.
    function forcedOf(address[] calldata accounts) external view returns (ForcedRequest[] memory list) {
        list = new ForcedRequest[](accounts.length);
        for (uint256 i = 0; i < accounts.length; i++) list[i] = _forced[accounts[i]];
    }

    /// @notice The most that a root counting deposits up to `depositsThrough` may sum to.
    /// @dev All reclaimed money is taken off as soon as newly passed deposits can bear it, even where a reclaimed deposit
    /// has a higher id: the bound errs low, never high, and is exact once the newest deposit is passed.
    function backing(uint64 depositsThrough) public view returns (MicroUsd) {
        MicroUsd passed = _passed(depositsThrough);
        return counted + (passed - passed.min(reclaimedAhead));
    }

    // --- inside -----------------------------------------------------------------------------------

    function _record(address payer, address account, MicroUsd amount) private onlyIn(Mode.Active) returns (uint64 id) {
        if (account == address(0)) revert ZeroAccount();
        Deposit storage last = _deposits[depositCount];
        id = ++depositCount;
        // The commitment leaves the time out: the same deposit mined again after a rewind is the same deposit.
        _deposits[id] = Deposit({
            payer: payer,
            paidAt: uint64(block.timestamp),
            reclaimed: false,
            account: account,
            amount: amount,
            cumulative: last.cumulative + amount,
            commitment: keccak256(abi.encode(last.commitment, id, payer, account, amount))
        });
        emit Deposited(id, account, payer, amount);
    }

    /// @dev Deposits between the last root's and `depositsThrough`, reclaimed ones included.
    function _passed(uint64 depositsThrough) private view returns (MicroUsd) {
        return _deposits[depositsThrough].cumulative - _deposits[_roots[rootCount].depositsThrough].cumulative;
    }

    function _payFromCounted(MicroUsd amount) private {
        // INVARIANT: whatever roots say, they pay only from deposits that roots counted: a deposit that none counted is
        // there for its payer. With honest roots this never refuses.
        if (amount > counted) revert CountedShort(counted, amount);
        counted = counted - amount;
        withdrawnTotal = withdrawnTotal + amount;
    }

    function _requireInRoot(uint64 number, Leaf calldata leaf, SumPath calldata path) private view {
        if (number == 0 || number > rootCount) revert RootUnknown(number, rootCount);
        SumNode memory node = SumTree.rootOf(leaf, path);
        Root storage root = _roots[number];
        if (node.hash != root.hash || !(node.sum == root.sum)) revert PathNotInRoot(number);
    }

    function _requireMature(uint64 number) private view {
        uint256 payableAt = uint256(_roots[number].postedAt) + challengeDelay;
        if (block.timestamp < payableAt) revert RootTooYoung(number, payableAt);
    }

    function _startExit(uint256 deadline) private {
        if (block.timestamp <= deadline) revert OperatorInTime(deadline);
        mode = Mode.Exiting;
        emit ExitStarted(rootCount);
    }
}
