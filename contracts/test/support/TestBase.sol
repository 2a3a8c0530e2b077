// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MicroUsd} from "../../src/types/MicroUsd.sol";
import {Vm} from "./Vm.sol";

/// @notice Cheatcodes, assertions that say what differed, and bounds for fuzzed numbers.
abstract contract TestBase {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    error Differs(uint256 got, uint256 expected, string what);
    error NotTrue(string what);

    function assertEq(uint256 got, uint256 expected, string memory what) internal pure {
        if (got != expected) revert Differs(got, expected, what);
    }

    function assertEq(MicroUsd got, MicroUsd expected, string memory what) internal pure {
        assertEq(got.raw(), expected.raw(), what);
    }

    function assertEq(bytes32 got, bytes32 expected, string memory what) internal pure {
        if (got != expected) revert Differs(uint256(got), uint256(expected), what);
    }

    function assertTrue(bool condition, string memory what) internal pure {
        if (!condition) revert NotTrue(what);
    }

    /// @notice `x` folded into low .. high, both included.
    function bound(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (high - low == type(uint256).max ? x : x % (high - low + 1));
    }

    function usd(uint256 x) internal pure returns (MicroUsd) {
        return MicroUsd.wrap(uint128(x));
    }

    function signature(uint256 key, bytes32 digest) internal returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
