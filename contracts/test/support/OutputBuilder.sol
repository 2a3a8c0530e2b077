// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {OutputProof, OutputReader} from "../../src/arbiter/OutputReader.sol";
import {MerkleLog} from "../../src/libraries/MerkleLog.sol";
import {ProgramCommitment, TensorType} from "../../src/programs/ProgramCommitment.sol";
import {LogBuilder} from "./LogBuilder.sol";

/// @notice A list of tensors with all that is in it.
struct Outputs {
    TensorType[] types;
    bytes[] values;
}

/// @notice Ids of lists and the proofs of what they hold, made the long way.
library OutputBuilder {
    function one(uint8 dtype, uint32[] memory dims, bytes memory values) internal pure returns (Outputs memory list) {
        list = Outputs(new TensorType[](1), new bytes[](1));
        (list.types[0], list.values[0]) = (TensorType(dtype, dims), values);
    }

    function id(Outputs memory list) internal pure returns (bytes32) {
        bytes32[] memory roots = leaves(list);
        return ProgramCommitment.listId(uint32(roots.length), LogBuilder.root(roots, 0, roots.length));
    }

    /// @dev Of an element that is not there, only the way to its tensor.
    function proof(Outputs memory list, uint256 index, uint256 element) internal pure returns (OutputProof memory p) {
        bytes32[] memory roots = leaves(list);
        p.count = uint32(roots.length);
        p.listRoot = LogBuilder.root(roots, 0, roots.length);
        if (index >= roots.length) return p;
        p.listProof = LogBuilder.inclusion(roots, 0, roots.length, index);
        p.tensor = list.types[index];
        bytes32[] memory chunks = chunkLeaves(list.types[index], list.values[index]);
        p.chunksRoot = LogBuilder.root(chunks, 0, chunks.length);
        if (element >= ProgramCommitment.elementsOf(p.tensor)) return p;
        (uint64 chunk,) = OutputReader.placeOf(p.tensor, element);
        p.chunkProof = LogBuilder.inclusion(chunks, 0, chunks.length, chunk);
        (, uint64 start, uint64 length) = ProgramCommitment.chunkSpan(p.tensor, chunk);
        p.chunk = slice(list.values[index], start, length);
    }

    function leaves(Outputs memory list) private pure returns (bytes32[] memory roots) {
        roots = new bytes32[](list.types.length);
        for (uint256 i = 0; i < roots.length; i++) {
            bytes32[] memory chunks = chunkLeaves(list.types[i], list.values[i]);
            bytes32 root = ProgramCommitment.tensorRoot(list.types[i], LogBuilder.root(chunks, 0, chunks.length));
            roots[i] = MerkleLog.leafHash(abi.encodePacked(root));
        }
    }

    function chunkLeaves(TensorType memory t, bytes memory values) private pure returns (bytes32[] memory hashes) {
        (uint64 chunks,,) = ProgramCommitment.chunkSpan(t, 0);
        hashes = new bytes32[](chunks);
        for (uint64 i = 0; i < chunks; i++) {
            (, uint64 start, uint64 length) = ProgramCommitment.chunkSpan(t, i);
            hashes[i] = MerkleLog.leafHash(slice(values, start, length));
        }
    }

    function slice(bytes memory data, uint256 start, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; i++) part[i] = data[start + i];
    }
}
