// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";
import {ITensorVerifier} from "../interfaces/ITensorVerifier.sol";
import {Answers, Question} from "./tensor/Answers.sol";
import {Cursor, Reading} from "./tensor/Cursor.sol";
import {NodeRefutations} from "./tensor/NodeRefutations.sol";
import {Partials} from "./tensor/Partials.sol";
import {Trail} from "./tensor/Places.sol";
import {StepRefutations} from "./tensor/StepRefutations.sol";

/// @title Tensor verifier
/// @notice The optimistic route: judges answers and refutations about runs of tensor programs, `spec/15-refutation.md`. A run is wrong
/// if one element of one value is; whoever ran the program too can show which. Holds no state, and nobody owns it.
contract TensorVerifier is ITensorVerifier {
    using Reading for Cursor;

    /// @inheritdoc IExecutionVerifier
    function verify(Run calldata run, bytes calldata question, bytes32 record, bytes calldata proof)
        external
        view
        returns (Holds holds, bytes32 newRecord)
    {
        Trail memory t;
        (t.c, t.run) = (Reading.over(proof), run);
        if (question.length == 0) holds = _refutes(t, record) ? Holds.Refuted : Holds.NotShown;
        else (holds, newRecord) = (Holds.Shown, _answer(t, question, record));
        t.c.finish();
    }

    /// @dev What is not formed as a question is answered by nothing, so that no question is without an answer.
    function _answer(Trail memory t, bytes calldata question, bytes32 record) private view returns (bytes32) {
        uint256 kind = uint8(question[0]);
        if (kind == Partials.PARTIALS || kind == Partials.REFINE) return Partials.answer(question, record, t.c);
        (bool formed, Question memory q) = Answers.decode(question);
        return formed ? Answers.check(t, q) : bytes32(0);
    }

    function _refutes(Trail memory t, bytes32 record) private view returns (bool) {
        uint256 kind = t.c.u8();
        if (kind == 1) return NodeRefutations.element(t, record);
        if (kind == 2) return NodeRefutations.part(t, record);
        if (kind == 3) return NodeRefutations.end(t, record);
        if (kind == 4) return StepRefutations.outputs(t);
        if (kind == 5) return StepRefutations.stack(t);
        if (kind == 6) return StepRefutations.links(t);
        if (kind == 7) return StepRefutations.slices(t);
        if (kind == 8) return StepRefutations.inputs(t);
        revert ProofOfNoPlace(kind);
    }
}
