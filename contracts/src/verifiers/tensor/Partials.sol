// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Cursor, Reading} from "./Cursor.sol";

/// @notice Accumulators of a fold that a provider has stated: PARTIALS of `spec/15-refutation.md`, 15.5.
/// @param segments Of the whole element, as whoever asked said.
/// @param first First segment of these, and `last` the one after the last.
/// @param per Segments of a part, the last part shorter.
/// @param start The accumulator before `first`; not read where that is 0.
/// @param afterwards The accumulators after each part.
struct Partial {
    uint256 step;
    uint256 node;
    uint256 element;
    uint256 segments;
    uint256 first;
    uint256 last;
    uint256 per;
    int256 start;
    int256[] afterwards;
}

/// @title Partial accumulators
/// @notice Any numbers answer a question for them: they are judged when they are refuted.
library Partials {
    using Reading for Cursor;

    uint256 internal constant PARTIALS = 3;
    uint256 internal constant REFINE = 4;

    uint256 private constant MAX_PARTS = 64;
    uint256 private constant PARTIALS_BYTES = 21;
    uint256 private constant REFINE_BYTES = 6;
    bytes1 private constant RECORD = 0x02;

    function parts(Partial memory p) internal pure returns (uint256) {
        return p.per == 0 ? 0 : (p.last - p.first + p.per - 1) / p.per;
    }

    /// @notice The record that a question for accumulators leaves with this answer.
    /// @return 0, and nothing read of the answer, where the question is none.
    function answer(bytes calldata question, bytes32 record, Cursor memory c) internal pure returns (bytes32) {
        bool refines = uint8(question[0]) == REFINE;
        if (refines ? !_isOf(record, question) : question.length != PARTIALS_BYTES) return 0;
        Cursor memory q = Reading.over(question[1:]);
        Partial memory p;
        bytes memory last;
        if (refines) {
            (uint256 part, uint256 per) = (q.u8(), q.u32());
            p = read(q);
            if (part >= p.afterwards.length) return 0;
            last = abi.encodePacked(int32(p.afterwards[part]));
            p.start = before(p, part);
            (p.first, p.last) = segmentsOf(p, part);
            p.per = per;
        } else {
            _readPlace(q, p);
            (p.last, p.per) = (p.segments, q.u32());
        }
        uint256 count = parts(p);
        if (count == 0 || count > MAX_PARTS) return 0;
        uint256 length = 4 * count - last.length;
        return _record(p, Reading.slice(c.skip(length), length), last);
    }

    function _isOf(bytes32 record, bytes calldata question) private pure returns (bool) {
        return question.length > REFINE_BYTES
            && keccak256(abi.encodePacked(RECORD, question[REFINE_BYTES:])) == record;
    }

    /// @notice Reads what is recorded.
    function recorded(Cursor memory c, bytes32 record) internal pure returns (Partial memory p) {
        uint256 from = c.next;
        p = read(c);
        bytes32 hash = keccak256(abi.encodePacked(RECORD, Reading.slice(from, c.next - from)));
        if (hash != record) revert ITensorVerifier.ProofNotRecorded();
    }

    function read(Cursor memory c) internal pure returns (Partial memory p) {
        _readPlace(c, p);
        (p.first, p.last, p.per, p.start) = (c.u32(), c.u32(), c.u32(), c.i32());
        uint256 count = parts(p);
        if (count > MAX_PARTS) revert ITensorVerifier.ProofOfNoPlace(count);
        p.afterwards = c.integers(count);
    }

    function _readPlace(Cursor memory c, Partial memory p) private pure {
        (p.step, p.node, p.element, p.segments) = (c.u32(), c.u32(), c.u32(), c.u32());
    }

    /// @notice The segments of a part that there is; of another one there is no accumulator.
    function segmentsOf(Partial memory p, uint256 part) internal pure returns (uint256 from, uint256 to) {
        from = p.first + part * p.per;
        to = from + p.per < p.last ? from + p.per : p.last;
    }

    /// @notice The accumulator before a part.
    function before(Partial memory p, uint256 part) internal pure returns (int256) {
        return part == 0 ? p.start : p.afterwards[part - 1];
    }

    function _record(Partial memory p, bytes calldata numbers, bytes memory last) private pure returns (bytes32) {
        uint256 place = (p.step << 96) | (p.node << 64) | (p.element << 32) | p.segments;
        uint256 span = (p.first << 96) | (p.last << 64) | (p.per << 32) | uint32(int32(p.start));
        return keccak256(abi.encodePacked(RECORD, (place << 128) | span, numbers, last));
    }
}
