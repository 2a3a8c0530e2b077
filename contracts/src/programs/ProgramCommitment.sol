// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleLog} from "../libraries/MerkleLog.sol";

/// @notice Type of a tensor: `dtype` 1, 2, 3 for i8, i16, i32; `dims` outermost first.
struct TensorType {
    uint8 dtype;
    uint32[] dims;
}

/// @notice What a program id is the hash of.
/// @param inputs Number of inputs: values are numbered after them.
/// @param nodes Number of nodes; the graph's tree has two leaves more, the header and the interface.
/// @param graphRoot Root over the header, the interface and the encodings of the nodes.
/// @param constants Number of constants.
/// @param constantsRoot Root over the tensor roots of the constants.
struct ProgramParts {
    uint32 inputs;
    uint32 nodes;
    bytes32 graphRoot;
    uint32 constants;
    bytes32 constantsRoot;
}

/// @notice Where a chunk of a constant stands, and the proofs that lead from it to a program id.
/// @param constantIndex Which constant, from 0.
/// @param chunk Which chunk of it, from 0.
/// @param chunksRoot Root over the chunks of the constant.
struct ChunkPlace {
    uint32 constantIndex;
    uint64 chunk;
    bytes32 chunksRoot;
    bytes32[] chunkProof;
    bytes32[] constantProof;
}

/// @notice What a trace id is the hash of: every node's value in a run, as somebody claims it.
/// @param program Id of the program.
/// @param inputs Id of the list of its inputs.
/// @param nodes Number of nodes; whoever relies on a trace compares it with the program's.
/// @param root Root over the tensor roots of the nodes' values.
struct TraceParts {
    bytes32 program;
    bytes32 inputs;
    uint32 nodes;
    bytes32 root;
}

