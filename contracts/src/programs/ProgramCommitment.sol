// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleLog} from "../libraries/MerkleLog.sol";

/// @notice Type of a tensor: `dtype` 1, 2, 3 for i8, i16, i32; `dims` outermost first.
struct TensorType {
    uint8 dtype;
    uint32[] dims;
}

/// @notice How the bytes of a tensor are cut into chunks: units of `perUnit` chunks of `full` bytes, the last of a unit shorter.
/// @param chunks Number of chunks; 0 for a type that no tensor has.
/// @param total Bytes of all elements.
/// @param unit Bytes of a unit: a row, or the whole tensor where rows are short.
struct ChunkLayout {
    uint256 chunks;
    uint256 total;
    uint256 unit;
    uint256 full;
    uint256 perUnit;
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

    bytes17 private constant TENSOR_TAG = "surety:tensor:v1\x00";
    bytes private constant PROGRAM_TAG = "surety:program:v2\x00";
    bytes private constant LIST_TAG = "surety:tensors:v1\x00";
    bytes private constant TRACE_TAG = "surety:trace:v1\x00";
    bytes private constant HIDDEN_TAG = "surety:hidden:v1\x00";

    // --- tensors -------------------------------------------------------------------------------------

    /// @notice Number of elements of a tensor of this type; 0 where there may be none.
    function elementsOf(TensorType memory t) internal pure returns (uint256 elements) {
        if (t.dtype == 0 || t.dtype > 3 || t.dims.length > MAX_RANK) return 0;
        elements = 1;
        for (uint256 axis = 0; axis < t.dims.length; ++axis) {
            unchecked {
                elements *= t.dims[axis];
            }
            if (elements == 0 || elements > MAX_ELEMENTS) return 0;
        }
    }

    /// @notice How the bytes of a tensor are cut into chunks.
    /// @dev Long rows are cut, each on its own; of short ones, whole rows fill a chunk.
    function layoutOf(TensorType memory t) internal pure returns (ChunkLayout memory l) {
        uint256 elements = elementsOf(t);
        if (elements == 0) return l;
        uint256 size = uint256(1) << (t.dtype - 1);
        uint256 rank = t.dims.length;
        unchecked {
            uint256 rowBytes = (rank == 0 ? 1 : t.dims[rank - 1]) * size;
            l.total = elements * size;
            l.unit = rowBytes >= CHUNK_BYTES ? rowBytes : l.total;
            l.full = rowBytes >= CHUNK_BYTES ? CHUNK_BYTES : (CHUNK_BYTES / rowBytes) * rowBytes;
            l.perUnit = (l.unit + l.full - 1) / l.full;
            l.chunks = (l.total / l.unit) * l.perUnit;
        }
    }

    /// @notice Which bytes of a tensor a chunk holds.
    /// @return start Place of the chunk's first byte among the tensor's.
    /// @return length Bytes of the chunk; 0 when there is no such chunk.
    function spanIn(ChunkLayout memory l, uint256 chunk) internal pure returns (uint256 start, uint256 length) {
        if (chunk >= l.chunks) return (0, 0);
        unchecked {
            uint256 within = (chunk % l.perUnit) * l.full;
            start = (chunk / l.perUnit) * l.unit + within;
            length = l.unit - within < l.full ? l.unit - within : l.full;
        }
    }

    /// @notice The chunk of a tensor that holds byte `byteIndex`, if it has so many.
    function chunkOf(ChunkLayout memory l, uint256 byteIndex) internal pure returns (uint256) {
        return (byteIndex / l.unit) * l.perUnit + (byteIndex % l.unit) / l.full;
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
        ChunkLayout memory l = layoutOf(t);
        (uint256 from, uint256 size) = spanIn(l, chunk);
        return (uint64(l.chunks), uint64(from), uint64(size));
    }

    /// @notice The tensor root T of a type and the root over the tensor's chunks.
    function tensorRoot(TensorType memory t, bytes32 chunksRoot) internal pure returns (bytes32) {
        bytes memory dims;
        for (uint256 axis = 0; axis < t.dims.length; ++axis) dims = abi.encodePacked(dims, t.dims[axis]);
        return sha256(abi.encodePacked(TENSOR_TAG, t.dtype, uint8(t.dims.length), dims, chunksRoot));
    }

    /// @notice The same of the bytes that it hashes: `dtype u8 ‖ rank u8 ‖ dims u32… ‖ root over the chunks`.
    function tensorRootOf(bytes calldata typeAndRoot) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(TENSOR_TAG, typeAndRoot));
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
