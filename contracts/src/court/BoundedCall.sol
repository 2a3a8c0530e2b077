// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Telling a contract
/// @notice A call with bounded gas, whose failure changes nothing for the caller.
library BoundedCall {
    /// @notice Gas that the called contract gets.
    uint256 internal constant GAS = 200_000;
    /// @dev Left over after the call's share of the gas was set aside.
    uint256 private constant MARGIN = 8_000;

    /// @notice Too little gas is left to call with `GAS`.
    error CallbackGasShort(uint256 left, uint256 needed);

    /// @notice Whether the call returned. What it does with its gas, and what it returns, is not looked at.
    function call(address to, bytes memory data) internal returns (bool done) {
        // INVARIANT: whoever sends this transaction cannot starve the call.
        uint256 needed = GAS + GAS / 63 + MARGIN;
        if (gasleft() < needed) revert CallbackGasShort(gasleft(), needed);
        uint256 limit = GAS;
        assembly ("memory-safe") {
            done := call(limit, to, 0, add(data, 0x20), mload(data), 0, 0)
        }
    }
}
