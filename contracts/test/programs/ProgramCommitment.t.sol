// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleLog} from "../../src/libraries/MerkleLog.sol";
import {ChunkPlace, ProgramParts, TensorType, TraceParts} from "../../src/programs/ProgramCommitment.sol";
import {LogBuilder} from "../support/LogBuilder.sol";
import {TestBase} from "../support/TestBase.sol";
import {ProgramCommitmentHarness} from "./ProgramCommitmentHarness.sol";

/// @notice What is in a program is shown, at its own place; nothing else is, at any place.
contract ProgramCommitmentTest is TestBase {
    ProgramCommitmentHarness private harness;

    function setUp() public {
        harness = new ProgramCommitmentHarness();
    }

    function typeOf(uint8 dtype, uint32 rows, uint32 columns) private pure returns (TensorType memory t) {
        t = TensorType(dtype, new uint32[](2));
        (t.dims[0], t.dims[1]) = (rows, columns);
    }

    function slice(bytes memory data, uint256 start, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) part[i] = data[start + i];
    }

    function valuesOf(uint256 seed, uint256 length) private pure returns (bytes memory data) {
        data = new bytes(length);
        bytes32 word;
        for (uint256 i = 0; i < length; ++i) {
            if (i % 32 == 0) word = keccak256(abi.encode(seed, i));
            data[i] = word[i % 32];
        }
    }

    // --- chunks --------------------------------------------------------------------------------------

    function test_rowsOf1024BytesAndMoreAreCutEachOnItsOwn() public view {
        spans(typeOf(1, 2, 1024), 2, 1, 1024, 1024);
        spans(typeOf(1, 2, 1025), 4, 1, 1024, 1);
        spans(typeOf(1, 2, 1025), 4, 2, 1025, 1024);
        spans(typeOf(3, 3, 300), 6, 5, 2 * 1200 + 1024, 176);
    }

    function test_smallerRowsFillAChunkWhole() public view {
        spans(typeOf(1, 5, 1023), 5, 4, 4 * 1023, 1023);
        spans(typeOf(1, 5, 512), 3, 2, 2048, 512);
        spans(typeOf(2, 7, 100), 2, 1, 1000, 400);
        spans(typeOf(1, 5000, 1), 5, 4, 4096, 904);
    }

    function test_aSingleValueIsARowOfOne() public view {
        spans(TensorType(3, new uint32[](0)), 1, 0, 0, 4);
        spans(TensorType(3, new uint32[](0)), 1, 1, 0, 0);
    }

    function test_typesThatNoTensorHasHaveNoChunks() public view {
        spans(typeOf(0, 1, 1), 0, 0, 0, 0);
        spans(typeOf(4, 1, 1), 0, 0, 0, 0);
        spans(typeOf(1, 0, 1), 0, 0, 0, 0);
        spans(typeOf(1, 1, 0), 0, 0, 0, 0);
        spans(typeOf(1, 2 ** 28 + 1, 1), 0, 0, 0, 0);
        spans(typeOf(1, type(uint32).max, type(uint32).max), 0, 0, 0, 0);
        TensorType memory deep = TensorType(1, new uint32[](9));
        for (uint256 i = 0; i < 9; ++i) deep.dims[i] = 1;
        spans(deep, 0, 0, 0, 0);
        spans(typeOf(3, 2 ** 14, 2 ** 14), 2 ** 20, 2 ** 20 - 1, 2 ** 30 - 1024, 1024);
    }

    function spans(TensorType memory t, uint256 chunks, uint64 chunk, uint256 start, uint256 length) private view {
        (uint64 gotChunks, uint64 gotStart, uint64 gotLength) = harness.chunkSpan(t, chunk);
        assertEq(gotChunks, chunks, "chunks");
        assertEq(gotStart, start, "start");
        assertEq(gotLength, length, "length");
    }

    function testFuzz_chunksCoverATensorWithoutGapOrOverlap(uint8 dtype, uint16 rows, uint16 columns) public view {
        TensorType memory t =
            typeOf(uint8(bound(dtype, 1, 3)), uint32(bound(rows, 1, 40)), uint32(bound(columns, 1, 3000)));
        (uint64 chunks,,) = harness.chunkSpan(t, 0);
        uint256 next = 0;
        for (uint64 i = 0; i < chunks; ++i) {
            (, uint64 start, uint64 length) = harness.chunkSpan(t, i);
            assertEq(start, next, "follows the last");
            assertTrue(length > 0 && length <= 1024, "1 to 1,024 bytes");
            assertEq(harness.chunkOf(t, start), i, "its first byte is in it");
            assertEq(harness.chunkOf(t, start + length - 1), i, "and its last");
            next += length;
        }
        assertEq(next, uint256(t.dims[0]) * t.dims[1] * (uint256(1) << (t.dtype - 1)), "all bytes");
    }

    /// @dev A committer can put anything into a tree; what its shape does not allow still opens to nothing.
    function test_aChunkOfAnotherLengthThanTheShapesIsNone() public view {
        World memory w;
        w.types = new TensorType[](1);
        w.types[0] = typeOf(1, 1, 4);
        bytes memory wrong = valuesOf(1, 5);
        bytes32 root = MerkleLog.leafHash(wrong);
        bytes32 leaf = MerkleLog.leafHash(abi.encodePacked(harness.tensorRoot(w.types[0], root)));
        w.parts = ProgramParts(0, 0, root, 1, leaf);
        w.id = harness.programId(w.parts);
        ChunkPlace memory place = ChunkPlace(0, 0, root, new bytes32[](0), new bytes32[](0));
        assertTrue(!harness.isChunkOf(w.id, w.parts, w.types[0], place, wrong), "five bytes for four");
        w.types[0].dims[1] = 5;
        leaf = MerkleLog.leafHash(abi.encodePacked(harness.tensorRoot(w.types[0], root)));
        w.parts.constantsRoot = leaf;
        assertTrue(harness.isChunkOf(harness.programId(w.parts), w.parts, w.types[0], place, wrong), "five for five");
    }

    function testFuzz_aTensorIsTheHashOfItsBytes(uint8 dtype, uint32 rows, uint32 columns, bytes32 root) public view {
        bytes memory data = abi.encodePacked(dtype, uint8(2), rows, columns, root);
        assertEq(harness.tensorRootOf(data), harness.tensorRoot(typeOf(dtype, rows, columns), root), "tensor root");
    }

    // --- programs ------------------------------------------------------------------------------------

    struct World {
        ProgramParts parts;
        bytes32 id;
        TensorType[] types;
        bytes[] values;
        bytes32[] tensors;
        bytes32[] tensorLeaves;
        bytes[] nodes;
        bytes32[] graphLeaves;
    }

    function chunkLeaves(TensorType memory t, bytes memory values) private view returns (bytes32[] memory leaves) {
        (uint64 chunks,,) = harness.chunkSpan(t, 0);
        leaves = new bytes32[](chunks);
        for (uint64 i = 0; i < chunks; ++i) {
            (, uint64 start, uint64 length) = harness.chunkSpan(t, i);
            leaves[i] = MerkleLog.leafHash(slice(values, start, length));
        }
    }

    function build(uint256 seed, uint256 nodes, uint256 constants) private view returns (World memory w) {
        w.graphLeaves = new bytes32[](nodes + 2);
        w.nodes = new bytes[](nodes);
        w.graphLeaves[0] = MerkleLog.leafHash(abi.encode("header", seed));
        w.graphLeaves[1] = MerkleLog.leafHash(abi.encode("interface", seed));
        for (uint256 i = 0; i < nodes; ++i) {
            w.nodes[i] = abi.encode("node", seed, i);
            w.graphLeaves[i + 2] = MerkleLog.leafHash(w.nodes[i]);
        }
        (w.types, w.values) = (new TensorType[](constants), new bytes[](constants));
        (w.tensors, w.tensorLeaves) = (new bytes32[](constants), new bytes32[](constants));
        for (uint256 i = 0; i < constants; ++i) addConstant(w, seed, i);
        bytes32 none = sha256("");
        w.parts = ProgramParts({
            inputs: uint32(seed % 3),
            nodes: uint32(nodes),
            graphRoot: LogBuilder.root(w.graphLeaves, 0, nodes + 2),
            constants: uint32(constants),
            constantsRoot: constants == 0 ? none : LogBuilder.root(w.tensorLeaves, 0, constants)
        });
        w.id = harness.programId(w.parts);
    }

    function addConstant(World memory w, uint256 seed, uint256 i) private view {
        uint256 r = uint256(keccak256(abi.encode(seed, i)));
        TensorType memory t = typeOf(uint8(1 + r % 3), uint32(1 + (r >> 8) % 4), uint32(1 + (r >> 16) % 1500));
        w.types[i] = t;
        w.values[i] = valuesOf(r, uint256(t.dims[0]) * t.dims[1] * (uint256(1) << (t.dtype - 1)));
        bytes32[] memory leaves = chunkLeaves(t, w.values[i]);
        w.tensors[i] = harness.tensorRoot(t, LogBuilder.root(leaves, 0, leaves.length));
        w.tensorLeaves[i] = MerkleLog.leafHash(abi.encodePacked(w.tensors[i]));
    }

    function open(World memory w, uint32 c, uint64 chunk)
        private
        view
        returns (ChunkPlace memory place, bytes memory data)
    {
        bytes32[] memory leaves = chunkLeaves(w.types[c], w.values[c]);
        (, uint64 start, uint64 length) = harness.chunkSpan(w.types[c], chunk);
        data = slice(w.values[c], start, length);
        place = ChunkPlace({
            constantIndex: c,
            chunk: chunk,
            chunksRoot: LogBuilder.root(leaves, 0, leaves.length),
            chunkProof: LogBuilder.inclusion(leaves, 0, leaves.length, chunk),
            constantProof: LogBuilder.inclusion(w.tensorLeaves, 0, w.tensorLeaves.length, c)
        });
    }

    function testFuzz_everyChunkOpensAndNothingElseDoes(uint256 seed, uint8 constants, uint8 which, uint64 chunk)
        public
        view
    {
        World memory w = build(seed, 1, bound(constants, 1, 6));
        uint32 c = uint32(bound(which, 0, w.parts.constants - 1));
        (uint64 chunks,,) = harness.chunkSpan(w.types[c], 0);
        (ChunkPlace memory place, bytes memory data) = open(w, c, uint64(bound(chunk, 0, chunks - 1)));
        assertTrue(harness.isChunkOf(w.id, w.parts, w.types[c], place, data), "opens");
        assertTrue(!harness.isChunkOf(~w.id, w.parts, w.types[c], place, data), "another program");
        assertTrue(!harness.isChunkOf(w.id, w.parts, w.types[c], place, bytes.concat(data, hex"00")), "longer");
        data[seed % data.length] ^= 0x01;
        assertTrue(!harness.isChunkOf(w.id, w.parts, w.types[c], place, data), "another byte");
        data[seed % data.length] ^= 0x01;
        place.chunk += 1;
        assertTrue(!harness.isChunkOf(w.id, w.parts, w.types[c], place, data), "another chunk");
        place.chunk -= 1;
        place.constantIndex += 1;
        assertTrue(!harness.isChunkOf(w.id, w.parts, w.types[c], place, data), "another constant");
        place.constantIndex -= 1;
        w.types[c].dtype = w.types[c].dtype % 3 + 1;
        assertTrue(!harness.isChunkOf(w.id, w.parts, w.types[c], place, data), "another type");
    }

    function testFuzz_everyNodeIsShownAtItsOwnPlaceOnly(uint256 seed, uint8 count, uint8 which) public view {
        uint256 nodes = bound(count, 1, 20);
        uint32 n = uint32(bound(which, 0, nodes - 1));
        World memory w = build(seed, nodes, 0);
        bytes32[] memory proof = LogBuilder.inclusion(w.graphLeaves, 0, nodes + 2, uint256(n) + 2);
        assertTrue(harness.isNode(w.id, w.parts, n, w.nodes[n], proof), "is the node");
        for (uint32 other = 0; other < nodes + 2; ++other) {
            if (other != n) assertTrue(!harness.isNode(w.id, w.parts, other, w.nodes[n], proof), "another place");
        }
        bytes32[] memory header = LogBuilder.inclusion(w.graphLeaves, 0, nodes + 2, 0);
        assertTrue(harness.isHeader(w.id, w.parts, abi.encode("header", seed), header), "is the header");
        assertTrue(!harness.isHeader(w.id, w.parts, w.nodes[n], proof), "a node is no header");
        bytes32[] memory second = LogBuilder.inclusion(w.graphLeaves, 0, nodes + 2, 1);
        assertTrue(harness.isInterface(w.id, w.parts, abi.encode("interface", seed), second), "is the interface");
        assertTrue(!harness.isInterface(w.id, w.parts, abi.encode("header", seed), header), "a header is none");
        assertTrue(!harness.isInterface(w.id, w.parts, w.nodes[n], proof), "nor is a node");
        w.parts.inputs += 1;
        assertTrue(!harness.isInterface(w.id, w.parts, abi.encode("interface", seed), second), "inputs are hashed");
    }

    /// @dev Why ids hash their counts: RFC 9162 proofs are about a size that the root does not tell.
    function test_aRootAloneWouldShowALeafAtTwoPlaces() public view {
        World memory w = build(7, 3, 0);
        bytes32[] memory proof = LogBuilder.inclusion(w.graphLeaves, 0, 5, 4);
        assertTrue(harness.isNode(w.id, w.parts, 2, w.nodes[2], proof), "node 2 of three");
        ProgramParts memory shorter = w.parts;
        shorter.nodes = 1;
        assertTrue(!harness.isNode(w.id, shorter, 0, w.nodes[2], proof), "the id hashes the count");
        // The same root under an id of one node: the same leaf is node 0 there.
        assertTrue(harness.isNode(harness.programId(shorter), shorter, 0, w.nodes[2], proof), "and needs to");
    }

    function testFuzz_constantsAreShownAtTheirOwnPlaceOnly(uint256 seed, uint8 count, uint8 which) public view {
        uint256 constants = bound(count, 1, 6);
        uint32 c = uint32(bound(which, 0, constants - 1));
        World memory w = build(seed, 1, constants);
        bytes32[] memory proof = LogBuilder.inclusion(w.tensorLeaves, 0, constants, c);
        for (uint32 k = 0; k < constants + 1; ++k) {
            assertTrue(harness.isConstant(w.id, w.parts, k, w.tensors[c], proof) == (k == c), "its own place");
        }
    }

    // --- runs ----------------------------------------------------------------------------------------

    function tensorsOf(uint256 seed, uint32 n) private pure returns (bytes32[] memory tensors, bytes32[] memory leaves) {
        (tensors, leaves) = (new bytes32[](n), new bytes32[](n));
        for (uint256 i = 0; i < n; ++i) {
            tensors[i] = keccak256(abi.encode(seed, i));
            leaves[i] = MerkleLog.leafHash(abi.encodePacked(tensors[i]));
        }
    }

    function testFuzz_aListHoldsEachTensorOnce(uint256 seed, uint8 size, uint8 which) public view {
        uint32 n = uint32(bound(size, 1, 20));
        uint32 m = uint32(bound(which, 0, n - 1));
        (bytes32[] memory tensors, bytes32[] memory leaves) = tensorsOf(seed, n);
        bytes32 root = LogBuilder.root(leaves, 0, n);
        bytes32[] memory proof = LogBuilder.inclusion(leaves, 0, n, m);
        bytes32 list = harness.listId(n, root);
        for (uint32 k = 0; k <= n; ++k) {
            assertTrue(harness.isInList(list, n, root, k, tensors[m], proof) == (k == m), "its own place");
        }
        assertTrue(!harness.isInList(list, n + 1, root, m, tensors[m], proof), "another count");
    }

    function testFuzz_aTraceHoldsEachValueOnce(uint256 seed, uint8 size, uint8 which) public view {
        uint32 n = uint32(bound(size, 1, 20));
        uint32 m = uint32(bound(which, 0, n - 1));
        (bytes32[] memory tensors, bytes32[] memory leaves) = tensorsOf(seed, n);
        TraceParts memory parts = TraceParts(tensors[0], leaves[0], n, LogBuilder.root(leaves, 0, n));
        bytes32 trace = harness.traceId(parts);
        bytes32[] memory proof = LogBuilder.inclusion(leaves, 0, n, m);
        for (uint32 k = 0; k <= n; ++k) {
            assertTrue(harness.isInTrace(trace, parts, k, tensors[m], proof) == (k == m), "its own place");
        }
        parts.inputs = ~parts.inputs;
        assertTrue(!harness.isInTrace(trace, parts, m, tensors[m], proof), "other inputs");
    }

    function testFuzz_noTwoKindsOfIdCollide(bytes32 a, bytes32 b, uint32 n) public view {
        bytes32[5] memory ids = [
            harness.programId(ProgramParts(n, n, a, n, b)),
            harness.listId(n, a),
            harness.traceId(TraceParts(a, b, n, a)),
            harness.hidden(a, b),
            harness.tensorRoot(TensorType(1, new uint32[](0)), a)
        ];
        for (uint256 i = 0; i < 5; ++i) {
            for (uint256 k = 0; k < i; ++k) assertTrue(ids[i] != ids[k], "apart");
        }
        bytes32 hiding = sha256(abi.encodePacked("surety:hidden:v1", uint8(0), a, b));
        assertEq(harness.hidden(a, b), hiding, "the tag ends in zero");
    }
}
