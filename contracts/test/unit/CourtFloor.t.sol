// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICourt, Policy, SeatFloor} from "../../src/interfaces/ICourt.sol";
import {CourtBase} from "../support/CourtBase.sol";

/// @notice Anybody registers policies, and nobody chooses the cases in which he sits: so none gives less than the court's floor.
contract CourtFloorTest is CourtBase {
    function setUp() public override {
        floor = SeatFloor(100, 15 minutes, 5000, 24 hours);
        super.setUp();
    }

    function unfit(Policy memory p, string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ICourt.PolicyUnfit.selector, field));
        court.registerPolicy(p);
    }

    function test_theFloorIsToldAndItselfFits() public {
        SeatFloor memory f = court.seatFloor();
        assertEq(keccak256(abi.encode(f)), keccak256(abi.encode(floor)), "as deployed");
        Policy memory p = byPersonOf();
        for (uint256 i = 2; i < 4; i++) p.rounds[i].commitSeconds = 24 hours;
        court.registerPolicy(p);
    }

    function test_noSeatOfAnyRoundIsPaidLess() public {
        for (uint256 i = 0; i < 4; i++) {
            Policy memory p = byPersonOf();
            p.rounds[i].fee -= 1;
            unfit(p, "fee");
        }
    }

    /// @dev Of 31 people who had a second to vote, 30 would lose half of their locks, and go to the one whose policy it was.
    function test_nobodyIsFinedForMissingASecond() public {
        Policy memory p = termsOf();
        (p.rounds[2].lossToGain, p.rounds[2].absence, p.rounds[2].quorum) = (200, 500_000, 1);
        (p.rounds[2].commitSeconds, p.rounds[2].revealSeconds) = (1, 1);
        unfit(p, "commitSeconds");
    }

    function test_everyVoteHasItsTime() public {
        for (uint256 i = 0; i < 4; i++) {
            uint32 least = i < 2 ? 15 minutes : 24 hours;
            Policy memory p = byPersonOf();
            p.rounds[i].commitSeconds = least - 1;
            unfit(p, "commitSeconds");
            p = byPersonOf();
            p.rounds[i].revealSeconds = least - 1;
            unfit(p, "revealSeconds");
        }
    }
}
