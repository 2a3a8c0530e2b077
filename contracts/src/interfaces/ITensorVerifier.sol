// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IExecutionVerifier} from "./IExecutionVerifier.sol";

/// @notice The optimistic route for tensor programs: `spec/15-refutation.md`. What these errors end in shows nothing.
interface ITensorVerifier is IExecutionVerifier {
    /// @notice The bytes end where more are needed.
    error ProofTooShort();
    /// @notice The bytes go on where nothing is needed.
    error ProofTooLong();
    /// @notice What is shown hashes to something else than what the run commits to.
    error ProofNotCommitted();
    /// @notice What is shown is not what the last answer of the dispute recorded.
    error ProofNotRecorded();
    /// @notice There is no such step, node, element, port, segment, operator, or kind of proof.
    /// @param index Its number.
    error ProofOfNoPlace(uint256 index);
    /// @notice An element is read that the proof does not open.
    error ProofNotOpened(uint256 element);
}
