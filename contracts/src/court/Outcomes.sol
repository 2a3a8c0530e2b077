// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Outcomes of a case and votes on them
/// @notice `0 … n−1` as the question lists them, and three of every question. All can be proposed, bonded and voted.
library Outcomes {
    /// @notice The most that a question may list.
    uint8 internal constant MAX_LISTED = 16;
    /// @notice A vote, never an outcome.
    uint8 internal constant ABSTAIN = 252;
    /// @notice The rule cannot answer the question.
    uint8 internal constant UNDECIDABLE = 253;
    uint8 internal constant TOO_EARLY = 254;
    /// @notice The question itself is broken.
    uint8 internal constant INVALID = 255;

    /// @notice Places of a tally: the listed ones, the three of every question, then abstentions.
    uint256 internal constant PLACES = 19;
    uint256 internal constant ABSTAIN_PLACE = 19;

    function isOutcome(uint8 outcome, uint8 listed) internal pure returns (bool) {
        return outcome < listed || outcome >= UNDECIDABLE;
    }

    function placeOf(uint8 outcome) internal pure returns (uint256) {
        if (outcome == ABSTAIN) return ABSTAIN_PLACE;
        return outcome < MAX_LISTED ? outcome : MAX_LISTED + (outcome - UNDECIDABLE);
    }

    function outcomeAt(uint256 place) internal pure returns (uint8) {
        return uint8(place < MAX_LISTED ? place : place - MAX_LISTED + UNDECIDABLE);
    }
}
