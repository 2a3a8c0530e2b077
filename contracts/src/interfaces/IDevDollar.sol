// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The development dollar's faucet. The token itself is ERC-20 with EIP-2612 and EIP-3009.
interface IDevDollar {
    /// @notice This chain is not on the short list of development chains, so nothing can be minted here.
    error DevelopmentOnly(uint256 chainId);

    /// @notice One call may mint at most `limit` base units.
    error FaucetLimit(uint256 value, uint256 limit);

    /// @notice This caller already minted under this id; the earlier call stands.
    error FaucetIdUsed(address minter, bytes32 id);

    event DevelopmentMint(address indexed minter, address indexed to, uint256 value, bytes32 indexed id);

    /// @notice Mints worthless development dollars to `to`, once per `(caller, id)` so that a resend mints nothing twice.
    /// @param value Base units (millionths of a dollar), at most `FAUCET_LIMIT`.
    function mintDevelopment(address to, uint256 value, bytes32 id) external;

    /// @notice Whether `minter` already minted under `id`.
    function faucetIdUsed(address minter, bytes32 id) external view returns (bool);
}
