// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Run} from "../../interfaces/IExecutionVerifier.sol";
import {Answers, Question} from "./Answers.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Partials} from "./Partials.sol";
import {Trail} from "./Places.sol";

/// @title Tensor answers
/// @notice The half of `TensorVerifier` that judges answers: one contract would be larger than one may be. Refutations stay in the
/// other, for they are what has to be cheap; an answer is as dear as its bytes anyway.
contract TensorAnswers {
    using Reading for Cursor;

    /// @notice Reverts unless the bytes answer the question.
    /// @param record What the last answer of the dispute left, which some questions build on.
    /// @return newRecord What this one leaves; 0 for nothing.
    function check(Run calldata run, bytes calldata question, bytes32 record, bytes calldata answer)
        external
        view
        returns (bytes32 newRecord)
    {
        Trail memory t;
        (t.c, t.run) = (Reading.over(answer), run);
        newRecord = _check(t, question, record);
        t.c.finish();
    }

    /// @dev What is not formed as a question is answered by nothing, so that no question is without an answer.
    function _check(Trail memory t, bytes calldata question, bytes32 record) private view returns (bytes32) {
        uint256 kind = uint8(question[0]);
        if (kind == Partials.PARTIALS || kind == Partials.REFINE) return Partials.answer(question, record, t.c);
        (bool formed, Question memory q) = Answers.decode(question);
        return formed ? Answers.check(t, q) : bytes32(0);
    }
}
