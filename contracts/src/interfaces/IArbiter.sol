// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Holds} from "./IExecutionVerifier.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice What a requester signs (EIP-712), and whoever answers accepts.
/// @param requester Who pays the price and is told. Needs no signature when it sends the claim itself.
/// @param provider Who may answer; the zero address for anybody.
/// @param program Id of the program.
/// @param input Id of its input.
/// @param verifier Route by which the run is shown or refuted.
/// @param price Paid to the provider when the result is final.
/// @param bond What the provider stands to lose.
/// @param deadline Unix seconds until which the claim must be made.
/// @param window Seconds after the claim in which a dispute may begin.
/// @param clock Seconds that each side of one dispute has for all its moves.
/// @param premiumPpm What reserving cover costs, in parts per million of the cover, paid to the provider.
/// @param proofRequired Whether silence is not enough: paid only if a proof was found good within the window.
/// @param callback Contract that is told the final result; the zero address for none.
/// @param nonce Each is used once by a requester.
struct Request {
    address requester;
    address provider;
    bytes32 program;
    bytes32 input;
    address verifier;
    MicroUsd price;
    MicroUsd bond;
    uint64 deadline;
    uint32 window;
    uint32 clock;
    uint32 premiumPpm;
    bool proofRequired;
    address callback;
    uint256 nonce;
}

/// @notice A provider's answer to a request. Its id is `keccak256(abi.encode(block.chainid, arbiter, claim))`; nothing else
/// of it is stored, so every call brings it along.
struct Claim {
    Request request;
    address provider;
    bytes32 output;
    bytes32 trace;
}

/// @notice Life of a claim. `Void` by refutation or a missed clock slashes; `Annulled` (doubted, or not proved where the request
/// asked for it) slashes nobody.
enum ClaimState {
    None,
    Open,
    Final,
    Void,
    Annulled
}

/// @notice Whose move it is. Every state but the closed ones ends by itself when the mover's clock has run out.
enum Turn {
    None,
    Provider,
    Challenger,
    Closed
}

/// @notice All that is stored of a claim: one slot.
/// @param windowEnd Unix seconds, the last at which a dispute may begin.
/// @param disputes How many there were; they are numbered from 1.
/// @param openDisputes How many of them were not closed while the claim was open.
/// @param covered Cover reserved; once void, what of it was not taken yet.
/// @param proved Of a final claim: by a proof, and not because nobody refuted it in time.
struct ClaimStatus {
    ClaimState state;
    uint40 windowEnd;
    uint32 disputes;
    uint32 openDisputes;
    MicroUsd covered;
    bool proved;
}

/// @notice One dispute. The stake follows from the claim's bond.
/// @param deadline Unix seconds, the last at which the mover may move.
/// @param otherSeconds What is left of the other side's clock.
/// @param questions How many were asked.
/// @param questionHash Keccak of the last question.
/// @param record What the last answer left behind; 0 for none.
/// @param prepaid For the answer to an open question, in the chain's smallest native unit.
struct Dispute {
    address challenger;
    Turn turn;
    uint40 deadline;
    uint24 otherSeconds;
    uint8 questions;
    bytes32 questionHash;
    bytes32 record;
    uint128 prepaid;
}

/// @notice What a deployment fixes, shares in parts per million of a claim's bond.
/// @param leastBond The smallest bond of a claim.
/// @param stakePpm What a challenger locks.
/// @param rewardPpm What whoever refutes a claim is paid.
/// @param burnPpm The least that nobody gets when a claim is void.
struct Shares {
    MicroUsd leastBond;
    uint32 stakePpm;
    uint32 rewardPpm;
    uint32 burnPpm;
}

/// @notice Takes results with a bond and a window, and lets anybody prove them wrong: `spec/14-arbiter.md`.
interface IArbiter {
    // --- money and terms ---
    error TokenWithoutCode(address token);
    error SharesOutOfRange();
    error ZeroAccount();
    error BalanceShort(address account, MicroUsd balance, MicroUsd wanted);
    error NothingOwed(address account);
    error NativeRefused(address to);
    // --- requests ---
    error RequestExpired(uint64 deadline);
    error RequestForAnother(address named, address sender);
    error RequestNotSigned(address requester);
    error NonceUsed(address requester, uint256 nonce);
    error BondBelowLeast(MicroUsd bond, MicroUsd least);
    error WindowOutOfRange(uint32 window);
    error ClockOutOfRange(uint32 clock);
    error PremiumOutOfRange(uint32 premiumPpm);
    // --- claims and disputes ---
    error ClaimInState(bytes32 claimId, ClaimState state);
    error ClaimUndecided(bytes32 claimId);
    error WindowOver(bytes32 claimId, uint256 end);
    error WindowOpen(bytes32 claimId, uint256 end);
    error DisputesOpen(bytes32 claimId, uint32 count);
    error DisputeUnknown(bytes32 claimId, uint32 disputeId);
    error DisputeInTurn(bytes32 claimId, uint32 disputeId, Turn turn);
    error ClockRunOut(bytes32 claimId, uint32 disputeId, uint256 deadline);
    error ClockRunning(bytes32 claimId, uint32 disputeId, uint256 deadline);
    error ProviderOnly(address sender, address provider);
    error ChallengerOnly(address sender, address challenger);
    /// @notice A question is 1 to `MAX_QUESTION_BYTES` long; an answer in advance needs one.
    error QuestionUnfit(uint256 length);
    /// @notice Answers in advance are one to each question, at most `MAX_AHEAD`.
    error AheadUnfit(uint256 questions, uint256 answers);
    error QuestionDiffers(bytes32 given, bytes32 asked);
    error QuestionsSpent(uint32 disputeId, uint256 limit);
    error PrepaymentShort(uint256 paid, uint256 least);
    /// @notice The route says something else than this call needs.
    error RouteSays(Holds holds);
    /// @notice The route reverted, or what it returned is no finding. At most 256 bytes of the reason.
    error RouteFailed(address verifier, bytes reason);
    /// @notice Too little gas is left to call the consumer back with `CALLBACK_GAS`.
    error CallbackGasShort(uint256 left, uint256 needed);
    // --- cover ---
    error CoverExhausted(bytes32 claimId, MicroUsd left, MicroUsd wanted);
    error CoverNone(bytes32 claimId, address beneficiary);