/// @title Program commitment
/// @notice What is inside a committed program, a list of tensors or a trace: `spec/12-tensor-program.md`, 12.7. Twin of
/// `packages/programs`; both read `vectors/program.json`.
/// @dev An inclusion proof places its leaf only in a tree whose size is known, and a root does not tell its size; so
/// every id hashes its counts, and every size used below comes from a hashed count or a hashed shape.
library ProgramCommitment {
    uint256 internal constant CHUNK_BYTES = 1024;
    uint256 internal constant MAX_RANK = 8;
    uint256 internal constant MAX_ELEMENTS = 2 ** 28;

    bytes private constant TENSOR_TAG = "surety:tensor:v1\x00";
    bytes private constant PROGRAM_TAG = "surety:program:v2\x00";
    bytes private constant LIST_TAG = "surety:tensors:v1\x00";
    bytes private constant TRACE_TAG = "surety:trace:v1\x00";
    bytes private constant HIDDEN_TAG = "surety:hidden:v1\x00";

    // --- tensors -------------------------------------------------------------------------------------

    /// @notice Whether a tensor of this type may exist.
    function isTensorType(TensorType memory t) internal pure returns (bool) {
        if (t.dtype == 0 || t.dtype > 3 || t.dims.length > MAX_RANK) return false;
        uint256 elements = 1;
        for (uint256 axis = 0; axis < t.dims.length; ++axis) {
            elements *= t.dims[axis];
            if (elements == 0 || elements > MAX_ELEMENTS) return false;
        }
        return true;
    }

    /// @notice How many chunks a tensor has, and which of its bytes chunk `chunk` holds.
    /// @return chunks Number of chunks; 0 for a type that no tensor has.
    /// @return start Place of the chunk's first byte among the tensor's.
    /// @return length Bytes of the chunk; 0 when there is no such chunk.
    function chunkSpan(TensorType memory t, uint64 chunk)
        internal
        pure
        returns (uint64 chunks, uint64 start, uint64 length)
    {
        if (!isTensorType(t)) return (0, 0, 0);
        (uint256 rows, uint256 rowBytes) = _rows(t);
        // Long rows are cut, each on its own; of short ones, whole rows fill a chunk.
        uint256 unitBytes = rowBytes >= CHUNK_BYTES ? rowBytes : rows * rowBytes;
        uint256 fullBytes = rowBytes >= CHUNK_BYTES ? CHUNK_BYTES : (CHUNK_BYTES / rowBytes) * rowBytes;
        uint256 perUnit = (unitBytes + fullBytes - 1) / fullBytes;
        chunks = uint64(rowBytes >= CHUNK_BYTES ? rows * perUnit : perUnit);
        if (chunk >= chunks) return (chunks, 0, 0);
        uint256 within = (chunk % perUnit) * fullBytes;
        start = uint64((chunk / perUnit) * unitBytes + within);
        length = uint64(unitBytes - within < fullBytes ? unitBytes - within : fullBytes);
    }

    /// @dev Rows are the runs along the last axis; a single value is a row of one.
    function _rows(TensorType memory t) private pure returns (uint256 rows, uint256 rowBytes) {
        uint256 rank = t.dims.length;
        rows = 1;
        for (uint256 axis = 0; axis + 1 < rank; ++axis) rows *= t.dims[axis];
        rowBytes = (rank == 0 ? 1 : t.dims[rank - 1]) * (uint256(1) << (t.dtype - 1));
    }

    /// @notice The tensor root T of a type and the root over the tensor's chunks.
    function tensorRoot(TensorType memory t, bytes32 chunksRoot) internal pure returns (bytes32) {
        bytes memory dims = new bytes(4 * t.dims.length);
        for (uint256 axis = 0; axis < t.dims.length; ++axis) {
            uint32 dim = t.dims[axis];
            for (uint256 k = 0; k < 4; ++k) dims[4 * axis + k] = bytes1(uint8(dim >> (24 - 8 * k)));
        }
        return sha256(abi.encodePacked(TENSOR_TAG, t.dtype, uint8(t.dims.length), dims, chunksRoot));
    }

    /// @notice Whether `data` is chunk `chunk` of a tensor of this type with this root over its chunks.
    function isChunk(
        TensorType memory t,
        bytes32 chunksRoot,
        uint64 chunk,
        bytes memory data,
        bytes32[] calldata chunkProof
    ) internal pure returns (bool) {
        (uint64 chunks,, uint64 length) = chunkSpan(t, chunk);
        if (length == 0 || data.length != length) return false;
        return MerkleLog.includes(chunksRoot, chunks, chunk, MerkleLog.leafHash(data), chunkProof);
    }

    // --- programs ------------------------------------------------------------------------------------

    function programId(ProgramParts memory p) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(PROGRAM_TAG, p.inputs, p.nodes, p.graphRoot, p.constants, p.constantsRoot));
    }

    /// @notice Whether `header` is the header of the program.
    function isHeader(bytes32 id, ProgramParts memory p, bytes memory header, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        return programId(p) == id
            && MerkleLog.includes(p.graphRoot, uint64(p.nodes) + 2, 0, MerkleLog.leafHash(header), proof);
    }

    /// @notice Whether `encoding` is the interface of the program.
    function isInterface(bytes32 id, ProgramParts memory p, bytes memory encoding, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        return programId(p) == id
            && MerkleLog.includes(p.graphRoot, uint64(p.nodes) + 2, 1, MerkleLog.leafHash(encoding), proof);
    }

    /// @notice Whether `encoding` is node `node` (from 0) of the program.
    function isNode(bytes32 id, ProgramParts memory p, uint32 node, bytes memory encoding, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        if (programId(p) != id) return false;
        bytes32 leaf = MerkleLog.leafHash(encoding);
        return MerkleLog.includes(p.graphRoot, uint64(p.nodes) + 2, uint64(node) + 2, leaf, proof);
    }

    /// @notice Whether constant `constantIndex` of the program is the tensor with root `tensor`.
    function isConstant(
        bytes32 id,
        ProgramParts memory p,
        uint32 constantIndex,
        bytes32 tensor,
        bytes32[] calldata proof
    ) internal pure returns (bool) {
        return programId(p) == id && _isTensorAt(p.constantsRoot, p.constants, constantIndex, tensor, proof);
    }

    /// @notice Whether `data` is the chunk of the program's constants that `place` names.
    function isChunkOf(
        bytes32 id,
        ProgramParts memory p,
        TensorType memory t,
        ChunkPlace calldata place,
        bytes memory data
    ) internal pure returns (bool) {
        return isChunk(t, place.chunksRoot, place.chunk, data, place.chunkProof)
            && isConstant(id, p, place.constantIndex, tensorRoot(t, place.chunksRoot), place.constantProof);
    }

    // --- runs ----------------------------------------------------------------------------------------

    /// @notice The id L of a list of tensors: the inputs of a run, or its outputs.
    function listId(uint32 count, bytes32 root) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(LIST_TAG, count, root));
    }

    /// @notice Whether tensor `index` of the list is the one with root `tensor`.
    function isInList(
        bytes32 list,
        uint32 count,
        bytes32 root,
        uint32 index,
        bytes32 tensor,
        bytes32[] calldata proof
    ) internal pure returns (bool) {
        return listId(count, root) == list && _isTensorAt(root, count, index, tensor, proof);
    }

    /// @notice The id R of a trace.
    function traceId(TraceParts memory r) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(TRACE_TAG, r.program, r.inputs, r.nodes, r.root));
    }

    /// @notice Whether node `node` had the value with root `tensor` in the run that the trace claims.
    function isInTrace(bytes32 trace, TraceParts memory r, uint32 node, bytes32 tensor, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        return traceId(r) == trace && _isTensorAt(r.root, r.nodes, node, tensor, proof);
    }

    /// @notice The name S of a private program or list, from which neither can be guessed without the salt.
    function hidden(bytes32 salt, bytes32 programOrList) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(HIDDEN_TAG, salt, programOrList));
    }

    function _isTensorAt(bytes32 root, uint32 count, uint32 index, bytes32 tensor, bytes32[] calldata proof)
        private
        pure
        returns (bool)
    {
        return MerkleLog.includes(root, count, index, MerkleLog.leafHash(abi.encodePacked(tensor)), proof);
    }
}
