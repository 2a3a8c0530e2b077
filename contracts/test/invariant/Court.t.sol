// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {Policy, RoundTerms} from "../../src/interfaces/ICourt.sol";
import {CourtBase} from "../support/CourtBase.sol";
import {SeededBeacon} from "../support/SeededBeacon.sol";
import {CourtWorld} from "./CourtWorld.sol";

/// @notice Whatever anybody does and in whatever order: no path loses or makes money, no case sticks, and every state is left
/// by a timeout. `npm run bench -- court-contracts` runs a hundred thousand such sequences.
contract CourtInvariants is CourtBase {
    CourtWorld private world;

    function setUp() public override {
        vm.warp(time);
        dollar = new DevDollar();
        court = deployCourt(address(dollar), new SeededBeacon());
        world = new CourtWorld(dollar, court, registry, small());
        for (uint256 i = 0; i < world.ACCOUNTS(); i++) fund(world.accounts(i), world.START());
        enrolIn();
    }

    function enrolIn() private {
        (jurors, panels) = (court.jurors(), court.panels());
        uint256 actors = world.ACTORS();
        for (uint256 i = 0; i < world.PROGRAMS(); i++) {
            // Two families err together, and two programs have the same operator.
            vm.prank(CURATOR);
            jurors.admitFamily(bytes32(i + 1), uint32(i == 1 ? 1 : i + 1));
            address operator = world.accounts(actors + (i == 3 ? 2 : i));
            address key = world.accounts(actors + i);
            uint128 stake = world.STAKE();
            join(operator, key, bytes32(i + 1), stake);
        }
        for (uint256 i = actors + world.PROGRAMS(); i < world.ACCOUNTS(); i++) {
            uint128 stake = world.STAKE();
            address key = world.accounts(i);
            vm.prank(key);
            jurors.joinAsPerson(stake);
            enrolPerson(key);
        }
    }

    function small() private pure returns (Policy memory p) {
        p = termsOf();
        (p.leastBond, p.mostBond, p.challengeSeconds, p.drawSeconds, p.beaconSeconds) = (50, 100, 100, 60, 10);
        p.auditor = address(0xA0000);
        p.rounds[0] = RoundTerms(7, 20, 9, 2, 1, 50, 50, 80);
        p.rounds[1] = RoundTerms(7, 20, 9, 3, 2, 50, 50, 80);
        p.rounds[2] = RoundTerms(101, 33, 2, 3, 2, 50, 50, 80);
        p.rounds[3] = RoundTerms(101, 33, 2, 4, 2, 50, 50, 80);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(world);
    }

    function targetSenders() public pure returns (address[] memory senders) {
        senders = new address[](1);
        senders[0] = address(0xCA11E2);
    }

    function invariant_moneyIsConservedAndWindowsDoNotMove() public view {
        world.check();
    }

    function invariant_everyCaseComesToItsEnd() public {
        world.finish();
    }

    /// @dev Three arguments, so that no two runs of many are the same.
    function testFuzz_aSequence(uint256 a, uint256 b, bytes32 c) public {
        uint256 r = uint256(keccak256(abi.encode(a, b, c)));
        uint256 steps = 8 + r % 57;
        for (uint256 i = 0; i < steps; i++) {
            r = uint256(keccak256(abi.encode(r)));
            world.step(r);
            if (i % 8 == 7) world.check();
        }
        world.finish();
    }

    /// @dev Runs of one seed together come to every end there is, by every step there is: nothing above holds because nothing
    /// happened.
    function test_theWorldComesEverywhere() public {
        uint256 r = 1;
        uint256[20] memory moves;
        uint256[5] memory finals;
        uint256[5] memory undecideds;
        for (uint256 run = 0; run < 40; run++) {
            this.setUp();
            for (uint256 i = 0; i < 120; i++) {
                r = uint256(keccak256(abi.encode(r)));
                world.step(r);
                if (i % 16 == 15) world.check();
            }
            world.finish();
            for (uint256 i = 0; i < 20; i++) moves[i] += world.moves(i);
            for (uint256 i = 0; i < 5; i++) {
                finals[i] += world.finals(i);
                undecideds[i] += world.undecideds(i);
            }
        }
        for (uint256 i = 0; i < 18; i++) assertTrue(moves[i] != 0, string.concat("a step that never took effect: ", digits(i)));
        for (uint256 i = 0; i < 5; i++) {
            assertTrue(finals[i] != 0, string.concat("an outcome after so many rounds: ", digits(i)));
            assertTrue(undecideds[i] != 0 || i == 1, string.concat("undecided after so many rounds: ", digits(i)));
        }
    }

    function digits(uint256 i) private pure returns (string memory) {
        return string(abi.encodePacked(uint8(48 + i / 10), uint8(48 + i % 10)));
    }
}
