// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, Case, CaseState, ICourt, Policy, Ruling} from "../../src/interfaces/ICourt.sol";
import {ICourtCallback} from "../../src/interfaces/ICourtCallback.sol";
import {CourtBase} from "../support/CourtBase.sol";

/// @notice Asks, and remembers what it was told; may refuse to be told.
contract Listener is ICourtCallback {
    uint256 public told;
    bool public decided;
    uint8 public outcome;
    bool public refusing;

    function ask(ICourt court, Ask calldata a) external returns (uint256) {
        return court.ask(a);
    }

    function refuse() external {
        refusing = true;
    }

    function onOutcome(uint256 caseId, bool decided_, uint8 outcome_) external {
        require(!refusing, "not now");
        (told, decided, outcome) = (caseId, decided_, outcome_);
    }
}

/// @notice Proposal, challenge, appeals, and the ends without and with a panel.
contract CourtLadderTest is CourtBase {
    uint256 private constant AI_FEES = 10 * 100;

    function setUp() public override {
        super.setUp();
        enrol();
    }

    // --- ends ---------------------------------------------------------------------------------------

    function test_anUnchallengedProposalIsFinalWhenItsWindowEnds() public {
        Ask memory a = askOf();
        a.reward = 77;
        uint256 caseId = ask(a);
        vm.prank(PROPOSER);
        court.propose(caseId, 2, BOND);
        assertEq(balance(PROPOSER), FUNDS - BOND, "the bond is locked");
        uint256 deadline = court.caseOf(caseId).deadline;
        till(deadline - 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.NotBefore.selector, caseId, deadline));
        court.finalise(caseId);
        till(deadline);
        refused(CHALLENGER, abi.encodeWithSelector(ICourt.TooLate.selector, caseId, deadline));
        court.fund(caseId, 1, 1);
        court.finalise(caseId);
        assertState(caseId, CaseState.Final);
        assertEq(court.caseOf(caseId).standing, 2, "as proposed");
        court.collect(caseId, 0, 2, PROPOSER);
        assertEq(balance(PROPOSER), FUNDS + 77, "bond and reward");
        assertEq(balance(ASKER), FUNDS - 77, "the asker pays for a right proposal");
    }

    function test_aQuestionThatNobodyAnswersIsUndecided() public {
        Ask memory a = askOf();
        a.reward = 77;
        uint256 caseId = ask(a);
        till(a.answerBy);
        refused(PROPOSER, abi.encodeWithSelector(ICourt.TooLate.selector, caseId, a.answerBy));
        court.propose(caseId, 0, BOND);
        court.finalise(caseId);
        assertState(caseId, CaseState.Undecided);
        assertEq(balance(ASKER), FUNDS, "the reward comes back");
    }

    function test_aChallengeThatTheJurorsUphold() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        assertState(caseId, CaseState.Drawing);
        held(caseId, votes(1, 3, 0, 0));
        assertState(caseId, CaseState.Appealable);
        end(caseId);
        court.collect(caseId, 1, 1, CHALLENGER);
        // X = 10,000: half to the winner, and of the other half the 300 that three seats earned; no people sat, so the rest is burnt.
        assertEq(balance(CHALLENGER), FUNDS + BOND / 2, "own bond, half the loser's, and the fees");
        assertEq(court.burnt(), BOND / 2 - 300, "what nobody is to gain");
        court.collect(caseId, 0, 0, PROPOSER);
        assertEq(balance(PROPOSER), FUNDS - BOND, "the loser gets nothing");
        settleSeats(caseId);
        assertEq(court.seatPot(caseId), 0, "each seat has its fee");
        assertEq(court.stakes(), (PROGRAMS + PEOPLE) * STAKE, "and its stake");
    }

    function test_aWrongProposalEarnsNoReward() public {
        Ask memory a = askOf();
        a.reward = 77;
        uint256 caseId = ask(a);
        vm.prank(PROPOSER);
        court.propose(caseId, 0, BOND);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 3, 0, 0));
        end(caseId);
        assertEq(balance(ASKER), FUNDS, "the asker has it back");
        assertEq(court.payoutOf(caseId, 0).got, 0, "and not the proposer");
    }

    function test_aChallengeThatTheJurorsReject() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(0, 2, 1, 1));
        end(caseId);
        court.collect(caseId, 0, 0, PROPOSER);
        // X = 20,000. The challenger's fees: 200 earned, 800 unearned, which go where the other half and the wrong seat's 900 go.
        assertEq(balance(PROPOSER), FUNDS + BOND, "half the challenger's bond");
        assertEq(court.burnt(), 10_000 + 800 + 900, "the rest");
        assertEq(court.stakes(), (PROGRAMS + PEOPLE) * STAKE - 900, "less what a seat lost");
    }

    function test_appealsUpToTheLastPanel() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 3, 0, 0));
        fill(caseId, BACKER, 0);
        held(caseId, votes(1, 7, 0, 0));
        fill(caseId, BACKER, 0);
        held(caseId, votes(0, 12, 1, 3));
        assertEq(court.caseOf(caseId).standing, 0, "people decide otherwise");
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(0, 20, 1, 11));
        // The last ruling needs no window.
        assertState(caseId, CaseState.Final);
        Ruling memory r = court.rulingOf(caseId);
        assertEq(r.round, 4, "the fourth round");
        assertEq(r.agreeing, 20, "votes for it");
        assertEq(r.cast, 31, "votes");
        collectAll(caseId);
        settleSeats(caseId);
        assertEq(court.seatPot(caseId), 0, "seats paid");
        // 32 seats of people share what the losers' other half and the wrong seats leave.
        assertTrue(court.seatShare(caseId) > 5000, "being right pays more than the fee");
        assertConserved();
    }

    function test_anOutcomeThatNobodyBacked() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(UNDECIDABLE, 3, 0, 0));
        end(caseId);
        collectAll(caseId);
        assertEq(balance(PROPOSER) + balance(CHALLENGER), 2 * FUNDS - 3 * BOND - AI_FEES, "nobody gains");
        assertEq(court.burnt(), 3 * BOND + AI_FEES - 300, "all but what three seats earned");
    }

    // --- no ruling ----------------------------------------------------------------------------------

    function test_jurorsWhoDoNotKnowLeaveItToPeople() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(0, 1, 1, 1));
        assertEq(court.caseOf(caseId).round, 2, "a tie: the next panel comes by itself");
        held(caseId, votes(0, 3, 0, 0));
        assertState(caseId, CaseState.Funding);
        refused(BACKER, abi.encodeWithSelector(ICourt.OutcomeWithoutBond.selector, uint8(2)));
        court.fund(caseId, 2, 1);
        (uint256 bond, uint256 fees) = court.nextRung(caseId);
        assertEq(bond, BOND, "the least bond");
        assertEq(fees, 15 * 5000, "and people's fees");
        fill(caseId, BACKER, 0);
        held(caseId, votes(0, 15, 0, 0));
        end(caseId);
        assertState(caseId, CaseState.Final);
        collectAll(caseId);
        settleSeats(caseId);
        assertConserved();
    }

    function test_peopleAreNotCalledUnlessSomebodyPays() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(0, 1, 1, 1));
        held(caseId, votes(0, 3, 0, 0));
        end(caseId);
        assertState(caseId, CaseState.Undecided);
        collectAll(caseId);
        settleSeats(caseId);
        assertEq(balance(PROPOSER), FUNDS, "the bond comes back");
        // Both panels revealed: ten fees, abstentions too.
        assertEq(balance(CHALLENGER), FUNDS - AI_FEES, "so does this, less what jurors earned");
        assertEq(court.burnt(), 0, "nobody is at fault");
        assertConserved();
    }

    function test_aPanelThatNobodyDrawsHasNoRuling() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        uint256 latest = court.caseOf(caseId).latestEnd;
        till(latest);
        court.tally(caseId);
        assertEq(panels.panelOf(caseId, 2).beaconTime, latest + BEACON, "no beacon that is known already");
        // The second panel's time is over too: being late moves no window.
        court.tally(caseId);
        court.finalise(caseId);
        assertState(caseId, CaseState.Undecided);
        collectAll(caseId);
        assertEq(balance(CHALLENGER), FUNDS, "no seat, no fee");
    }

    // --- rungs --------------------------------------------------------------------------------------

    function test_manyFillARungAndTheRestIsReturned() public {
        uint256 caseId = proposed(0);
        (uint256 bond, uint256 fees) = court.nextRung(caseId);
        assertEq(bond, 2 * BOND, "twice all bonds so far");
        assertEq(fees, AI_FEES, "both panels of programs");
        vm.prank(BACKER);
        court.fund(caseId, 2, 500);
        vm.prank(STRANGER);
        assertEq(court.fund(caseId, 1, 7001), 7001, "a part");
        vm.expectRevert(abi.encodeWithSelector(ICourt.CaseInState.selector, caseId, CaseState.Proposed));
        court.collect(caseId, 1, 1, STRANGER);
        vm.prank(CHALLENGER);
        assertEq(court.fund(caseId, 1, FUNDS), bond + fees - 7001, "no more than is missing");
        court.collect(caseId, 1, 2, BACKER);
        assertEq(balance(BACKER), FUNDS, "who came second has all of it back");
        vm.expectRevert(abi.encodeWithSelector(ICourt.CaseInState.selector, caseId, CaseState.Drawing));
        court.collect(caseId, 1, 1, STRANGER);
        held(caseId, votes(1, 3, 0, 0));
        end(caseId);
        uint256 got = court.payoutOf(caseId, 1).got;
        assertEq(got, bond + BOND / 2 + fees, "the rung");
        assertEq(court.collect(caseId, 1, 1, STRANGER), got * 7001 / (bond + fees), "in proportion, rounded down");
        uint256 burnt = court.burnt();
        court.collect(caseId, 1, 1, CHALLENGER);
        assertEq(court.burnt(), burnt + 1, "what rounding left is burnt after the last");
        vm.expectRevert(abi.encodeWithSelector(ICourt.NothingToCollect.selector, caseId, uint8(1), CHALLENGER));
        court.collect(caseId, 1, 1, CHALLENGER);
    }

    function test_whoMayFund() public {
        uint256 caseId = proposed(0);
        refused(CHALLENGER, abi.encodeWithSelector(ICourt.OutcomeStands.selector, uint8(0)));
        court.fund(caseId, 0, 1);
        refused(CHALLENGER, abi.encodeWithSelector(ICourt.OutcomeUnknown.selector, uint8(3)));
        court.fund(caseId, 3, 1);
        refused(CHALLENGER, abi.encodeWithSelector(ICourt.OutcomeUnknown.selector, ABSTAIN));
        court.fund(caseId, ABSTAIN, 1);
        refused(CHALLENGER, abi.encodeWithSelector(ICourt.ZeroPaid.selector));
        court.fund(caseId, 1, 0);
        fill(caseId, CHALLENGER, 1);
        refused(BACKER, abi.encodeWithSelector(ICourt.CaseInState.selector, caseId, CaseState.Drawing));
        court.fund(caseId, 2, 1);
        held(caseId, votes(1, 3, 0, 0));
        address juror = jurorAt(caseId, 1, 0);
        refused(juror, abi.encodeWithSelector(ICourt.JurorOfCase.selector, juror));
        court.fund(caseId, 0, 1);
        address operator = jurors.jurorOf(juror).operator;
        refused(operator, abi.encodeWithSelector(ICourt.JurorOfCase.selector, operator));
        court.fund(caseId, 0, 1);
    }

    function test_theAuditorCallsAPanelByItsFees() public {
        uint256 caseId = proposed(0);
        refused(STRANGER, abi.encodeWithSelector(ICourt.AuditorOnly.selector, STRANGER, AUDITOR));
        court.summon(caseId);
        vm.prank(AUDITOR);
        court.summon(caseId);
        held(caseId, votes(1, 2, 0, 0));
        assertEq(court.caseOf(caseId).standing, 1, "overturned without a challenger");
        end(caseId);
        court.collect(caseId, 1, ABSTAIN, AUDITOR);
        assertEq(balance(AUDITOR), FUNDS - 200, "what was not earned comes back");
        assertEq(court.burnt(), BOND, "nobody stood for it");
    }

    function test_whatAnAuditorPaidForNothingIsNobodyElses() public {
        uint256 caseId = proposed(0);
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(AUDITOR);
            court.summon(caseId);
            held(caseId, votes(i == 2 ? 1 : 0, i == 2 ? 8 : 4, 0, 0));
        }
        end(caseId);
        // Ten programs' seats: none voted for what people found, 3 and 4 lost 900 each. Eight people of fifteen earned their fees.
        for (uint8 rung = 1; rung < 4; rung++) court.collect(caseId, rung, ABSTAIN, AUDITOR);
        assertEq(balance(AUDITOR), FUNDS - 8 * 5000, "all but what jurors earned");
        assertEq(court.seatShare(caseId), (BOND - BOND / 2 + 7 * 900) / 8, "half of the wrong bond, and what seats lost");
        settleSeats(caseId);
        assertEq(court.seatPot(caseId), 0, "nothing left");
    }

    // --- limits -------------------------------------------------------------------------------------

    function test_proposalsAreBounded() public {
        Ask memory a = askOf();
        a.opensAt = uint40(time + 10);
        uint256 caseId = ask(a);
        refused(PROPOSER, abi.encodeWithSelector(ICourt.NotBefore.selector, caseId, a.opensAt));
        court.propose(caseId, 0, BOND);
        wait(10);
        bytes memory range = abi.encodeWithSelector(ICourt.BondOutOfRange.selector, BOND - 1, BOND, 100 * BOND);
        refused(PROPOSER, range);
        court.propose(caseId, 0, BOND - 1);
        range = abi.encodeWithSelector(ICourt.BondOutOfRange.selector, 100 * BOND + 1, BOND, 100 * BOND);
        refused(PROPOSER, range);
        court.propose(caseId, 0, 100 * BOND + 1);
        refused(PROPOSER, abi.encodeWithSelector(ICourt.OutcomeUnknown.selector, uint8(3)));
        court.propose(caseId, 3, BOND);
        vm.prank(PROPOSER);
        court.propose(caseId, UNDECIDABLE, BOND);
        refused(PROPOSER, abi.encodeWithSelector(ICourt.CaseInState.selector, caseId, CaseState.Proposed));
        court.propose(caseId, 0, BOND);
    }

    function test_questionsAreBounded() public {
        Ask memory a = askOf();
        a.outcomes = 1;
        refused(ASKER, abi.encodeWithSelector(ICourt.OutcomesOutOfRange.selector, uint8(1)));
        court.ask(a);
        a.outcomes = 17;
        refused(ASKER, abi.encodeWithSelector(ICourt.OutcomesOutOfRange.selector, uint8(17)));
        court.ask(a);
        a = askOf();
        a.policy = "nothing";
        refused(ASKER, abi.encodeWithSelector(ICourt.PolicyUnknown.selector, a.policy));
        court.ask(a);
        a = askOf();
        a.answerBy = uint40(time);
        refused(ASKER, abi.encodeWithSelector(ICourt.AnswerTimeUnfit.selector, 0, a.answerBy));
        court.ask(a);
        a = askOf();
        a.opensAt = a.answerBy;
        refused(ASKER, abi.encodeWithSelector(ICourt.AnswerTimeUnfit.selector, a.opensAt, a.answerBy));
        court.ask(a);
        a = askOf();
        a.reward = uint128(FUNDS + 1);
        refused(ASKER, abi.encodeWithSelector(ICourt.BalanceShort.selector, ASKER, FUNDS, FUNDS + 1));
        court.ask(a);
    }

    function unfit(Policy memory p, string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ICourt.PolicyUnfit.selector, field));
        court.registerPolicy(p);
    }

    function test_policiesAreBounded() public {
        Policy memory p = termsOf();
        p.leastBond = 0;
        unfit(p, "bond");
        (p = termsOf()).mostBond = BOND - 1;
        unfit(p, "bond");
        (p = termsOf()).callMultiple = 1;
        unfit(p, "callMultiple");
        (p = termsOf()).callMultiple = 10;
        unfit(p, "callMultiple");
        (p = termsOf()).challengeSeconds = 0;
        unfit(p, "challengeSeconds");
        (p = termsOf()).drawSeconds = 30 days + 1;
        unfit(p, "drawSeconds");
        (p = termsOf()).beaconSeconds = DRAW / 2;
        unfit(p, "beaconSeconds");
        (p = termsOf()).rounds[3].seats = 32;
        unfit(p, "seats");
        (p = termsOf()).rounds[0].quorum = 0;
        unfit(p, "quorum");
        (p = termsOf()).rounds[0].quorum = 4;
        unfit(p, "quorum");
        (p = termsOf()).rounds[2].fee = 0;
        unfit(p, "fee");
        (p = termsOf()).rounds[0].absence = 451;
        unfit(p, "absence");
        (p = termsOf()).rounds[1].appealSeconds = 0;
        unfit(p, "appealSeconds");
    }

    // --- callback -----------------------------------------------------------------------------------

    function listened(Listener listener) private returns (uint256 caseId) {
        Ask memory a = askOf();
        a.callback = true;
        caseId = listener.ask(court, a);
        vm.prank(PROPOSER);
        court.propose(caseId, 1, BOND);
        till(court.caseOf(caseId).deadline);
    }

    function test_theAskerIsTold() public {
        Listener listener = new Listener();
        uint256 caseId = listened(listener);
        vm.expectRevert();
        court.finalise{gas: 230_000}(caseId);
        court.finalise(caseId);
        assertEq(listener.told(), caseId, "told");
        assertTrue(listener.decided() && listener.outcome() == 1, "of the outcome");
    }

    function test_anAskerThatFailsHoldsUpNobody() public {
        Listener listener = new Listener();
        listener.refuse();
        uint256 caseId = listened(listener);
        court.finalise(caseId);
        assertState(caseId, CaseState.Final);
        assertEq(listener.told(), 0, "was not told");
    }
}
