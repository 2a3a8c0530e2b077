// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ICourt} from "../interfaces/ICourt.sol";
import {TokenIntake} from "../libraries/TokenIntake.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @title Money of a court
/// @notice Balances that their owners deposit, lock in cases or stakes, and withdraw. A court has one currency for ever: an
/// ERC-20 without fee or rebasing, or the chain's own. In a court of the chain's own currency every step that costs
/// something takes what is sent along.
abstract contract CourtMoney is ICourt, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using TokenIntake for IERC20;

    /// @inheritdoc ICourt
    /// @dev The zero address for the chain's own.
    address public immutable currency;

    mapping(address account => uint256) public balanceOf;
    /// @notice What jurors have staked, less what ended cases have taken of it.
    uint256 public stakes;
    /// @notice Money that is locked for ever.
    uint256 public burnt;

    constructor(address currency_) {
        if (currency_ != address(0) && currency_.code.length == 0) revert CurrencyWithoutCode(currency_);
        currency = currency_;
    }

    /// @notice Pays into the balance of `account`: what is sent along, or `amount` of the token, which the caller approved.
    function deposit(address account, uint256 amount) external payable nonReentrant {
        if (account == address(0)) revert ZeroAccount();
        if (currency == address(0)) {
            if (amount != msg.value) revert ValueUnexpected(msg.value);
            if (amount == 0) revert ZeroPaid();
        } else {
            if (msg.value != 0) revert ValueUnexpected(msg.value);
            if (amount > type(uint128).max) revert AmountTooLarge(amount, type(uint128).max);
            IERC20(currency).pull(msg.sender, MicroUsd.wrap(uint128(amount)));
        }
        _credit(account, amount);
        emit Deposited(account, msg.sender, amount);
    }

    /// @notice Pays the caller out of its balance, to an address that takes it.
    function withdraw(address to, uint256 amount) external nonReentrant {
        if (to == address(0)) revert ZeroAccount();
        if (amount == 0) revert ZeroPaid();
        _debit(msg.sender, amount);
        emit Withdrawn(msg.sender, to, amount);
        if (currency != address(0)) return IERC20(currency).safeTransfer(to, amount);
        if (!LowLevelCall.callNoReturn(to, amount, "")) revert NativeRefused(to);
    }

    /// @dev Takes what a step costs out of what came along, and of the sender's balance; the rest is the sender's.
    function _pay(uint256 amount) internal {
        if (msg.value != 0 && currency != address(0)) revert ValueUnexpected(msg.value);
        if (msg.value < amount) _debit(msg.sender, amount - msg.value);
        else _credit(msg.sender, msg.value - amount);
    }

    function _credit(address account, uint256 amount) internal {
        if (amount != 0) balanceOf[account] += amount;
    }

    function _debit(address account, uint256 amount) internal {
        uint256 balance = balanceOf[account];
        if (amount > balance) revert BalanceShort(account, balance, amount);
        if (amount != 0) balanceOf[account] = balance - amount;
    }
}
