// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "../../src/interfaces/IBeacon.sol";

/// @notice A beacon whose value is whatever is shown: for vectors that state the randomness of each draw.
contract GivenBeacon is IBeacon {
    function randomnessAt(uint256, bytes calldata proof) external pure returns (bytes32) {
        return bytes32(proof);
    }
}
