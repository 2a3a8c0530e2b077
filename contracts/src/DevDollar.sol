// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

import {IDevDollar} from "./interfaces/IDevDollar.sol";

/// @title Surety development dollar
/// @notice Worth nothing, by construction: anyone may mint it, and only on development chains.
/// @dev ERC-20 with 6 decimals, EIP-2612 `permit`, and EIP-3009 transfers by signed authorisation with random nonces.
/// On any other chain the supply stays zero, so a stray deployment cannot be passed off as money; a real
/// deployment of Surety names an existing dollar token instead.
contract DevDollar is ERC20Permit, ERC3009, IDevDollar {
    /// @notice Most base units one faucet call mints: a million development dollars.
    uint256 public constant FAUCET_LIMIT = 1_000_000e6;

    mapping(address minter => mapping(bytes32 id => bool used)) public faucetIdUsed;

    constructor() ERC20("Surety development dollar", "devUSD") ERC20Permit("Surety development dollar") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// @inheritdoc IDevDollar
    function mintDevelopment(address to, uint256 value, bytes32 id) external {
        // INVARIANT: the supply is zero on every chain that is not a development chain.
        if (!isDevelopmentChain(block.chainid)) revert DevelopmentOnly(block.chainid);
        // INVARIANT: one call mints at most FAUCET_LIMIT, so a slip of the keyboard cannot overflow other sums.
        if (value > FAUCET_LIMIT) revert FaucetLimit(value, FAUCET_LIMIT);
        // INVARIANT: one (minter, id) mints once, so that a resent transaction adds nothing.
        if (faucetIdUsed[msg.sender][id]) revert FaucetIdUsed(msg.sender, id);
        faucetIdUsed[msg.sender][id] = true;
        _mint(to, value);
        emit DevelopmentMint(msg.sender, to, value, id);
    }

    /// @notice Local chains (31337, 1337) and the public test networks Sepolia, Holesky, Hoodi, Base Sepolia,
    /// OP Sepolia and Arbitrum Sepolia.
    function isDevelopmentChain(uint256 chainId) public pure returns (bool) {
        return chainId == 31337 || chainId == 1337 || chainId == 11155111 || chainId == 17000 || chainId == 560048
            || chainId == 84532 || chainId == 11155420 || chainId == 421614;
    }
}
