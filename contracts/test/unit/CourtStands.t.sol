// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Outcomes} from "../../src/court/Outcomes.sol";
import {Ask, CaseState, ICourt, Policy} from "../../src/interfaces/ICourt.sol";
import {CourtBase} from "../support/CourtBase.sol";

/// @notice A policy that lets what stood before stand where no panel has a ruling.
contract CourtStandsTest is CourtBase {
    uint256 private constant AI_FEES = 10 * 100;

    function setUp() public override {
        super.setUp();
        enrol();
        Policy memory p = termsOf();
        p.unruledStands = true;
        policy = court.registerPolicy(p);
    }

    /// @dev Neither AI panel is sure.
    function unsure() private returns (uint256 caseId) {
        Ask memory a = askOf();
        a.reward = 77;
        caseId = ask(a);
        vm.prank(PROPOSER);
        court.propose(caseId, 0, BOND);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(0, 1, 1, 1));
        held(caseId, votes(0, 3, 0, 0));
    }

    function test_aProposalStandsWhereNobodyIsSureAndNobodyPays() public {
        uint256 caseId = unsure();
        assertState(caseId, CaseState.Appealable);
        end(caseId);
        assertState(caseId, CaseState.Final);
        assertEq(court.caseOf(caseId).standing, 0, "what was proposed");
        collectAll(caseId);
        settleSeats(caseId);
        assertEq(balance(PROPOSER), FUNDS + 77, "the bond and the reward, and nobody's bond");
        assertEq(balance(CHALLENGER), FUNDS - AI_FEES, "the bond, less what jurors earned");
        assertEq(court.burnt(), 0, "nobody is at fault");
        assertConserved();
    }

    function test_whoIsAgainstItAppeals() public {
        uint256 caseId = unsure();
        refused(PROPOSER, abi.encodeWithSelector(ICourt.OutcomeStands.selector, uint8(0)));
        court.fund(caseId, 0, 1);
        (uint256 bond,) = court.nextRung(caseId);
        assertEq(bond, 6 * 3 * BOND, "six times all bonds so far");
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 15, 0, 0));
        end(caseId);
        assertEq(court.caseOf(caseId).standing, 1, "what was said last");
        collectAll(caseId);
        settleSeats(caseId);
        assertEq(balance(PROPOSER), FUNDS - BOND, "people ruled: the bond is lost");
        assertConserved();
    }

    function test_theLastRulingStands() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 3, 0, 0));
        fill(caseId, PROPOSER, 0);
        held(caseId, votes(0, 3, 0, 0));
        (uint256 bond,) = court.nextRung(caseId);
        assertEq(bond, 2 * 9 * BOND, "a ruling stands: twice all bonds so far");
        end(caseId);
        assertState(caseId, CaseState.Final);
        assertEq(court.caseOf(caseId).standing, 1, "what was said last");
        collectAll(caseId);
        settleSeats(caseId);
        assertEq(balance(PROPOSER), FUNDS - 7 * BOND - 700, "an appeal to a panel that is not sure buys no bond back");
        assertConserved();
    }

    function test_theLastPanelEndsNothing() public {
        uint256 caseId = unsure();
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 7, 0, 0));
        (uint256 bond,) = court.nextRung(caseId);
        assertEq(bond, 2 * 7 * 3 * BOND, "people were called: twice all bonds so far");
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 15, 0, 0));
        assertState(caseId, CaseState.Final);
        assertEq(court.caseOf(caseId).standing, 0, "two panels of people below their quorum");
        collectAll(caseId);
        settleSeats(caseId);
        assertEq(balance(PROPOSER), FUNDS + 77, "the bond and the reward, and nobody's bond");
        assertConserved();
    }

    function test_nothingStandsWhereNothingWasSaid() public {
        uint256 caseId = ask(askOf());
        vm.prank(AUDITOR);
        court.summon(caseId);
        held(caseId, votes(Outcomes.ABSTAIN, 3, 0, 0));
        held(caseId, votes(Outcomes.ABSTAIN, 7, 0, 0));
        assertState(caseId, CaseState.Funding);
        end(caseId);
        assertState(caseId, CaseState.Undecided);
    }
}
