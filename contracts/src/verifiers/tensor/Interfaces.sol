// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TensorType} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Tensors} from "./Tensors.sol";

/// @notice An input, and the least and greatest value that it may hold.
struct Input {
    TensorType t;
    int256 low;
    int256 high;
}

/// @notice An input that takes what an output of the step before gave.
struct State {
    uint256 input;
    uint256 output;
}

/// @notice What goes in and out of a program: `spec/12-tensor-program.md`, 12.6.
/// @param outputs Values that are given out.
struct Ports {
    Input[] inputs;
    uint32[] outputs;
    State[] states;
}

/// @title Interfaces of programs
library Interfaces {
    using Reading for Cursor;

    function decode(bytes calldata data) internal pure returns (Ports memory p) {
        Cursor memory c = Reading.over(data);
        p.inputs = new Input[](c.u8());
        for (uint256 i = 0; i < p.inputs.length; ++i) {
            Tensors.readType(c, p.inputs[i].t);
            (p.inputs[i].low, p.inputs[i].high) = (c.i32(), c.i32());
        }
        p.outputs = c.words();
        p.states = new State[](c.u8());
        for (uint256 i = 0; i < p.states.length; ++i) p.states[i] = State(c.u8(), c.u8());
        c.finish();
    }

    /// @notice Whether an input takes what the step before gave.
    function isStateInput(Ports memory p, uint256 input) internal pure returns (bool) {
        for (uint256 i = 0; i < p.states.length; ++i) if (p.states[i].input == input) return true;
        return false;
    }

    /// @notice Whether an output is what the next step takes.
    function isStateOutput(Ports memory p, uint256 output) internal pure returns (bool) {
        for (uint256 i = 0; i < p.states.length; ++i) if (p.states[i].output == output) return true;
        return false;
    }
}
