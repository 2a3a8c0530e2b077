// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "../interfaces/IBeacon.sol";
import {Ask, Case, CaseState, Payout, Policy, Round, RoundTerms, Rung, SeatFloor} from "../interfaces/ICourt.sol";
import {ICourtCallback} from "../interfaces/ICourtCallback.sol";
import {Pool} from "../interfaces/ICourtJurors.sol";
import {Panel, PanelCall} from "../interfaces/ICourtPanels.sol";
import {IPersonRegistry} from "../interfaces/IPersonRegistry.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {CourtCases} from "./CourtCases.sol";
import {CourtMoney} from "./CourtMoney.sol";
import {CourtSettlement, Division, HeldRound} from "./CourtSettlement.sol";
import {Outcomes} from "./Outcomes.sol";

/// @title Court
/// @notice Decides whether an answer is right: a proposal with a bond, challenges that cost twice all bonds before, two
/// panels of AI jurors and two of people. It holds the money and the windows of each case.
/// @dev `spec/21-court.md`. Every state is left by a step that anybody may take once its window is over; no step makes a case
/// end later; nobody is paid by a transfer that could be refused; nothing loops over contributors or seats.
contract Court is CourtCases {
    /// @param currency_ An ERC-20, or the zero address for the chain's own.
    /// @param beacon Draws panels.
    /// @param curator Admits families of AI jurors.
    /// @param leastStake The least that joining as a juror takes.
    /// @param fallbackBlocks After how many blocks the one comes that draws where the beacon did not.
    /// @param registry Says who is one person; 0 for a court that draws by stake alone.
    /// @param floor What every policy gives to whoever is drawn.
    constructor(
        address currency_,
        IBeacon beacon,
        address curator,
        uint128 leastStake,
        uint64 fallbackBlocks,
        IPersonRegistry registry,
        SeatFloor memory floor
    ) CourtMoney(currency_) CourtCases(beacon, curator, leastStake, fallbackBlocks, registry, floor) {}

    // --- asking and proposing ---------------------------------------------------------------------

    /// @notice Asks a question; the reward is taken out of the caller's balance.
    function ask(Ask calldata terms) external payable nonReentrant returns (uint256 caseId) {
        if (terms.outcomes < 2 || terms.outcomes > Outcomes.MAX_LISTED) revert OutcomesOutOfRange(terms.outcomes);
        if (_policies[terms.policy].leastBond == 0) revert PolicyUnknown(terms.policy);
        if (terms.answerBy <= block.timestamp || terms.answerBy <= terms.opensAt) {
            revert AnswerTimeUnfit(terms.opensAt, terms.answerBy);
        }
        _pay(terms.reward);
        caseId = ++cases;
        Case storage c = _cases[caseId];
        (c.asker, c.state, c.outcomes, c.callback) = (msg.sender, CaseState.Asked, terms.outcomes, terms.callback);
        (c.proposal, c.standing, c.deadline) = (Outcomes.ABSTAIN, Outcomes.ABSTAIN, terms.answerBy);
        (c.policy, c.exclusions, c.reward, c.opensAt) =
            (terms.policy, terms.exclusions, terms.reward, terms.opensAt);
        emit Asked(caseId, msg.sender, terms.question, terms);
    }

    /// @notice Proposes an outcome with a bond out of the caller's balance. It is final unless somebody challenges it.
    function propose(uint256 caseId, uint8 outcome, uint256 bond) external payable nonReentrant {
        Case storage c = _inState(caseId, CaseState.Asked);
        if (block.timestamp < c.opensAt) revert NotBefore(caseId, c.opensAt);
        _beforeDeadline(caseId, c);
        if (!Outcomes.isOutcome(outcome, c.outcomes)) revert OutcomeUnknown(outcome);
        Policy storage p = _policies[c.policy];
        // INVARIANT: whoever can bear the largest first bond twice, and the fees, can challenge any proposal.
        if (bond < p.leastBond || bond > p.mostBond) revert BondOutOfRange(bond, p.leastBond, p.mostBond);
        (c.state, c.proposal, c.standing) = (CaseState.Proposed, outcome, outcome);
        c.deadline = uint40(block.timestamp) + p.challengeSeconds;
        c.latestEnd = c.deadline + _lengths[c.policy];
        emit Proposed(caseId, msg.sender, outcome, bond, c.latestEnd);
        _contribute(caseId, 0, outcome, bond);
        _fill(caseId, c, Rung(uint120(bond), 0, outcome, false));
    }

    // --- going on ---------------------------------------------------------------------------------

    /// @notice Contributes to the next rung in the name of an outcome, out of the caller's balance: at most what is missing.
    /// The first outcome to fill the rung takes it, and calls the next panel; what others put in is collected in full.
    /// @return taken How much of `amount` was missing.
    function fund(uint256 caseId, uint8 outcome, uint256 amount)
        external
        payable
        nonReentrant
        returns (uint256 taken)
    {
        Case storage c = _fillable(caseId);
        if (!Outcomes.isOutcome(outcome, c.outcomes)) revert OutcomeUnknown(outcome);
        if (c.state == CaseState.Funding) {
            // INVARIANT: who pays people to decide has something at stake already.
            if (!_hasBond(caseId, c, outcome)) revert OutcomeWithoutBond(outcome);
        } else if (outcome == c.standing) {
            revert OutcomeStands(outcome);
        }
        // INVARIANT: nobody who judged a case gains by its end otherwise than as a juror.
        if (panels.hasSat(caseId, msg.sender)) revert JurorOfCase(msg.sender);
        (uint256 bond, uint256 fees) = nextRung(caseId);
        uint256 missing = bond + fees - _pots[caseId][c.rungs][outcome];
        taken = amount < missing ? amount : missing;
        if (taken == 0) revert ZeroPaid();
        _contribute(caseId, c.rungs, outcome, taken);
        _parties[caseId][msg.sender] = true;
        if (taken != missing) {
            _pots[caseId][c.rungs][outcome] += taken;
            return taken;
        }
        _callNext(caseId, c, _fill(caseId, c, Rung(uint120(bond), uint120(fees), outcome, false)), uint40(block.timestamp));
    }

    /// @notice The policy's auditor pays the next panel, without a bond and for no outcome. Also where nobody proposed.
    function summon(uint256 caseId) external payable nonReentrant {
        Case storage c = _cases[caseId];
        if (c.state == CaseState.Asked) _beforeDeadline(caseId, c);
        else _fillable(caseId);
        Policy storage p = _policies[c.policy];
        if (msg.sender != p.auditor) revert AuditorOnly(msg.sender, p.auditor);
        if (c.state == CaseState.Asked) c.latestEnd = uint40(block.timestamp) + _lengths[c.policy];
        uint256 fees = _feesOf(p, c.round);
        _contribute(caseId, c.rungs, Outcomes.ABSTAIN, fees);
        _parties[caseId][msg.sender] = true;
        _callNext(caseId, c, _fill(caseId, c, Rung(0, uint120(fees), Outcomes.ABSTAIN, true)), uint40(block.timestamp));
    }

    /// @notice Counts a round whose reveals are over, or which has no vote left to reveal. Anybody may call it.
    function tally(uint256 caseId) external nonReentrant {
        Case storage c = _inState(caseId, CaseState.Drawing);
        uint8 round = c.round;
        Panel memory p = panels.panelOf(caseId, round);
        // INVARIANT: no vote is left out that could still be shown.
        if (block.timestamp < p.revealEnd && (block.timestamp < p.commitEnd || p.unrevealed != 0)) {
            revert RevealsOutstanding(caseId);
        }
        // INVARIANT: being late here moves no window.
        uint40 base = block.timestamp < p.revealEnd ? uint40(block.timestamp) : p.revealEnd;
        RoundTerms memory terms = _policies[c.policy].rounds[round - 1];
        (uint8 leader, bool alone) = p.tally.leader();
        bool ruled = alone && p.tally.cast() >= terms.quorum;
        Round storage h = _rounds[caseId][round];
        (h.tally, h.ended, h.ruled) = (p.tally, true, ruled);
        emit RoundEnded(caseId, round, ruled, leader, p.tally);
        if (ruled) c.standing = leader;
        bool stands = ruled || (_policies[c.policy].unruledStands && c.standing != Outcomes.ABSTAIN);
        if (round == ROUNDS) return stands ? _decide(caseId, c) : _undecide(caseId, c);
        // A panel of AI jurors that has no ruling is followed by the next one by itself; people are called when they are paid.
        if (!ruled && round < AI_ROUNDS) return _callNext(caseId, c, h.payer, base);
        c.state = stands ? CaseState.Appealable : CaseState.Funding;
        c.deadline = base + terms.appealSeconds;
    }

    // --- ending -----------------------------------------------------------------------------------

    /// @notice Ends a case whose window is over: by the outcome that stands, or undecided where none does. Anybody may call it.
    function finalise(uint256 caseId) external nonReentrant {
        Case storage c = _cases[caseId];
        CaseState state = c.state;
        bool stands = state == CaseState.Proposed || state == CaseState.Appealable;
        if (!stands && state != CaseState.Asked && state != CaseState.Funding) revert CaseInState(caseId, stateOf(caseId));
        if (block.timestamp < c.deadline) revert NotBefore(caseId, c.deadline);
        if (stands) _decide(caseId, c);
        else _undecide(caseId, c);
    }

    /// @notice Pays a contributor what a rung owes it, into its balance: its part of what the rung got, or all that it
    /// had put in for an outcome that did not fill the rung. Anybody may call it.
    function collect(uint256 caseId, uint8 rung, uint8 outcome, address contributor)
        external
        nonReentrant
        returns (uint256 amount)
    {
        Case storage c = _cases[caseId];
        uint256 given = _contributions[caseId][rung][outcome][contributor];
        if (given == 0) revert NothingToCollect(caseId, rung, contributor);
        bool ended = c.state == CaseState.Final || c.state == CaseState.Undecided;
        bool filled = rung < c.rungs && _rungs[caseId][rung].outcome == outcome;
        // INVARIANT: what may still fill a rung, or what filled one, stays until it is decided.
        if (!ended && (filled || rung == c.rungs)) revert CaseInState(caseId, stateOf(caseId));
        _contributions[caseId][rung][outcome][contributor] = 0;
        amount = filled ? _share(caseId, rung, given) : given;
        _credit(contributor, amount);
        emit Collected(caseId, rung, outcome, contributor, amount);
    }

    // --- of the court's own parts -----------------------------------------------------------------

    function takeStake(address from, uint256 amount) external {
        if (msg.sender != address(jurors)) revert PartOnly(msg.sender);
        _debit(from, amount);
        stakes += amount;
    }

    function giveStake(address to, uint256 amount) external {
        if (msg.sender != address(jurors)) revert PartOnly(msg.sender);
        stakes -= amount;
        _credit(to, amount);
    }

    function paySeat(uint256 caseId, address to, uint256 amount) external {
        if (msg.sender != address(panels)) revert PartOnly(msg.sender);
        seatPot[caseId] -= amount;
        _credit(to, amount);
    }

    /// @dev Half to who showed it: with all of it a juror could save its stake through a friend.
    function payShown(address to, uint256 lost) external returns (uint256 paid_) {
        if (msg.sender != address(panels)) revert PartOnly(msg.sender);
        stakes -= lost;
        paid_ = lost / 2;
        _credit(to, paid_);
        burnt += lost - paid_;
    }

    // --- internals --------------------------------------------------------------------------------

    function _inState(uint256 caseId, CaseState state) private view returns (Case storage c) {
        c = _cases[caseId];
        if (c.state != state) revert CaseInState(caseId, stateOf(caseId));
    }

    function _fillable(uint256 caseId) private view returns (Case storage c) {
        c = _cases[caseId];
        if (c.state != CaseState.Proposed && c.state != CaseState.Appealable && c.state != CaseState.Funding) {
            revert CaseInState(caseId, stateOf(caseId));
        }
        _beforeDeadline(caseId, c);
    }

    function _beforeDeadline(uint256 caseId, Case storage c) private view {
        if (block.timestamp >= c.deadline) revert TooLate(caseId, c.deadline);
    }

    function _hasBond(uint256 caseId, Case storage c, uint8 outcome) private view returns (bool) {
        for (uint8 k = 0; k < c.rungs; ++k) {
            if (_rungs[caseId][k].outcome == outcome) return true;
        }
        return false;
    }

    function _contribute(uint256 caseId, uint8 rung, uint8 outcome, uint256 amount) private {
        _pay(amount);
        _contributions[caseId][rung][outcome][msg.sender] += amount;
        emit Contributed(caseId, rung, outcome, msg.sender, amount);
    }

    function _fill(uint256 caseId, Case storage c, Rung memory filled) private returns (uint8 rung) {
        rung = c.rungs++;
        _rungs[caseId][rung] = filled;
        emit RungFilled(caseId, rung, filled.outcome, filled.audit, filled.bond, filled.fees);
    }

    /// @dev Calls the next round's panel. `base` is when that was due.
    function _callNext(uint256 caseId, Case storage c, uint8 payer, uint40 base) private {
        Policy storage p = _policies[c.policy];
        RoundTerms memory terms = p.rounds[c.round];
        uint8 round = ++c.round;
        uint40 drawEnd = base + p.drawSeconds;
        uint40 commitEnd = drawEnd + terms.commitSeconds;
        (c.state, c.deadline) = (CaseState.Drawing, commitEnd + terms.revealSeconds);
        _rounds[caseId][round].payer = payer;
        emit RoundCalled(caseId, round, payer, c.deadline);
        panels.open(
            caseId,
            round,
            PanelCall({
                pool: round <= AI_ROUNDS ? Pool.AI : terms.lossToGain == 0 ? Pool.Persons : Pool.People,
                seats: terms.seats,
                outcomes: c.outcomes,
                oneOperator: p.oneOperator,
                lock: CourtSettlement.lossOf(terms),
                // From now on, though the call was due earlier: stakes are those of now, and the beacon must not be known.
                beaconTime: uint40(block.timestamp) + p.beaconSeconds,
                fallbackTime: base + p.drawSeconds / 2,
                drawEnd: drawEnd,
                commitEnd: commitEnd,
                revealEnd: c.deadline
            })
        );
    }

    function _decide(uint256 caseId, Case storage c) private {
        c.state = CaseState.Final;
        (Rung[] memory rungs, HeldRound[] memory rounds) = _heldBy(caseId, c);
        // INVARIANT: where panels sat and none ruled nobody has won against anybody, and every bond goes back. A ruling that stands
        // though a later panel had none is one: else an appeal to a panel that is not sure would buy the bond back.
        bool won = c.round == 0 || rulingOf(caseId).round != 0;
        Division memory d =
            won ? CourtSettlement.decided(rungs, rounds, c.standing) : CourtSettlement.undecided(rungs, rounds);
        if (c.standing == c.proposal) d.payouts[0] += c.reward;
        else _credit(c.asker, c.reward);
        _end(caseId, c, rungs, d);
    }

    function _undecide(uint256 caseId, Case storage c) private {
        (c.state, c.standing) = (CaseState.Undecided, Outcomes.ABSTAIN);
        (Rung[] memory rungs, HeldRound[] memory rounds) = _heldBy(caseId, c);
        Division memory d = CourtSettlement.undecided(rungs, rounds);
        _credit(c.asker, c.reward);
        _end(caseId, c, rungs, d);
    }

    function _end(uint256 caseId, Case storage c, Rung[] memory rungs, Division memory d) private {
        c.endedAt = uint40(block.timestamp);
        for (uint8 k = 0; k < rungs.length; ++k) {
            uint256 need = uint256(rungs[k].bond) + rungs[k].fees;
            _payouts[caseId][k] = Payout(uint128(d.payouts[k]), uint128(d.payouts[k]), uint128(need));
        }
        (seatPot[caseId], seatShare[caseId]) = (d.seatPot, d.seatShare);
        stakes -= d.forfeits;
        burnt += d.burnt;
        emit Ended(caseId, c.standing, d.burnt);
        if (!c.callback) return;
        bool decided = c.state == CaseState.Final;
        bytes memory told = abi.encodeCall(ICourtCallback.onOutcome, (caseId, decided, c.standing));
        emit CalledBack(caseId, c.asker, BoundedCall.call(c.asker, told));
    }

    /// @dev A contributor's part of what a rung got, rounded down; after the last one what rounding left is burnt.
    function _share(uint256 caseId, uint8 rung, uint256 given) private returns (uint256 amount) {
        Rung storage r = _rungs[caseId][rung];
        Payout storage p = _payouts[caseId][rung];
        amount = uint256(p.got) * given / (uint256(r.bond) + r.fees);
        (p.uncollected, p.left) = (p.uncollected - uint128(given), p.left - uint128(amount));
        if (p.uncollected != 0 || p.left == 0) return amount;
        burnt += p.left;
        p.left = 0;
    }

    function _heldBy(uint256 caseId, Case storage c)
        private
        view
        returns (Rung[] memory rungs, HeldRound[] memory rounds)
    {
        rungs = new Rung[](c.rungs);
        for (uint8 k = 0; k < c.rungs; ++k) rungs[k] = _rungs[caseId][k];
        rounds = new HeldRound[](c.round);
        Policy storage p = _policies[c.policy];
        for (uint8 i = 0; i < c.round; ++i) {
            Round storage h = _rounds[caseId][i + 1];
            rounds[i] = HeldRound(h.tally, h.payer, i >= AI_ROUNDS, p.rounds[i]);
        }
    }
}
