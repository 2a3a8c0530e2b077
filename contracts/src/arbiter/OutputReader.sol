// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleLog} from "../libraries/MerkleLog.sol";
import {ChunkLayout, ProgramCommitment, TensorType} from "../programs/ProgramCommitment.sol";

/// @notice The way from the id of a list of tensors to one chunk of one of them.
/// @param count Number of tensors in the list.
/// @param listRoot Root over their tensor roots.
/// @param listProof From the tensor's root to `listRoot`.
/// @param tensor Type of the tensor.
/// @param chunksRoot Root over its chunks.
/// @param chunkProof From the chunk to `chunksRoot`.
/// @param chunk Bytes of the chunk that holds the element.
struct OutputProof {
    uint32 count;
    bytes32 listRoot;
    bytes32[] listProof;
    TensorType tensor;
    bytes32 chunksRoot;
    bytes32[] chunkProof;
    bytes chunk;
}

/// @title Reading outputs
/// @notice One element of a run's output, out of the 32 bytes that name it: `spec/12-tensor-program.md`, 12.7. Works for
/// inputs too.
library OutputReader {
    error ElementNotShown(bytes32 list, uint32 index, uint256 element);

    /// @notice The value of an element, or a revert when the proof does not show it.
    function read(bytes32 list, uint32 index, uint256 element, OutputProof calldata p) internal pure returns (int32) {
        if (!isTensorOf(list, index, p) || !isChunkOf(element, p)) revert ElementNotShown(list, index, element);
        return valueAt(p.tensor, element, p.chunk);
    }

    /// @notice Whether the proof's tensor (its type and its root over chunks) is number `index` of the list.
    function isTensorOf(bytes32 list, uint32 index, OutputProof calldata p) internal pure returns (bool) {
        bytes32 root = ProgramCommitment.tensorRoot(p.tensor, p.chunksRoot);
        return ProgramCommitment.isInList(list, p.count, p.listRoot, index, root, p.listProof);
    }

    /// @notice Whether the proof's chunk is the one of its tensor that holds the element.
    function isChunkOf(uint256 element, OutputProof calldata p) internal pure returns (bool) {
        if (element >= ProgramCommitment.elementsOf(p.tensor)) return false;
        (uint64 chunk,) = placeOf(p.tensor, element);
        return ProgramCommitment.isChunk(p.tensor, p.chunksRoot, chunk, p.chunk, p.chunkProof);
    }

    /// @notice Which chunk holds an element, and where in it the element begins. Of an element that there is.
    function placeOf(TensorType memory t, uint256 element) internal pure returns (uint64 chunk, uint256 offset) {
        ChunkLayout memory layout = ProgramCommitment.layoutOf(t);
        uint256 start = element << (t.dtype - 1);
        uint256 found = ProgramCommitment.chunkOf(layout, start);
        (uint256 from,) = ProgramCommitment.spanIn(layout, found);
        return (uint64(found), start - from);
    }

    /// @notice The element's value out of its chunk: two's complement, little-endian.
    function valueAt(TensorType memory t, uint256 element, bytes memory chunk) internal pure returns (int32) {
        (, uint256 offset) = placeOf(t, element);
        uint8 first = uint8(chunk[offset]);
        if (t.dtype == 1) return int8(first);
        uint16 two = first | (uint16(uint8(chunk[offset + 1])) << 8);
        if (t.dtype == 2) return int16(two);
        return int32(two | (uint32(uint8(chunk[offset + 2])) << 16) | (uint32(uint8(chunk[offset + 3])) << 24));
    }

    /// @notice The id of a list of one tensor that fits one chunk: what a contract needs to state an input that it made itself,
    /// or an output that it waits for.
    /// @param data The values, little-endian, in row-major order.
    function idOfOne(TensorType memory t, bytes memory data) internal pure returns (bytes32) {
        (uint64 chunks,, uint64 length) = ProgramCommitment.chunkSpan(t, 0);
        // INVARIANT: an id is only ever made of a tensor that there is.
        if (chunks != 1 || length != data.length) revert ElementNotShown(0, 0, data.length);
        bytes32 root = ProgramCommitment.tensorRoot(t, MerkleLog.leafHash(data));
        return ProgramCommitment.listId(1, MerkleLog.leafHash(abi.encodePacked(root)));
    }
}
