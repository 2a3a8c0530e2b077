// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Claim, ClaimState, Dispute, IArbiter, Turn} from "../../src/interfaces/IArbiter.sol";
import {Holds} from "../../src/interfaces/IExecutionVerifier.sol";
import {ArbiterBase} from "../support/ArbiterBase.sol";

/// @notice Whoever is wrong pays, whoever does not move loses, and one dispute is no business of another.
contract ArbiterDisputeTest is ArbiterBase {
    function assertTurn(Claim memory c, uint32 disputeId, Turn turn, uint256 deadline) private view {
        Dispute memory d = disputeOf(c, disputeId);
        assertEq(uint256(d.turn), uint256(turn), "turn");
        assertEq(d.deadline, deadline, "deadline");
    }

    // --- who wins -----------------------------------------------------------------------------------

    function test_aWrongClaimIsRefutedByAnybodyWithoutAStake() public {
        Claim memory c = wrongClaim(0);
        vm.prank(STRANGER);
        arbiter.refute(c, 0, REFUTATION);
        assertState(c, ClaimState.Void, "void");
        assertEq(balance(STRANGER), FUNDS + REWARD, "rewarded");
        assertEq(balance(requester), FUNDS, "the price is back");
        assertEq(balance(PROVIDER), FUNDS - BOND, "the bond is gone");
        assertEq(arbiter.burnt().raw(), BOND - REWARD, "what is neither reward nor cover is burnt");
    }

    function test_aRightClaimCannotBeRefuted() public {
        Claim memory c = rightClaim();
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.refute(c, 0, REFUTATION);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.Shown));
        arbiter.refute(c, 0, PROOF);
    }

    function test_aRefutationThatNeedsAnAnswerRewardsItsChallengerWhoeverSendsIt() public {
        Claim memory c = wrongClaim(route.DEEP());
        uint32 id = dispute(c, OPEN);
        assertEq(balance(CHALLENGER), FUNDS - STAKE, "the stake is locked");
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.refute(c, id, BY_RECORD);
        answer(c, id, OPEN);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.refute(c, 0, BY_RECORD);
        vm.prank(STRANGER);
        arbiter.refute(c, id, BY_RECORD);
        assertEq(balance(CHALLENGER), FUNDS + REWARD, "stake and reward");
        assertEq(balance(STRANGER), FUNDS, "nothing");
        assertTrue(disputeOf(c, id).turn == Turn.Closed, "closed with it");
    }

    function test_recordsOfAClosedDisputeStayUsable() public {
        Claim memory c = wrongClaim(route.DEEP());
        uint32 id = dispute(c, OPEN);
        answer(c, id, OPEN);
        vm.prank(CHALLENGER);
        arbiter.concede(c, id);
        assertEq(balance(PROVIDER), FUNDS - BOND + STAKE, "the liar got the stake of his friend");
        vm.prank(STRANGER);
        arbiter.refute(c, id, BY_RECORD);
        assertState(c, ClaimState.Void, "and loses all the same");
        assertEq(balance(STRANGER), FUNDS + REWARD, "to whoever used it");
    }

    function test_doubtAnnulsAndSlashesNobody() public {
        Claim memory c = post(requestOf(), rightOutput(), route.DOUBTFUL());
        vm.prank(RELIER);
        arbiter.reserveCover(c, usd(100));
        uint32 id = dispute(c, OPEN);
        arbiter.refute(c, id, DOUBT);
        assertState(c, ClaimState.Annulled, "annulled");
        assertEq(balance(PROVIDER), FUNDS + 1, "bond and the premium");
        assertEq(balance(requester), FUNDS, "price");
        assertEq(balance(CHALLENGER), FUNDS, "stake");
        assertEq(arbiter.owedNative(CHALLENGER), PREPAID, "prepaid gas");
        bytes32 claimId = idOf(c);
        refused(RELIER, inState(c, ClaimState.Annulled));
        arbiter.takeCover(claimId);
    }

    function test_whoeverHidesLoses() public {
        Claim memory c = wrongClaim(0);
        uint32 id = dispute(c, HIDDEN);
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.answer(c, id, HIDDEN, HIDDEN);
        wait(CLOCK);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.ClockRunning.selector, idOf(c), id, time));
        arbiter.expire(c, id);
        wait(1);
        vm.prank(STRANGER);
        arbiter.expire(c, id);
        assertState(c, ClaimState.Void, "void");
        assertEq(balance(CHALLENGER), FUNDS + REWARD, "stake and reward");
        assertEq(arbiter.owedNative(CHALLENGER), PREPAID, "and what no answer cost");
    }

    function test_whoeverAsksAndFallsSilentLosesHisStake() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, HIDDEN);
        answer(c, id, HIDDEN);
        wait(CLOCK + 1);
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.ClockRunOut.selector, idOf(c), id, time - 1));
        arbiter.ask{value: PREPAID}(c, id, OPEN);
        arbiter.expire(c, id);
        assertEq(balance(CHALLENGER), FUNDS - STAKE, "gone");
        finalise(c);
        assertEq(balance(PROVIDER), FUNDS + PRICE + STAKE, "to the provider");
    }

    function test_nonsenseIsAnsweredByAnything() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, hex"ff");
        vm.prank(PROVIDER);
        arbiter.answer(c, id, hex"ff", "");
        assertTrue(disputeOf(c, id).turn == Turn.Challenger, "answered");
    }

    // --- turns and clocks ---------------------------------------------------------------------------

    function test_eachClockRunsOnItsOwnMove() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        assertTurn(c, id, Turn.Provider, time + CLOCK);
        wait(100);
        answer(c, id, OPEN);
        assertTurn(c, id, Turn.Challenger, time + CLOCK);
        wait(40);
        ask(c, id, HIDDEN);
        assertTurn(c, id, Turn.Provider, time + CLOCK - 100);
        wait(CLOCK - 100);
        answer(c, id, HIDDEN);
        assertTurn(c, id, Turn.Challenger, time + CLOCK - 40);
        ask(c, id, OPEN);
        assertTurn(c, id, Turn.Provider, time);
        answer(c, id, OPEN);
        ask(c, id, OPEN);
        wait(1);
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.ClockRunOut.selector, idOf(c), id, time - 1));
        arbiter.answer(c, id, OPEN, OPEN);
    }

    function test_onlyTheSideWhoseMoveItIsMoves() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        refused(STRANGER, abi.encodeWithSelector(IArbiter.ProviderOnly.selector, STRANGER, PROVIDER));
        arbiter.answer(c, id, OPEN, OPEN);
        refused(CHALLENGER, inTurn(c, id, Turn.Provider));
        arbiter.ask{value: PREPAID}(c, id, OPEN);
        refused(CHALLENGER, inTurn(c, id, Turn.Provider));
        arbiter.concede(c, id);
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.QuestionDiffers.selector, keccak256(HIDDEN), keccak256(OPEN)));
        arbiter.answer(c, id, HIDDEN, HIDDEN);
        answer(c, id, OPEN);
        refused(PROVIDER, inTurn(c, id, Turn.Challenger));
        arbiter.answer(c, id, OPEN, OPEN);
        vm.deal(STRANGER, 1 ether);
        refused(STRANGER, abi.encodeWithSelector(IArbiter.ChallengerOnly.selector, STRANGER, CHALLENGER));
        arbiter.ask{value: PREPAID}(c, id, OPEN);
        refused(STRANGER, abi.encodeWithSelector(IArbiter.ChallengerOnly.selector, STRANGER, CHALLENGER));
        arbiter.concede(c, id);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.DisputeUnknown.selector, idOf(c), 2));
        arbiter.expire(c, 2);
    }

    function test_aProviderWithinItsShareOfTheClockIsNotTalkedToDeath() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        for (uint256 i = 1; i < arbiter.MAX_QUESTIONS(); i++) {
            wait(CLOCK / 32);
            answer(c, id, OPEN);
            ask(c, id, OPEN);
        }
        wait(CLOCK / 32);
        answer(c, id, OPEN);
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.QuestionsSpent.selector, id, 32));
        arbiter.ask{value: PREPAID}(c, id, OPEN);
    }

    function test_disputesBeginWithinTheWindowAndEndWithinTwoClocks() public {
        Claim memory c = rightClaim();
        wait(WINDOW);
        uint32 id = dispute(c, OPEN);
        wait(1);
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.WindowOver.selector, idOf(c), time - 1));
        arbiter.dispute{value: PREPAID}(c, OPEN);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.DisputesOpen.selector, idOf(c), 1));
        arbiter.finalise(c);
        wait(CLOCK - 1);
        answer(c, id, OPEN);
        wait(CLOCK + 1);
        arbiter.expire(c, id);
        arbiter.finalise(c);
        assertState(c, ClaimState.Final, "two clocks after the window");
    }

    function test_refutationsAreHeardUntilTheClaimIsFinal() public {
        Claim memory c = wrongClaim(0);
        wait(WINDOW + 1000);
        arbiter.refute(c, 0, REFUTATION);
        assertState(c, ClaimState.Void, "void");
    }

    function testFuzz_questionsAreShort(uint16 length) public {
        Claim memory c = rightClaim();
        bytes memory question = new bytes(length % 2 == 0 ? 0 : bound(length, 1025, 3000));
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.QuestionUnfit.selector, question.length));
        arbiter.dispute{value: PREPAID}(c, question);
        dispute(c, new bytes(1024));
    }

    // --- side by side -------------------------------------------------------------------------------

    function test_aLiarWhoLosesToHimselfChangesNothingForOthers() public {
        Claim memory c = wrongClaim(0);
        vm.prank(PROVIDER);
        uint32 own = arbiter.dispute{value: PREPAID}(c, OPEN);
        uint32 id = dispute(c, HIDDEN);
        answer(c, own, OPEN);
        vm.prank(PROVIDER);
        arbiter.concede(c, own);
        wait(CLOCK + 1);
        arbiter.expire(c, id);
        assertEq(balance(CHALLENGER), FUNDS + REWARD, "the honest one wins");
    }

    function test_allDisputesOfAVoidClaimEndAndStakesComeBack() public {
        Claim memory c = wrongClaim(0);
        uint32 one = dispute(c, HIDDEN);
        vm.prank(RELIER);
        uint32 two = arbiter.dispute{value: PREPAID}(c, OPEN);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.ClaimUndecided.selector, idOf(c)));
        arbiter.settle(c, two);
        vm.prank(STRANGER);
        arbiter.refute(c, 0, REFUTATION);
        refused(PROVIDER, inState(c, ClaimState.Void));
        arbiter.answer(c, one, HIDDEN, HIDDEN);
        arbiter.settle(c, one);
        arbiter.settle(c, two);
        assertEq(balance(CHALLENGER), FUNDS, "stake of one");
        assertEq(balance(RELIER), FUNDS, "stake of the other");
        assertEq(arbiter.owedNative(RELIER), PREPAID, "prepaid gas");
        vm.expectRevert(inTurn(c, two, Turn.Closed));
        arbiter.settle(c, two);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.DisputeUnknown.selector, idOf(c), 3));
        arbiter.settle(c, 3);
    }

    function test_whoeverDisputedWhatIsThenProvedPays() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        arbiter.prove(c, PROOF);
        arbiter.settle(c, id);
        assertEq(balance(CHALLENGER), FUNDS - STAKE, "stake");
        assertEq(balance(PROVIDER), FUNDS + PRICE + STAKE, "to the provider");
        assertEq(arbiter.owedNative(CHALLENGER), PREPAID, "no answer, no price");
    }

    function test_aConcededDisputeIsClosed() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        answer(c, id, OPEN);
        vm.prank(CHALLENGER);
        arbiter.concede(c, id);
        vm.expectRevert(inTurn(c, id, Turn.Closed));
        arbiter.expire(c, id);
        refused(CHALLENGER, inTurn(c, id, Turn.Closed));
        arbiter.ask{value: PREPAID}(c, id, OPEN);
    }
}
