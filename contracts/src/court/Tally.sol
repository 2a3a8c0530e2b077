// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Outcomes} from "./Outcomes.sol";

/// @notice What became of the seats of one round: a byte for each place, so that one slot holds a whole round.
type Tally is uint256;

using TallyCount for Tally global;

/// @title Counting
/// @dev A round has at most 31 seats, so no byte runs over.
library TallyCount {
    /// @notice Seats whose vote was a copy of another's.
    uint256 internal constant COPIED = 20;
    /// @notice Seats whose commitment was shown before the reveals.
    uint256 internal constant SHOWN = 21;
    /// @notice Seats that somebody sat in.
    uint256 internal constant SEATED = 22;

    function count(Tally t, uint256 place) internal pure returns (uint256) {
        return (Tally.unwrap(t) >> (8 * place)) & 0xff;
    }

    function plus(Tally t, uint256 place) internal pure returns (Tally) {
        return Tally.wrap(Tally.unwrap(t) + (uint256(1) << (8 * place)));
    }

    function minus(Tally t, uint256 place) internal pure returns (Tally) {
        return Tally.wrap(Tally.unwrap(t) - (uint256(1) << (8 * place)));
    }

    /// @notice Votes for an outcome: revealed, not abstaining, not void.
    function cast(Tally t) internal pure returns (uint256 votes) {
        for (uint256 place = 0; place < Outcomes.PLACES; ++place) votes += count(t, place);
    }

    /// @notice Seats that did not vote though nothing kept them from it.
    function absent(Tally t) internal pure returns (uint256) {
        return count(t, SEATED) - cast(t) - count(t, Outcomes.ABSTAIN_PLACE) - count(t, COPIED) - count(t, SHOWN);
    }

    /// @notice The outcome with the most votes, and whether it has more than every other.
    function leader(Tally t) internal pure returns (uint8 outcome, bool alone) {
        uint256 most = 0;
        uint256 best = 0;
        for (uint256 place = 0; place < Outcomes.PLACES; ++place) {
            uint256 votes = count(t, place);
            if (votes > most) (most, best, alone) = (votes, place, true);
            else if (votes == most) alone = false;
        }
        outcome = Outcomes.outcomeAt(best);
    }
}
