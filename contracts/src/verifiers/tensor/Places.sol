// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Run} from "../../interfaces/IExecutionVerifier.sol";
import {ProgramCommitment, ProgramParts, TraceParts} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Openings} from "./Openings.sol";

/// @notice A run, and what of it has been shown so far.
/// @param c What is read next.
/// @param program P, also where the run is of an iterated program; the hash of `parts`.
/// @param steps 1 where the program is not iterated.
/// @param stepsRoot Root over the traces of the steps of an iteration.
/// @param step The step that was shown last.
/// @param inputs L of the inputs of that step, and `valuesRoot` the root over the tensor roots of its nodes' values.
struct Trail {
    Cursor c;
    Run run;
    bytes32 program;
    ProgramParts parts;
    uint256 steps;
    bytes32 stepsRoot;
    uint256 step;
    bytes32 inputs;
    bytes32 valuesRoot;
}

/// @title Places
/// @notice Leads from the ids of a run to the tensors, nodes and interface that they commit to: HEAD, STEP, VALUE and the rest of
/// `spec/15-refutation.md`, 15.5. Whatever is returned was shown to be in the run.
library Places {
    using Reading for Cursor;

    bytes private constant ITERATED_TAG = "surety:iterated:v1\x00";
    bytes private constant ITERATION_TAG = "surety:iteration:v1\x00";

    /// @notice HEAD: the parts of the program's id, and how often it was run.
    function head(Trail memory t) internal pure {
        Cursor memory c = t.c;
        ProgramParts memory p = t.parts;
        (p.inputs, p.nodes, p.graphRoot) = (uint32(c.u32()), uint32(c.u32()), c.word());
        (p.constants, p.constantsRoot) = (uint32(c.u32()), c.word());
        t.program = ProgramCommitment.programId(p);
        uint32 steps = uint32(c.u32());
        t.steps = steps;
        t.inputs = t.run.input;
        if (steps == 1) return expect(t.program, t.run.program);
        t.stepsRoot = c.word();
        expect(sha256(abi.encodePacked(ITERATED_TAG, t.program, steps)), t.run.program);
        expect(sha256(abi.encodePacked(ITERATION_TAG, t.run.program, t.run.input, steps, t.stepsRoot)), t.run.trace);
    }

    /// @notice STEP: the values of a step.
    function step(Trail memory t, uint256 index) internal view {
        if (index >= t.steps) revert ITensorVerifier.ProofOfNoPlace(index);
        t.step = index;
        if (t.steps != 1) t.inputs = t.c.word();
        t.valuesRoot = t.c.word();
        bytes32 trace = ProgramCommitment.traceId(TraceParts(t.program, t.inputs, t.parts.nodes, t.valuesRoot));
        if (t.steps == 1) expect(trace, t.run.trace);
        else inTree(t.c, t.stepsRoot, t.steps, index, trace);
    }

    /// @notice Bytes of the graph's tree whose place is read next.
    function encoding(Cursor memory c) internal pure returns (bytes calldata data) {
        uint256 length = c.u16();
        return Reading.slice(c.skip(length), length);
    }

    /// @notice Shows that `data` is the encoding of node `node`.
    function isNode(Trail memory t, uint256 node, bytes calldata data) internal view {
        _graph(t, node + 2, data);
    }

    function interfaceOf(Trail memory t) internal view returns (bytes calldata data) {
        data = encoding(t.c);
        _graph(t, 1, data);
    }

    function _graph(Trail memory t, uint256 leaf, bytes calldata data) private view {
        uint256 offset;
        assembly ("memory-safe") {
            offset := data.offset
        }
        bytes32 hash = Openings.leafAt(offset, data.length);
        expect(Openings.single(t.c, uint256(t.parts.nodes) + 2, leaf, hash), t.parts.graphRoot);
    }

    /// @notice Shows that `tensor` is the value of node `node` in the step.
    function isNodeValue(Trail memory t, uint256 node, bytes32 tensor) internal view {
        inTree(t.c, t.valuesRoot, t.parts.nodes, node, tensor);
    }

    /// @notice Shows that `tensor` is value `value` of the step, by the program's numbers: inputs, constants, nodes.
    function isValue(Trail memory t, uint256 value, bytes32 tensor) internal view {
        if (value < t.parts.inputs) return isInput(t, t.inputs, value, tensor);
        value -= t.parts.inputs;
        if (value >= t.parts.constants) return isNodeValue(t, value - t.parts.constants, tensor);
        inTree(t.c, t.parts.constantsRoot, t.parts.constants, value, tensor);
    }

    /// @notice Shows that `tensor` is input `input` of a list of as many inputs as the program has.
    function isInput(Trail memory t, bytes32 list, uint256 input, bytes32 tensor) internal view {
        inTree(t.c, inputsRoot(t, list), t.parts.inputs, input, tensor);
    }

    /// @notice Root over a list of as many inputs as the program has.
    function inputsRoot(Trail memory t, bytes32 list) internal pure returns (bytes32 root) {
        root = t.c.word();
        expect(ProgramCommitment.listId(t.parts.inputs, root), list);
    }

    /// @notice Length of a list, and the root over it.
    function listOf(Cursor memory c, bytes32 list) internal pure returns (uint256 count, bytes32 root) {
        count = c.u32();
        root = c.word();
        expect(ProgramCommitment.listId(uint32(count), root), list);
    }

    /// @notice Shows that `leaf` is leaf `index` of the `count` under `root`.
    function inTree(Cursor memory c, bytes32 root, uint256 count, uint256 index, bytes32 leaf) internal view {
        expect(Openings.single(c, count, index, Openings.leafOf(leaf)), root);
    }

    function expect(bytes32 got, bytes32 committed) internal pure {
        if (got != committed) revert ITensorVerifier.ProofNotCommitted();
    }
}
