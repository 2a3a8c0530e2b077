// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice Nothing was paid.
error ZeroAmount();
/// @notice The token moved another amount than it was asked to: it takes a fee on transfer, say.
error TokenShort(uint256 received, uint256 expected);

/// @title TokenIntake
/// @notice Takes dollars in for contracts that keep books of them. The caller guards against being entered again meanwhile.
library TokenIntake {
    using SafeERC20 for IERC20;

    /// @notice Out of what `payer` approved.
    function pull(IERC20 token, address payer, MicroUsd amount) internal {
        uint256 before = _before(token, amount);
        token.safeTransferFrom(payer, address(this), amount.raw());
        _requireReceived(token, before, amount);
    }

    /// @notice By an EIP-3009 authorisation of `from`. Its nonce is used up, so a resend pays nothing twice.
    function pullAuthorized(
        IERC20 token,
        address from,
        MicroUsd amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) internal {
        uint256 before = _before(token, amount);
        IERC3009(address(token)).receiveWithAuthorization(
            from, address(this), amount.raw(), validAfter, validBefore, nonce, v, r, s
        );
        _requireReceived(token, before, amount);
    }

    function _before(IERC20 token, MicroUsd amount) private view returns (uint256) {
        if (amount.isZero()) revert ZeroAmount();
        return token.balanceOf(address(this));
    }

    function _requireReceived(IERC20 token, uint256 before, MicroUsd amount) private view {
        // INVARIANT: the books never run ahead of the tokens held.
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != amount.raw()) revert TokenShort(received, amount.raw());
    }
}
