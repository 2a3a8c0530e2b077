// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    ChunkPlace,
    ProgramCommitment,
    ProgramParts,
    TensorType,
    TraceParts
} from "../../src/programs/ProgramCommitment.sol";

/// @notice The library's internal functions as calls.
contract ProgramCommitmentHarness {
    function chunkSpan(TensorType memory t, uint64 chunk) external pure returns (uint64, uint64, uint64) {
        return ProgramCommitment.chunkSpan(t, chunk);
    }

    function chunkOf(TensorType memory t, uint256 byteIndex) external pure returns (uint256) {
        return ProgramCommitment.chunkOf(ProgramCommitment.layoutOf(t), byteIndex);
    }

    function tensorRootOf(bytes calldata typeAndRoot) external pure returns (bytes32) {
        return ProgramCommitment.tensorRootOf(typeAndRoot);
    }

    function tensorRoot(TensorType memory t, bytes32 chunksRoot) external pure returns (bytes32) {
        return ProgramCommitment.tensorRoot(t, chunksRoot);
    }

    function programId(ProgramParts memory p) external pure returns (bytes32) {
        return ProgramCommitment.programId(p);
    }

    function isHeader(bytes32 id, ProgramParts memory p, bytes memory header, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return ProgramCommitment.isHeader(id, p, header, proof);
    }

    function isInterface(bytes32 id, ProgramParts memory p, bytes memory encoding, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return ProgramCommitment.isInterface(id, p, encoding, proof);
    }

    function isNode(bytes32 id, ProgramParts memory p, uint32 node, bytes memory encoding, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return ProgramCommitment.isNode(id, p, node, encoding, proof);
    }

    function isConstant(bytes32 id, ProgramParts memory p, uint32 place, bytes32 tensor, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return ProgramCommitment.isConstant(id, p, place, tensor, proof);
    }

    function isChunkOf(
        bytes32 id,
        ProgramParts memory p,
        TensorType memory t,
        ChunkPlace calldata place,
        bytes memory data
    ) public pure returns (bool) {
        return ProgramCommitment.isChunkOf(id, p, t, place, data);
    }

    /// @notice Gas of the check alone, without calldata and decoding of arguments.
    function isChunkOfGas(
        bytes32 id,
        ProgramParts memory p,
        TensorType memory t,
        ChunkPlace calldata place,
        bytes memory data
    ) external view returns (bool holds, uint256 gasUsed) {
        uint256 before = gasleft();
        holds = ProgramCommitment.isChunkOf(id, p, t, place, data);
        gasUsed = before - gasleft();
    }

    function listId(uint32 count, bytes32 root) external pure returns (bytes32) {
        return ProgramCommitment.listId(count, root);
    }

    function isInList(
        bytes32 list,
        uint32 count,
        bytes32 root,
        uint32 index,
        bytes32 tensor,
        bytes32[] calldata proof
    ) external pure returns (bool) {
        return ProgramCommitment.isInList(list, count, root, index, tensor, proof);
    }

    function traceId(TraceParts memory r) external pure returns (bytes32) {
        return ProgramCommitment.traceId(r);
    }

    function isInTrace(bytes32 trace, TraceParts memory r, uint32 node, bytes32 tensor, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return ProgramCommitment.isInTrace(trace, r, node, tensor, proof);
    }

    function hidden(bytes32 salt, bytes32 programOrList) external pure returns (bytes32) {
        return ProgramCommitment.hidden(salt, programOrList);
    }
}
