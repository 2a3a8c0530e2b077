// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice A public source of randomness whose value of a time nobody knows before that time, and anybody can show after it.
interface IBeacon {
    /// @notice The value shown is not the beacon's.
    error BeaconRefuted(uint256 time);

    /// @notice The value of the first round at or after `time`. Reverts unless `proof` shows it.
    function randomnessAt(uint256 time, bytes calldata proof) external view returns (bytes32);
}
