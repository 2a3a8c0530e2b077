// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {ChunkLayout, ProgramCommitment, TensorType} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Openings} from "./Openings.sol";

/// @notice A tensor: its type, its root T, and what that hashes beside the type.
/// @param size Bytes of an element.
struct Tensor {
    TensorType t;
    bytes32 chunksRoot;
    bytes32 root;
    uint256 size;
}

/// @notice Bytes `start` to `end` of a tensor, which lie in calldata from `data` on.
struct Span {
    uint256 start;
    uint256 end;
    uint256 data;
}

/// @title Tensors out of calldata
library Tensors {
    using Reading for Cursor;

    function readType(Cursor memory c, TensorType memory t) internal pure {
        t.dtype = uint8(c.u8());
        t.dims = c.words();
    }

    /// @notice TENSOR of `spec/15-refutation.md`, 15.5.
    function read(Cursor memory c, Tensor memory x) internal pure {
        uint256 from = c.next;
        readType(c, x.t);
        x.chunksRoot = c.word();
        x.root = ProgramCommitment.tensorRootOf(Reading.slice(from, c.next - from));
        x.size = sizeOf(x.t);
    }

    /// @notice A tensor of a type that is known, by the root of its chunks.
    function ofType(TensorType memory t, bytes32 chunksRoot) internal pure returns (Tensor memory) {
        return Tensor(t, chunksRoot, ProgramCommitment.tensorRoot(t, chunksRoot), sizeOf(t));
    }

    /// @notice Bytes of an element.
    function sizeOf(TensorType memory t) internal pure returns (uint256) {
        return t.dtype == 3 ? 4 : t.dtype;
    }

    function sameType(TensorType memory a, TensorType memory b) internal pure returns (bool) {
        if (a.dtype != b.dtype || a.dims.length != b.dims.length) return false;
        for (uint256 axis = 0; axis < a.dims.length; ++axis) if (a.dims[axis] != b.dims[axis]) return false;
        return true;
    }

    /// @notice `steps` values of a type, stacked: one leading dimension more.
    function stacked(TensorType memory t, uint256 steps) internal pure returns (TensorType memory out) {
        out = TensorType(t.dtype, new uint32[](t.dims.length + 1));
        out.dims[0] = uint32(steps);
        for (uint256 axis = 0; axis < t.dims.length; ++axis) out.dims[axis + 1] = t.dims[axis];
    }

    /// @notice Elements of a slice along the axes from `axis` on.
    function product(uint32[] memory dims, uint256 axis) internal pure returns (uint256 count) {
        count = 1;
        for (; axis < dims.length; ++axis) count *= dims[axis];
    }

    /// @notice Opens `count` chunks from `first` on.
    function open(Cursor memory c, Tensor memory x, uint256 first, uint256 count)
        internal
        view
        returns (Span memory)
    {
        return _open(c, x, ProgramCommitment.layoutOf(x.t), first, count);
    }

    function _open(Cursor memory c, Tensor memory x, ChunkLayout memory layout, uint256 first, uint256 count)
        private
        view
        returns (Span memory)
    {
        (bytes32 got, uint256 data) = Openings.chunks(c, layout, first, count);
        if (got != x.chunksRoot) revert ITensorVerifier.ProofNotCommitted();
        return spanOf(layout, first, count, data);
    }

    /// @notice Chunks that there are, of which the bytes begin at `data`.
    function spanOf(ChunkLayout memory layout, uint256 first, uint256 count, uint256 data)
        internal
        pure
        returns (Span memory)
    {
        (uint256 start,) = ProgramCommitment.spanIn(layout, first);
        (uint256 last, uint256 length) = ProgramCommitment.spanIn(layout, first + count - 1);
        return Span(start, last + length, data);
    }

    /// @notice Opens the chunk of one element, and reads it.
    function readElement(Cursor memory c, Tensor memory x, uint256 element) internal view returns (int256) {
        ChunkLayout memory layout = ProgramCommitment.layoutOf(x.t);
        uint256 start = element * x.size;
        // An element beyond the last is in no chunk.
        Span memory span = _open(c, x, layout, ProgramCommitment.chunkOf(layout, start), 1);
        return little(Reading.loadWord(place(span, start, x.size)), x.size);
    }

    /// @notice Where bytes of a tensor lie in calldata.
    function place(Span memory span, uint256 start, uint256 length) internal pure returns (uint256) {
        if (start < span.start || start + length > span.end) revert ITensorVerifier.ProofNotOpened(start);
        return span.data + start - span.start;
    }

    /// @notice The integer in two's complement, little-endian, in the first 1, 2 or 4 bytes of a word.
    function little(uint256 word, uint256 bytesOfIt) internal pure returns (int256) {
        if (bytesOfIt == 1) return int8(uint8(word >> 248));
        if (bytesOfIt == 2) return int16(uint16(((word >> 248) | (word >> 232) & 0xff00)));
        uint256 value = word >> 224;
        value = ((value & 0x00ff00ff) << 8) | ((value >> 8) & 0x00ff00ff);
        return int32(uint32((value << 16) | (value >> 16)));
    }
}
