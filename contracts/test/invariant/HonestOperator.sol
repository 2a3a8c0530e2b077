// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {Settlement} from "../../src/Settlement.sol";
import {Deposit, DepositState, Mode, NewRoot} from "../../src/interfaces/ISettlement.sol";
import {Leaf, SumNode, SumPath} from "../../src/libraries/SumTree.sol";
import {MicroUsd} from "../../src/types/MicroUsd.sol";
import {SumTreeBuilder} from "../support/SumTreeBuilder.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice Four accounts and an operator that keeps its books as `spec/05-settlement.md` says, until it dies.
/// Every call that must be possible is made without a net: a revert fails the run.
contract HonestOperator is TestBase {
    uint256 public constant ACCOUNTS = 4;
    uint256 private constant RECLAIM = 1000;
    uint256 private constant FORCED = 500;
    uint256 private constant GAP = 2000;

    DevDollar public immutable dollar;
    Settlement public immutable settlement;
    /// @dev Time is kept here: the compiler may read `block.timestamp` only once per call.
    uint256 public time = 1_000_000;

    // The operator's books.
    uint256[4] public cash;
    uint256[4] public positions;
    uint256[4] public authorised;
    uint64 public creditedThrough;
    bool public dead;

    // What happened, counted apart from the contract.
    uint256 public deposited;
    uint256 public reclaimed;
    uint256[4] public paid;

    mapping(uint64 root => Leaf[]) private _leaves;

    constructor(DevDollar dollar_, Settlement settlement_) {
        dollar = dollar_;
        settlement = settlement_;
    }

    function account(uint256 who) public pure returns (address) {
        return address(uint160(0xACC0 + (who % ACCOUNTS)));
    }

    // --- the accounts -------------------------------------------------------------------------------

    function deposit(uint8 who, uint32 amount) external {
        if (settlement.mode() != Mode.Active) return;
        uint256 value = bound(amount, 1, type(uint32).max);
        address payer = account(who);
        dollar.mintDevelopment(payer, value, keccak256(abi.encode(settlement.depositCount(), payer)));
        vm.startPrank(payer);
        dollar.approve(address(settlement), value);
        settlement.deposit(payer, usd(value));
        vm.stopPrank();
        deposited += value;
    }

    function reclaim(uint8 which) external {
        uint64 count = settlement.depositCount();
        if (count == 0) return;
        uint64 id = uint64(bound(which, 1, count));
        Deposit memory entry = settlement.deposits(id);
        bool due = settlement.mode() == Mode.Exiting || time >= entry.paidAt + RECLAIM;
        if (settlement.depositState(id) != DepositState.Pending || !due) return;
        settlement.reclaim(id);
        reclaimed += entry.amount.raw();
    }

    function withdraw(uint8 who, uint8 rootsAgo) external {
        uint64 last = settlement.rootCount();
        if (last == 0 || settlement.mode() != Mode.Active) return;
        uint64 number = last - uint64(bound(rootsAgo, 0, last > 3 ? 3 : last - 1));
        uint256 index = who % ACCOUNTS;
        Leaf memory leaf = _leaves[number][index];
        uint256 before = settlement.withdrawn(account(who)).raw();
        bool due = leaf.authorised.raw() > before && time >= settlement.roots(number).postedAt + 100;
        if (!due) return;
        settlement.withdraw(number, leaf, path(number, index));
        paid[index] += leaf.authorised.raw() - before;
    }

    function force(uint8 who) external {
        uint64 last = settlement.rootCount();
        uint256 index = who % ACCOUNTS;
        if (last == 0 || settlement.mode() != Mode.Active) return;
        Leaf memory leaf = _leaves[last][index];
        if (leaf.cash.isZero() || settlement.forced(leaf.account).deadline != 0) return;
        SumPath memory p = path(last, index);
        vm.prank(leaf.account);
        settlement.requestForced(last, leaf, p);
    }

    /// @notice Somebody tries to start the exit. While the operator lives this must fail.
    function tryToOpenTheExit(uint8 who) external {
        if (settlement.mode() != Mode.Active) return;
        try settlement.startExitAfterForced(account(who)) {
            assertTrue(dead, "a living operator was forced out");
        } catch {}
        try settlement.startExitAfterSilence() {
            assertTrue(dead, "a living operator was declared silent");
        } catch {}
    }

    function exit(uint8 who) external {
        uint256 index = who % ACCOUNTS;
        if (settlement.mode() != Mode.Exiting || settlement.exited(account(index)) || claim(index) == 0) return;
        if (time < settlement.roots(settlement.rootCount()).postedAt + 100) return;
        uint256 owed = claim(index);
        settlement.exit(_leaves[settlement.rootCount()][index], path(settlement.rootCount(), index));
        paid[index] += owed;
    }

    // --- the operator -------------------------------------------------------------------------------

    function trade(uint8 from, uint8 to, uint32 amount) external {
        if (dead) return;
        uint256 value = bound(amount, 0, cash[from % ACCOUNTS]);
        cash[from % ACCOUNTS] -= value;
        cash[to % ACCOUNTS] += value;
    }

    function openPosition(uint8 who, uint32 amount) external {
        if (dead) return;
        uint256 value = bound(amount, 0, cash[who % ACCOUNTS]);
        cash[who % ACCOUNTS] -= value;
        positions[who % ACCOUNTS] += value;
    }

    function closePosition(uint8 from, uint8 to, uint32 amount) external {
        if (dead) return;
        uint256 value = bound(amount, 0, positions[from % ACCOUNTS]);
        positions[from % ACCOUNTS] -= value;
        cash[to % ACCOUNTS] += value;
    }

    function authorise(uint8 who, uint256 amount) public {
        if (dead) return;
        uint256 value = bound(amount, 0, cash[who % ACCOUNTS]);
        cash[who % ACCOUNTS] -= value;
        authorised[who % ACCOUNTS] += value;
    }

    /// @notice Fresh deposits are credited before a root passes them; overdue ones only together with it.
    function credit() public {
        if (dead || settlement.mode() != Mode.Active) return;
        while (creditedThrough < settlement.depositCount()) {
            if (time >= settlement.deposits(creditedThrough + 1).paidAt + RECLAIM) return;
            _creditNext();
        }
    }

    function post() public {
        if (dead || settlement.mode() != Mode.Active) return;
        while (creditedThrough < settlement.depositCount()) _creditNext();
        uint64 number = settlement.rootCount() + 1;
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            MicroUsd seen = settlement.withdrawn(account(i));
            _leaves[number].push(
                Leaf(account(i), usd(authorised[i]), seen, usd(cash[i]), usd(positions[i]), keccak256(abi.encode(positions[i])))
            );
        }
        SumNode memory root = SumTreeBuilder.root(_leaves[number]);
        // An honest root counts every micro-dollar there is: no more, and no less.
        assertEq(root.sum, settlement.backing(creditedThrough), "the books differ from the chain");
        NewRoot memory posted = NewRoot({
            number: number,
            hash: root.hash,
            sum: root.sum,
            depositsThrough: creditedThrough,
            depositsCommitment: settlement.deposits(creditedThrough).commitment,
            journalPosition: number
        });
        address operator = settlement.operator();
        vm.prank(operator);
        settlement.postRoot(posted);
    }

    /// @notice Time passes. A living operator posts before anything falls due, and answers what was demanded.
    function wait_(uint16 seconds_) external {
        if (!dead && settlement.mode() == Mode.Active) {
            // Deposits first: money that comes in while a demand is open is authorised as well.
            while (creditedThrough < settlement.depositCount()) _creditNext();
            for (uint8 i = 0; i < ACCOUNTS; i++) {
                if (settlement.forced(account(i)).deadline != 0) authorise(i, cash[i]);
            }
            post();
            uint64 number = settlement.rootCount();
            for (uint256 i = 0; i < ACCOUNTS; i++) {
                if (settlement.forced(account(i)).deadline == 0) continue;
                settlement.answerForced(number, _leaves[number][i], path(number, i));
            }
        }
        time += bound(seconds_, 1, dead ? 3 * GAP : FORCED - 1);
        vm.warp(time);
    }

    /// @notice The operator is down for a while, long enough for fresh deposits to fall overdue, and comes back in time.
    function sleep(uint16 seconds_) external {
        if (dead || settlement.mode() != Mode.Active) return;
        uint64 last = settlement.rootCount();
        // What is credited must be counted before it is overdue, and what is demanded must be answered.
        if (creditedThrough > settlement.roots(last).depositsThrough) post();
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            if (settlement.forced(account(i)).deadline != 0) return;
        }
        last = settlement.rootCount();
        uint256 awake = (last == 0 ? settlement.deployedAt() : settlement.roots(last).postedAt) + GAP;
        if (time + RECLAIM >= awake) return;
        time = bound(seconds_, time + RECLAIM, awake);
        vm.warp(time);
    }

    function die(uint8 chance) external {
        if (chance < 16) dead = true;
    }

    // --- reading ------------------------------------------------------------------------------------

    /// @notice What the last root owes an account, if it has not left.
    function claim(uint256 index) public view returns (uint256) {
        uint64 last = settlement.rootCount();
        if (last == 0 || settlement.exited(account(index))) return 0;
        Leaf memory leaf = _leaves[last][index];
        uint256 done = settlement.withdrawn(leaf.account).max(leaf.withdrawn).raw();
        uint256 open = leaf.authorised.raw() > done ? leaf.authorised.raw() - done : 0;
        return open + leaf.cash.raw() + leaf.positions.raw();
    }

    function pending() public view returns (uint256 total) {
        for (uint64 id = 1; id <= settlement.depositCount(); id++) {
            if (settlement.depositState(id) == DepositState.Pending) total += settlement.deposits(id).amount.raw();
        }
    }

    function leafOf(uint64 number, uint256 index) external view returns (Leaf memory) {
        return _leaves[number][index];
    }

    function path(uint64 number, uint256 index) public view returns (SumPath memory) {
        return SumTreeBuilder.path(_leaves[number], index);
    }

    function _creditNext() private {
        creditedThrough++;
        Deposit memory entry = settlement.deposits(creditedThrough);
        if (!entry.reclaimed) cash[uint160(entry.account) - 0xACC0] += entry.amount.raw();
    }
}
