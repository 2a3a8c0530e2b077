// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Holds, IExecutionVerifier, Run} from "../interfaces/IExecutionVerifier.sol";
import {ITensorVerifier} from "../interfaces/ITensorVerifier.sol";
import {Cursor, Reading} from "./tensor/Cursor.sol";
import {NodeRefutations} from "./tensor/NodeRefutations.sol";
import {Trail} from "./tensor/Places.sol";
import {StepRefutations} from "./tensor/StepRefutations.sol";
import {TensorAnswers} from "./tensor/TensorAnswers.sol";

/// @title Tensor verifier
/// @notice The optimistic route: judges answers and refutations about runs of tensor programs, `spec/15-refutation.md`. A run is wrong
/// if one element of one value is; whoever ran the program too can show which. Holds no state, and nobody owns it.
contract TensorVerifier is ITensorVerifier {
    using Reading for Cursor;

    /// @dev Made together with this contract, so that there is one address to trust.
    TensorAnswers private immutable answers = new TensorAnswers();

    /// @inheritdoc IExecutionVerifier
    function verify(Run calldata run, bytes calldata question, bytes32 record, bytes calldata proof)
        external
        view
        returns (Holds holds, bytes32 newRecord)
    {
        if (question.length != 0) return (Holds.Shown, answers.check(run, question, record, proof));
        Trail memory t;
        (t.c, t.run) = (Reading.over(proof), run);
        holds = _refutes(t, record) ? Holds.Refuted : Holds.NotShown;
        t.c.finish();
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
