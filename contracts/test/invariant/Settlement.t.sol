// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {Settlement} from "../../src/Settlement.sol";
import {Delays, DepositState, Mode} from "../../src/interfaces/ISettlement.sol";
import {TestBase} from "../support/TestBase.sol";
import {HonestOperator} from "./HonestOperator.sol";

/// @notice Whatever the accounts do and whenever the operator dies: money is conserved, and everybody can leave with all
/// of it.
contract SettlementInvariants is TestBase {
    DevDollar private dollar;
    Settlement private settlement;
    HonestOperator private world;

    function setUp() public {
        vm.warp(1_000_000);
        dollar = new DevDollar();
        settlement = new Settlement(
            dollar, address(0x0900), Delays({challenge: 100, reclaim: 1000, forced: 500, rootGap: 2000})
        );
        world = new HonestOperator(dollar, settlement);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(world);
    }

    function totalPaid() private view returns (uint256 total) {
        for (uint256 i = 0; i < world.ACCOUNTS(); i++) total += world.paid(i);
    }

    function totalClaims() private view returns (uint256 total) {
        for (uint256 i = 0; i < world.ACCOUNTS(); i++) total += world.claim(i);
    }

    function invariant_tokensHeldAreDepositsLessWhatWasPaid() public view {
        uint256 expected = world.deposited() - world.reclaimed() - totalPaid();
        assertEq(dollar.balanceOf(address(settlement)), expected, "tokens held");
    }

    function invariant_rootsOweAtMostWhatTheyCounted() public view {
        uint256 counted = settlement.counted().raw();
        assertTrue(totalClaims() <= counted, "the last root owes more than it counted");
        assertTrue(
            dollar.balanceOf(address(settlement)) >= counted + world.pending(), "uncounted deposits are not all there"
        );
    }

    function invariant_nobodyIsPaidTwice() public view {
        for (uint256 i = 0; i < world.ACCOUNTS(); i++) {
            assertEq(settlement.withdrawn(world.account(i)).raw(), world.paid(i), "paid as recorded");
            if (settlement.mode() == Mode.Active) {
                assertTrue(world.paid(i) <= world.authorised(i), "paid more than authorised");
            }
        }
    }

    /// @dev Runs to the very end from wherever the run stands; what it does is undone afterwards.
    function invariant_everybodyCanLeaveWithEverything() public {
        if (settlement.mode() == Mode.Active) {
            vm.warp(world.time() + 2001);
            settlement.startExitAfterSilence();
        } else {
            vm.warp(world.time() + 101);
        }
        uint256 before = dollar.balanceOf(address(settlement));
        uint256 out = totalClaims() + world.pending();
        for (uint64 id = 1; id <= settlement.depositCount(); id++) {
            if (settlement.depositState(id) == DepositState.Pending) settlement.reclaim(id);
        }
        uint64 last = settlement.rootCount();
        for (uint256 i = 0; i < world.ACCOUNTS(); i++) {
            if (world.claim(i) != 0) settlement.exit(world.leafOf(last, i), world.path(last, i));
        }
        assertEq(before - dollar.balanceOf(address(settlement)), out, "paid out");
        assertEq(dollar.balanceOf(address(settlement)), 0, "left behind");
    }
}
