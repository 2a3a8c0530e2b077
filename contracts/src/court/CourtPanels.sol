// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IBeacon} from "../interfaces/IBeacon.sol";
import {Case, CaseState, ICourt, RoundTerms} from "../interfaces/ICourt.sol";
import {ICourtJurors, Juror, Pool} from "../interfaces/ICourtJurors.sol";
import {ICourtPanels, Panel, PanelCall, Seat, SeatState} from "../interfaces/ICourtPanels.sol";
import {BlockHeader} from "./beacon/BlockHeader.sol";
import {Outcomes} from "./Outcomes.sol";
import {TallyCount} from "./Tally.sol";

/// @title Panels of a court
/// @notice Draws the seats of each round by a beacon that nobody knew when the round was called, and takes their votes by
/// commitment and reveal. `spec/21-court.md`.
contract CourtPanels is ICourtPanels {
    bytes32 private constant VOTE_TAG = keccak256("surety/court/vote/v1");
    bytes32 private constant DRAW_TAG = keccak256("surety/court/draw/v1");
    /// @notice Random elements that may be tried for one seat that a panel should have.
    uint256 public constant ELEMENTS_PER_SEAT = 64;
    /// @notice Of these, so many ask for a cluster that sat in no earlier round of the case.
    uint256 public constant FRESH_ELEMENTS_PER_SEAT = 32;
    /// @notice For so long after a round whoever was drawn by person and did not vote in it, or copied, is drawn nowhere.
    uint40 public constant OUT_SECONDS = 30 days;

    ICourt public immutable court;
    ICourtJurors public immutable jurors;
    IBeacon public immutable beacon;
    /// @notice How many blocks after its call the block comes whose `prevrandao` draws a panel that the beacon did not draw.
    uint64 public immutable fallbackBlocks;

    mapping(uint256 caseId => mapping(uint8 round => Panel)) private _panels;
    mapping(uint256 caseId => mapping(uint8 round => mapping(uint8 seat => Seat))) private _seats;
    mapping(uint256 caseId => mapping(uint8 round => mapping(uint8 seat => bytes32))) private _commitments;
    /// @dev Round and seat of whoever was ever drawn in a case: `round << 8 | seat`, 0 for nobody.
    mapping(uint256 caseId => mapping(address juror => uint16)) private _places;
    /// @dev Clusters (bits) that sat in a round, and in any round before.
    mapping(uint256 caseId => mapping(uint8 round => uint256)) private _clusters;
    mapping(uint256 caseId => uint256) private _formerClusters;
    /// @dev The last round in which a program of an operator sat; 0 for none.
    mapping(uint256 caseId => mapping(address operator => uint8 round)) private _operators;
    /// @dev Seat, plus one, that revealed a reading.
    mapping(uint256 caseId => mapping(uint8 round => mapping(bytes32 reading => uint8))) private _readings;

    constructor(ICourt court_, ICourtJurors jurors_, IBeacon beacon_, uint64 fallbackBlocks_) {
        (court, jurors, beacon, fallbackBlocks) = (court_, jurors_, beacon_, fallbackBlocks_);
    }

    // --- drawing ----------------------------------------------------------------------------------

    /// @inheritdoc ICourtPanels
    function open(uint256 caseId, uint8 round, PanelCall calldata call) external {
        if (msg.sender != address(court)) revert CourtOnly(msg.sender);
        Panel storage p = _panels[caseId][round];
        (p.beaconTime, p.fallbackTime) = (call.beaconTime, call.fallbackTime);
        (p.drawEnd, p.commitEnd, p.revealEnd) = (call.drawEnd, call.commitEnd, call.revealEnd);
        (p.called, p.outcomes, p.oneOperator, p.lock, p.pool) =
        (call.seats, call.outcomes, call.oneOperator, call.lock, call.pool);
        p.fallbackBlock = uint64(block.number) + fallbackBlocks;
        // INVARIANT: whoever stakes after this does so without weight in this draw, whose beacon comes later.
        p.snapshot = jurors.snapshot(call.pool);
    }

    /// @notice Draws seats by the beacon. Anybody may call it, again where `elements` did not fill the panel.
    /// @param beaconProof Shows the beacon's value; ignored once it was shown.
    /// @param elements How many random elements to try at most in this call.
    function draw(uint256 caseId, uint8 round, bytes calldata beaconProof, uint16 elements) external {
        Panel storage p = _panels[caseId][round];
        if (p.seed == 0) {
            _within(caseId, round, p.beaconTime, p.fallbackTime);
            _seed(caseId, round, p, beacon.randomnessAt(p.beaconTime, beaconProof));
        }
        _draw(caseId, round, p, elements);
    }

    /// @notice Draws seats by the chain's own randomness, when the beacon did not come in the first half of the draw's time. It
    /// is that of a block that was fixed when the panel was called; who proposes that block can bias it by a bit.
    /// @param header RLP of that block's header, while the chain remembers its hash.
    function drawByFallback(uint256 caseId, uint8 round, bytes calldata header, uint16 elements) external {
        Panel storage p = _panels[caseId][round];
        // INVARIANT: nobody chooses between two panels.
        if (p.seed != 0) revert DrawBegun(caseId, round);
        _within(caseId, round, p.fallbackTime, p.drawEnd);
        bytes32 hash = blockhash(p.fallbackBlock);
        if (hash == 0 || keccak256(header) != hash) revert HeaderDiffers(p.fallbackBlock);
        p.byFallback = true;
        _seed(caseId, round, p, BlockHeader.prevrandao(header));
        _draw(caseId, round, p, elements);
    }

    /// @notice Takes a seat from somebody who is in the case's exclusions. Anybody may call it before the commitments begin.
    /// The seat is drawn once more; one that was drawn again stays empty.
    /// @param elements How many random elements to try at most for somebody else; `draw` goes on where they were too few.
    function strike(uint256 caseId, uint8 round, uint8 seat, bytes32[] calldata proof, uint16 elements) external {
        Panel storage p = _panels[caseId][round];
        _within(caseId, round, p.beaconTime, p.drawEnd);
        Seat storage s = _seats[caseId][round][seat];
        if (s.state != SeatState.Drawn) revert SeatInState(caseId, round, seat, s.state);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(s.juror))));
        if (!MerkleProof.verifyCalldata(proof, court.caseOf(caseId).exclusions, leaf)) {
            revert StrikeUnproved(s.juror);
        }
        _free(p, s.juror, 0);
        p.tally = p.tally.minus(TallyCount.SEATED);
        emit SeatStruck(caseId, round, seat, s.juror);
        if (!s.redrawn) p.vacant |= uint32(1) << seat;
        (s.juror, s.state, s.redrawn) = (address(0), SeatState.Empty, true);
        _fillSeats(caseId, round, p, elements);
    }

    // --- voting -----------------------------------------------------------------------------------

    /// @notice The caller, who sits, commits to a vote, once.
    function commit(uint256 caseId, bytes32 commitment) external {
        (uint8 round, uint8 seat, Seat storage s) = _seated(caseId, msg.sender);
        Panel storage p = _panels[caseId][round];
        _within(caseId, round, p.drawEnd, p.commitEnd);
        if (commitment == 0) revert CommitmentEmpty();
        if (s.state != SeatState.Drawn) revert SeatInState(caseId, round, seat, s.state);
        (p.commitments, p.unrevealed) = (p.commitments + 1, p.unrevealed + 1);
        (s.state, s.order) = (SeatState.Committed, p.commitments);
        _commitments[caseId][round][seat] = commitment;
        emit Committed(caseId, round, seat, commitment);
    }

    /// @notice Shows a vote. Anybody who knows it may, in the time of the reveals.
    /// @param reading Digest of what the juror rests on. Two people with the same one are a copy and an original: so it
    /// should hold something that nobody can guess.
    function reveal(uint256 caseId, address juror, uint8 vote, bytes32 reading, bytes32 salt) external {
        (uint8 round, uint8 seat, Seat storage s) = _seated(caseId, juror);
        Panel storage p = _panels[caseId][round];
        _within(caseId, round, p.commitEnd, p.revealEnd);
        _open(caseId, round, seat, s, vote, reading, salt);
        // INVARIANT: what cannot be counted is not counted: the seat stays unrevealed, hence absent.
        if (vote != Outcomes.ABSTAIN && !Outcomes.isOutcome(vote, p.outcomes)) revert VoteUnknown(vote);
        if (p.pool != Pool.AI && reading == 0) revert ReadingMissing();
        (s.state, s.vote) = (SeatState.Revealed, vote);
        p.unrevealed -= 1;
        p.tally = p.tally.plus(Outcomes.placeOf(vote));
        emit Revealed(caseId, round, seat, vote, reading);
        if (p.pool == Pool.Persons) jurors.releasePerson(juror);
        if (p.pool != Pool.AI) _copies(caseId, round, p, seat, reading);
    }

    /// @notice Shows a vote before the time of the reveals, which voids it: half of what the seat can lose goes to the caller,
    /// and half is burnt. A receipt for a vote is a gun held to the seller's head.
    function showEarly(uint256 caseId, address juror, uint8 vote, bytes32 reading, bytes32 salt) external {
        (uint8 round, uint8 seat, Seat storage s) = _seated(caseId, juror);
        Panel storage p = _panels[caseId][round];
        _within(caseId, round, p.drawEnd, p.commitEnd);
        _open(caseId, round, seat, s, vote, reading, salt);
        s.state = SeatState.Shown;
        p.unrevealed -= 1;
        p.tally = p.tally.plus(TallyCount.SHOWN);
        _free(p, juror, p.lock);
        if (p.pool == Pool.Persons) _putOut(p, juror);
        emit ShownEarly(caseId, round, seat, msg.sender, court.payShown(msg.sender, p.lock));
    }

    /// @notice Frees the stake of a seat whose case has ended, and pays or charges its juror. Anybody may call it.
    function settleSeat(uint256 caseId, uint8 round, uint8 seat) external {
        Case memory c = court.caseOf(caseId);
        if (c.state != CaseState.Final && c.state != CaseState.Undecided) revert CaseOpen(caseId);
        // Where no panel ruled nobody was right or wrong, even if the case has an outcome.
        bool decided = c.state == CaseState.Final && court.rulingOf(caseId).round != 0;
        Seat storage s = _seats[caseId][round][seat];
        SeatState state = s.state;
        if (state == SeatState.Empty || state == SeatState.Shown || state == SeatState.Settled) {
            revert SeatInState(caseId, round, seat, state);
        }
        s.state = SeatState.Settled;
        RoundTerms memory terms = court.roundTermsOf(c.policy, round);
        Panel storage p = _panels[caseId][round];
        (uint256 paid, uint128 lost) = (0, 0);
        if (state == SeatState.Copied) lost = p.lock;
        else if (state != SeatState.Revealed) lost = terms.absence;
        else if (!decided) paid = terms.fee;
        else if (s.vote == c.standing) paid = terms.fee + (p.pool == Pool.AI ? 0 : court.seatShare(caseId));
        else if (s.vote != Outcomes.ABSTAIN) lost = p.lock;
        bool byPerson = p.pool == Pool.Persons;
        // Who was drawn by person and voted may sit elsewhere by now.
        bool missed = state == SeatState.Drawn || state == SeatState.Committed;
        if (!byPerson || missed) _free(p, s.juror, lost);
        if (byPerson && missed) _putOut(p, s.juror);
        if (paid != 0) court.paySeat(caseId, byPerson ? s.juror : jurors.jurorOf(s.juror).operator, paid);
        emit SeatSettled(caseId, round, seat, paid, lost);
    }

    // --- what there is ----------------------------------------------------------------------------

    function panelOf(uint256 caseId, uint8 round) external view returns (Panel memory) {
        return _panels[caseId][round];
    }

    function seatOf(uint256 caseId, uint8 round, uint8 seat) external view returns (Seat memory) {
        return _seats[caseId][round][seat];
    }

    /// @notice Whether somebody was ever drawn in a case, or is the operator of a program that was.
    function hasSat(uint256 caseId, address who) external view returns (bool) {
        return _places[caseId][who] != 0 || _operators[caseId][who] != 0;
    }

    function commitmentOf(uint256 caseId, uint8 round, address juror, uint8 vote, bytes32 reading, bytes32 salt)
        public
        view
        returns (bytes32)
    {
        return keccak256(
            abi.encode(VOTE_TAG, block.chainid, court, caseId, round, juror, vote, reading, salt)
        );
    }

    // --- internals --------------------------------------------------------------------------------

    /// @dev Half-open: at `end` it is over.
    function _within(uint256 caseId, uint8 round, uint256 begin, uint256 end) private view {
        if (block.timestamp < begin) revert PhaseAhead(caseId, round, begin);
        if (block.timestamp >= end) revert PhaseOver(caseId, round, end);
    }

    function _seed(uint256 caseId, uint8 round, Panel storage p, bytes32 randomness) private {
        p.seed = keccak256(abi.encode(DRAW_TAG, randomness, caseId, round));
        emit BeaconShown(caseId, round, randomness, p.byFallback);
    }

    function _draw(uint256 caseId, uint8 round, Panel storage p, uint16 elements) private {
        if (block.timestamp >= p.drawEnd) revert PhaseOver(caseId, round, p.drawEnd);
        bool full = p.seats == p.called && p.vacant == 0;
        if (full || p.elements == ELEMENTS_PER_SEAT * p.called) revert DrawComplete(caseId, round);
        _fillSeats(caseId, round, p, elements);
    }

    /// @dev First the seats that nobody had yet, then those that were struck, with so many random elements.
    function _fillSeats(uint256 caseId, uint8 round, Panel storage p, uint16 elements) private {
        uint256 end = uint256(p.elements) + elements;
        while (p.seats < p.called && _fill(caseId, round, p, p.seats, end)) p.seats += 1;
        for (uint8 seat = 0; p.vacant >> seat != 0; ++seat) {
            if ((p.vacant >> seat) & 1 == 0) continue;
            if (!_fill(caseId, round, p, seat, end)) return;
            p.vacant &= ~(uint32(1) << seat);
        }
    }

    /// @dev Tries one random element after the other until somebody can take the seat.
    function _fill(uint256 caseId, uint8 round, Panel storage p, uint8 seat, uint256 end) private returns (bool) {
        uint256 most = ELEMENTS_PER_SEAT * p.called;
        if (end > most) end = most;
        if (p.snapshot.total == 0) {
            p.elements = uint16(most);
            return false;
        }
        uint256 element = p.elements;
        address juror;
        while (element < end && juror == address(0)) {
            uint256 point = uint256(keccak256(abi.encode(p.seed, element))) % p.snapshot.total;
            address key = jurors.drawn(p.pool, p.snapshot, point);
            if (_admit(caseId, round, p, key, element)) juror = key;
            ++element;
        }
        p.elements = uint16(element);
        if (juror == address(0)) return false;
        Seat storage s = _seats[caseId][round][seat];
        (s.juror, s.state) = (juror, SeatState.Drawn);
        _places[caseId][juror] = (uint16(round) << 8) | seat;
        p.tally = p.tally.plus(TallyCount.SEATED);
        emit SeatDrawn(caseId, round, seat, juror);
        return true;
    }

    /// @dev What a seat held of its juror is the juror's again, less what it lost.
    function _free(Panel storage p, address juror, uint128 lost) private {
        if (p.pool == Pool.Persons) jurors.releasePerson(juror);
        else jurors.unlock(juror, p.lock, lost);
    }

    function _putOut(Panel storage p, address juror) private {
        jurors.putOut(juror, p.revealEnd + OUT_SECONDS);
    }

    /// @dev Whether a juror may take a seat; if so, its stake is locked and its cluster and operator are noted.
    function _admit(uint256 caseId, uint8 round, Panel storage p, address key, uint256 element) private returns (bool) {
        // INVARIANT: nobody sits twice in a case, and no party judges its own.
        if (_places[caseId][key] != 0 || court.isParty(caseId, key)) return false;
        if (p.pool == Pool.People) return jurors.lock(key, p.lock);
        if (p.pool == Pool.Persons) return jurors.seatPerson(key);
        Juror memory j = jurors.jurorOf(key);
        if (court.isParty(caseId, j.operator)) return false;
        uint256 bit = uint256(1) << jurors.clusterOf(j.family);
        uint256 taken = _clusters[caseId][round];
        uint256 former = _formerClusters[caseId] & ~taken;
        // INVARIANT: a jury of copies is one juror.
        if (taken & bit != 0) return false;
        if (element < FRESH_ELEMENTS_PER_SEAT * p.called && former & bit != 0) return false;
        if (!p.oneOperator && _operators[caseId][j.operator] == round) return false;
        if (!jurors.lock(key, p.lock)) return false;
        _clusters[caseId][round] = taken | bit;
        _formerClusters[caseId] |= bit;
        _operators[caseId][j.operator] = round;
        return true;
    }

    function _seated(uint256 caseId, address juror) private view returns (uint8 round, uint8 seat, Seat storage s) {
        uint16 place = _places[caseId][juror];
        (round, seat) = (uint8(place >> 8), uint8(place));
        s = _seats[caseId][round][seat];
        // INVARIANT: a struck seat votes by whoever has it now.
        if (place == 0 || s.juror != juror) revert NotSeated(caseId, juror);
    }

    function _open(uint256 caseId, uint8 round, uint8 seat, Seat storage s, uint8 vote, bytes32 reading, bytes32 salt)
        private
        view
    {
        if (s.state != SeatState.Committed) revert SeatInState(caseId, round, seat, s.state);
        bytes32 given = commitmentOf(caseId, round, s.juror, vote, reading, salt);
        bytes32 committed = _commitments[caseId][round][seat];
        if (given != committed) revert CommitmentDiffers(given, committed);
    }

    /// @dev Of two with the same reading, the later commitment is the copy. Nobody can commit to a reading after it was shown.
    function _copies(uint256 caseId, uint8 round, Panel storage p, uint8 seat, bytes32 reading) private {
        uint8 other = _readings[caseId][round][reading];
        if (other == 0) {
            _readings[caseId][round][reading] = seat + 1;
            return;
        }
        uint8 first = other - 1;
        if (_seats[caseId][round][seat].order < _seats[caseId][round][first].order) {
            _readings[caseId][round][reading] = seat + 1;
            (first, seat) = (seat, first);
        }
        Seat storage copy = _seats[caseId][round][seat];
        copy.state = SeatState.Copied;
        p.tally = p.tally.minus(Outcomes.placeOf(copy.vote)).plus(TallyCount.COPIED);
        if (p.pool == Pool.Persons) _putOut(p, copy.juror);
        emit Copy(caseId, round, seat, first);
    }
}
