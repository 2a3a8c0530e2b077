// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Claim} from "./IArbiter.sol";

/// @notice A consumer that is told its result instead of asking for it.
interface IArbiterCallback {
    /// @notice The claim is final. Called once, by the arbiter, with `CALLBACK_GAS`; a revert changes nothing there. A claim
    /// that is void or annulled is not told.
    /// @dev The receiver checks that the caller is its arbiter, and the claim against its own policy: anybody can
    /// name any contract as callback.
    function onResult(bytes32 claimId, Claim calldata c) external;
}
