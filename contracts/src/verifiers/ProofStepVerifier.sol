// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";
import {ITensorVerifier} from "../interfaces/ITensorVerifier.sol";
import {Claimed, Claims} from "./steps/Claims.sol";
import {Machine, Machines} from "./steps/Machine.sol";
import {Cursor, Reading} from "./tensor/Cursor.sol";

/// @title ProofStepVerifier
/// @notice The route of proofs that are too large to be checked in one transaction: the provider commits to the proof's data and to
/// what every step of its verifier gives, and answers for any piece of data and any step within the window.
/// `spec/20-proofs-on-chain.md`, 20.6 to 20.9.
/// @dev Holds no state, and nobody owns it. Never says `Shown` of a run nor `Refuted`: whoever cannot show a step loses by the
/// clock, and an answer is one only if its step follows.
contract ProofStepVerifier is IExecutionVerifier {
    using Reading for Cursor;

    uint256 private constant CHUNKS = 1;
    uint256 private constant RECORDS = 2;
    uint256 private constant STEP = 3;

    uint256 private constant MAX_CHUNKS = 64;
    uint256 private constant MAX_HASHES = 128;
    uint256 private constant MAX_LEVEL = 31;

    /// @notice The record of a step is another than the provider commits to.
    error StepDiffers(uint256 step);

    function verify(Run calldata run, bytes calldata question, bytes32, bytes calldata proof)
        external
        view
        returns (Holds, bytes32)
    {
        if (question.length == 0) return (Holds.NotShown, 0);
        Claimed memory x;
        x.c = Reading.over(proof);
        _answer(x, run, Reading.over(question), question.length);
        x.c.finish();
        return (Holds.Shown, 0);
    }

    /// @dev What is not formed as a question is answered by nothing, so that no question is without an answer.
    function _answer(Claimed memory x, Run calldata run, Cursor memory q, uint256 length) private view {
        uint256 kind = q.u8();
        if (kind == CHUNKS && length == 6) {
            (uint256 first, uint256 count) = (q.u32(), q.u8());
            if (count == 0 || count > MAX_CHUNKS) return;
            Claims.head(x, run);
            uint256 chunks = Claims.chunksOf(x);
            if (first < chunks) Claims.chunks(x, first, count < chunks - first ? count : chunks - first);
        } else if (kind == RECORDS && length == 7) {
            (uint256 level, uint256 first, uint256 count) = (q.u8(), q.u32(), q.u8());
            if (count == 0 || count > MAX_HASHES || level > MAX_LEVEL) return;
            Claims.head(x, run);
            Claims.hashes(x, level, first, count);
        } else if (kind == STEP && length == 5) {
            uint256 step = q.u32();
            Claims.head(x, run);
            if (step < x.steps) _step(x, run, step);
        }
    }

    function _step(Claimed memory x, Run calldata run, uint256 index) private view {
        Claims.step(x, index);
        Machine memory m = Machines.create(run.input, run.output);
        (m.constants, m.constantsLength) = (x.constants, x.constantsLength);
        uint256 own = Claims.load(x, index, m.registers);
        (m.stretch, m.stretchLength) = Claims.stretch(x);
        Machines.run(m, x.code, x.instructions);
        for (uint256 i = 0; i < x.writes; ++i) {
            uint256 register = Reading.loadWord(x.written + i) >> 248;
            if (m.registers[register] != Reading.loadWord(own + 32 * i)) revert StepDiffers(index);
        }
    }
}
