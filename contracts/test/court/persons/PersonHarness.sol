// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RsaPss} from "../../../src/court/persons/RsaPss.sol";
import {Sha384} from "../../../src/court/persons/Sha384.sol";

/// @notice The libraries of the registry of persons as functions, and what they cost.
contract PersonHarness {
    function sha384(bytes calldata message) external pure returns (bytes32 high, bytes16 low) {
        return Sha384.hash(message);
    }

    function sha384Gas(bytes calldata message) external view returns (uint256) {
        uint256 before = gasleft();
        Sha384.hash(message);
        return before - gasleft();
    }

    function verify(bytes calldata modulus, bytes calldata message, bytes calldata signature) external view returns (bool) {
        return RsaPss.verify(modulus, message, signature);
    }

    function verifyGas(bytes calldata modulus, bytes calldata message, bytes calldata signature)
        external
        view
        returns (uint256)
    {
        uint256 before = gasleft();
        RsaPss.verify(modulus, message, signature);
        return before - gasleft();
    }
}