    event Deposited(address indexed account, address payer, MicroUsd amount);
    event Withdrawn(address indexed account, MicroUsd amount);
    event NativeWithdrawn(address indexed account, address to, uint256 amount);
    event RequestCancelled(address indexed requester, uint256 nonce);
    event Claimed(
        bytes32 indexed claimId, bytes32 indexed program, address indexed provider, Claim claim, uint40 windowEnd
    );
    event Disputed(bytes32 indexed claimId, uint32 indexed disputeId, address indexed challenger);
    /// @notice The provider must answer by `deadline`. `prepaid` pays for the answer.
    event Asked(
        bytes32 indexed claimId, uint32 indexed disputeId, bytes question, uint256 prepaid, uint40 deadline
    );
    /// @notice The challenger must move by `deadline`. Dispute 0 is an answer given in advance, to nobody.
    event Answered(
        bytes32 indexed claimId,
        uint32 indexed disputeId,
        bytes question,
        bytes answer,
        bytes32 record,
        uint40 deadline
    );
    /// @notice The dispute is over and its stake belongs to `stakeTo`.
    event DisputeClosed(bytes32 indexed claimId, uint32 indexed disputeId, address stakeTo, MicroUsd stake);
    /// @param proved At once and by a proof, or else because nobody refuted it in time.
    event Finalised(bytes32 indexed claimId, bool proved);
    /// @param disputeId The dispute that decided it; 0 for a refutation without one.
    /// @param byClock Because the provider did not answer.
    event Voided(
        bytes32 indexed claimId,
        uint32 indexed disputeId,
        address indexed rewarded,
        MicroUsd reward,
        MicroUsd burnt,
        bool byClock
    );
    /// @param doubted By the route, or else because a proof was asked for and none came in time.
    event Annulled(bytes32 indexed claimId, bool doubted);
    event CalledBack(bytes32 indexed claimId, address callback, bool done);
    event CoverReserved(
        bytes32 indexed claimId, address indexed beneficiary, MicroUsd amount, MicroUsd premium
    );
    event CoverTaken(bytes32 indexed claimId, address indexed beneficiary, MicroUsd amount);

    // --- money ---
    function deposit(address account, MicroUsd amount) external;
    function depositWithAuthorization(
        MicroUsd amount,
        address from,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
    function withdraw(MicroUsd amount) external;
    function withdrawNative(address to) external;

    // --- claims ---
    function claim(
        Request calldata request,
        bytes calldata signature,
        bytes32 output,
        bytes32 trace,
        bytes[] calldata questions,
        bytes[] calldata answers
    ) external returns (bytes32 claimId);
    function cancel(uint256 nonce) external;
    function finalise(Claim calldata c) external;
    function prove(Claim calldata c, bytes calldata proof) external;
    function refute(Claim calldata c, uint32 disputeId, bytes calldata proof) external;

    // --- disputes ---
    function dispute(Claim calldata c, bytes calldata question) external payable returns (uint32 disputeId);
    function answer(Claim calldata c, uint32 disputeId, bytes calldata question, bytes calldata answer_) external;
    function ask(Claim calldata c, uint32 disputeId, bytes calldata question) external payable;
    function concede(Claim calldata c, uint32 disputeId) external;
    function expire(Claim calldata c, uint32 disputeId) external;
    function settle(Claim calldata c, uint32 disputeId) external;

    // --- cover ---
    function reserveCover(Claim calldata c, MicroUsd amount) external returns (MicroUsd premium);
    function takeCover(bytes32 claimId) external returns (MicroUsd amount);

    // --- reading ---
    function claimIdOf(Claim calldata c) external view returns (bytes32);
    function requestDigest(Request calldata request) external view returns (bytes32);
    function stateOf(bytes32 claimId) external view returns (ClaimState);
    function statusOf(bytes32 claimId) external view returns (ClaimStatus memory);
    function disputeOf(bytes32 claimId, uint32 disputeId) external view returns (Dispute memory);
    function stakeOf(MicroUsd bond) external view returns (MicroUsd);
    function coverable(Claim calldata c) external view returns (MicroUsd);
    function coverOf(bytes32 claimId, address beneficiary) external view returns (MicroUsd);
    function nonceUsed(address requester, uint256 nonce) external view returns (bool);
    function balanceOf(address account) external view returns (MicroUsd);
    function owedNative(address account) external view returns (uint256);
    function burnt() external view returns (MicroUsd);
    function shares() external view returns (Shares memory);
}
