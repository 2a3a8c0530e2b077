// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Lmsr} from "../../src/lmsr/Lmsr.sol";
import {LmsrHarness} from "./LmsrHarness.sol";

/// @notice The cheatcodes that this test uses.
interface Vm {
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256);
    function parseJsonInt(string calldata json, string calldata key) external pure returns (int256);
    function parseJsonIntArray(string calldata json, string calldata key) external pure returns (int256[] memory);
    function toString(uint256 value) external pure returns (string memory);
    function expectRevert(bytes calldata reason) external;
}

/// @notice Inside the domain every trade keeps the promises of the market; outside it the library reverts by name.
contract LmsrTest {
    Vm private constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    error NotEqual(int256 got, int256 expected);
    error OutOfOrder(int256 small, int256 large);

    LmsrHarness private lmsr;

    function setUp() public {
        lmsr = new LmsrHarness();
    }

    function same(int256 got, int256 expected) private pure {
        if (got != expected) revert NotEqual(got, expected);
    }

    function ordered(int256 small, int256 large) private pure {
        if (small > large) revert OutOfOrder(small, large);
    }

    /// @dev `value` folded into low .. high, both included.
    function bound(uint256 value, uint256 low, uint256 high) private pure returns (uint256) {
        unchecked {
            uint256 size = high - low + 1;
            return size == 0 ? value : low + value % size;
        }
    }

    function bound(int256 value, int256 low, int256 high) private pure returns (int256) {
        unchecked {
            return int256(uint256(low) + bound(uint256(value), 0, uint256(high) - uint256(low)));
        }
    }

    function two(int256 a, int256 b) private pure returns (int256[] memory quantities) {
        quantities = new int256[](2);
        quantities[0] = a;
        quantities[1] = b;
    }

    function test_SharedVectors() public view {
        string memory json = vm.readFile("../vectors/lmsr.json");
        uint256 count = vm.parseJsonUint(json, ".count");
        for (uint256 k = 0; k < count; ++k) {
            string memory key = string.concat(".cases[", vm.toString(k), "]");
            LmsrHarness.Answer memory got = lmsr.answer(
                LmsrHarness.Case({
                    subsidyMicroUsd: vm.parseJsonUint(json, string.concat(key, ".subsidyMicroUsd")),
                    quantities: vm.parseJsonIntArray(json, string.concat(key, ".quantities")),
                    outcome: vm.parseJsonUint(json, string.concat(key, ".outcome")),
                    delta: vm.parseJsonInt(json, string.concat(key, ".delta"))
                })
            );
            same(int256(got.perOctaveQ64), vm.parseJsonInt(json, string.concat(key, ".perOctaveQ64")));
            same(got.costQ192, vm.parseJsonInt(json, string.concat(key, ".costQ192")));
            same(got.costMicroUsd, vm.parseJsonInt(json, string.concat(key, ".costMicroUsd")));
        }
    }

    function testFuzz_CostLiesBetweenNothingAndADollarAShare(uint256 subsidy, int256 lead, int256 delta) public view {
        subsidy = bound(subsidy, 1_000, 1e15);
        lead = bound(lead, -int256(subsidy) * 20, int256(subsidy) * 20);
        delta = bound(delta, 1, int256(subsidy) * 20);
        int256 cost = lmsr.cost(subsidy, two(lead, 0), 0, delta);
        ordered(1, cost);
        ordered(cost, delta);
    }

    function testFuzz_BuyingThenSellingNeverProfits(uint256 subsidy, int256 lead, int256 delta) public view {
        subsidy = bound(subsidy, 1_000, 1e15);
        lead = bound(lead, -int256(subsidy) * 20, int256(subsidy) * 20);
        delta = bound(delta, 1, int256(subsidy) * 20);
        int256 bought = lmsr.cost(subsidy, two(lead, 0), 0, delta);
        int256 sold = lmsr.cost(subsidy, two(lead + delta, 0), 0, -delta);
        ordered(0, bought + sold);
        ordered(bought + sold, 1);
    }

    function testFuzz_TheMakerNeverLosesMoreThanTheSubsidy(uint256 subsidy, int256 first, int256 second) public view {
        subsidy = bound(subsidy, 1_000, 1e15);
        first = bound(first, 0, int256(subsidy) * 100);
        second = bound(second, 0, int256(subsidy) * 100);
        int256 received = lmsr.cost(subsidy, two(0, 0), 0, first) + lmsr.cost(subsidy, two(first, 0), 1, second);
        ordered((first > second ? first : second) - received, int256(subsidy));
    }

    function testFuzz_OutsideTheSubsidyItReverts(uint256 subsidy) public {
        subsidy = subsidy % 2 == 0 ? bound(subsidy, 0, 999) : bound(subsidy, 1e15 + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(Lmsr.MarketSubsidy.selector, subsidy));
        lmsr.cost(subsidy, two(0, 0), 0, 1);
    }

    function testFuzz_OutsideTheQuantitiesItReverts(int256 quantity) public {
        int256 limit = int256(1 << 60);
        quantity = quantity < 0 ? bound(quantity, type(int256).min, -limit - 1) : bound(quantity, limit + 1, type(int256).max);
        vm.expectRevert(abi.encodeWithSelector(Lmsr.MarketQuantityLimit.selector, quantity));
        lmsr.cost(1e6, two(quantity, 0), 1, 1);
    }

    function testFuzz_OutsideTheOutcomesItReverts(uint256 outcome) public {
        outcome = bound(outcome, 2, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(Lmsr.MarketUnknownOutcome.selector, outcome));
        lmsr.cost(1e6, two(0, 0), outcome, 1);
    }
}
