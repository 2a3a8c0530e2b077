// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {IBeacon} from "../../src/interfaces/IBeacon.sol";
import {Ask, Case, CaseState, ICourt, Policy, RoundTerms, SeatFloor} from "../../src/interfaces/ICourt.sol";
import {ICourtJurors, Juror} from "../../src/interfaces/ICourtJurors.sol";
import {ICourtPanels, Panel, Seat, SeatState} from "../../src/interfaces/ICourtPanels.sol";
import {IPersonRegistry} from "../../src/interfaces/IPersonRegistry.sol";
import {GivenPersons} from "./GivenPersons.sol";
import {SeededBeacon} from "./SeededBeacon.sol";
import {TestBase} from "./TestBase.sol";

/// @notice A court out of the committed bytecode, jurors with stakes, and the usual moves.
abstract contract CourtBase is TestBase {
    address internal constant ASKER = address(0xA5CE);
    address internal constant PROPOSER = address(0x9409);
    address internal constant CHALLENGER = address(0xC4A1);
    address internal constant BACKER = address(0xBACC);
    address internal constant AUDITOR = address(0xAD17);
    address internal constant STRANGER = address(0x57A4);
    address internal constant CURATOR = address(0xC07A);
    uint256 internal constant FUNDS = 1_000_000_000;
    uint128 internal constant STAKE = 1_000_000;
    uint96 internal constant BOND = 10_000;
    uint32 internal constant CHALLENGE = 2 hours;
    uint32 internal constant DRAW = 1 hours;
    uint32 internal constant BEACON = 60;
    uint64 internal constant FALLBACK_BLOCKS = 10;
    uint256 internal constant PROGRAMS = 12;
    uint256 internal constant PEOPLE = 60;
    uint8 internal constant ABSTAIN = 252;
    uint8 internal constant UNDECIDABLE = 253;

    DevDollar internal dollar;
    ICourt internal court;
    ICourtJurors internal jurors;
    ICourtPanels internal panels;
    GivenPersons internal registry;
    /// @dev None, unless a test sets one before it deploys.
    SeatFloor internal floor;
    bytes32 internal policy;
    uint256 internal time = 1_000_000;
    uint256 private _mints;

    function setUp() public virtual {
        vm.warp(time);
        dollar = new DevDollar();
        court = deployCourt(address(dollar), new SeededBeacon());
        (jurors, panels) = (court.jurors(), court.panels());
        address[6] memory sides = [ASKER, PROPOSER, CHALLENGER, BACKER, AUDITOR, STRANGER];
        for (uint256 i = 0; i < sides.length; i++) fund(sides[i], FUNDS);
        policy = court.registerPolicy(termsOf());
    }

    /// @dev The very bytes that are committed, and not another compilation of the same sources.
    function deployCourt(address currency, IBeacon beacon) internal returns (ICourt) {
        registry = new GivenPersons();
        return deployCourt(currency, beacon, registry);
    }

    function deployCourt(address currency, IBeacon beacon, IPersonRegistry persons) internal returns (ICourt deployed) {
        bytes memory code = vm.parseJsonBytes(vm.readFile("./abi/Court.json"), ".bytecode");
        bytes memory args = abi.encode(currency, beacon, CURATOR, uint128(1000), FALLBACK_BLOCKS, persons, floor);
        bytes memory init = abi.encodePacked(code, args);
        assembly {
            deployed := create(0, add(init, 0x20), mload(init))
        }
        assertTrue(address(deployed).code.length != 0, "deployed");
        assertTrue(address(deployed).code.length <= 24_576, "within the limit of contract sizes");
    }

    function fund(address account, uint256 amount) internal virtual {
        dollar.mintDevelopment(address(this), amount, bytes32(++_mints));
        dollar.approve(address(court), amount);
        court.deposit(account, amount);
    }

    function wait(uint256 seconds_) internal {
        time += seconds_;
        vm.warp(time);
    }

    function till(uint256 time_) internal {
        time = time_;
        vm.warp(time_);
    }

    function refused(address who, bytes memory why) internal {
        vm.expectRevert(why);
        vm.prank(who);
    }

    // --- jurors -----------------------------------------------------------------------------------

    function program(uint256 i) internal pure returns (address) {
        return address(uint160(0xA1000 + i));
    }

    function operatorOf(uint256 i) internal pure returns (address) {
        return address(uint160(0x0B000 + i));
    }

    function person(uint256 i) internal pure returns (address) {
        return address(uint160(0xBE000 + i));
    }

    /// @dev Each program of a family, a cluster and an operator of its own.
    function enrol() internal {
        for (uint256 i = 0; i < PROGRAMS; i++) {
            vm.prank(CURATOR);
            jurors.admitFamily(bytes32(i + 1), uint32(i + 1));
            fund(operatorOf(i), STAKE);
            join(operatorOf(i), program(i), bytes32(i + 1), STAKE);
        }
        for (uint256 i = 0; i < PEOPLE; i++) {
            fund(person(i), STAKE);
            vm.prank(person(i));
            jurors.joinAsPerson(STAKE);
        }
    }

    /// @dev The first people, each shown to be one.
    function enrolPersons(uint256 count) internal {
        for (uint256 i = 0; i < count; i++) enrolPerson(person(i));
    }

    function enrolPerson(address account) internal {
        registry.set(account, true);
        vm.prank(account);
        jurors.joinByPerson();
    }

    function join(address operator, address key, bytes32 family, uint128 stake) internal {
        vm.prank(key);
        jurors.serve(operator);
        vm.prank(operator);
        jurors.joinAsProgram(key, family, 0, stake);
    }

    // --- cases ------------------------------------------------------------------------------------

    function termsOf() internal pure returns (Policy memory p) {
        p.leastBond = BOND;
        p.mostBond = 100 * BOND;
        p.challengeSeconds = CHALLENGE;
        p.drawSeconds = DRAW;
        p.auditor = AUDITOR;
        p.beaconSeconds = BEACON;
        p.callMultiple = 6;
        p.rounds[0] = RoundTerms(100, 400, 9, 3, 2, 15 minutes, 15 minutes, 8 hours);
        p.rounds[1] = RoundTerms(100, 400, 9, 7, 4, 15 minutes, 15 minutes, 8 hours);
        p.rounds[2] = RoundTerms(5000, 2500, 1, 15, 8, 72 hours, 24 hours, 48 hours);
        p.rounds[3] = RoundTerms(5000, 2500, 1, 31, 16, 72 hours, 24 hours, 48 hours);
    }

    /// @dev People are drawn by person.
    function byPersonOf() internal pure returns (Policy memory p) {
        p = termsOf();
        for (uint256 i = 2; i < 4; i++) (p.rounds[i].lossToGain, p.rounds[i].absence) = (0, 0);
    }

    function askOf() internal view returns (Ask memory a) {
        a.question = "Is it so?";
        a.outcomes = 3;
        a.policy = policy;
        a.answerBy = uint40(time + 1 days);
    }

    function ask(Ask memory a) internal returns (uint256) {
        vm.prank(ASKER);
        return court.ask(a);
    }

    function proposed(uint8 outcome) internal returns (uint256 caseId) {
        caseId = ask(askOf());
        vm.prank(PROPOSER);
        court.propose(caseId, outcome, BOND);
    }

    function fill(uint256 caseId, address who, uint8 outcome) internal {
        (uint256 bond, uint256 fees) = court.nextRung(caseId);
        vm.prank(who);
        court.fund(caseId, outcome, bond + fees);
    }

    // --- rounds -----------------------------------------------------------------------------------

    function drawn(uint256 caseId, uint8 round) internal returns (uint8 seats) {
        till(panels.panelOf(caseId, round).beaconTime);
        panels.draw(caseId, round, "", type(uint16).max);
        return panels.panelOf(caseId, round).seats;
    }

    function saltOf(address juror) internal pure returns (bytes32) {
        return keccak256(abi.encode("salt", juror));
    }

    function readingOf(address juror) internal pure returns (bytes32) {
        return keccak256(abi.encode("reading", juror));
    }

    function jurorAt(uint256 caseId, uint8 round, uint8 seat) internal view returns (address) {
        return panels.seatOf(caseId, round, seat).juror;
    }

    function commit(uint256 caseId, uint8 round, uint8 seat, uint8 vote) internal {
        address juror = jurorAt(caseId, round, seat);
        bytes32 hash = panels.commitmentOf(caseId, round, juror, vote, readingOf(juror), saltOf(juror));
        vm.prank(juror);
        panels.commit(caseId, hash);
    }

    function reveal(uint256 caseId, uint8 round, uint8 seat, uint8 vote) internal {
        address juror = jurorAt(caseId, round, seat);
        panels.reveal(caseId, juror, vote, readingOf(juror), saltOf(juror));
    }

    /// @dev Draws the last round that was called, has its seats vote in the order of `votes`, the rest abstain, and counts.
    function held(uint256 caseId, uint8[] memory list) internal {
        uint8 round = court.caseOf(caseId).round;
        uint8 seats = drawn(caseId, round);
        till(panels.panelOf(caseId, round).drawEnd);
        for (uint8 i = 0; i < seats; i++) commit(caseId, round, i, i < list.length ? list[i] : ABSTAIN);
        till(panels.panelOf(caseId, round).commitEnd);
        for (uint8 i = 0; i < seats; i++) reveal(caseId, round, i, i < list.length ? list[i] : ABSTAIN);
        court.tally(caseId);
    }

    function votes(uint8 a, uint256 countA, uint8 b, uint256 countB) internal pure returns (uint8[] memory list) {
        list = new uint8[](countA + countB);
        for (uint256 i = 0; i < list.length; i++) list[i] = i < countA ? a : b;
    }

    function settleSeats(uint256 caseId) internal {
        for (uint8 round = 1; round <= court.caseOf(caseId).round; round++) {
            uint8 seats = panels.panelOf(caseId, round).seats;
            for (uint8 i = 0; i < seats; i++) {
                SeatState state = panels.seatOf(caseId, round, i).state;
                if (state == SeatState.Empty || state == SeatState.Shown) continue;
                panels.settleSeat(caseId, round, i);
            }
        }
    }

    function end(uint256 caseId) internal {
        till(court.caseOf(caseId).deadline);
        court.finalise(caseId);
    }

    function balance(address who) internal view returns (uint256) {
        return court.balanceOf(who);
    }

    function collectAll(uint256 caseId) internal {
        uint8 rungs = court.caseOf(caseId).rungs;
        address[3] memory who = [PROPOSER, CHALLENGER, BACKER];
        for (uint8 k = 0; k < rungs; k++) {
            uint8 outcome = court.rungOf(caseId, k).outcome;
            for (uint256 i = 0; i < 3; i++) {
                if (court.contributionOf(caseId, k, outcome, who[i]) != 0) court.collect(caseId, k, outcome, who[i]);
            }
        }
    }

    function assertConserved() internal view {
        uint256 total = court.stakes() + court.burnt();
        address[6] memory sides = [ASKER, PROPOSER, CHALLENGER, BACKER, AUDITOR, STRANGER];
        for (uint256 i = 0; i < 6; i++) total += balance(sides[i]);
        for (uint256 i = 0; i < PROGRAMS; i++) total += balance(operatorOf(i));
        for (uint256 i = 0; i < PEOPLE; i++) total += balance(person(i));
        assertEq(total, dollar.balanceOf(address(court)), "all money is somebody's");
    }

    function assertState(uint256 caseId, CaseState state) internal view {
        assertEq(uint256(court.stateOf(caseId)), uint256(state), "state of the case");
    }
}
