// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Who is one person: the one call by which a court asks, and the one of Proof of Humanity, whose registry can stand here
/// as it is.
/// @dev What a court relies on: no two accounts are the same person at a time, and nobody moves from one account to another
/// within the time of a draw. It may say no of somebody of whom it said yes. It must not fail: while it does nobody is drawn.
interface IPersonRegistry {
    function isHuman(address account) external view returns (bool);
}
