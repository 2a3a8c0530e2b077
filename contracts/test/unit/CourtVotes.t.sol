// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, CaseState, ICourt, Policy} from "../../src/interfaces/ICourt.sol";
import {ICourtJurors} from "../../src/interfaces/ICourtJurors.sol";
import {ICourtPanels, Panel, PanelCall, SeatState} from "../../src/interfaces/ICourtPanels.sol";
import {CourtBase} from "../support/CourtBase.sol";

/// @notice Draws, commitments, reveals, and what they cost those who do not keep to them.
contract CourtVotesTest is CourtBase {
    uint128 private constant LOSS = 900;

    function setUp() public override {
        super.setUp();
        enrol();
    }

    function called() private returns (uint256 caseId) {
        caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
    }

    /// @dev A case whose third round, of people, is called.
    function people() private returns (uint256 caseId) {
        caseId = called();
        held(caseId, votes(1, 3, 0, 0));
        fill(caseId, BACKER, 0);
        held(caseId, votes(1, 7, 0, 0));
        fill(caseId, BACKER, 0);
    }

    function late(uint256 caseId, uint256 end) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICourtPanels.PhaseOver.selector, caseId, uint8(1), end);
    }

    function ahead(uint256 caseId, uint256 begin) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICourtPanels.PhaseAhead.selector, caseId, uint8(1), begin);
    }

    // --- drawing ------------------------------------------------------------------------------------

    function test_aPanelOfPrograms() public {
        uint256 caseId = called();
        assertEq(drawn(caseId, 1), 3, "three seats");
        for (uint8 i = 0; i < 3; i++) {
            address juror = jurorAt(caseId, 1, i);
            assertEq(jurors.jurorOf(juror).locked, LOSS, "its stake is locked");
            for (uint8 k = 0; k < i; k++) assertTrue(juror != jurorAt(caseId, 1, k), "nobody sits twice");
        }
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.DrawComplete.selector, caseId, uint8(1)));
        panels.draw(caseId, 1, "", 10);
    }

    function test_theDrawHasItsTime() public {
        uint256 caseId = called();
        Panel memory p = panels.panelOf(caseId, 1);
        vm.expectRevert(ahead(caseId, p.beaconTime));
        panels.draw(caseId, 1, "", 10);
        till(p.fallbackTime);
        vm.expectRevert(late(caseId, p.fallbackTime));
        panels.draw(caseId, 1, "", 10);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.HeaderDiffers.selector, p.fallbackBlock));
        panels.drawByFallback(caseId, 1, "", 10);
        till(p.drawEnd);
        vm.expectRevert(late(caseId, p.drawEnd));
        panels.drawByFallback(caseId, 1, "", 10);
    }

    function test_aDrawGoesOnWhereItStopped() public {
        uint256 caseId = called();
        till(panels.panelOf(caseId, 1).beaconTime);
        panels.draw(caseId, 1, "", 1);
        assertEq(panels.panelOf(caseId, 1).seats, 1, "one element, one seat");
        address first = jurorAt(caseId, 1, 0);
        // Beyond the beacon's time no other value can be brought in, but the draw can go on.
        till(panels.panelOf(caseId, 1).drawEnd - 1);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.DrawBegun.selector, caseId, uint8(1)));
        panels.drawByFallback(caseId, 1, "", 10);
        panels.draw(caseId, 1, "another value", type(uint16).max);
        assertEq(panels.panelOf(caseId, 1).seats, 3, "all seats");
        assertTrue(jurorAt(caseId, 1, 0) == first, "the first one stays");
    }

    function test_whoStakesAfterThePanelWasCalledHasNoWeightInIt() public {
        uint256 caseId = called();
        // Ten thousand times the stake of everybody else, after the call and before the beacon.
        fund(STRANGER, 1e12);
        vm.prank(CURATOR);
        jurors.admitFamily("new", 99);
        join(STRANGER, address(0xFFF), "new", 1e12);
        drawn(caseId, 1);
        for (uint8 i = 0; i < 3; i++) assertTrue(jurorAt(caseId, 1, i) != address(0xFFF), "not drawn");
        uint256 next = called();
        drawn(next, 1);
        bool sits;
        for (uint8 i = 0; i < 3; i++) sits = sits || jurorAt(next, 1, i) == address(0xFFF);
        assertTrue(sits, "in the next case it is");
    }

    function test_stakesCountAsTheyWereWhenThePanelWasCalled() public {
        address[3] memory before = panelAfter(0);
        super.setUp();
        enrol();
        till(1_000_000);
        address[3] memory then_ = panelAfter(1e11);
        for (uint256 i = 0; i < 3; i++) assertTrue(before[i] == then_[i], "drawn by the stakes at the call");
    }

    /// @dev The same case each time; one operator stakes so much more after the call.
    function panelAfter(uint128 added) private returns (address[3] memory sitting) {
        uint256 caseId = called();
        if (added != 0) {
            fund(operatorOf(0), added);
            vm.prank(operatorOf(0));
            jurors.addStake(program(0), added);
        }
        drawn(caseId, 1);
        for (uint8 i = 0; i < 3; i++) sitting[i] = jurorAt(caseId, 1, i);
    }

    function test_aJuryOfCopiesIsOneJuror() public {
        // All but one of the programs err together.
        setUpCopies();
        uint256 caseId = called();
        assertEq(drawn(caseId, 1), 2, "one of the copies and the other one");
        assertEq(panels.panelOf(caseId, 1).elements, 64 * 3, "after all elements");
    }

    function setUpCopies() private {
        super.setUp();
        for (uint256 i = 0; i < 5; i++) {
            vm.prank(CURATOR);
            jurors.admitFamily(bytes32(i + 1), i < 4 ? 1 : 2);
            fund(operatorOf(i), STAKE);
            join(operatorOf(i), program(i), bytes32(i + 1), STAKE);
        }
    }

    function setUpOneOperator(bool allowed) private {
        super.setUp();
        Policy memory p = termsOf();
        p.oneOperator = allowed;
        policy = court.registerPolicy(p);
        fund(operatorOf(0), 10 * STAKE);
        for (uint256 i = 0; i < 5; i++) {
            vm.prank(CURATOR);
            jurors.admitFamily(bytes32(i + 1), uint32(i + 1));
            join(operatorOf(0), program(i), bytes32(i + 1), STAKE);
        }
    }

    function test_oneOperatorHasOneSeatUnlessThePolicySaysOtherwise() public {
        setUpOneOperator(false);
        uint256 caseId = called();
        assertEq(drawn(caseId, 1), 1, "one operator, one seat");
        setUpOneOperator(true);
        caseId = called();
        assertEq(drawn(caseId, 1), 3, "or all of them");
    }

    function test_partiesDoNotSit() public {
        super.setUp();
        for (uint256 i = 0; i < 4; i++) {
            vm.prank(CURATOR);
            jurors.admitFamily(bytes32(i + 1), uint32(i + 1));
        }
        address[4] memory operators = [PROPOSER, CHALLENGER, ASKER, STRANGER];
        for (uint256 i = 0; i < 4; i++) {
            join(operators[i], program(i), bytes32(i + 1), STAKE);
        }
        uint256 caseId = called();
        assertEq(drawn(caseId, 1), 1, "only one is no party's");
        assertTrue(jurorAt(caseId, 1, 0) == program(3), "the stranger's");
    }

    function test_aKeyThatPaidDoesNotSit() public {
        super.setUp();
        vm.prank(CURATOR);
        jurors.admitFamily("one", 1);
        join(STRANGER, program(0), "one", STAKE);
        fund(program(0), 1);
        uint256 caseId = proposed(0);
        vm.prank(program(0));
        court.fund(caseId, 2, 1);
        fill(caseId, CHALLENGER, 1);
        assertEq(drawn(caseId, 1), 0, "nobody else is there");
    }

    function test_aPanelIsFreshWhereItCanBe() public {
        super.setUp();
        // Eight clusters of two programs each: the second panel finds five that did not sit before, then has to take others.
        for (uint256 i = 0; i < 16; i++) {
            vm.prank(CURATOR);
            jurors.admitFamily(bytes32(i + 1), uint32(1 + i / 2));
            fund(operatorOf(i), STAKE);
            join(operatorOf(i), program(i), bytes32(i + 1), STAKE);
        }
        uint256 caseId = called();
        held(caseId, votes(1, 3, 0, 0));
        uint256 former = clusters(caseId, 1, 0, 3);
        fill(caseId, BACKER, 0);
        assertEq(drawn(caseId, 2), 7, "all seats");
        assertEq(clusters(caseId, 2, 0, 5) & former, 0, "first those that are new");
        assertTrue(clusters(caseId, 2, 5, 7) & former != 0, "then those that are not");
    }

    /// @dev Clusters, as bits, of seats from `first` to before `end`.
    function clusters(uint256 caseId, uint8 round, uint8 first, uint8 end) private view returns (uint256 bits) {
        for (uint8 i = first; i < end; i++) {
            bits |= 1 << jurors.clusterOf(jurors.jurorOf(jurorAt(caseId, round, i)).family);
        }
    }

    function test_aStakeThatIsLockedElsewhereFillsNoSeat() public {
        super.setUp();
        vm.prank(CURATOR);
        jurors.admitFamily("one", 1);
        join(STRANGER, program(0), "one", LOSS + 100);
        uint256 first = called();
        uint256 second = called();
        assertEq(drawn(first, 1), 1, "once");
        panels.draw(second, 1, "", type(uint16).max);
        assertEq(panels.panelOf(second, 1).seats, 0, "not twice");
        refused(STRANGER, abi.encodeWithSelector(ICourtJurors.StakeLocked.selector, 100, 101));
        jurors.withdrawStake(program(0), 101);
        vm.prank(STRANGER);
        jurors.withdrawStake(program(0), 100);
    }

    function leafOf(address who) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(who))));
    }

    function test_whoHoldsAPositionIsStruck() public {
        Ask memory a = askOf();
        // Whom the beacon will draw is known here, by a first run of the same case.
        uint256 rehearsal = called();
        drawn(rehearsal, 1);
        address holder = jurorAt(rehearsal, 1, 1);
        super.setUp();
        enrol();
        time = 1_000_000;
        vm.warp(time);
        bytes32 sibling = "the other leaf";
        bytes32 leaf = leafOf(holder);
        a.exclusions = leaf < sibling ? keccak256(abi.encode(leaf, sibling)) : keccak256(abi.encode(sibling, leaf));
        a.answerBy = uint40(time + 1 days);
        uint256 caseId = ask(a);
        vm.prank(PROPOSER);
        court.propose(caseId, 0, BOND);
        fill(caseId, CHALLENGER, 1);
        drawn(caseId, 1);
        assertTrue(jurorAt(caseId, 1, 1) == holder, "drawn again");
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = sibling;
        address another = jurorAt(caseId, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.StrikeUnproved.selector, another));
        panels.strike(caseId, 1, 0, proof, 1000);
        panels.strike(caseId, 1, 1, proof, 0);
        assertEq(panels.panelOf(caseId, 1).vacant, 2, "the seat is to be drawn again");
        panels.draw(caseId, 1, "", 1000);
        assertEq(panels.panelOf(caseId, 1).vacant, 0, "and was");
        address instead = jurorAt(caseId, 1, 1);
        assertTrue(instead != holder && instead != address(0), "somebody else has the seat");
        assertEq(jurors.jurorOf(holder).locked, 0, "and the holder loses nothing");
        assertTrue(panels.seatOf(caseId, 1, 1).redrawn, "once");
        till(panels.panelOf(caseId, 1).drawEnd);
        vm.expectRevert(late(caseId, panels.panelOf(caseId, 1).drawEnd));
        panels.strike(caseId, 1, 1, proof, 1000);
        refused(holder, abi.encodeWithSelector(ICourtPanels.NotSeated.selector, caseId, holder));
        panels.commit(caseId, "vote");
    }

    // --- voting -------------------------------------------------------------------------------------

    function test_votesHaveTheirTime() public {
        uint256 caseId = called();
        drawn(caseId, 1);
        Panel memory p = panels.panelOf(caseId, 1);
        address juror = jurorAt(caseId, 1, 0);
        bytes32 hash = panels.commitmentOf(caseId, 1, juror, 1, readingOf(juror), saltOf(juror));
        refused(juror, ahead(caseId, p.drawEnd));
        panels.commit(caseId, hash);
        till(p.drawEnd);
        assertState(caseId, CaseState.Committing);
        // Nothing is committed, so nothing is left to reveal: but it is not over.
        vm.expectRevert(abi.encodeWithSelector(ICourt.RevealsOutstanding.selector, caseId));
        court.tally(caseId);
        refused(STRANGER, abi.encodeWithSelector(ICourtPanels.NotSeated.selector, caseId, STRANGER));
        panels.commit(caseId, hash);
        refused(juror, abi.encodeWithSelector(ICourtPanels.CommitmentEmpty.selector));
        panels.commit(caseId, 0);
        commit(caseId, 1, 0, 1);
        refused(
            juror, abi.encodeWithSelector(ICourtPanels.SeatInState.selector, caseId, 1, 0, SeatState.Committed)
        );
        panels.commit(caseId, hash);
        vm.expectRevert(ahead(caseId, p.commitEnd));
        panels.reveal(caseId, juror, 1, readingOf(juror), saltOf(juror));
        vm.expectRevert(abi.encodeWithSelector(ICourt.RevealsOutstanding.selector, caseId));
        court.tally(caseId);
        till(p.commitEnd);
        assertState(caseId, CaseState.Revealing);
        address idle = jurorAt(caseId, 1, 1);
        refused(idle, late(caseId, p.commitEnd));
        panels.commit(caseId, hash);
        vm.expectRevert(abi.encodeWithSelector(ICourt.RevealsOutstanding.selector, caseId));
        court.tally(caseId);
        bytes32 other = panels.commitmentOf(caseId, 1, juror, 0, readingOf(juror), saltOf(juror));
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.CommitmentDiffers.selector, other, hash));
        panels.reveal(caseId, juror, 0, readingOf(juror), saltOf(juror));
        till(p.revealEnd);
        assertState(caseId, CaseState.Tallying);
        vm.expectRevert(late(caseId, p.revealEnd));
        panels.reveal(caseId, juror, 1, readingOf(juror), saltOf(juror));
        court.tally(caseId);
        // One vote of two: no ruling; the next panel's time began when this one's was over.
        assertEq(panels.panelOf(caseId, 2).drawEnd, p.revealEnd + DRAW, "on schedule");
    }

    function test_aVoteForNothingIsNotCounted() public {
        uint256 caseId = called();
        drawn(caseId, 1);
        till(panels.panelOf(caseId, 1).drawEnd);
        commit(caseId, 1, 0, 3);
        till(panels.panelOf(caseId, 1).commitEnd);
        address juror = jurorAt(caseId, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.VoteUnknown.selector, uint8(3)));
        panels.reveal(caseId, juror, 3, readingOf(juror), saltOf(juror));
    }

    function test_aRoundIsCountedEarlyWhenAllHaveRevealed() public {
        uint256 caseId = called();
        held(caseId, votes(1, 2, ABSTAIN, 1));
        assertEq(court.caseOf(caseId).deadline, time + 8 hours, "the appeal begins at once");
        assertEq(court.rulingOf(caseId).cast, 2, "an abstention is no vote for an outcome");
    }

    function test_absenceCosts() public {
        uint256 caseId = called();
        drawn(caseId, 1);
        till(panels.panelOf(caseId, 1).drawEnd);
        commit(caseId, 1, 0, 1);
        commit(caseId, 1, 1, 1);
        till(panels.panelOf(caseId, 1).commitEnd);
        reveal(caseId, 1, 0, 1);
        reveal(caseId, 1, 1, 1);
        court.tally(caseId);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.CaseOpen.selector, caseId));
        panels.settleSeat(caseId, 1, 2);
        end(caseId);
        address juror = jurorAt(caseId, 1, 2);
        panels.settleSeat(caseId, 1, 2);
        assertEq(jurors.jurorOf(juror).stake, STAKE - 400, "an absent seat");
        assertEq(jurors.jurorOf(juror).locked, 0, "and no more");
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.SeatInState.selector, caseId, 1, 2, SeatState.Settled));
        panels.settleSeat(caseId, 1, 2);
    }

    function test_aVoteShownEarlyIsVoid() public {
        uint256 caseId = called();
        drawn(caseId, 1);
        till(panels.panelOf(caseId, 1).drawEnd);
        for (uint8 i = 0; i < 3; i++) commit(caseId, 1, i, i == 2 ? 0 : 1);
        address juror = jurorAt(caseId, 1, 0);
        vm.prank(STRANGER);
        panels.showEarly(caseId, juror, 1, readingOf(juror), saltOf(juror));
        assertEq(court.balanceOf(STRANGER), FUNDS + LOSS / 2, "half to who showed it");
        assertEq(court.burnt(), LOSS - LOSS / 2, "half burnt");
        assertEq(jurors.jurorOf(juror).stake, STAKE - LOSS, "all of it lost");
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.SeatInState.selector, caseId, 1, 0, SeatState.Shown));
        panels.showEarly(caseId, juror, 1, readingOf(juror), saltOf(juror));
        till(panels.panelOf(caseId, 1).commitEnd);
        reveal(caseId, 1, 1, 1);
        reveal(caseId, 1, 2, 0);
        court.tally(caseId);
        assertEq(court.caseOf(caseId).round, 2, "one to one, without the void vote");
    }

    // --- people -------------------------------------------------------------------------------------

    function test_aPanelOfPeople() public {
        uint256 caseId = people();
        assertEq(drawn(caseId, 3), 15, "fifteen of sixty");
        for (uint8 i = 0; i < 15; i++) assertEq(jurors.jurorOf(jurorAt(caseId, 3, i)).locked, 5000, "a fee's worth");
    }

    function test_ofTwoPeopleWithOneReasonTheLaterIsACopy() public {
        uint256 caseId = people();
        drawn(caseId, 3);
        till(panels.panelOf(caseId, 3).drawEnd);
        // Seat 2 commits first, then 0 and 1 with the same reading.
        uint8[3] memory order = [2, 0, 1];
        for (uint256 i = 0; i < 3; i++) {
            address juror = jurorAt(caseId, 3, order[i]);
            bytes32 hash = panels.commitmentOf(caseId, 3, juror, 1, "same", saltOf(juror));
            vm.prank(juror);
            panels.commit(caseId, hash);
        }
        for (uint8 i = 3; i < 15; i++) commit(caseId, 3, i, 1);
        till(panels.panelOf(caseId, 3).commitEnd);
        for (uint8 i = 0; i < 3; i++) {
            address juror = jurorAt(caseId, 3, i);
            panels.reveal(caseId, juror, 1, "same", saltOf(juror));
        }
        assertTrue(panels.seatOf(caseId, 3, 2).state == SeatState.Revealed, "the first commitment stands");
        assertTrue(panels.seatOf(caseId, 3, 0).state == SeatState.Copied, "the second");
        assertTrue(panels.seatOf(caseId, 3, 1).state == SeatState.Copied, "and the third are copies");
        for (uint8 i = 3; i < 15; i++) reveal(caseId, 3, i, 1);
        court.tally(caseId);
        assertEq(court.rulingOf(caseId).cast, 13, "which do not count");
        end(caseId);
        address copier = jurorAt(caseId, 3, 0);
        panels.settleSeat(caseId, 3, 0);
        assertEq(jurors.jurorOf(copier).stake, STAKE - 5000, "and cost the stake");
    }

    function test_peopleGiveAReason() public {
        uint256 caseId = people();
        drawn(caseId, 3);
        till(panels.panelOf(caseId, 3).drawEnd);
        address juror = jurorAt(caseId, 3, 0);
        bytes32 hash = panels.commitmentOf(caseId, 3, juror, 1, 0, "salt");
        vm.prank(juror);
        panels.commit(caseId, hash);
        till(panels.panelOf(caseId, 3).commitEnd);
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.ReadingMissing.selector));
        panels.reveal(caseId, juror, 1, 0, "salt");
    }

    // --- jurors -------------------------------------------------------------------------------------

    function test_whoMayJoin() public {
        PanelCall memory call;
        vm.expectRevert(abi.encodeWithSelector(ICourtJurors.CuratorOnly.selector, address(this)));
        jurors.admitFamily("f", 1);
        refused(CURATOR, abi.encodeWithSelector(ICourtJurors.FamilyClustered.selector, bytes32("f"), 0));
        jurors.admitFamily("f", 0);
        refused(CURATOR, abi.encodeWithSelector(ICourtJurors.FamilyClustered.selector, bytes32(uint256(1)), 5));
        jurors.admitFamily(bytes32(uint256(1)), 5);
        refused(STRANGER, abi.encodeWithSelector(ICourtJurors.KeyServesAnother.selector, BACKER, address(0)));
        jurors.joinAsProgram(BACKER, bytes32(uint256(1)), 0, STAKE);
        vm.prank(BACKER);
        jurors.serve(STRANGER);
        refused(STRANGER, abi.encodeWithSelector(ICourtJurors.FamilyUnknown.selector, bytes32("f")));
        jurors.joinAsProgram(BACKER, "f", 0, STAKE);
        refused(operatorOf(0), abi.encodeWithSelector(ICourtJurors.KeyTaken.selector, program(0)));
        jurors.joinAsProgram(program(0), bytes32(uint256(1)), 0, STAKE);
        refused(STRANGER, abi.encodeWithSelector(ICourtJurors.StakeTooLow.selector, 999, 1000));
        jurors.joinAsPerson(999);
        refused(STRANGER, abi.encodeWithSelector(ICourtJurors.OperatorOnly.selector, STRANGER, operatorOf(0)));
        jurors.withdrawStake(program(0), 1);
        refused(STRANGER, abi.encodeWithSelector(ICourtJurors.PanelsOnly.selector, STRANGER));
        jurors.lock(program(0), 1);
        refused(STRANGER, abi.encodeWithSelector(ICourt.PartOnly.selector, STRANGER));
        court.giveStake(STRANGER, 1);
        refused(STRANGER, abi.encodeWithSelector(ICourt.PartOnly.selector, STRANGER));
        court.takeStake(BACKER, 1);
        refused(STRANGER, abi.encodeWithSelector(ICourt.PartOnly.selector, STRANGER));
        court.paySeat(1, STRANGER, 0);
        refused(STRANGER, abi.encodeWithSelector(ICourt.PartOnly.selector, STRANGER));
        court.payShown(STRANGER, 2);
        refused(STRANGER, abi.encodeWithSelector(ICourtPanels.CourtOnly.selector, STRANGER));
        panels.open(1, 1, call);
    }
}
