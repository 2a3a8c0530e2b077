// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, CaseState, ICourt, Policy} from "../../src/interfaces/ICourt.sol";
import {ICourtJurors, Person} from "../../src/interfaces/ICourtJurors.sol";
import {ICourtPanels, Panel, Seat, SeatState} from "../../src/interfaces/ICourtPanels.sol";
import {IPersonRegistry} from "../../src/interfaces/IPersonRegistry.sol";
import {CourtBase} from "../support/CourtBase.sol";
import {SeededBeacon} from "../support/SeededBeacon.sol";

/// @notice People drawn by person: one ticket each, nothing locked, and out for a time instead of fined.
contract CourtPersonsTest is CourtBase {
    uint40 private constant OUT = 30 days;

    function setUp() public override {
        super.setUp();
        enrol();
        policy = court.registerPolicy(byPersonOf());
    }

    /// @dev A case whose third round, of people, is called, after two panels that nobody drew.
    function called() private returns (uint256) {
        return called(0);
    }

    function called(bytes32 exclusions) private returns (uint256 caseId) {
        Ask memory a = askOf();
        a.exclusions = exclusions;
        caseId = ask(a);
        vm.prank(PROPOSER);
        court.propose(caseId, 0, BOND);
        fill(caseId, CHALLENGER, 1);
        for (uint256 i = 0; i < 2; i++) {
            till(court.caseOf(caseId).deadline);
            court.tally(caseId);
        }
        fill(caseId, CHALLENGER, 1);
    }

    function sits(uint256 caseId, address who) private view returns (bool) {
        uint8 round = court.caseOf(caseId).round;
        for (uint8 i = 0; i < panels.panelOf(caseId, round).called; i++) {
            if (jurorAt(caseId, round, i) == who) return true;
        }
        return false;
    }

    /// @dev All seats but the first `skipped` commit to the outcome and reveal it.
    function voted(uint256 caseId, uint8 skipped, uint8 vote) private {
        uint8 round = court.caseOf(caseId).round;
        Panel memory p = panels.panelOf(caseId, round);
        till(p.drawEnd);
        for (uint8 i = skipped; i < p.seats; i++) commit(caseId, round, i, vote);
        till(p.commitEnd);
        for (uint8 i = skipped; i < p.seats; i++) reveal(caseId, round, i, vote);
    }

    function counted(uint256 caseId) private {
        till(panels.panelOf(caseId, court.caseOf(caseId).round).revealEnd);
        court.tally(caseId);
    }

    // --- policies -----------------------------------------------------------------------------------

    function test_onlyPeopleAreDrawnWithoutALock() public {
        Policy memory p = byPersonOf();
        (p.rounds[1].lossToGain, p.rounds[1].absence) = (0, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.PolicyUnfit.selector, "fee"));
        court.registerPolicy(p);
    }

    function test_nobodyIsFinedForMoreThanItLocked() public {
        Policy memory p = byPersonOf();
        p.rounds[2].absence = 1;
        vm.expectRevert(abi.encodeWithSelector(ICourt.PolicyUnfit.selector, "absence"));
        court.registerPolicy(p);
    }

    function test_aCourtWithoutARegistryDrawsByStakeAlone() public {
        ICourt bare = deployCourt(address(dollar), new SeededBeacon(), IPersonRegistry(address(0)));
        vm.expectRevert(abi.encodeWithSelector(ICourt.PolicyUnfit.selector, "fee"));
        bare.registerPolicy(byPersonOf());
        bare.registerPolicy(termsOf());
        ICourtJurors others = bare.jurors();
        refused(person(0), abi.encodeWithSelector(ICourtJurors.PersonUnknown.selector, person(0)));
        others.joinByPerson();
    }

    // --- tickets ------------------------------------------------------------------------------------

    function test_onlyWhoIsOnePersonTakesATicketAndOne() public {
        refused(person(0), abi.encodeWithSelector(ICourtJurors.PersonUnknown.selector, person(0)));
        jurors.joinByPerson();
        enrolPersons(1);
        refused(person(0), abi.encodeWithSelector(ICourtJurors.TicketTaken.selector, person(0)));
        jurors.joinByPerson();
        uint256 caseId = called();
        assertEq(panels.panelOf(caseId, 3).snapshot.total, 1, "one ticket");
    }

    function test_aTicketIsGivenBackAndTakenAgain() public {
        refused(person(0), abi.encodeWithSelector(ICourtJurors.TicketMissing.selector, person(0)));
        jurors.leaveByPerson();
        enrolPersons(3);
        vm.prank(person(1));
        jurors.leaveByPerson();
        uint256 caseId = called();
        assertEq(panels.panelOf(caseId, 3).snapshot.total, 2, "two tickets");
        drawn(caseId, 3);
        assertTrue(!sits(caseId, person(1)), "who left is not drawn");
        vm.prank(person(1));
        jurors.joinByPerson();
        uint256 next = called();
        assertEq(panels.panelOf(next, 3).snapshot.total, 3, "in its old place");
        drawn(next, 3);
        assertTrue(sits(next, person(1)), "who came back is");
    }

    function test_whoLeavesAfterTheCallIsNotDrawn() public {
        enrolPersons(3);
        uint256 caseId = called();
        vm.prank(person(1));
        jurors.leaveByPerson();
        assertEq(drawn(caseId, 3), 2, "two seats");
        assertTrue(!sits(caseId, person(1)), "not the one who left");
    }

    function test_oneTicketEachWhateverIsStaked() public {
        fund(person(7), 1e12);
        vm.prank(person(7));
        jurors.addStake(person(7), 1e12);
        enrolPersons(40);
        uint256 caseId = called();
        assertEq(panels.panelOf(caseId, 3).snapshot.total, 40, "forty tickets");
        assertEq(drawn(caseId, 3), 15, "fifteen seats");
        for (uint8 i = 0; i < 15; i++) {
            address juror = jurorAt(caseId, 3, i);
            assertEq(jurors.jurorOf(juror).locked, 0, "nothing is locked");
            assertTrue(uint160(juror) - uint160(person(0)) < 40, "none but persons");
            for (uint8 k = 0; k < i; k++) assertTrue(juror != jurorAt(caseId, 3, k), "nobody sits twice");
        }
    }

    function test_whoComesAfterTheCallHasNoTicketInIt() public {
        enrolPersons(2);
        uint256 caseId = called();
        enrolPerson(person(2));
        assertEq(drawn(caseId, 3), 2, "two seats");
        assertTrue(!sits(caseId, person(2)), "too late for this one");
    }

    function test_whoIsNoPersonAnyMoreIsPassedOver() public {
        enrolPersons(3);
        uint256 caseId = called();
        registry.set(person(0), false);
        assertEq(drawn(caseId, 3), 2, "two seats");
        assertTrue(!sits(caseId, person(0)), "not the one who was one");
    }

    function test_noPartyJudgesItsOwn() public {
        enrolPersons(2);
        enrolPerson(CHALLENGER);
        enrolPerson(ASKER);
        enrolPerson(PROPOSER);
        uint256 caseId = called();
        assertEq(drawn(caseId, 3), 2, "two seats");
        assertTrue(!sits(caseId, CHALLENGER) && !sits(caseId, ASKER) && !sits(caseId, PROPOSER), "none of them");
    }

    function test_whoHoldsAPositionIsStruckAndFree() public {
        enrolPersons(2);
        uint256 caseId = called(keccak256(bytes.concat(keccak256(abi.encode(person(0))))));
        drawn(caseId, 3);
        uint8 seat = jurorAt(caseId, 3, 0) == person(0) ? 0 : 1;
        panels.strike(caseId, 3, seat, new bytes32[](0), type(uint16).max);
        assertTrue(!sits(caseId, person(0)), "struck");
        assertTrue(!jurors.personOf(person(0)).sitting, "and free for another case");
        uint256 next = called();
        drawn(next, 3);
        assertTrue(sits(next, person(0)), "where it holds nothing");
    }

    // --- one seat at a time, and out ----------------------------------------------------------------

    function test_whoSitsIsDrawnNowhereElseUntilTheVoteIsRevealed() public {
        enrolPersons(20);
        uint256 first = called();
        assertEq(drawn(first, 3), 15, "fifteen of twenty");
        uint256 second = called();
        assertEq(drawn(second, 3), 5, "the others");
        for (uint8 i = 0; i < 5; i++) assertTrue(!sits(first, jurorAt(second, 3, i)), "in no two panels");
    }

    function test_whoRevealedIsFreeAtOnce() public {
        enrolPersons(16);
        uint256 first = called();
        drawn(first, 3);
        voted(first, 0, 1);
        for (uint8 i = 0; i < 15; i++) {
            Person memory p = jurors.personOf(jurorAt(first, 3, i));
            assertTrue(!p.sitting && p.outUntil == 0, "free");
        }
        assertEq(drawn(called(), 3), 15, "fifteen again");
        // Settled later, none of their seats in another case is given up by it.
        counted(first);
        end(first);
        uint8 seated = 0;
        for (uint8 i = 0; i < 15; i++) {
            address juror = jurorAt(first, 3, i);
            bool before = jurors.personOf(juror).sitting;
            panels.settleSeat(first, 3, i);
            assertTrue(jurors.personOf(juror).sitting == before, "as it was");
            if (before) seated++;
        }
        assertTrue(seated > 13, "most sit again");
    }

    function test_whoMissesIsOutUntilTheSeatIsSettledAndThirtyDays() public {
        enrolPersons(16);
        uint256 caseId = called();
        drawn(caseId, 3);
        (address absent, address silent) = (jurorAt(caseId, 3, 0), jurorAt(caseId, 3, 1));
        Panel memory p = panels.panelOf(caseId, 3);
        till(p.drawEnd);
        for (uint8 i = 1; i < 15; i++) commit(caseId, 3, i, 1);
        till(p.commitEnd);
        for (uint8 i = 2; i < 15; i++) reveal(caseId, 3, i, 1);
        counted(caseId);
        end(caseId);
        // Nobody has settled the two seats: they are not drawn however late it is.
        wait(2 * OUT);
        uint256 later = called();
        assertEq(drawn(later, 3), 14, "all but two");
        assertTrue(!sits(later, absent) && !sits(later, silent), "neither");
        panels.settleSeat(caseId, 3, 0);
        panels.settleSeat(caseId, 3, 1);
        assertEq(jurors.personOf(absent).outUntil, p.revealEnd + OUT, "thirty days after the reveals");
        assertEq(jurors.personOf(silent).outUntil, p.revealEnd + OUT, "who committed only as well");
        assertEq(drawn(called(), 3), 2, "which are over: the two are drawn again");
    }

    function test_thirtyDaysToTheSecond() public {
        enrolPersons(3);
        uint256 caseId = called();
        drawn(caseId, 3);
        voted(caseId, 3, 1);
        counted(caseId);
        end(caseId);
        settleSeats(caseId);
        uint40 until = jurors.personOf(person(0)).outUntil;
        assertEq(until, panels.panelOf(caseId, 3).revealEnd + OUT, "out");
        uint256 early = called();
        assertEq(drawn(early, 3), 0, "nobody can be drawn");
        // A call whose beacon comes in the last second: draws in that one, and in the next.
        till(until - 1 - BEACON - 2 * (DRAW + 30 minutes));
        uint256 next = called();
        till(until - 1);
        assertEq(panels.panelOf(next, 3).beaconTime, until - 1, "the beacon");
        panels.draw(next, 3, "", 64);
        assertEq(panels.panelOf(next, 3).seats, 0, "not yet");
        till(until);
        panels.draw(next, 3, "", type(uint16).max);
        assertEq(panels.panelOf(next, 3).seats, 3, "now all three");
    }

    function test_aVoteShownEarlyPutsOutAndPaysNothing() public {
        enrolPersons(3);
        uint256 caseId = called();
        drawn(caseId, 3);
        Panel memory p = panels.panelOf(caseId, 3);
        till(p.drawEnd);
        commit(caseId, 3, 0, 1);
        address juror = jurorAt(caseId, 3, 0);
        uint256 before = balance(STRANGER);
        vm.prank(STRANGER);
        panels.showEarly(caseId, juror, 1, readingOf(juror), saltOf(juror));
        assertEq(balance(STRANGER), before, "there is nothing to pay");
        assertEq(jurors.personOf(juror).outUntil, p.revealEnd + OUT, "out");
        assertTrue(!jurors.personOf(juror).sitting, "without a seat");
        counted(caseId);
        end(caseId);
        collectAll(caseId);
        settleSeats(caseId);
        assertConserved();
    }

    function test_aCopyPutsOutWhoCommittedLater() public {
        enrolPersons(3);
        uint256 caseId = called();
        drawn(caseId, 3);
        Panel memory p = panels.panelOf(caseId, 3);
        (address first, address second) = (jurorAt(caseId, 3, 0), jurorAt(caseId, 3, 1));
        bytes32 reading = "one reason for two";
        till(p.drawEnd);
        for (uint8 i = 0; i < 2; i++) {
            address juror = jurorAt(caseId, 3, i);
            bytes32 hash = panels.commitmentOf(caseId, 3, juror, 1, reading, saltOf(juror));
            vm.prank(juror);
            panels.commit(caseId, hash);
        }
        till(p.commitEnd);
        // The copy is revealed first, and may sit elsewhere by the time that it is found out.
        panels.reveal(caseId, second, 1, reading, saltOf(second));
        assertEq(jurors.personOf(second).outUntil, 0, "not yet known");
        panels.reveal(caseId, first, 1, reading, saltOf(first));
        assertEq(jurors.personOf(second).outUntil, p.revealEnd + OUT, "out");
        assertEq(jurors.personOf(first).outUntil, 0, "the original is not");
        assertTrue(panels.seatOf(caseId, 3, 1).state == SeatState.Copied, "void");
    }

    function test_aPersonSaysWhy() public {
        enrolPersons(3);
        uint256 caseId = called();
        drawn(caseId, 3);
        Panel memory p = panels.panelOf(caseId, 3);
        address juror = jurorAt(caseId, 3, 0);
        till(p.drawEnd);
        bytes32 hash = panels.commitmentOf(caseId, 3, juror, 1, 0, saltOf(juror));
        vm.prank(juror);
        panels.commit(caseId, hash);
        till(p.commitEnd);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.ReadingMissing.selector));
        panels.reveal(caseId, juror, 1, 0, saltOf(juror));
    }

    function test_nobodyButThePanelsSeatsOrPutsOut() public {
        bytes memory why = abi.encodeWithSelector(ICourtJurors.PanelsOnly.selector, STRANGER);
        refused(STRANGER, why);
        jurors.seatPerson(person(0));
        refused(STRANGER, why);
        jurors.releasePerson(person(0));
        refused(STRANGER, why);
        jurors.putOut(person(0), 1);
    }

    // --- ends and money -----------------------------------------------------------------------------

    function test_votesPayAsElsewhereAndAWrongOneCostsNothing() public {
        enrolPersons(15);
        uint256 caseId = called();
        held(caseId, votes(0, 10, 1, 3));
        end(caseId);
        collectAll(caseId);
        settleSeats(caseId);
        uint256 share = court.seatShare(caseId);
        assertTrue(share != 0, "people share what is left of the losing bonds");
        for (uint8 i = 0; i < 15; i++) {
            Seat memory s = panels.seatOf(caseId, 3, i);
            assertEq(balance(s.juror), i < 10 ? 5000 + share : 0, "paid to the person itself");
            assertEq(jurors.jurorOf(s.juror).stake, STAKE, "the stake beside it is untouched");
        }
        assertConserved();
    }

    function test_whoStakedNothingIsPaidItself() public {
        for (uint256 i = 0; i < 15; i++) enrolPerson(person(PEOPLE + i));
        uint256 caseId = called();
        held(caseId, votes(0, 15, 0, 0));
        end(caseId);
        settleSeats(caseId);
        uint256 share = court.seatShare(caseId);
        for (uint8 i = 0; i < 15; i++) assertEq(balance(jurorAt(caseId, 3, i)), 5000 + share, "fee and share");
        assertEq(balance(address(0)), 0, "and nobody else");
    }

    function test_tooFewPersonsAreTooFewVotes() public {
        enrolPersons(7);
        uint256 caseId = called();
        uint256 before = balance(CHALLENGER);
        held(caseId, votes(1, 7, 0, 0));
        assertState(caseId, CaseState.Funding);
        end(caseId);
        assertState(caseId, CaseState.Undecided);
        collectAll(caseId);
        settleSeats(caseId);
        assertTrue(balance(CHALLENGER) > before, "bonds and idle fees go back");
        assertEq(balance(PROPOSER), FUNDS, "to both sides");
        assertConserved();
    }

    function test_withNoPersonsAtAllTheCaseGoesOn() public {
        uint256 caseId = called();
        till(panels.panelOf(caseId, 3).beaconTime);
        panels.draw(caseId, 3, "", 10);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.DrawComplete.selector, caseId, uint8(3)));
        panels.draw(caseId, 3, "", 10);
        counted(caseId);
        end(caseId);
        assertState(caseId, CaseState.Undecided);
    }

    function test_aProposalStandsWhereTooFewPersonsJudge() public {
        Policy memory p = byPersonOf();
        p.unruledStands = true;
        policy = court.registerPolicy(p);
        uint256 caseId = called();
        counted(caseId);
        end(caseId);
        assertState(caseId, CaseState.Final);
        assertEq(court.caseOf(caseId).standing, 0, "as with too few stakes");
    }

    function test_aRegistryThatFailsKeepsNoCaseFromItsEnd() public {
        enrolPersons(3);
        uint256 caseId = called();
        till(panels.panelOf(caseId, 3).beaconTime);
        registry.fail();
        vm.expectRevert("registry");
        panels.draw(caseId, 3, "", 10);
        counted(caseId);
        end(caseId);
        assertState(caseId, CaseState.Undecided);
        collectAll(caseId);
        assertConserved();
    }
}
