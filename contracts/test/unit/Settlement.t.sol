// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {Settlement} from "../../src/Settlement.sol";
import {Delays, DepositState, ISettlement, Mode, NewRoot} from "../../src/interfaces/ISettlement.sol";
import {Leaf, SumNode, SumPath} from "../../src/libraries/SumTree.sol";
import {ZeroAmount} from "../../src/libraries/TokenIntake.sol";
import {MicroUsd, ZERO} from "../../src/types/MicroUsd.sol";
import {SumTreeBuilder} from "../support/SumTreeBuilder.sol";
import {TestBase} from "../support/TestBase.sol";

contract SettlementTest is TestBase {
    DevDollar private dollar;
    Settlement private settlement;
    address private constant OPERATOR = address(0x0900);
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    Leaf[] private tree;

    function setUp() public {
        vm.warp(1_000_000);
        dollar = new DevDollar();
        settlement = new Settlement(dollar, OPERATOR, Delays({challenge: 100, reclaim: 1000, forced: 500, rootGap: 2000}));
        for (uint160 who = 0; who < 2; who++) {
            address account = who == 0 ? ALICE : BOB;
            dollar.mintDevelopment(account, 1_000e6, bytes32(uint256(who)));
            vm.prank(account);
            dollar.approve(address(settlement), type(uint256).max);
        }
    }

    function pay(address account, uint256 amount) private returns (uint64 id) {
        vm.prank(account);
        return settlement.deposit(account, usd(amount));
    }

    function leaf(address account, uint256 authorised, uint256 seen, uint256 cash, uint256 positions) private {
        tree.push(Leaf(account, usd(authorised), usd(seen), usd(cash), usd(positions), bytes32(0)));
    }

    function next(uint64 through) private view returns (NewRoot memory) {
        SumNode memory root = SumTreeBuilder.root(tree);
        return NewRoot({
            number: settlement.rootCount() + 1,
            hash: root.hash,
            sum: root.sum,
            depositsThrough: through,
            depositsCommitment: settlement.deposits(through).commitment,
            journalPosition: settlement.rootCount() + 1
        });
    }

    function post(uint64 through) private {
        NewRoot memory root = next(through);
        vm.prank(OPERATOR);
        settlement.postRoot(root);
    }

    function path(uint256 index) private view returns (SumPath memory) {
        return SumTreeBuilder.path(tree, index);
    }

    function refuseRoot(NewRoot memory root, bytes memory why) private {
        vm.prank(OPERATOR);
        vm.expectRevert(why);
        settlement.postRoot(root);
    }

    // --- deposits -----------------------------------------------------------------------------------

    function testFuzz_depositsAreNumberedAndHeld(uint64 a, uint64 b) public {
        uint256 first = bound(a, 1, 500e6);
        uint256 second = bound(b, 1, 500e6);
        assertEq(pay(ALICE, first), 1, "id");
        assertEq(pay(BOB, second), 2, "id");
        assertEq(dollar.balanceOf(address(settlement)), first + second, "held");
        assertEq(settlement.deposits(2).cumulative.raw(), first + second, "cumulative");
        assertTrue(settlement.depositState(1) == DepositState.Pending, "pending");
        assertEq(settlement.depositsBetween(0, 99).length, 2, "listed");
        assertEq(settlement.depositsBetween(2, 99).length, 0, "after the end");
    }

    function test_refusesNothingAndNobody() public {
        vm.expectRevert(ZeroAmount.selector);
        settlement.deposit(ALICE, ZERO);
        vm.expectRevert(ISettlement.ZeroAccount.selector);
        settlement.deposit(address(0), usd(1));
    }

    function test_anOverdueDepositGoesBackToItsPayerOnce() public {
        vm.prank(ALICE);
        uint64 id = settlement.deposit(BOB, usd(70));
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DepositNotOverdue.selector, id, 1_001_000));
        settlement.reclaim(id);
        vm.warp(1_001_000);
        settlement.reclaim(id);
        assertEq(dollar.balanceOf(ALICE), 1_000e6, "back with the payer");
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DepositNotPending.selector, id, DepositState.Reclaimed));
        settlement.reclaim(id);
    }

    function test_aCountedDepositIsNotReclaimed() public {
        uint64 id = pay(ALICE, 70);
        leaf(ALICE, 0, 0, 70, 0);
        post(id);
        vm.warp(1_001_000);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.DepositNotPending.selector, id, DepositState.Credited));
        settlement.reclaim(id);
    }

    // --- roots --------------------------------------------------------------------------------------

    function testFuzz_aRootIsNeverAboveDeposits(uint64 paid, uint64 claimed) public {
        uint256 amount = bound(paid, 1, 1_000e6);
        pay(ALICE, amount);
        leaf(ALICE, 0, 0, bound(claimed, amount + 1, type(uint64).max), 0);
        NewRoot memory root = next(1);
        refuseRoot(root, abi.encodeWithSelector(ISettlement.RootAboveDeposits.selector, root.sum, usd(amount)));
        tree[0].cash = usd(amount);
        post(1);
        assertEq(settlement.roots(1).sum.raw(), amount, "exactly the deposits is fine");
    }

    function test_uncountedDepositsBackNothing() public {
        pay(ALICE, 10);
        pay(BOB, 90);
        leaf(ALICE, 0, 0, 11, 0);
        NewRoot memory root = next(1);
        refuseRoot(root, abi.encodeWithSelector(ISettlement.RootAboveDeposits.selector, usd(11), usd(10)));
    }

    function test_reclaimedDepositsBackNothing() public {
        pay(ALICE, 10);
        pay(BOB, 90);
        vm.warp(1_001_000);
        settlement.reclaim(2);
        assertEq(settlement.backing(2), usd(10), "both counted");
        assertEq(settlement.backing(1), ZERO, "the bound errs low until the reclaimed one is passed");
        leaf(ALICE, 0, 0, 10, 0);
        post(2);
        pay(BOB, 5);
        assertEq(settlement.backing(3), usd(15), "and is exact after that");
    }

    function test_rootsComeInOrder() public {
        pay(ALICE, 10);
        leaf(ALICE, 0, 0, 10, 0);
        NewRoot memory root = next(1);
        root.number = 2;
        refuseRoot(root, abi.encodeWithSelector(ISettlement.RootOutOfOrder.selector, 1, 2));
        post(1);
        refuseRoot(root = next(0), abi.encodeWithSelector(ISettlement.DepositsWentBack.selector, 1, 0));
        root = next(1);
        root.journalPosition = 0;
        refuseRoot(root, abi.encodeWithSelector(ISettlement.JournalWentBack.selector, 1, 0));
        refuseRoot(root = next(2), abi.encodeWithSelector(ISettlement.DepositUnknown.selector, 2, 1));
    }

    function test_aRootOverOtherDepositsIsRefused() public {
        pay(ALICE, 10);
        leaf(ALICE, 0, 0, 10, 0);
        NewRoot memory root = next(1);
        root.depositsCommitment = bytes32(uint256(1));
        bytes32 real = settlement.deposits(1).commitment;
        refuseRoot(root, abi.encodeWithSelector(ISettlement.DepositsDiffer.selector, 1, real, bytes32(uint256(1))));
    }

    function testFuzz_onlyTheOperatorPosts(address caller) public {
        vm.assume(caller != OPERATOR);
        NewRoot memory root = next(0);
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OperatorOnly.selector, caller, OPERATOR));
        settlement.postRoot(root);
    }

    // --- withdrawals --------------------------------------------------------------------------------

    function test_paysTheAuthorisationOnceAfterTheDelay() public {
        pay(ALICE, 100);
        leaf(ALICE, 40, 0, 60, 0);
        leaf(BOB, 0, 0, 0, 0);
        post(1);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.RootTooYoung.selector, 1, 1_000_100));
        settlement.withdraw(1, tree[0], path(0));
        vm.warp(1_000_100);
        settlement.withdraw(1, tree[0], path(0));
        assertEq(dollar.balanceOf(ALICE), 1_000e6 - 60, "paid");
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NothingToWithdraw.selector, ALICE));
        settlement.withdraw(1, tree[0], path(0));
    }

    function test_olderRootsPayNothingOnTop() public {
        pay(ALICE, 100);
        leaf(ALICE, 40, 0, 60, 0);
        post(1);
        Leaf memory older = tree[0];
        SumPath memory olderPath = path(0);
        tree[0].authorised = usd(70);
        tree[0].cash = usd(30);
        post(1);
        vm.warp(1_000_200);
        settlement.withdraw(2, tree[0], path(0));
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NothingToWithdraw.selector, ALICE));
        settlement.withdraw(1, older, olderPath);
        assertEq(settlement.withdrawn(ALICE), usd(70), "cumulative");
    }

    function testFuzz_aForgedLeafPaysNothing(uint64 more) public {
        pay(ALICE, 100);
        leaf(ALICE, 10, 0, 90, 0);
        leaf(BOB, 0, 0, 0, 0);
        post(1);
        vm.warp(1_000_100);
        Leaf memory forged = tree[0];
        forged.authorised = usd(bound(more, 11, type(uint64).max));
        SumPath memory p = path(0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.PathNotInRoot.selector, 1));
        settlement.withdraw(1, forged, p);
    }

    function test_aRootWithARightHashAndAWrongSumPaysNothing() public {
        pay(ALICE, 100);
        leaf(ALICE, 200, 0, 0, 0);
        NewRoot memory root = next(1);
        root.sum = usd(100);
        vm.prank(OPERATOR);
        settlement.postRoot(root);
        vm.warp(1_000_100);
        SumPath memory p = path(0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.PathNotInRoot.selector, 1));
        settlement.withdraw(1, tree[0], p);
    }

    function test_lyingRootsCannotTouchUncountedDeposits() public {
        pay(ALICE, 100);
        leaf(ALICE, 100, 0, 0, 0);
        post(1);
        Leaf memory honest = tree[0];
        SumPath memory honestPath = path(0);
        // The operator drops Alice and grants itself what was hers.
        tree[0] = Leaf(OPERATOR, usd(100), ZERO, ZERO, ZERO, bytes32(0));
        post(1);
        pay(BOB, 50);
        vm.warp(1_000_200);
        settlement.withdraw(1, honest, honestPath);
        SumPath memory p = path(0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.CountedShort.selector, ZERO, usd(100)));
        settlement.withdraw(2, tree[0], p);
        vm.warp(1_001_200);
        settlement.reclaim(2);
        assertEq(dollar.balanceOf(BOB), 1_000e6, "Bob's uncounted deposit is whole");
    }

    // --- forced withdrawals and exit ----------------------------------------------------------------

    function forceAlice() private {
        pay(ALICE, 100);
        leaf(ALICE, 0, 0, 60, 40);
        post(1);
        SumPath memory p = path(0);
        vm.prank(ALICE);
        settlement.requestForced(1, tree[0], p);
    }

    function test_aForcedRequestIsAnsweredByALaterRootWithoutCash() public {
        forceAlice();
        SumPath memory p = path(0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.ForcedAnswerInvalid.selector, ALICE));
        settlement.answerForced(1, tree[0], p);
        tree[0].authorised = usd(60);
        tree[0].cash = ZERO;
        post(1);
        settlement.answerForced(2, tree[0], path(0));
        assertEq(settlement.forced(ALICE).deadline, 0, "closed");
        vm.expectRevert(abi.encodeWithSelector(ISettlement.ForcedNotOpen.selector, ALICE));
        settlement.startExitAfterForced(ALICE);
    }

    function test_onlyTheAccountForces() public {
        pay(ALICE, 100);
        leaf(ALICE, 0, 0, 100, 0);
        post(1);
        SumPath memory p = path(0);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.NotYourLeaf.selector, BOB, ALICE));
        settlement.requestForced(1, tree[0], p);
    }

    function test_anUnansweredRequestOpensTheExit() public {
        forceAlice();
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OperatorInTime.selector, 1_000_500));
        settlement.startExitAfterForced(ALICE);
        vm.warp(1_000_501);
        settlement.startExitAfterForced(ALICE);
        assertTrue(settlement.mode() == Mode.Exiting, "exiting");
        settlement.exit(tree[0], path(0));
        assertEq(dollar.balanceOf(ALICE), 1_000e6, "cash and positions");
        SumPath memory p = path(0);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.AlreadyExited.selector, ALICE));
        settlement.exit(tree[0], p);
    }

    function test_silenceOpensTheExitAndFreezesRoots() public {
        pay(ALICE, 100);
        leaf(ALICE, 0, 0, 100, 0);
        post(1);
        pay(BOB, 30);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OperatorInTime.selector, 1_002_000));
        settlement.startExitAfterSilence();
        vm.warp(1_002_001);
        settlement.startExitAfterSilence();
        NewRoot memory root = next(2);
        refuseRoot(root, abi.encodePacked(ISettlement.NotActive.selector));
        vm.prank(BOB);
        vm.expectRevert(ISettlement.NotActive.selector);
        settlement.deposit(BOB, usd(1));
        settlement.reclaim(2);
        settlement.exit(tree[0], path(0));
        assertEq(dollar.balanceOf(address(settlement)), 0, "everybody left with everything");
    }

    function test_anExitDoesNotPayWhatWasWithdrawn() public {
        pay(ALICE, 100);
        leaf(ALICE, 40, 0, 50, 10);
        post(1);
        vm.warp(1_000_100);
        settlement.withdraw(1, tree[0], path(0));
        vm.warp(1_002_001);
        settlement.startExitAfterSilence();
        settlement.exit(tree[0], path(0));
        assertEq(dollar.balanceOf(ALICE), 1_000e6, "all of it, once");
    }

    function test_beforeTheFirstRootDepositsGoBack() public {
        pay(ALICE, 100);
        vm.warp(1_002_001);
        settlement.startExitAfterSilence();
        settlement.reclaim(1);
        assertEq(dollar.balanceOf(ALICE), 1_000e6, "back");
    }

    function test_delaysAreChecked() public {
        Delays[5] memory wrong = [
            Delays(31 days, 1, 1, 40 days),
            Delays(1, 0, 1, 2),
            Delays(1, 1, 0, 2),
            Delays(5, 1, 1, 5),
            Delays(1, 1, 1, 91 days)
        ];
        for (uint256 i = 0; i < wrong.length; i++) {
            vm.expectRevert(ISettlement.DelaysOutOfRange.selector);
            new Settlement(dollar, OPERATOR, wrong[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(ISettlement.TokenWithoutCode.selector, ALICE));
        new Settlement(DevDollar(ALICE), OPERATOR, Delays(1, 1, 1, 2));
    }
}
