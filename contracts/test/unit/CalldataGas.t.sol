// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CalldataGas} from "../../src/arbiter/CalldataGas.sol";
import {TestBase} from "../support/TestBase.sol";

contract CalldataGasHarness {
    function total(bytes calldata, uint256 execution, uint256 length) external pure returns (uint256) {
        return CalldataGas.total(execution, length);
    }

    function nonZeroBytes(bytes calldata, uint256 length) external pure returns (uint256) {
        return CalldataGas.nonZeroBytes(length);
    }
}

contract CalldataGasTest is TestBase {
    CalldataGasHarness private harness = new CalldataGasHarness();

    function nonZero(bytes memory data, uint256 length) private pure returns (uint256 count) {
        for (uint256 i = 0; i < length; i++) if (data[i] != 0) count++;
    }

    function testFuzz_countsLikeALoop(bytes calldata data, uint16 cut) public view {
        uint256 length = bound(cut, 0, data.length + 68);
        bytes memory sent = abi.encodeCall(CalldataGasHarness.nonZeroBytes, (data, length));
        assertEq(harness.nonZeroBytes(data, length), nonZero(sent, length), "bytes that are not zero");
    }

    function testFuzz_chargesExecutionAndCalldataOrTheFloor(bytes calldata data, uint24 execution) public view {
        uint256 length = 132 + data.length;
        bytes memory sent = abi.encodeCall(CalldataGasHarness.total, (data, execution, length));
        uint256 set = nonZero(sent, length);
        uint256 standard = 16 * set + 4 * (length - set) + execution;
        uint256 floor = 40 * set + 10 * (length - set);
        uint256 expected = 21_000 + (standard > floor ? standard : floor);
        assertEq(harness.total(data, execution, length), expected, "gas");
    }
}
