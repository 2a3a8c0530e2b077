// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "../../src/interfaces/IBeacon.sol";

/// @notice A beacon whose values come out of a seed: for tests of what is done with them.
contract SeededBeacon is IBeacon {
    function randomnessAt(uint256 time, bytes calldata proof) external view returns (bytes32) {
        if (time > block.timestamp) revert BeaconRefuted(time);
        return keccak256(abi.encode("beacon", time, proof));
    }
}
