// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice An amount of money in millionths of a dollar, the base unit of a 6-decimal dollar token.
/// @dev `uint128` holds 3.4e32 dollars, so sums of real balances cannot come near its end; arithmetic is checked anyway.
type MicroUsd is uint128;

using {add as +, sub as -, eq as ==, gt as >, lt as <, isZero, min, max, raw} for MicroUsd global;

MicroUsd constant ZERO = MicroUsd.wrap(0);

function add(MicroUsd a, MicroUsd b) pure returns (MicroUsd) {
    return MicroUsd.wrap(MicroUsd.unwrap(a) + MicroUsd.unwrap(b));
}

function sub(MicroUsd a, MicroUsd b) pure returns (MicroUsd) {
    return MicroUsd.wrap(MicroUsd.unwrap(a) - MicroUsd.unwrap(b));
}

function eq(MicroUsd a, MicroUsd b) pure returns (bool) {
    return MicroUsd.unwrap(a) == MicroUsd.unwrap(b);
}

function gt(MicroUsd a, MicroUsd b) pure returns (bool) {
    return MicroUsd.unwrap(a) > MicroUsd.unwrap(b);
}

function lt(MicroUsd a, MicroUsd b) pure returns (bool) {
    return MicroUsd.unwrap(a) < MicroUsd.unwrap(b);
}

function isZero(MicroUsd a) pure returns (bool) {
    return MicroUsd.unwrap(a) == 0;
}

function min(MicroUsd a, MicroUsd b) pure returns (MicroUsd) {
    return MicroUsd.unwrap(a) < MicroUsd.unwrap(b) ? a : b;
}

function max(MicroUsd a, MicroUsd b) pure returns (MicroUsd) {
    return MicroUsd.unwrap(a) > MicroUsd.unwrap(b) ? a : b;
}

function raw(MicroUsd a) pure returns (uint256) {
    return MicroUsd.unwrap(a);
}
