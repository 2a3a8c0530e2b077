// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPersonRegistry} from "./IPersonRegistry.sol";

/// @notice Persons by the tokens of one issuer. `spec/21-court.md`, 21.10.
interface IPersonTokens is IPersonRegistry {
    /// @notice No modulus of 2048 bits that is odd.
    error IssuerKeyUnfit();
    error IssuerUnfit(uint256 bytes_);
    error PersonKnown(address account);
    /// @notice Malformed, by another key, or for another account, registry, chain or issuer.
    error TokenRefuted(address account);

    /// @param token So that whoever trusts no contract can check it too.
    event PersonShown(address indexed account, bytes token);

    /// @notice Counts an account as one person, by a token that was made for it. Anybody may send it.
    function register(address account, bytes calldata token) external;

    /// @notice Name of the issuer, as its directory gives it.
    function issuer() external view returns (string memory);
    /// @notice Its key: 256 bytes, the exponent being 65537.
    function modulus() external view returns (bytes memory);
    /// @notice SHA-256 of the key as RFC 9578, section 6.5, encodes it.
    function keyId() external view returns (bytes32);
    /// @notice SHA-256 of the challenge that a token for an account answers.
    function challengeOf(address account) external view returns (bytes32);
}
