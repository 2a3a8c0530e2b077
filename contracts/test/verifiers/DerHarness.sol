// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Der} from "../../src/verifiers/enclave/Der.sol";

/// @notice `Der` over calldata.
contract DerHarness {
    function read(bytes calldata d, uint8 tag) external pure returns (uint256 start, uint256 next) {
        return Der.read(d, 0, d.length, tag);
    }

    function readUint(bytes calldata d) external pure returns (uint256 value, uint256 next) {
        return Der.readUint(d, 0, d.length);
    }

    function readTime(bytes calldata d) external pure returns (uint256 time, uint256 next) {
        return Der.readTime(d, 0, d.length);
    }
}
