// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice A contract that asked the court, and wants to be told.
interface ICourtCallback {
    /// @notice The case has ended. Called once, with bounded gas; what happens here changes nothing in the court.
    /// @param decided Whether by an outcome; else nobody decided and everybody is refunded.
    function onOutcome(uint256 caseId, bool decided, uint8 outcome) external;
}
