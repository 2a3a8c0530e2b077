// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ProgramCommitment} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Nodes} from "./Nodes.sol";
import {Openings} from "./Openings.sol";
import {Places, Trail} from "./Places.sol";
import {DataPlace, Records} from "./Records.sol";
import {Span, Tensor, Tensors} from "./Tensors.sol";

/// @notice A question for hashes or data: `spec/15-refutation.md`, 15.5.
/// @param kind Part of a list, part of a tensor's chunks, or data of a tensor.
/// @param level Of hashes: blocks of `2^level` leaves.
/// @param first First block or chunk.
struct Question {
    uint256 kind;
    uint256 where;
    uint256 step;
    uint256 index;
    uint256 level;
    uint256 first;
    uint256 count;
}

/// @title Answers that open what a run commits to
library Answers {
    using Reading for Cursor;

    uint256 internal constant PART = 1;
    uint256 internal constant CHUNKS = 2;
    uint256 internal constant DATA = 3;

    uint256 private constant VALUE = 0;
    uint256 private constant STEP_INPUT = 1;
    uint256 private constant CLAIM_INPUT = 2;
    uint256 private constant OUTPUT = 3;
    uint256 private constant STEPS = 4;

    uint256 private constant MAX_LEVEL = 31;
    uint256 private constant MAX_HASHES = 128;
    uint256 private constant MAX_CHUNKS = 4;

    /// @notice The question in these bytes, or that they are none.
    function decode(bytes calldata data) internal pure returns (bool formed, Question memory q) {
        q.kind = uint8(data[0]);
        bool hashes = q.kind == PART || q.kind == CHUNKS;
        if (data.length != (hashes ? 16 : 15) || !hashes && q.kind != DATA) return (false, q);
        Cursor memory c = Reading.over(data);
        c.skip(1);
        (q.where, q.step, q.index) = (c.u8(), c.u32(), c.u32());
        if (hashes) q.level = c.u8();
        (q.first, q.count) = (c.u32(), c.u8());
        formed = q.where <= (q.kind == PART ? STEPS : OUTPUT) && q.level <= MAX_LEVEL && q.count != 0
            && q.count <= (hashes ? MAX_HASHES : MAX_CHUNKS);
    }

    /// @notice Reverts unless the bytes answer the question.
    /// @return record Of data of a node's value; 0 else.
    function check(Trail memory t, Question memory q) internal view returns (bytes32 record) {
        Places.head(t);
        bool inStep = q.where == VALUE || q.where == STEP_INPUT;
        if (inStep ? q.step >= t.steps : q.where == STEPS && t.steps == 1) return 0;
        if (q.kind != PART && q.where != OUTPUT) {
            if (q.index >= (q.where == VALUE ? t.parts.nodes : t.parts.inputs)) return 0;
        }
        if (inStep) Places.step(t, q.step);
        if (q.kind != PART) return q.where == VALUE ? _value(t, q) : _listed(t, q);
        (uint256 leaves, bytes32 root) = _list(t, q.where);
        _hashes(t.c, q, leaves, root);
        return 0;
    }

    /// @dev Size and root of the tree of a question for a part of it.
    function _list(Trail memory t, uint256 where) private pure returns (uint256, bytes32) {
        if (where == VALUE) return (t.parts.nodes, t.valuesRoot);
        if (where == STEPS) return (t.steps, t.stepsRoot);
        if (where == OUTPUT) return Places.listOf(t.c, t.run.output);
        return (t.parts.inputs, Places.inputsRoot(t, t.inputs));
    }

    function _value(Trail memory t, Question memory q) private view returns (bytes32) {
        bytes calldata encoding = Places.encoding(t.c);
        Places.isNode(t, q.index, encoding);
        Tensor memory x = Tensors.ofType(Nodes.decode(encoding).t, t.c.word());
        Places.isNodeValue(t, q.index, x.root);
        (uint256 count, Span memory span) = _opened(t.c, q, x);
        if (count == 0) return 0;
        return Records.ofData(DataPlace(q.step, q.index, q.first, count), encoding, span);
    }

    /// @dev A tensor of a list; the list of outputs may be too short for it.
    function _listed(Trail memory t, Question memory q) private view returns (bytes32) {
        Tensor memory x;
        if (q.where == OUTPUT) {
            (uint256 count, bytes32 root) = Places.listOf(t.c, t.run.output);
            if (q.index >= count) return 0;
            Tensors.read(t.c, x);
            Places.inTree(t.c, root, count, q.index, x.root);
        } else {
            Tensors.read(t.c, x);
            Places.isInput(t, t.inputs, q.index, x.root);
        }
        _opened(t.c, q, x);
        return 0;
    }

    /// @dev What is asked for of the chunks of a tensor; `count` is 0 unless it is data.
    function _opened(Cursor memory c, Question memory q, Tensor memory x)
        private
        view
        returns (uint256 count, Span memory span)
    {
        uint256 chunks = ProgramCommitment.layoutOf(x.t).chunks;
        if (q.kind == CHUNKS) {
            _hashes(c, q, chunks, x.chunksRoot);
            return (0, span);
        }
        count = _within(q, chunks);
        if (count != 0) span = Tensors.open(c, x, q.first, count);
    }

    function _hashes(Cursor memory c, Question memory q, uint256 leaves, bytes32 root) private view {
        // The tree over the hashes of blocks is the top of the tree over the leaves.
        uint256 blocks = (leaves + (1 << q.level) - 1) >> q.level;
        uint256 count = _within(q, blocks);
        if (count != 0) Places.expect(Openings.hashes(c, blocks, q.first, count), root);
    }

    /// @dev How many of those that are asked for there are.
    function _within(Question memory q, uint256 size) private pure returns (uint256) {
        if (q.first >= size) return 0;
        return q.count < size - q.first ? q.count : size - q.first;
    }
}
