// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Rung, RoundTerms} from "../interfaces/ICourt.sol";
import {Outcomes} from "./Outcomes.sol";
import {Tally, TallyCount} from "./Tally.sol";

/// @notice What a round brings into a settlement.
/// @param payer The rung that pays its seats.
struct HeldRound {
    Tally tally;
    uint8 payer;
    bool people;
    RoundTerms terms;
}

/// @notice Who gets what when a case ends. Everything that came in goes out: `payouts`, `seatPot` and `burnt` add up to all
/// bonds, fees and `forfeits`.
/// @param payouts Of each rung.
/// @param seatPot For the seats, which fetch it one by one.
/// @param seatShare What a seat of people that voted for the outcome gets beside its fee.
/// @param forfeits What seats lose.
struct Division {
    uint256[] payouts;
    uint256 seatPot;
    uint256 seatShare;
    uint256 forfeits;
    uint256 burnt;
}

/// @title Settlement
/// @notice Divides the money of a case at its end. All shares round down; what rounding leaves is burnt.
library CourtSettlement {
    using TallyCount for Tally;

    /// @dev Sums over the rungs: `won` bonds on the outcome, `lost` on others, `pool` fees of its rungs and `spent` of them.
    struct Sums {
        uint256 won;
        uint256 lost;
        uint256 pool;
        uint256 spent;
        uint256 idle;
    }

    /// @notice A case that ends by an outcome.
    function decided(Rung[] memory rungs, HeldRound[] memory rounds, uint8 outcome) internal pure returns (Division memory d) {
        uint256 place = Outcomes.placeOf(outcome);
        uint256[] memory earned = new uint256[](rungs.length);
        uint256 seats = 0;
        for (uint256 i = 0; i < rounds.length; ++i) {
            HeldRound memory h = rounds[i];
            uint256 right = h.tally.count(place);
            earned[h.payer] += right * h.terms.fee;
            if (h.people) seats += right;
            d.forfeits += (h.tally.cast() - right + h.tally.count(TallyCount.COPIED)) * lossOf(h.terms)
                + h.tally.absent() * h.terms.absence;
        }
        _divide(d, rungs, earned, outcome, seats);
    }

    /// @notice A case that ends without a ruling: bonds go back, every vote is paid its fee, only absence and copies cost.
    function undecided(Rung[] memory rungs, HeldRound[] memory rounds) internal pure returns (Division memory d) {
        d.payouts = new uint256[](rungs.length);
        for (uint256 k = 0; k < rungs.length; ++k) d.payouts[k] = uint256(rungs[k].bond) + rungs[k].fees;
        for (uint256 i = 0; i < rounds.length; ++i) {
            HeldRound memory h = rounds[i];
            uint256 paid = (h.tally.cast() + h.tally.count(Outcomes.ABSTAIN_PLACE)) * h.terms.fee;
            d.payouts[h.payer] -= paid;
            d.seatPot += paid;
            d.forfeits +=
                h.tally.count(TallyCount.COPIED) * lossOf(h.terms) + h.tally.absent() * h.terms.absence;
        }
        d.burnt = d.forfeits;
    }

    /// @notice What a seat loses by voting for what is not the outcome, and locks.
    function lossOf(RoundTerms memory terms) internal pure returns (uint128) {
        return uint128(terms.fee) * terms.lossToGain;
    }

    function _divide(Division memory d, Rung[] memory rungs, uint256[] memory earned, uint8 outcome, uint256 seats)
        private
        pure
    {
        Sums memory s = _sums(rungs, earned, outcome);
        uint256 half = s.lost / 2;
        // First what winners spent on panels comes back out of the other half, then the people who were right share.
        uint256 repaid = s.lost - half < s.spent ? s.lost - half : s.spent;
        uint256 rest = s.lost - half - repaid + s.idle + d.forfeits;
        if (seats != 0) d.seatShare = rest / seats;
        uint256 left = s.won + s.lost + d.forfeits;
        d.payouts = new uint256[](rungs.length);
        for (uint256 k = 0; k < rungs.length; ++k) {
            left += rungs[k].fees;
            d.seatPot += earned[k];
            d.payouts[k] = _payout(rungs[k], earned[k], outcome, s, half, repaid);
        }
        d.seatPot += d.seatShare * seats;
        for (uint256 k = 0; k < rungs.length; ++k) left -= d.payouts[k];
        d.burnt = left - d.seatPot;
    }

    function _sums(Rung[] memory rungs, uint256[] memory earned, uint8 outcome) private pure returns (Sums memory s) {
        for (uint256 k = 0; k < rungs.length; ++k) {
            Rung memory r = rungs[k];
            if (r.audit) continue;
            if (r.outcome == outcome) {
                (s.won, s.pool, s.spent) = (s.won + r.bond, s.pool + r.fees, s.spent + earned[k]);
            } else {
                (s.lost, s.idle) = (s.lost + r.bond, s.idle + r.fees - earned[k]);
            }
        }
    }

    function _payout(Rung memory r, uint256 earned, uint8 outcome, Sums memory s, uint256 half, uint256 repaid)
        private
        pure
        returns (uint256 amount)
    {
        if (r.audit) return r.fees - earned;
        if (r.outcome != outcome) return 0;
        amount = r.bond + half * r.bond / s.won;
        if (s.pool != 0) amount += (s.pool - s.spent + repaid) * r.fees / s.pool;
    }
}
