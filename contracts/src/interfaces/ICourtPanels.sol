// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Tally} from "../court/Tally.sol";
import {Pool, Snapshot} from "./ICourtJurors.sol";

/// @notice What became of a seat so far.
enum SeatState {
    Empty,
    Drawn,
    Committed,
    Revealed,
    Copied,
    Shown,
    Settled
}

/// @notice One seat of a panel.
/// @param vote An outcome or `ABSTAIN`, once revealed.
/// @param order Number of its commitment among the panel's, from 1.
/// @param redrawn Whether it was struck once already.
struct Seat {
    address juror;
    SeatState state;
    uint8 vote;
    uint8 order;
    bool redrawn;
}

/// @notice The panel of one round. Every window is half-open: it begins at its first second and is over at its last.
/// @param beaconTime Unix seconds whose beacon draws it, fixed when it was called, after `snapshot`.
/// @param fallbackBlock Block whose `prevrandao` draws it, where the beacon did not in the first half of the draw's time.
/// @param lock What each seat can lose; nothing where persons are drawn.
/// @param called Seats that it should have.
/// @param elements How many random elements were used.
/// @param commitments How many seats have committed.
/// @param unrevealed Of these, how many have neither revealed nor been shown.
/// @param vacant Seats (bits) that were struck and are to be drawn once more.
/// @param byFallback Whether the chain's own randomness drew it.
struct Panel {
    uint40 beaconTime;
    uint40 fallbackTime;
    uint40 drawEnd;
    uint40 commitEnd;
    uint40 revealEnd;
    uint8 called;
    uint8 seats;
    uint8 commitments;
    uint8 unrevealed;
    bool oneOperator;
    bool byFallback;
    uint64 fallbackBlock;
    uint16 elements;
    uint32 vacant;
    uint128 lock;
    Pool pool;
    uint8 outcomes;
    Snapshot snapshot;
    bytes32 seed;
    Tally tally;
}

/// @notice What the court says of a panel that it calls.
struct PanelCall {
    Pool pool;
    uint8 seats;
    uint8 outcomes;
    bool oneOperator;
    uint128 lock;
    uint40 beaconTime;
    uint40 fallbackTime;
    uint40 drawEnd;
    uint40 commitEnd;
    uint40 revealEnd;
}

/// @notice Panels: drawn by a beacon, voting by commitment and reveal.
interface ICourtPanels {
    error CourtOnly(address sender);
    error PhaseOver(uint256 caseId, uint8 round, uint256 end);
    error PhaseAhead(uint256 caseId, uint8 round, uint256 begin);
    error DrawComplete(uint256 caseId, uint8 round);
    error DrawBegun(uint256 caseId, uint8 round);
    error SeatUnknown(uint256 caseId, uint8 round, uint8 seat);
    error SeatInState(uint256 caseId, uint8 round, uint8 seat, SeatState state);
    error NotSeated(uint256 caseId, address sender);
    error CommitmentEmpty();
    error CommitmentDiffers(bytes32 given, bytes32 committed);
    error VoteUnknown(uint8 vote);
    error ReadingMissing();
    error StrikeUnproved(address juror);
    error CaseOpen(uint256 caseId);
    error HeaderDiffers(uint256 number);

    event BeaconShown(uint256 indexed caseId, uint8 round, bytes32 randomness, bool byFallback);
    event SeatDrawn(uint256 indexed caseId, uint8 round, uint8 seat, address indexed juror);
    event SeatStruck(uint256 indexed caseId, uint8 round, uint8 seat, address indexed juror);
    event Committed(uint256 indexed caseId, uint8 round, uint8 seat, bytes32 commitment);
    event Revealed(uint256 indexed caseId, uint8 round, uint8 seat, uint8 vote, bytes32 reading);
    event Copy(uint256 indexed caseId, uint8 round, uint8 seat, uint8 original);
    event ShownEarly(uint256 indexed caseId, uint8 round, uint8 seat, address indexed by, uint256 paid);
    event SeatSettled(uint256 indexed caseId, uint8 round, uint8 seat, uint256 paid, uint256 lost);

    // --- of the court ---
    function open(uint256 caseId, uint8 round, PanelCall calldata call) external;
    // --- steps ---
    function draw(uint256 caseId, uint8 round, bytes calldata beaconProof, uint16 elements) external;
    function drawByFallback(uint256 caseId, uint8 round, bytes calldata header, uint16 elements) external;
    function strike(uint256 caseId, uint8 round, uint8 seat, bytes32[] calldata proof, uint16 elements) external;
    function commit(uint256 caseId, bytes32 commitment) external;
    function reveal(uint256 caseId, address juror, uint8 vote, bytes32 reading, bytes32 salt) external;
    function showEarly(uint256 caseId, address juror, uint8 vote, bytes32 reading, bytes32 salt) external;
    function settleSeat(uint256 caseId, uint8 round, uint8 seat) external;

    function panelOf(uint256 caseId, uint8 round) external view returns (Panel memory);
    function seatOf(uint256 caseId, uint8 round, uint8 seat) external view returns (Seat memory);
    function commitmentOf(uint256 caseId, uint8 round, address juror, uint8 vote, bytes32 reading, bytes32 salt)
        external
        view
        returns (bytes32);
    function hasSat(uint256 caseId, address who) external view returns (bool);
}
