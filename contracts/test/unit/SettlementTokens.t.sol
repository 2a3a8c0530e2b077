// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import {Settlement} from "../../src/Settlement.sol";
import {Delays, ISettlement, NewRoot} from "../../src/interfaces/ISettlement.sol";
import {Leaf, SumNode, SumPath, SumTree} from "../../src/libraries/SumTree.sol";
import {TokenShort} from "../../src/libraries/TokenIntake.sol";
import {ZERO} from "../../src/types/MicroUsd.sol";
import {HookedToken} from "../support/HookedToken.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice Tokens that are not what they should be: the settlement refuses or is unharmed.
contract SettlementTokensTest is TestBase {
    HookedToken private token;
    Settlement private settlement;
    Leaf private leaf;
    SumPath private path;

    function setUp() public {
        vm.warp(1_000_000);
        token = new HookedToken();
        settlement = new Settlement(
            token, address(this), Delays({challenge: 100, reclaim: 1000, forced: 500, rootGap: 2000})
        );
        token.mint(address(this), 1000);
        token.approve(address(settlement), 1000);
    }

    function test_aFeeOnTransferIsRefused() public {
        token.takeFee(1);
        vm.expectRevert(abi.encodeWithSelector(TokenShort.selector, 99, 100));
        settlement.deposit(address(this), usd(100));
    }

    function attack(bytes memory call_) private {
        token.callBack(address(settlement), call_);
    }

    function requireGuarded(uint256 balance) private view {
        assertTrue(token.refusal() == ReentrancyGuard.ReentrancyGuardReentrantCall.selector, "guarded");
        assertEq(token.balanceOf(address(this)), balance, "paid once");
    }

    function test_callingBackPaysNothingTwice() public {
        settlement.deposit(address(this), usd(100));
        settlement.deposit(address(this), usd(30));
        leaf = Leaf(address(this), usd(40), ZERO, usd(60), ZERO, bytes32(0));
        SumNode memory node = SumTree.leafNode(leaf);
        settlement.postRoot(NewRoot(1, node.hash, node.sum, 1, settlement.deposits(1).commitment, 1));
        vm.warp(1_000_100);
        attack(abi.encodeCall(settlement.withdraw, (1, leaf, path)));
        settlement.withdraw(1, leaf, path);
        requireGuarded(870 + 40);
        vm.warp(1_002_100);
        attack(abi.encodeCall(settlement.reclaim, (2)));
        settlement.reclaim(2);
        requireGuarded(910 + 30);
        settlement.startExitAfterSilence();
        attack(abi.encodeCall(settlement.exit, (leaf, path)));
        settlement.exit(leaf, path);
        requireGuarded(1000);
    }

    function test_depositsCannotBeNestedToBeCountedTwice() public {
        attack(abi.encodeCall(settlement.deposit, (address(this), usd(5))));
        settlement.deposit(address(this), usd(100));
        assertTrue(token.refusal() == ReentrancyGuard.ReentrancyGuardReentrantCall.selector, "guarded");
        assertEq(settlement.depositCount(), 1, "one deposit");
    }
}
