// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {ProgramCommitment} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Input, Interfaces, Ports} from "./Interfaces.sol";
import {Places, Trail} from "./Places.sol";
import {Tensor, Tensors} from "./Tensors.sol";

/// @title Refutations of what stands around the nodes
/// @notice Inputs, outputs, and what one step hands to the next: `spec/15-refutation.md`, 15.3. Each returns whether the run is shown to
/// be wrong, and reverts where what it reads is not in the run.
library StepRefutations {
    using Reading for Cursor;
    using Interfaces for Ports;

    /// @notice The list of outputs has another count, or names another tensor than the last step's value.
    function outputs(Trail memory t) internal view returns (bool) {
        Places.head(t);
        Ports memory p = _ports(t);
        (uint256 count, bytes32 root) = Places.listOf(t.c, t.run.output);
        if (count != p.outputs.length) return true;
        uint256 index = t.c.u8();
        if (t.steps != 1 && !p.isStateOutput(index)) revert ITensorVerifier.ProofOfNoPlace(index);
        bytes32 given = t.c.word();
        Places.inTree(t.c, root, count, index, given);
        Places.step(t, t.steps - 1);
        bytes32 value = t.c.word();
        Places.isValue(t, p.outputs[index], value);
        return given != value;
    }

    /// @notice An element of a stacked output is not that of the step's value, or its type is another.
    function stack(Trail memory t) internal view returns (bool) {
        Ports memory p = _inStep(t);
        uint256 index = t.c.u8();
        if (t.steps == 1 || p.isStateOutput(index)) revert ITensorVerifier.ProofOfNoPlace(index);
        bytes32 root = t.c.word();
        Places.expect(ProgramCommitment.listId(uint32(p.outputs.length), root), t.run.output);
        Tensor memory all;
        Tensors.read(t.c, all);
        Places.inTree(t.c, root, p.outputs.length, index, all.root);
        Tensor memory one;
        Tensors.read(t.c, one);
        Places.isValue(t, p.outputs[index], one.root);
        if (!Tensors.sameType(all.t, Tensors.stacked(one.t, t.steps))) return true;
        uint256 element = t.c.u32();
        int256 given = Tensors.readElement(t.c, all, t.step * Tensors.product(one.t.dims, 0) + element);
        return given != Tensors.readElement(t.c, one, element);
    }

    /// @notice A state input of a step is not what the step before gave, or the first one not what the claim was given.
    function links(Trail memory t) internal view returns (bool) {
        Ports memory p = _inStep(t);
        uint256 state = t.c.u8();
        if (t.steps == 1 || state >= p.states.length) revert ITensorVerifier.ProofOfNoPlace(state);
        uint256 input = p.states[state].input;
        bytes32 taken = t.c.word();
        Places.isInput(t, t.inputs, input, taken);
        bool isFirst = t.step == 0;
        if (!isFirst) Places.step(t, t.step - 1);
        bytes32 given = t.c.word();
        if (isFirst) Places.isInput(t, t.run.input, input, given);
        else Places.isValue(t, p.outputs[p.states[state].output], given);
        return taken != given;
    }

    /// @notice An element of a stream's slice is not that of the stream, or a type is another.
    function slices(Trail memory t) internal view returns (bool) {
        Ports memory p = _inStep(t);
        uint256 input = t.c.u8();
        if (t.steps == 1 || p.isStateInput(input)) revert ITensorVerifier.ProofOfNoPlace(input);
        Tensor memory one;
        Tensors.read(t.c, one);
        Places.isInput(t, t.inputs, input, one.root);
        Tensor memory all;
        Tensors.read(t.c, all);
        Places.isInput(t, t.run.input, input, all.root);
        if (!Tensors.sameType(all.t, Tensors.stacked(one.t, t.steps))) return true;
        uint256 element = t.c.u32();
        int256 taken = Tensors.readElement(t.c, one, element);
        return taken != Tensors.readElement(t.c, all, t.step * Tensors.product(one.t.dims, 0) + element);
    }

    /// @notice A list of inputs, of the claim or of a step, has another count, a type or an element that the program does not take.
    function inputs(Trail memory t) internal view returns (bool) {
        Places.head(t);
        Ports memory p = _ports(t);
        bool ofStep = _isOfStep(t.c.u8());
        if (ofStep) Places.step(t, t.c.u32());
        (uint256 count, bytes32 root) = Places.listOf(t.c, t.inputs);
        if (count != t.parts.inputs) return true;
        uint256 index = t.c.u8();
        if (index >= p.inputs.length) revert ITensorVerifier.ProofOfNoPlace(index);
        Input memory declared = p.inputs[index];
        Tensor memory x;
        Tensors.read(t.c, x);
        Places.inTree(t.c, root, count, index, x.root);
        if (!ofStep && t.steps != 1 && !p.isStateInput(index)) declared.t = Tensors.stacked(declared.t, t.steps);
        if (!Tensors.sameType(x.t, declared.t)) return true;
        int256 value = Tensors.readElement(t.c, x, t.c.u32());
        return value < declared.low || value > declared.high;
    }

    function _isOfStep(uint256 where) private pure returns (bool) {
        if (where != 1 && where != 2) revert ITensorVerifier.ProofOfNoPlace(where);
        return where == 1;
    }

    function _inStep(Trail memory t) private view returns (Ports memory p) {
        Places.head(t);
        Places.step(t, t.c.u32());
        return _ports(t);
    }

    function _ports(Trail memory t) private view returns (Ports memory) {
        return Interfaces.decode(Places.interfaceOf(t));
    }
}
