// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {Ask, Case, CaseState, ICourt, Policy, RoundTerms} from "../../src/interfaces/ICourt.sol";
import {ICourtJurors, Juror, Person, Pool} from "../../src/interfaces/ICourtJurors.sol";
import {ICourtPanels, Panel, Seat, SeatState} from "../../src/interfaces/ICourtPanels.sol";
import {GivenPersons} from "../support/GivenPersons.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice A world in which everybody does anything at any time: asks, proposes, funds rungs, draws, strikes, commits, shows
/// early, reveals, counts, ends, collects, stakes, withdraws, takes and leaves a person's ticket, and stops being a person. `check` says that no money came or went and that no window
/// moved beyond what was said at the start; `finish` that anybody can end every case and everybody can fetch what is his.
contract CourtWorld is TestBase {
    uint256 public constant ACTORS = 3;
    uint256 public constant PROGRAMS = 5;
    uint256 public constant PEOPLE = 7;
    uint256 public constant ACCOUNTS = ACTORS + PROGRAMS + PEOPLE;
    uint256 public constant START = 1_000_000;
    uint128 public constant STAKE = 2500;
    uint256 private constant MAX_CASES = 3;
    uint8 private constant ABSTAIN = 252;
    address private constant STRANGER = address(0x57A4);
    /// @dev The first actor is the auditor too.
    address private constant AUDITED = address(0xA0000);

    struct Contribution {
        uint64 id;
        uint8 rung;
        uint8 outcome;
        address who;
    }

    DevDollar private dollar;
    ICourt private court;
    ICourtJurors private jurors;
    ICourtPanels private panels;
    GivenPersons private registry;
    /// @dev Undecided where no panel rules, and standing; people drawn by stake, and by person.
    bytes32[4] private policies;
    bytes32 private exclusions;
    address[ACCOUNTS] public accounts;

    uint256 public time = 1_000_000;
    uint256 public count;
    /// @notice Steps that took effect, by kind; so that a world in which nothing happens is seen.
    uint256[20] public moves;
    /// @notice Cases that ended by an outcome and undecided, by the last round that they came to.
    uint256[5] public finals;
    uint256[5] public undecideds;
    uint256 private _deposited;
    /// @dev Every contribution that was ever made: looked up one by one when all are added up.
    Contribution[] private _contributions;
    mapping(uint256 caseId => mapping(address juror => uint8)) private _votes;

    constructor(DevDollar dollar_, ICourt court_, GivenPersons registry_, Policy memory policy_) {
        (dollar, court, registry) = (dollar_, court_, registry_);
        (jurors, panels) = (court.jurors(), court.panels());
        for (uint256 i = 0; i < 4; i++) {
            policy_.unruledStands = i % 2 == 1;
            if (i == 2) (policy_.rounds[2].lossToGain, policy_.rounds[2].absence) = (0, 0);
            if (i == 2) (policy_.rounds[3].lossToGain, policy_.rounds[3].absence) = (0, 0);
            policies[i] = court.registerPolicy(policy_);
        }
        for (uint256 i = 0; i < ACCOUNTS; i++) accounts[i] = address(uint160(0xA0000 + i));
        exclusions = keccak256(bytes.concat(keccak256(abi.encode(accounts[ACTORS]))));
        _deposited = START * ACCOUNTS;
    }

    // --- one step -----------------------------------------------------------------------------------

    function step(uint256 r) external {
        uint256 kind = r % 20;
        r >>= 8;
        if (count == 0 || (kind == 0 && count < MAX_CASES)) return _ask(r);
        uint256 id = 1 + (r >> 8) % count;
        r >>= 16;
        CaseState state = court.stateOf(id);
        // Half of the steps are what the case waits for: else hardly any would come far.
        if (kind > 9) kind = _due(state, r);
        r >>= 8;
        if (kind <= 1) return _propose(id, r);
        if (kind == 2) return _fund(id, r);
        if (kind == 3) return _draw(id, r);
        if (kind == 4) return _vote(id, r);
        if (kind == 5) return _reveal(id, r);
        if (kind == 6) return _wait(id, r);
        if (kind == 7) return _collect(id, r);
        if (kind == 8) return _end(id, r);
        _other(id, r);
    }

    function _due(CaseState state, uint256 r) private pure returns (uint256) {
        if (r % 5 == 0) return 6;
        if (state == CaseState.Asked) return 1;
        if (state == CaseState.Drawing) return 3;
        if (state == CaseState.Committing) return 4;
        if (state == CaseState.Revealing) return 5;
        if (state == CaseState.Tallying) return 8;
        return state == CaseState.Final || state == CaseState.Undecided ? 7 : 2;
    }

    function _ask(uint256 r) private {
        Ask memory a;
        a.question = bytes32(r);
        a.outcomes = 3;
        a.policy = policies[(r >> 16) & 3];
        a.exclusions = r & 1 == 0 ? exclusions : bytes32(0);
        a.reward = uint128(r % 300);
        a.answerBy = uint40(time + 400);
        vm.prank(accounts[(r >> 8) % ACTORS]);
        count = court.ask(a);
        moves[0]++;
    }

    function _propose(uint256 id, uint256 r) private {
        if (r % 8 == 0) return _summon(id);
        (uint8 outcome, uint256 bond) = (_outcome(r), 50 + (r >> 32) % 60);
        _pay(1, id, outcome, _actor(r), abi.encodeCall(ICourt.propose, (id, outcome, bond)));
    }

    function _fund(uint256 id, uint256 r) private {
        if (r % 16 == 0) return _summon(id);
        (uint256 bond, uint256 fees) = court.nextRung(id);
        uint256 amount = (r >> 32) % 3 != 0 ? bond + fees : (bond + fees) / (1 + (r >> 40) % 4) + 1;
        uint8 outcome = _outcome(r);
        _pay(2, id, outcome, accounts[(r >> 8) % ACCOUNTS], abi.encodeCall(ICourt.fund, (id, outcome, amount)));
    }

    function _summon(uint256 id) private {
        _pay(15, id, ABSTAIN, AUDITED, abi.encodeCall(ICourt.summon, (id)));
    }

    function _pay(uint256 kind, uint256 id, uint8 outcome, address who, bytes memory call) private {
        Contribution memory c = Contribution(uint64(id), court.caseOf(id).rungs, outcome, who);
        uint256 before = court.contributionOf(id, c.rung, outcome, who);
        if (_done(kind, who, address(court), call) && before == 0) _contributions.push(c);
    }

    function _draw(uint256 id, uint256 r) private {
        Case memory c = court.caseOf(id);
        if (c.round == 0) return;
        Panel memory p = panels.panelOf(id, c.round);
        if (time < p.beaconTime && p.beaconTime < p.drawEnd) _advance(p.beaconTime);
        uint16 elements = uint16(r % 3 == 0 ? 2 : 400);
        bytes memory proof = abi.encode(r >> 200);
        _try(3, STRANGER, address(panels), abi.encodeCall(ICourtPanels.draw, (id, c.round, proof, elements)));
        bytes32[] memory none = new bytes32[](0);
        for (uint8 i = 0; i < 4 && r % 4 != 0; i++) {
            _try(9, STRANGER, address(panels), abi.encodeCall(ICourtPanels.strike, (id, c.round, i, none, uint16(r % 5))));
        }
        if (r % 3 != 2) _advance(p.drawEnd);
    }

    /// @dev Some or all of the seats commit; or one that did is shown.
    function _vote(uint256 id, uint256 r) private {
        uint8 round = court.caseOf(id).round;
        if (round == 0) return;
        if (r % 9 == 0) return _showEarly(id, panels.seatOf(id, round, uint8(r >> 8) % 4).juror, r);
        for (uint8 i = 0; i < 4; i++) {
            r = uint256(keccak256(abi.encode(r)));
            if (r % 8 != 0) _commit(id, round, panels.seatOf(id, round, i).juror, r >> 8);
        }
        if (r % 3 != 0) _advance(panels.panelOf(id, round).commitEnd);
    }

    function _commit(uint256 id, uint8 round, address juror, uint256 r) private {
        uint8 vote = r % 4 == 0 ? _outcome(r) : 1;
        if (r % 11 == 0) vote = r % 2 == 0 ? ABSTAIN : 99;
        bytes32 hash = panels.commitmentOf(id, round, juror, vote, _reading(juror), _salt(juror));
        if (_done(4, juror, address(panels), abi.encodeCall(ICourtPanels.commit, (id, hash)))) _votes[id][juror] = vote;
    }

    function _showEarly(uint256 id, address juror, uint256 r) private {
        bytes memory call = abi.encodeCall(
            ICourtPanels.showEarly, (id, juror, _votes[id][juror], _reading(juror), _salt(juror))
        );
        _try(10, _actor(r), address(panels), call);
    }

    function _reveal(uint256 id, uint256 r) private {
        uint8 round = court.caseOf(id).round;
        if (round == 0) return;
        for (uint8 i = 0; i < 4; i++) {
            r = uint256(keccak256(abi.encode(r)));
            if (r % 10 == 0) continue;
            address juror = panels.seatOf(id, round, i).juror;
            bytes memory call =
                abi.encodeCall(ICourtPanels.reveal, (id, juror, _votes[id][juror], _reading(juror), _salt(juror)));
            _try(5, STRANGER, address(panels), call);
        }
        if (r % 3 != 0) _advance(panels.panelOf(id, round).revealEnd);
    }

    function _wait(uint256 id, uint256 r) private {
        uint256 deadline = court.caseOf(id).deadline;
        if (r % 3 == 0 && deadline > time) _advance(deadline);
        else _advance(time + (r >> 8) % 45);
        moves[6]++;
    }

    function _collect(uint256 id, uint256 r) private {
        if (r % 4 != 0 || _contributions.length == 0) return _settle(id, 1 + uint8((r >> 16) % 4), uint8(r >> 24) % 4);
        _fetch(_contributions[(r >> 8) % _contributions.length]);
    }

    function _fetch(Contribution memory c) private {
        _try(7, STRANGER, address(court), abi.encodeCall(ICourt.collect, (c.id, c.rung, c.outcome, c.who)));
    }

    function _end(uint256 id, uint256 r) private {
        _try(8, STRANGER, address(court), r % 2 == 0 ? abi.encodeCall(ICourt.tally, (id)) : abi.encodeCall(ICourt.finalise, (id)));
    }

    function _other(uint256 id, uint256 r) private {
        uint256 kind = r % 6;
        address juror = accounts[ACTORS + (r >> 8) % (PROGRAMS + PEOPLE)];
        if (kind > 3) return _person(accounts[ACTORS + PROGRAMS + (r >> 8) % PEOPLE], r >> 16);
        address operator = jurors.jurorOf(juror).operator;
        uint128 amount = uint128((r >> 16) % 900);
        if (kind == 0) _try(11, operator, address(jurors), abi.encodeCall(ICourtJurors.addStake, (juror, amount)));
        else if (kind == 1) _try(12, operator, address(jurors), abi.encodeCall(ICourtJurors.withdrawStake, (juror, amount)));
        else if (kind == 2) _withdraw(_actor(r >> 8), amount);
        else _settle(id, 1 + uint8((r >> 16) % 4), uint8(r >> 24) % 4);
    }

    /// @dev Mostly takes a ticket, so that there are enough.
    function _person(address who, uint256 r) private {
        if (r % 8 == 0) return registry.set(who, (r >> 8) % 2 == 0);
        bytes memory call = r % 8 == 1
            ? abi.encodeCall(ICourtJurors.leaveByPerson, ())
            : abi.encodeCall(ICourtJurors.joinByPerson, ());
        _try(r % 8 == 1 ? 17 : 16, who, address(jurors), call);
    }

    function _settle(uint256 id, uint8 round, uint8 seat) private {
        _try(13, STRANGER, address(panels), abi.encodeCall(ICourtPanels.settleSeat, (id, round, seat)));
    }

    function _withdraw(address who, uint256 amount) private {
        if (_done(14, who, address(court), abi.encodeCall(ICourt.withdraw, (who, amount)))) _deposited -= amount;
    }

    // --- what always holds --------------------------------------------------------------------------

    /// @dev Whoever sits has one seat whose vote is not revealed, and nobody else does.
    function checkPersons() public view {
        for (uint256 i = ACTORS + PROGRAMS; i < ACCOUNTS; i++) {
            uint256 seats = 0;
            for (uint256 id = 1; id <= count; id++) seats += _unrevealed(id, accounts[i]);
            Person memory p = jurors.personOf(accounts[i]);
            assertEq(seats, p.sitting ? 1 : 0, "a person sits once at a time, until the vote is revealed");
        }
    }

    function _unrevealed(uint256 id, address who) private view returns (uint256 seats) {
        for (uint8 round = 3; round <= court.caseOf(id).round; round++) {
            if (panels.panelOf(id, round).pool != Pool.Persons) continue;
            for (uint8 i = 0; i < 4; i++) {
                Seat memory s = panels.seatOf(id, round, i);
                if (s.juror == who && (s.state == SeatState.Drawn || s.state == SeatState.Committed)) seats++;
            }
        }
    }

    /// @dev Nothing but this sum decides: it is added up from what is stored of each case, seat and account.
    function check() public view {
        uint256 held = court.burnt() + court.stakes();
        uint256 staked = court.stakes();
        for (uint256 i = 0; i < ACCOUNTS; i++) held += court.balanceOf(accounts[i]);
        held += court.balanceOf(STRANGER);
        uint256 owned = 0;
        for (uint256 i = 0; i < PROGRAMS + PEOPLE; i++) {
            Juror memory j = jurors.jurorOf(accounts[ACTORS + i]);
            assertTrue(j.locked <= j.stake, "no seat can lose what is not there");
            owned += j.stake;
        }
        for (uint256 id = 1; id <= count; id++) {
            Case memory c = court.caseOf(id);
            bool ended = c.state == CaseState.Final || c.state == CaseState.Undecided;
            held += ended ? court.seatPot(id) : c.reward;
            for (uint8 k = 0; ended && k < c.rungs; k++) held += court.payoutOf(id, k).left;
            staked += _pendingLosses(id, c);
            if (c.state >= CaseState.Proposed && c.state < CaseState.Final && c.latestEnd != 0) {
                assertTrue(c.deadline <= c.latestEnd, "no window ends after what was said at the start");
            }
        }
        for (uint256 i = 0; i < _contributions.length; i++) held += _unspent(_contributions[i]);
        assertEq(held, _deposited, "balances, bonds, fees, stakes, pots and what is burnt are all that came in");
        assertEq(dollar.balanceOf(address(court)), _deposited, "and lie in the court");
        assertEq(owned, staked, "the jurors' stakes, less what ended cases took");
        checkPersons();
    }

    /// @dev What lies in the court of a contribution as such. That to a rung of an ended case became part of what it got.
    function _unspent(Contribution memory c) private view returns (uint256) {
        Case memory k = court.caseOf(c.id);
        bool ended = k.state == CaseState.Final || k.state == CaseState.Undecided;
        if (ended && c.rung < k.rungs && court.rungOf(c.id, c.rung).outcome == c.outcome) return 0;
        return court.contributionOf(c.id, c.rung, c.outcome, c.who);
    }

    /// @dev What seats of an ended case will lose when they are settled; the court has taken it already.
    function _pendingLosses(uint256 id, Case memory c) private view returns (uint256 losses) {
        if (c.state != CaseState.Final && c.state != CaseState.Undecided) return 0;
        for (uint8 round = 1; round <= c.round; round++) {
            RoundTerms memory t = court.policyOf(court.caseOf(id).policy).rounds[round - 1];
            uint256 loss = uint256(t.fee) * t.lossToGain;
            for (uint8 i = 0; i < t.seats; i++) {
                Seat memory s = panels.seatOf(id, round, i);
                if (s.state == SeatState.Drawn || s.state == SeatState.Committed) losses += t.absence;
                if (s.state == SeatState.Copied) losses += loss;
                bool wrong = s.state == SeatState.Revealed && s.vote != ABSTAIN && s.vote != c.standing;
                if (wrong && c.state == CaseState.Final && court.rulingOf(id).round != 0) losses += loss;
            }
        }
    }

    // --- the end ------------------------------------------------------------------------------------

    /// @notice At the time that was said at the start, and not a second later, anybody ends every case; then everybody
    /// fetches what is his.
    function finish() external {
        uint256 last = time;
        for (uint256 id = 1; id <= count; id++) {
            Case memory c = court.caseOf(id);
            uint256 end = c.latestEnd == 0 ? c.deadline : c.latestEnd;
            if (end > last) last = end;
        }
        _advance(last);
        for (uint256 id = 1; id <= count; id++) _finish(id);
        for (uint256 i = 0; i < _contributions.length; i++) _fetch(_contributions[i]);
        for (uint256 i = 0; i < _contributions.length; i++) {
            Contribution memory c = _contributions[i];
            assertEq(court.contributionOf(c.id, c.rung, c.outcome, c.who), 0, "a contribution that nobody can fetch");
            assertEq(court.payoutOf(c.id, c.rung).left, 0, "a rung that is not empty");
        }
        check();
        uint256 total = court.burnt() + court.stakes() + court.balanceOf(STRANGER);
        for (uint256 i = 0; i < ACCOUNTS; i++) total += court.balanceOf(accounts[i]);
        assertEq(total, _deposited, "all that is not burnt or staked is somebody's");
        uint256 owned = 0;
        for (uint256 i = 0; i < PROGRAMS + PEOPLE; i++) {
            Juror memory j = jurors.jurorOf(accounts[ACTORS + i]);
            assertEq(j.locked, 0, "no stake stays locked");
            assertTrue(!jurors.personOf(accounts[ACTORS + i]).sitting, "nobody sits any more");
            owned += j.stake;
        }
        assertEq(owned, court.stakes(), "and every stake is a juror's");
    }

    function _finish(uint256 id) private {
        for (uint256 i = 0; i < 8; i++) {
            CaseState state = court.stateOf(id);
            if (state == CaseState.Final || state == CaseState.Undecided) break;
            if (state == CaseState.Tallying) court.tally(id);
            else court.finalise(id);
        }
        Case memory c = court.caseOf(id);
        if (c.state == CaseState.Final) finals[c.round]++;
        else assertEq(uint256(c.state), uint256(CaseState.Undecided), "the case is stuck");
        if (c.state == CaseState.Undecided) undecideds[c.round]++;
        for (uint8 round = 1; round <= c.round; round++) {
            for (uint8 i = 0; i < panels.panelOf(id, round).called; i++) {
                SeatState s = panels.seatOf(id, round, i).state;
                if (s == SeatState.Empty || s == SeatState.Shown || s == SeatState.Settled) continue;
                panels.settleSeat(id, round, i);
            }
        }
        assertEq(court.seatPot(id), 0, "the seats have fetched all that is theirs");
    }

    // --- internals ----------------------------------------------------------------------------------

    function _try(uint256 kind, address who, address target, bytes memory call) private {
        _done(kind, who, target, call);
    }

    function _done(uint256 kind, address who, address target, bytes memory call) private returns (bool done) {
        vm.prank(who);
        bytes memory reason;
        (done, reason) = target.call(call);
        if (done) moves[kind]++;
        // A refusal has a name. A panic would be an oversight.
        else assertTrue(bytes4(reason) != bytes4(keccak256("Panic(uint256)")), "a step panicked");
    }

    function _advance(uint256 to) private {
        if (to <= time) return;
        time = to;
        vm.warp(to);
    }

    function _actor(uint256 r) private view returns (address) {
        return accounts[(r >> 8) % ACTORS];
    }

    function _outcome(uint256 r) private pure returns (uint8) {
        return (r >> 16) % 4 == 0 ? uint8(253 + (r >> 20) % 3) : uint8((r >> 20) % 3);
    }

    /// @dev Two people in eight rest on the same.
    function _reading(address juror) private pure returns (bytes32) {
        uint256 i = uint160(juror) % 16;
        return bytes32(uint256(1 + (i == 11 ? 10 : i)));
    }

    function _salt(address juror) private pure returns (bytes32) {
        return bytes32(uint256(uint160(juror)));
    }
}
