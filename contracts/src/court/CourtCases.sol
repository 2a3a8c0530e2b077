// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "../interfaces/IBeacon.sol";
import {Case, CaseState, ICourt, Payout, Policy, Round, RoundTerms, Ruling, Rung, SeatFloor} from "../interfaces/ICourt.sol";
import {ICourtJurors} from "../interfaces/ICourtJurors.sol";
import {ICourtPanels, Panel} from "../interfaces/ICourtPanels.sol";
import {IPersonRegistry} from "../interfaces/IPersonRegistry.sol";
import {CourtJurors} from "./CourtJurors.sol";
import {CourtMoney} from "./CourtMoney.sol";
import {CourtPanels} from "./CourtPanels.sol";
import {CourtSettlement} from "./CourtSettlement.sol";
import {Outcomes} from "./Outcomes.sol";

/// @title Cases of a court
/// @notice What is stored of cases and policies, and what can be read of them.
abstract contract CourtCases is CourtMoney {
    uint8 internal constant ROUNDS = 4;
    /// @dev Rounds of AI jurors come first.
    uint8 internal constant AI_ROUNDS = 2;
    uint256 private constant MAX_SEATS = 31;
    /// @dev Nine to one, the odds of an AI juror's vote under the default policies.
    uint8 private constant MOST_CALL_MULTIPLE = 9;
    uint256 private constant MAX_WINDOW_SECONDS = 30 days;

    /// @inheritdoc ICourt
    ICourtJurors public immutable jurors;
    /// @inheritdoc ICourt
    ICourtPanels public immutable panels;

    uint96 private immutable _aiFee;
    uint32 private immutable _aiSeconds;
    uint96 private immutable _peopleFee;
    uint32 private immutable _peopleSeconds;

    /// @notice How many were asked; they are numbered from 1.
    uint256 public cases;
    mapping(uint256 caseId => Case) internal _cases;
    mapping(bytes32 policy => Policy) internal _policies;
    mapping(bytes32 policy => uint40) internal _lengths;
    mapping(uint256 caseId => mapping(uint8 rung => Rung)) internal _rungs;
    mapping(uint256 caseId => mapping(uint8 rung => Payout)) internal _payouts;
    mapping(uint256 caseId => mapping(uint8 round => Round)) internal _rounds;
    /// @dev Of rungs that are not full.
    mapping(uint256 caseId => mapping(uint8 rung => mapping(uint8 outcome => uint256))) internal _pots;
    mapping(uint256 caseId => mapping(uint8 rung => mapping(uint8 outcome => mapping(address who => uint256)))) internal
        _contributions;
    /// @dev But the proposer, whose contribution to the first rung says so.
    mapping(uint256 caseId => mapping(address who => bool)) internal _parties;
    /// @inheritdoc ICourt
    mapping(uint256 caseId => uint256) public seatShare;
    /// @notice What the seats of an ended case have not fetched yet.
    mapping(uint256 caseId => uint256) public seatPot;

    constructor(
        IBeacon beacon,
        address curator,
        uint128 leastStake,
        uint64 fallbackBlocks,
        IPersonRegistry registry,
        SeatFloor memory floor
    ) {
        (_aiFee, _aiSeconds, _peopleFee, _peopleSeconds) =
        (floor.aiFee, floor.aiSeconds, floor.peopleFee, floor.peopleSeconds);
        // Each of the two is told the other's address before it is there: a contract's first two children are known.
        jurors = new CourtJurors(this, _child(2), curator, leastStake, registry);
        panels = new CourtPanels(this, jurors, beacon, fallbackBlocks);
    }

    /// @dev Address of this contract's child number `nonce`, while that is below 128.
    function _child(uint8 nonce) private view returns (address) {
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"d694", address(this), nonce)))));
    }

    // --- policies ---------------------------------------------------------------------------------

    /// @notice Makes a policy usable. Its id is `keccak256(abi.encode(terms))`, and it can never change.
    function registerPolicy(Policy calldata terms) external returns (bytes32 policy) {
        policy = keccak256(abi.encode(terms));
        if (_policies[policy].leastBond != 0) return policy;
        // INVARIANT: no proposal is so large that challenging it would not fit into the books, or is free.
        if (terms.leastBond == 0 || terms.mostBond < terms.leastBond) revert PolicyUnfit("bond");
        if (terms.callMultiple < 2 || terms.callMultiple > MOST_CALL_MULTIPLE) revert PolicyUnfit("callMultiple");
        _checkWindow(terms.challengeSeconds, "challengeSeconds");
        _checkWindow(terms.drawSeconds, "drawSeconds");
        // INVARIANT: there is time for the beacon before the fallback.
        if (terms.beaconSeconds == 0 || terms.beaconSeconds >= terms.drawSeconds / 2) revert PolicyUnfit("beaconSeconds");
        for (uint256 i = 0; i < ROUNDS; ++i) {
            RoundTerms calldata r = terms.rounds[i];
            if (r.seats == 0 || r.seats > MAX_SEATS) revert PolicyUnfit("seats");
            if (r.quorum == 0 || r.quorum > r.seats) revert PolicyUnfit("quorum");
            // INVARIANT: a juror has something to win and something to lose; or it is shown to be one person.
            if (r.fee == 0 || (r.lossToGain == 0 && !_drawsByPerson(i))) revert PolicyUnfit("fee");
            // INVARIANT: having one's own vote shown early never costs less than being absent.
            if (r.absence > CourtSettlement.lossOf(r) / 2) revert PolicyUnfit("absence");
            _checkFloor(i, r);
            _checkWindow(r.commitSeconds, "commitSeconds");
            _checkWindow(r.revealSeconds, "revealSeconds");
            _checkWindow(r.appealSeconds, "appealSeconds");
        }
        _policies[policy] = terms;
        _lengths[policy] = _lengthOf(terms);
        emit PolicyRegistered(policy, terms);
    }

    /// @dev Whether a round may be drawn by person: only where somebody says who is one.
    function _drawsByPerson(uint256 index) private view returns (bool) {
        return index >= AI_ROUNDS && address(jurors.registry()) != address(0);
    }

    /// @dev INVARIANT: whoever is drawn, whatever the case, has time to vote, and is paid for being kept from other panels.
    function _checkFloor(uint256 index, RoundTerms calldata r) private view {
        (uint96 fee, uint32 least) = index < AI_ROUNDS ? (_aiFee, _aiSeconds) : (_peopleFee, _peopleSeconds);
        if (r.fee < fee) revert PolicyUnfit("fee");
        if (r.commitSeconds < least) revert PolicyUnfit("commitSeconds");
        if (r.revealSeconds < least) revert PolicyUnfit("revealSeconds");
    }

    /// @dev The longest that a case can take once its first panel could be called.
    function _lengthOf(Policy calldata p) private pure returns (uint40 length) {
        for (uint256 i = 0; i < ROUNDS; ++i) {
            length += p.drawSeconds + p.rounds[i].commitSeconds + p.rounds[i].revealSeconds;
            if (i != ROUNDS - 1) length += p.rounds[i].appealSeconds;
        }
    }

    function _checkWindow(uint256 length, string memory field) private pure {
        if (length == 0 || length > MAX_WINDOW_SECONDS) revert PolicyUnfit(field);
    }

    // --- what there is ----------------------------------------------------------------------------

    /// @notice Where a case stands now. A window that is over stays until somebody acts on it; then `Drawing` to `Tallying`
    /// say which part of the round the clock has come to.
    function stateOf(uint256 caseId) public view returns (CaseState state) {
        state = _cases[caseId].state;
        if (state != CaseState.Drawing) return state;
        Panel memory p = panels.panelOf(caseId, _cases[caseId].round);
        if (block.timestamp < p.drawEnd) return CaseState.Drawing;
        if (block.timestamp < p.commitEnd) return CaseState.Committing;
        return block.timestamp < p.revealEnd ? CaseState.Revealing : CaseState.Tallying;
    }

    function caseOf(uint256 caseId) external view returns (Case memory) {
        return _cases[caseId];
    }

    function seatFloor() external view returns (SeatFloor memory) {
        return SeatFloor(_aiFee, _aiSeconds, _peopleFee, _peopleSeconds);
    }

    function policyOf(bytes32 policy) external view returns (Policy memory) {
        return _policies[policy];
    }

    function roundTermsOf(bytes32 policy, uint8 round) external view returns (RoundTerms memory) {
        return _policies[policy].rounds[round - 1];
    }

    function rungOf(uint256 caseId, uint8 rung) external view returns (Rung memory) {
        return _rungs[caseId][rung];
    }

    function payoutOf(uint256 caseId, uint8 rung) external view returns (Payout memory) {
        return _payouts[caseId][rung];
    }

    /// @notice What is in a rung for an outcome, while it is not full.
    function contributedTo(uint256 caseId, uint8 rung, uint8 outcome) external view returns (uint256) {
        return _pots[caseId][rung][outcome];
    }

    function contributionOf(uint256 caseId, uint8 rung, uint8 outcome, address contributor)
        external
        view
        returns (uint256)
    {
        return _contributions[caseId][rung][outcome][contributor];
    }

    /// @notice Whether somebody asked, proposed or put money on an outcome, and so cannot sit.
    function isParty(uint256 caseId, address who) public view returns (bool) {
        Case storage c = _cases[caseId];
        return c.asker == who || _parties[caseId][who] || _contributions[caseId][0][c.proposal][who] != 0;
    }

    function roundOf(uint256 caseId, uint8 round) external view returns (Round memory) {
        return _rounds[caseId][round];
    }

    /// @notice The last ruling; round 0 where there is none.
    function rulingOf(uint256 caseId) public view returns (Ruling memory r) {
        Case storage c = _cases[caseId];
        for (uint8 round = c.round; round > 0; --round) {
            Round storage h = _rounds[caseId][round];
            if (!h.ruled) continue;
            (uint8 outcome,) = h.tally.leader();
            uint8 seats = _policies[c.policy].rounds[round - 1].seats;
            return Ruling(
                round, outcome, uint8(h.tally.count(Outcomes.placeOf(outcome))), uint8(h.tally.cast()), seats
            );
        }
    }

    /// @notice What filling the next rung takes; zeros where nothing can be filled.
    function nextRung(uint256 caseId) public view returns (uint256 bond, uint256 fees) {
        Case storage c = _cases[caseId];
        if (c.state != CaseState.Proposed && c.state != CaseState.Appealable && c.state != CaseState.Funding) return (0, 0);
        Policy storage p = _policies[c.policy];
        fees = _feesOf(p, c.round);
        bond = p.leastBond;
        if (c.state == CaseState.Funding) return (bond, fees);
        uint256 all = 0;
        for (uint8 k = 0; k < c.rungs; ++k) all += _rungs[caseId][k].bond;
        // People are called first, and who leaves has lost nothing.
        bool free = c.state == CaseState.Appealable && c.round == AI_ROUNDS && rulingOf(caseId).round == 0;
        all *= free ? p.callMultiple : 2;
        if (all > bond) bond = all;
    }

    /// @dev Fees of the panel that follows `round`. The first one brings those of the second along, which may come by itself.
    function _feesOf(Policy storage p, uint8 round) internal view returns (uint256 fees) {
        fees = uint256(p.rounds[round].fee) * p.rounds[round].seats;
        if (round == 0) fees += _feesOf(p, 1);
    }
}
