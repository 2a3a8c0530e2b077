// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Claimed, Claims} from "../../src/verifiers/steps/Claims.sol";
import {Machine, Machines} from "../../src/verifiers/steps/Machine.sol";
import {Reading} from "../../src/verifiers/tensor/Cursor.sol";

/// @notice One step as a function, nothing of it committed to.
contract StepHarness {
    /// @param loaded Words of the one record that the step reads.
    function run(bytes calldata step, bytes32[] calldata loaded, bytes calldata stretch, bytes32 input, bytes32 output)
        external
        view
        returns (bytes32[] memory record, uint256 gas)
    {
        Claimed memory x;
        Claims.read(x, Reading.over(step));
        Machine memory m = Machines.create(input, output);
        (m.constants, m.constantsLength) = (x.constants, x.constantsLength);
        for (uint256 i = 0; i < loaded.length; ++i) m.registers[i] = uint256(loaded[i]);
        uint256 place;
        assembly ("memory-safe") {
            place := stretch.offset
        }
        (m.stretch, m.stretchLength) = (place, stretch.length);
        gas = gasleft();
        Machines.run(m, x.code, x.instructions);
        gas -= gasleft();
        record = new bytes32[](x.writes);
        for (uint256 i = 0; i < x.writes; ++i) {
            record[i] = bytes32(m.registers[Reading.loadWord(x.written + i) >> 248]);
        }
    }
}
