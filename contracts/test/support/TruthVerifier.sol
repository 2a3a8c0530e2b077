// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Holds, IExecutionVerifier, Run} from "../../src/interfaces/IExecutionVerifier.sol";

/// @notice A route that knows the truth: the output of a program on an input is the hash of the two. Questions, answers and
/// proofs are tokens; what they can do depends on whether the run is right, as with a real route.
contract TruthVerifier is IExecutionVerifier {
    // First byte of a question.
    /// @dev Everybody can answer it.
    bytes1 public constant OPEN = 0x01;
    /// @dev Only whoever ran the program can: it is about what a wrong run has to hide.
    bytes1 public constant HIDDEN = 0x02;

    // First byte of a proof.
    bytes1 public constant REFUTATION = 0x01;
    /// @dev Builds on the record of an answer.
    bytes1 public constant REFUTATION_BY_RECORD = 0x02;
    bytes1 public constant PROOF = 0x03;
    bytes1 public constant DOUBT = 0x04;

    /// @dev A wrong run of this trace can be refuted only by the record of an answer.
    bytes32 public constant DEEP = bytes32(uint256(1));
    /// @dev A run of this trace is within no tolerance.
    bytes32 public constant DOUBTFUL = bytes32(uint256(2));

    function outputOf(bytes32 program, bytes32 input) public pure returns (bytes32) {
        return keccak256(abi.encode(program, input));
    }

    function isRight(Run calldata run) public pure returns (bool) {
        return run.output == outputOf(run.program, run.input);
    }

    function verify(Run calldata run, bytes calldata question, bytes32 record, bytes calldata proof)
        external
        pure
        returns (Holds, bytes32)
    {
        if (question.length != 0) {
            bool answered = answers(run, question, proof);
            return answered ? (Holds.Shown, keccak256(abi.encode(record, question, proof))) : (Holds.NotShown, bytes32(0));
        }
        bytes1 kind = proof.length == 0 ? bytes1(0) : proof[0];
        bool right = isRight(run);
        if (kind == PROOF && right) return (Holds.Shown, 0);
        if (kind == REFUTATION && !right && run.trace != DEEP) return (Holds.Refuted, 0);
        if (kind == REFUTATION_BY_RECORD && !right && record != 0) return (Holds.Refuted, 0);
        if (kind == DOUBT && run.trace == DOUBTFUL) return (Holds.Doubted, 0);
        return (Holds.NotShown, 0);
    }

    /// @dev Any answer does where the question is none of this route's.
    function answers(Run calldata run, bytes calldata question, bytes calldata proof) private pure returns (bool) {
        if (question[0] == OPEN) return proof.length != 0 && proof[0] == OPEN;
        if (question[0] == HIDDEN) return isRight(run) && proof.length != 0 && proof[0] == HIDDEN;
        return true;
    }
}
