// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Run} from "../../interfaces/IExecutionVerifier.sol";
import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Cursor, Reading} from "../tensor/Cursor.sol";
import {Openings} from "../tensor/Openings.sol";
import {Leaves, Sets} from "./Sets.sol";

/// @notice What a claim commits to, and the step of its program that was shown last. Places are in calldata.
/// @param steps How many there are, and records as well.
/// @param dataBytes Bytes of the data of a proof.
/// @param reads Number of records that the step reads; 6 bytes about each from `readAt` on.
/// @param writes Words of its own record; the register of each from `written` on.
struct Claimed {
    Cursor c;
    uint256 steps;
    uint256 dataBytes;
    bytes32 stepsRoot;
    bytes32 recordsRoot;
    bytes32 dataRoot;
    uint256 stretchOffset;
    uint256 stretchLength;
    uint256 reads;
    uint256 readAt;
    uint256 writes;
    uint256 written;
    uint256 constants;
    uint256 constantsLength;
    uint256 code;
    uint256 instructions;
}

/// @title Claims
/// @notice Leads from the ids of a run to steps, records and data: `spec/20-proofs-on-chain.md`, 20.8. Whatever is returned was
/// shown to be in the run.
library Claims {
    using Reading for Cursor;

    bytes private constant PROGRAM_TAG = "surety:proof-steps:v1\x00";
    bytes private constant TRACE_TAG = "surety:proof-trace:v1\x00";
    uint256 private constant CHUNK_BYTES = 256;
    uint256 private constant READ_BYTES = 6;
    uint256 private constant INSTRUCTION_BYTES = 8;

    /// @notice HEAD: what program and trace are hashes of.
    function head(Claimed memory x, Run calldata run) internal pure {
        Cursor memory c = x.c;
        (x.steps, x.dataBytes, x.stepsRoot) = (c.u32(), c.u32(), c.word());
        (x.recordsRoot, x.dataRoot) = (c.word(), c.word());
        bytes memory program = abi.encodePacked(PROGRAM_TAG, uint32(x.steps), uint32(x.dataBytes), x.stepsRoot);
        _expect(sha256(program), run.program);
        _expect(sha256(abi.encodePacked(TRACE_TAG, run.program, x.recordsRoot, x.dataRoot)), run.trace);
    }

    function chunksOf(Claimed memory x) internal pure returns (uint256) {
        return (x.dataBytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
    }

    /// @notice Chunks of the data.
    /// @return place Where the first one begins; they stand side by side.
    function chunks(Claimed memory x, uint256 first, uint256 count) internal view returns (uint256 place) {
        Leaves memory s = _leaves(x, count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 from = (first + i) * CHUNK_BYTES;
            s.indices[i] = first + i;
            s.lengths[i] = x.dataBytes - from < CHUNK_BYTES ? x.dataBytes - from : CHUNK_BYTES;
        }
        _expect(Sets.root(s, chunksOf(x)), x.dataRoot);
        return s.places[0];
    }

    /// @notice Hashes of blocks of 2^level records, as many as there are.
    function hashes(Claimed memory x, uint256 level, uint256 first, uint256 count) internal view {
        uint256 blocks = (x.steps + (1 << level) - 1) >> level;
        if (first >= blocks) return;
        if (count > blocks - first) count = blocks - first;
        _expect(Openings.hashes(x.c, blocks, first, count), x.recordsRoot);
    }

    /// @notice The bytes of a step, and that it is the program's.
    function step(Claimed memory x, uint256 index) internal view {
        Cursor memory c = x.c;
        uint256 length = c.u16();
        uint256 place = c.skip(length);
        bytes32 leaf = Openings.leafAt(place, length);
        _expect(Openings.single(c, x.steps, index, leaf), x.stepsRoot);
        read(x, Cursor(place, place + length));
    }

    /// @notice What the bytes of a step say.
    function read(Claimed memory x, Cursor memory s) internal pure {
        (x.stretchOffset, x.stretchLength) = (s.u32(), s.u16());
        (x.reads, x.writes, x.constantsLength, x.instructions) = (s.u8(), s.u8(), s.u16(), s.u16());
        x.readAt = s.skip(READ_BYTES * x.reads);
        x.written = s.skip(x.writes);
        x.constants = s.skip(x.constantsLength);
        x.code = s.skip(INSTRUCTION_BYTES * x.instructions);
        s.finish();
    }

    /// @notice Loads the records that the step reads into registers.
    /// @return own Where the step's own record begins.
    function load(Claimed memory x, uint256 index, uint256[] memory registers) internal view returns (uint256 own) {
        uint256 count = x.reads;
        Leaves memory s = _leaves(x, count + 1);
        for (uint256 i = 0; i < count; ++i) {
            uint256 entry = Reading.loadWord(x.readAt + READ_BYTES * i);
            s.indices[i] = entry >> 224;
            s.lengths[i] = 32 * ((entry >> 216) & 0xff);
        }
        (s.indices[count], s.lengths[count]) = (index, 32 * x.writes);
        _expect(Sets.root(s, x.steps), x.recordsRoot);
        for (uint256 i = 0; i < count; ++i) {
            uint256 to = (Reading.loadWord(x.readAt + READ_BYTES * i) >> 208) & 0xff;
            uint256 words = s.lengths[i] / 32;
            for (uint256 k = 0; k < words; ++k) registers[to + k] = Reading.loadWord(s.places[i] + 32 * k);
        }
        return s.places[count];
    }

    /// @notice The stretch of the data that the step sees.
    function stretch(Claimed memory x) internal view returns (uint256 place, uint256 length) {
        length = x.stretchLength;
        if (length == 0) return (0, 0);
        uint256 first = x.stretchOffset / CHUNK_BYTES;
        uint256 last = (x.stretchOffset + length - 1) / CHUNK_BYTES;
        place = chunks(x, first, last - first + 1) + (x.stretchOffset % CHUNK_BYTES);
    }

    function _leaves(Claimed memory x, uint256 count) private pure returns (Leaves memory s) {
        (s.c, s.indices, s.lengths) = (x.c, new uint256[](count), new uint256[](count));
    }

    function _expect(bytes32 got, bytes32 committed) private pure {
        if (got != committed) revert ITensorVerifier.ProofNotCommitted();
    }
}
