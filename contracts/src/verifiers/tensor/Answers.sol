// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {ChunkLayout, ProgramCommitment} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Nodes} from "./Nodes.sol";
import {Openings} from "./Openings.sol";
import {Places, Trail} from "./Places.sol";
import {DataPlace, Records} from "./Records.sol";
import {Span, Tensor, Tensors} from "./Tensors.sol";

/// @notice A question for part of a tree, or for chunks of a tensor: `spec/15-refutation.md`, 15.5.
/// @param level Blocks of `2^level` leaves.
/// @param first First block.
/// @param count Blocks that are asked for; of chunks, blocks of which a mark is given.
/// @param salt Of the marks, and `marks` where in calldata they begin.
struct Question {
    uint256 kind;
    uint256 where;
    uint256 step;
    uint256 index;
    uint256 level;
    uint256 first;
    uint256 count;
    uint256 salt;
    uint256 marks;
}

/// @title Answers that open what a run commits to
library Answers {
    using Reading for Cursor;

    uint256 internal constant PART = 1;
    uint256 internal constant CHUNKS = 2;

    uint256 private constant VALUE = 0;
    uint256 private constant STEP_INPUT = 1;
    uint256 private constant CLAIM_INPUT = 2;
    uint256 private constant OUTPUT = 3;
    uint256 private constant STEPS = 4;

    uint256 private constant MAX_LEVEL = 31;
    uint256 private constant MAX_HASHES = 128;
    uint256 private constant MAX_MARKS = 500;
    /// @dev Of a block of at most so many levels its bytes are shown; of a larger one hashes, so many levels below.
    uint256 private constant DATA_LEVEL = 4;
    uint256 private constant HASHES_LEVELS = 7;
    uint256 private constant NO_BLOCK = type(uint16).max;

    /// @dev A question without a count or marks, and a salt.
    uint256 private constant PLACE_BYTES = 15;
    uint256 private constant SALT_BYTES = 4;

    /// @notice The question in these bytes, or that they are none.
    function decode(bytes calldata data) internal pure returns (bool formed, Question memory q) {
        Cursor memory c = Reading.over(data);
        q.kind = c.u8();
        (q.where, q.step, q.index) = (c.u8(), c.u32(), c.u32());
        (q.level, q.first) = (c.u8(), c.u32());
        if (q.level > MAX_LEVEL) return (false, q);
        if (q.kind == PART) {
            q.count = c.u8();
            formed = data.length == PLACE_BYTES + 1 && q.where <= STEPS && q.count != 0 && q.count <= MAX_HASHES;
        } else if (q.kind == CHUNKS && q.where <= OUTPUT) {
            if (data.length <= PLACE_BYTES + SALT_BYTES) return (data.length == PLACE_BYTES, q);
            (q.salt, q.marks) = (c.u32(), c.next);
            uint256 bytesOfMarks = data.length - PLACE_BYTES - SALT_BYTES;
            q.count = bytesOfMarks / 2;
            formed = bytesOfMarks % 2 == 0 && q.count <= MAX_MARKS;
        }
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
        (uint256 first, uint256 count, Span memory span) = _opened(t.c, q, x);
        if (count == 0) return 0;
        return Records.ofData(DataPlace(q.step, q.index, first, count), encoding, span);
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

    /// @dev A block of chunks, or that no block has another mark than the question says.
    /// @return first First chunk of which bytes are shown.
    /// @return count How many are; 0 where it is hashes, or where there is nothing to show.
    function _opened(Cursor memory c, Question memory q, Tensor memory x)
        private
        view
        returns (uint256 first, uint256 count, Span memory span)
    {
        ChunkLayout memory layout = ProgramCommitment.layoutOf(x.t);
        uint256 blocks = _blocks(layout.chunks, q.level);
        if (q.first >= blocks) return (0, 0, span);
        uint256 chosen = q.count == 0 ? 0 : c.u16();
        if (chosen == NO_BLOCK) {
            Places.expect(Openings.marked(c, blocks, q.first, _within(q, blocks), q.salt, q.marks), x.chunksRoot);
            return (0, 0, span);
        }
        uint256 block_ = q.first + chosen;
        (uint256 turns, uint256 lefts) = Openings.down(c, blocks, block_);
        first = block_ << q.level;
        count = layout.chunks - first;
        if (count >> q.level != 0) count = 1 << q.level;
        bytes32 hash;
        if (q.level <= DATA_LEVEL) {
            uint256 data;
            (hash, data) = Openings.blockOf(c, layout, first, count);
            span = Tensors.spanOf(layout, first, count, data);
        } else {
            uint256 parts = _blocks(count, q.level < HASHES_LEVELS ? 0 : q.level - HASHES_LEVELS);
            (hash, count) = (Openings.hashes(c, parts, 0, parts), 0);
        }
        // INVARIANT: whoever gave marks is shown a block that is another than he expects.
        if (q.count != 0 && (chosen >= q.count || Openings.isMarked(hash, q.salt, q.marks, chosen))) {
            revert ITensorVerifier.ProofOfNoPlace(chosen);
        }
        Places.expect(Openings.up(c, turns, lefts, hash, false), x.chunksRoot);
    }

    function _hashes(Cursor memory c, Question memory q, uint256 leaves, bytes32 root) private view {
        // The tree over the hashes of blocks is the top of the tree over the leaves.
        uint256 blocks = _blocks(leaves, q.level);
        uint256 count = _within(q, blocks);
        if (count != 0) Places.expect(Openings.hashes(c, blocks, q.first, count), root);
    }

    function _blocks(uint256 leaves, uint256 level) private pure returns (uint256) {
        return (leaves + (1 << level) - 1) >> level;
    }

    /// @dev How many of those that are asked for there are.
    function _within(Question memory q, uint256 size) private pure returns (uint256) {
        if (q.first >= size) return 0;
        return q.count < size - q.first ? q.count : size - q.first;
    }
}
