// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {CalldataGas} from "./CalldataGas.sol";
import {RouteCall} from "./RouteCall.sol";
import {
    Claim,
    ClaimState,
    ClaimStatus,
    Dispute,
    IArbiter,
    Request,
    Shares,
    Turn
} from "../interfaces/IArbiter.sol";
import {IArbiterCallback} from "../interfaces/IArbiterCallback.sol";
import {Holds, Run} from "../interfaces/IExecutionVerifier.sol";
import {TokenIntake, ZeroAmount} from "../libraries/TokenIntake.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @title Arbiter
/// @notice Takes the result of a run with a bond and a window, and lets anybody prove it wrong by the route that its
/// request names. It holds the money and the clocks; what a run, a question or a proof is, only the route knows.
/// @dev `spec/14-arbiter.md`. Nothing loops over disputes or covers, nobody is paid by a transfer that could be refused, and
/// a route is called without the power to change anything.
contract Arbiter is IArbiter, EIP712("Surety", "1"), ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using TokenIntake for IERC20;

    uint32 public constant MIN_WINDOW_SECONDS = 60;
    uint32 public constant MAX_WINDOW_SECONDS = 30 days;
    uint32 public constant MIN_CLOCK_SECONDS = 60;
    uint32 public constant MAX_CLOCK_SECONDS = 7 days;
    /// @notice Questions of one dispute. A provider that answers each within `clock / MAX_QUESTIONS` never runs out of time.
    uint8 public constant MAX_QUESTIONS = 32;
    /// @notice So that no question costs more to repeat than was prepaid for its answer.
    uint256 public constant MAX_QUESTION_BYTES = 1024;
    /// @notice Questions that a provider may answer together with its claim.
    uint256 public constant MAX_AHEAD = 8;
    /// @notice Gas that a question prepays; see `_prepay`.
    uint256 public constant ANSWER_GAS = 1_000_000;
    /// @notice The least price of gas at which a question prepays, in wei.
    uint256 public constant LEAST_GAS_PRICE = 1 gwei;
    /// @notice Gas that a consumer's callback gets.
    uint256 public constant CALLBACK_GAS = 200_000;

    bytes32 public constant REQUEST_TYPEHASH = keccak256(
        "Request(address requester,address provider,bytes32 program,bytes32 input,address verifier,uint128 price,uint128 bond,uint64 deadline,uint32 window,uint32 clock,uint32 premiumPpm,bool proofRequired,address callback,uint256 nonce)"
    );

    uint256 private constant PPM = 1_000_000;
    /// @dev Calldata of `answer` without question and answer: selector, the claim and four more words, two lengths.
    uint256 private constant ANSWER_FRAME_BYTES = 4 + 32 * 22;
    /// @dev What `answer` spends before it starts and after it stops measuring.
    uint256 private constant ANSWER_TAIL_GAS = 12_500;
    /// @dev What writing a slot for the first time costs more than writing it again.
    uint256 private constant FIRST_WRITE_GAS = 17_100;
    /// @dev Left over after the callback's share of the gas was set aside.
    uint256 private constant CALLBACK_MARGIN_GAS = 8_000;

    /// @notice A plain ERC-20 dollar with 6 decimals: no fee on transfer, no rebasing.
    IERC20 public immutable token;
    MicroUsd private immutable leastBond;
    uint32 private immutable stakePpm;
    uint32 private immutable rewardPpm;
    uint32 private immutable burnPpm;

    /// @notice Money that its owner may withdraw, or lock in a claim, a dispute or a premium.
    mapping(address account => MicroUsd) public balanceOf;
    /// @notice Native currency that its owner may withdraw: paid for answers, or prepaid and not spent.
    mapping(address account => uint256) public owedNative;
    /// @notice Money that is locked for ever.
    MicroUsd public burnt;

    mapping(address requester => mapping(uint256 word => uint256 bits)) private _nonces;
    mapping(bytes32 claimId => ClaimStatus) private _claims;
    mapping(bytes32 claimId => mapping(uint32 disputeId => Dispute)) private _disputes;
    mapping(bytes32 claimId => mapping(address beneficiary => MicroUsd)) private _covers;

    constructor(IERC20 token_, Shares memory shares_) {
        if (address(token_).code.length == 0) revert TokenWithoutCode(address(token_));
        // INVARIANT: a lie costs its bond something even when the liar is his own challenger and buys his own cover.
        if (
            shares_.leastBond.isZero() || shares_.stakePpm == 0 || shares_.stakePpm > PPM || shares_.burnPpm == 0
                || uint256(shares_.rewardPpm) + shares_.burnPpm > PPM
        ) revert SharesOutOfRange();
        token = token_;
        leastBond = shares_.leastBond;
        stakePpm = shares_.stakePpm;
        rewardPpm = shares_.rewardPpm;
        burnPpm = shares_.burnPpm;
    }

    // --- money ------------------------------------------------------------------------------------

    /// @notice Pays `amount` from the caller into the balance of `account`.
    function deposit(address account, MicroUsd amount) external nonReentrant {
        if (account == address(0)) revert ZeroAccount();
        token.pull(msg.sender, amount);
        _deposited(account, msg.sender, amount);
    }

    /// @notice Pays into the balance of `from`, who signed an EIP-3009 authorisation. A resend pays nothing twice.
    function depositWithAuthorization(
        MicroUsd amount,
        address from,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        token.pullAuthorized(from, amount, validAfter, validBefore, nonce, v, r, s);
        _deposited(from, from, amount);
    }

    /// @notice Pays the caller out of its balance.
    function withdraw(MicroUsd amount) external nonReentrant {
        if (amount.isZero()) revert ZeroAmount();
        _debit(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
        token.safeTransfer(msg.sender, amount.raw());
    }

    /// @notice Pays out the native currency that is owed to the caller, to an address that takes it.
    function withdrawNative(address to) external nonReentrant {
        uint256 amount = owedNative[msg.sender];
        if (amount == 0) revert NothingOwed(msg.sender);
        owedNative[msg.sender] = 0;
        emit NativeWithdrawn(msg.sender, to, amount);
        if (!LowLevelCall.callNoReturn(to, amount, "")) revert NativeRefused(to);
    }

    // --- claims -----------------------------------------------------------------------------------

    /// @notice The caller, as provider, answers a request: the price is locked out of the requester's balance, the bond out of
    /// the caller's.
    /// @param signature The requester's over `requestDigest`, or EIP-1271; ignored when the caller is the requester.
    /// @param trace What else the route needs the provider to commit to.
    /// @param questions What the provider answers in advance, so that nobody has to ask: a small input, say.
    /// @param answers One to each; the route must say that it is one. None leaves a record.
    function claim(
        Request calldata request,
        bytes calldata signature,
        bytes32 output,
        bytes32 trace,
        bytes[] calldata questions,
        bytes[] calldata answers
    ) external nonReentrant returns (bytes32 claimId) {
        _checkTerms(request);
        _useNonce(request.requester, request.nonce);
        // INVARIANT: nobody's money is locked but by himself or by his signature.
        if (
            request.requester != msg.sender
                && !SignatureChecker.isValidSignatureNowCalldata(request.requester, requestDigest(request), signature)
        ) revert RequestNotSigned(request.requester);
        _debit(request.requester, request.price);
        _debit(msg.sender, request.bond);
        claimId = _open(Claim(request, msg.sender, output, trace));
        // INVARIANT: what is answered in advance fits into one transaction, and none of it is left half-said.
        if (questions.length != answers.length || questions.length > MAX_AHEAD) {
            revert AheadUnfit(questions.length, answers.length);
        }
        Run memory run = Run(request.program, request.input, output, trace);
        for (uint256 i = 0; i < questions.length; ++i) {
            _answerAhead(claimId, request.verifier, run, questions[i], answers[i]);
        }
    }

    /// @notice Takes back a signed request that nobody has answered.
    function cancel(uint256 nonce) external {
        _useNonce(msg.sender, nonce);
        emit RequestCancelled(msg.sender, nonce);
    }

    /// @notice Ends a claim that nobody refuted: it is final, or annulled where its request asked for a proof and none came in
    /// time. Anybody may call it.
    function finalise(Claim calldata c) external nonReentrant {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        // INVARIANT: nothing is final while it may still be disputed, or is.
        if (block.timestamp <= status.windowEnd) revert WindowOpen(claimId, status.windowEnd);
        if (status.openDisputes != 0) revert DisputesOpen(claimId, status.openDisputes);
        // INVARIANT: silence is no proof.
        if (c.request.proofRequired) return _annul(c, claimId, status, false);
        _finalise(c, claimId, status, false);
    }

    /// @notice Ends a claim at once by a proof that the route finds good. Anybody may call it, within the window where the
    /// request asked for a proof.
    function prove(Claim calldata c, bytes calldata proof) external nonReentrant {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        // INVARIANT: whose the price is does not depend on who is faster once the time to prove is over.
        if (c.request.proofRequired && block.timestamp > status.windowEnd) revert WindowOver(claimId, status.windowEnd);
        (Holds holds,) = RouteCall.verify(c.request.verifier, _runOf(c), proof[:0], 0, proof);
        if (holds != Holds.Shown) revert RouteSays(holds);
        _finalise(c, claimId, status, true);
    }

    /// @notice Shows that a claim is wrong. Anybody may call it until the claim is final, without a stake.
    /// @param disputeId The dispute whose last record the proof builds on; its challenger is rewarded while it is open,
    /// whoever sends this. 0 for a proof that needs none: the sender is rewarded.
    function refute(Claim calldata c, uint32 disputeId, bytes calldata proof) external nonReentrant {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        bytes32 record;
        address rewarded = msg.sender;
        if (disputeId != 0) {
            Dispute storage d = _knownDispute(claimId, disputeId);
            record = d.record;
            if (d.turn != Turn.Closed) rewarded = d.challenger;
        }
        (Holds holds,) = RouteCall.verify(c.request.verifier, _runOf(c), proof[:0], record, proof);
        if (holds == Holds.Refuted) {
            // Nothing can build on it any more, and the chain gives gas back for it.
            if (record != 0) _disputes[claimId][disputeId].record = 0;
            return _void(c, claimId, disputeId, rewarded, false);
        }
        if (holds != Holds.Doubted) revert RouteSays(holds);
        _annul(c, claimId, status, true);
        _closeIfOpen(c, claimId, disputeId);
    }

    // --- disputes ---------------------------------------------------------------------------------

    /// @notice Opens a dispute by a first question. Locks the caller's stake and prepays the answer's gas with `msg.value`.
    function dispute(Claim calldata c, bytes calldata question)
        external
        payable
        nonReentrant
        returns (uint32 disputeId)
    {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        // INVARIANT: a claim is decided at the latest two clocks after its window, however many dispute it.
        if (block.timestamp > status.windowEnd) revert WindowOver(claimId, status.windowEnd);
        _debit(msg.sender, stakeOf(c.request.bond));
        disputeId = ++status.disputes;
        status.openDisputes++;
        Dispute storage d = _disputes[claimId][disputeId];
        d.challenger = msg.sender;
        // As if the challenger had moved without using any of his time.
        d.turn = Turn.Challenger;
        d.deadline = uint40(block.timestamp) + c.request.clock;
        d.otherSeconds = uint24(c.request.clock);
        emit Disputed(claimId, disputeId, msg.sender);
        _ask(d, claimId, disputeId, question);
    }

    /// @notice The provider answers the open question, and is paid for the gas of it out of what was prepaid.
    function answer(Claim calldata c, uint32 disputeId, bytes calldata question, bytes calldata answer_)
        external
        nonReentrant
    {
        uint256 gasAtStart = gasleft();
        (bytes32 claimId,) = _requireOpen(c);
        // INVARIANT: an answer binds the provider, so nobody answers in its name.
        if (msg.sender != c.provider) revert ProviderOnly(msg.sender, c.provider);
        Dispute storage d = _knownDispute(claimId, disputeId);
        _requireTurn(d, claimId, disputeId, Turn.Provider);
        bytes32 asked = d.questionHash;
        if (keccak256(question) != asked) revert QuestionDiffers(keccak256(question), asked);
        (Holds holds, bytes32 record) = RouteCall.verify(c.request.verifier, _runOf(c), question, d.record, answer_);
        if (holds != Holds.Shown) revert RouteSays(holds);
        d.record = record;
        _pass(d, Turn.Challenger);
        emit Answered(claimId, disputeId, question, answer_, record, d.deadline);
        uint256 length = ANSWER_FRAME_BYTES + _padded(question.length) + _padded(answer_.length);
        _payAnswer(d, gasAtStart, length);
    }

    /// @notice The challenger asks the next question, and prepays its answer.
    function ask(Claim calldata c, uint32 disputeId, bytes calldata question) external payable nonReentrant {
        (bytes32 claimId,) = _requireOpen(c);
        Dispute storage d = _knownDispute(claimId, disputeId);
        if (msg.sender != d.challenger) revert ChallengerOnly(msg.sender, d.challenger);
        _requireTurn(d, claimId, disputeId, Turn.Challenger);
        _ask(d, claimId, disputeId, question);
    }

    /// @notice The challenger gives up on his move; the stake is the provider's.
    function concede(Claim calldata c, uint32 disputeId) external nonReentrant {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        Dispute storage d = _knownDispute(claimId, disputeId);
        if (msg.sender != d.challenger) revert ChallengerOnly(msg.sender, d.challenger);
        _requireTurn(d, claimId, disputeId, Turn.Challenger);
        status.openDisputes--;
        _close(d, c, claimId, disputeId, c.provider);
    }

    /// @notice Ends a dispute whose mover's clock has run out: against the provider, the claim is void as if the challenger
    /// had refuted it; against the challenger, the stake is the provider's. Anybody may call it.
    function expire(Claim calldata c, uint32 disputeId) external nonReentrant {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        Dispute storage d = _knownDispute(claimId, disputeId);
        if (d.turn == Turn.Closed) revert DisputeInTurn(claimId, disputeId, d.turn);
        if (block.timestamp <= d.deadline) revert ClockRunning(claimId, disputeId, d.deadline);
        if (d.turn == Turn.Provider) return _void(c, claimId, disputeId, d.challenger, true);
        status.openDisputes--;
        _close(d, c, claimId, disputeId, c.provider);
    }

    /// @notice Ends a dispute that was open when its claim was decided otherwise. Anybody may call it. The stake goes back to
    /// the challenger, or to the provider when the claim was proved; prepaid gas goes back in any case.
    function settle(Claim calldata c, uint32 disputeId) external nonReentrant {
        bytes32 claimId = claimIdOf(c);
        if (_claims[claimId].state <= ClaimState.Open) revert ClaimUndecided(claimId);
        Dispute storage d = _knownDispute(claimId, disputeId);
        if (d.turn == Turn.Closed) revert DisputeInTurn(claimId, disputeId, d.turn);
        // INVARIANT: whoever disputed what was then proved was wrong; nobody else loses a stake by another's decision.
        _close(d, c, claimId, disputeId, _claims[claimId].proved ? c.provider : d.challenger);
    }

    // --- cover ------------------------------------------------------------------------------------

    /// @notice Reserves a part of the bond for the caller, who is going to rely on a result that is not final yet. The
    /// premium is paid to the provider at once, and not returned.
    function reserveCover(Claim calldata c, MicroUsd amount) external nonReentrant returns (MicroUsd premium) {
        (bytes32 claimId, ClaimStatus storage status) = _requireOpen(c);
        if (amount.isZero()) revert ZeroAmount();
        if (block.timestamp > status.windowEnd) revert WindowOver(claimId, status.windowEnd);
        if (status.openDisputes != 0) revert DisputesOpen(claimId, status.openDisputes);
        // INVARIANT: one bond is promised once.
        MicroUsd left = _coverLimit(c.request.bond) - status.covered;
        if (amount > left) revert CoverExhausted(claimId, left, amount);
        premium = MicroUsd.wrap(uint128((amount.raw() * c.request.premiumPpm + PPM - 1) / PPM));
        _debit(msg.sender, premium);
        _credit(c.provider, premium);
        status.covered = status.covered + amount;
        _covers[claimId][msg.sender] = _covers[claimId][msg.sender] + amount;
        emit CoverReserved(claimId, msg.sender, amount, premium);
    }

    /// @notice Pays the caller the cover that it reserved on a claim that is void, into its balance.
    function takeCover(bytes32 claimId) external nonReentrant returns (MicroUsd amount) {
        ClaimStatus storage status = _claims[claimId];
        if (status.state != ClaimState.Void) revert ClaimInState(claimId, status.state);
        amount = _covers[claimId][msg.sender];
        if (amount.isZero()) revert CoverNone(claimId, msg.sender);
        _covers[claimId][msg.sender] = MicroUsd.wrap(0);
        status.covered = status.covered - amount;
        _credit(msg.sender, amount);
        emit CoverTaken(claimId, msg.sender, amount);
    }

    // --- reading ----------------------------------------------------------------------------------

    function claimIdOf(Claim calldata c) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), c));
    }

    /// @notice What a requester signs.
    function requestDigest(Request calldata request) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(REQUEST_TYPEHASH, request)));
    }

    function stateOf(bytes32 claimId) external view returns (ClaimState) {
        return _claims[claimId].state;
    }

    function statusOf(bytes32 claimId) external view returns (ClaimStatus memory) {
        return _claims[claimId];
    }

    function disputeOf(bytes32 claimId, uint32 disputeId) external view returns (Dispute memory) {
        return _disputes[claimId][disputeId];
    }

    /// @notice What a challenger of a claim with this bond locks.
    function stakeOf(MicroUsd bond) public view returns (MicroUsd) {
        return _share(bond, stakePpm);
    }

    /// @notice How much cover can still be reserved on a claim, if its window is open and it is not disputed.
    function coverable(Claim calldata c) external view returns (MicroUsd) {
        (, ClaimStatus storage status) = _requireOpen(c);
        return _coverLimit(c.request.bond) - status.covered;
    }

    /// @notice What is reserved for a beneficiary and was not taken; worth nothing unless the claim is open or void.
    function coverOf(bytes32 claimId, address beneficiary) external view returns (MicroUsd) {
        return _covers[claimId][beneficiary];
    }

    function nonceUsed(address requester, uint256 nonce) external view returns (bool) {
        return _nonces[requester][nonce >> 8] & (1 << (nonce & 0xff)) != 0;
    }

    function shares() external view returns (Shares memory) {
        return Shares(leastBond, stakePpm, rewardPpm, burnPpm);
    }

    // --- inside: claims ---------------------------------------------------------------------------

    function _checkTerms(Request calldata request) private view {
        if (block.timestamp > request.deadline) revert RequestExpired(request.deadline);
        if (request.provider != address(0) && request.provider != msg.sender) {
            revert RequestForAnother(request.provider, msg.sender);
        }
        if (request.bond < leastBond) revert BondBelowLeast(request.bond, leastBond);
        if (request.window < MIN_WINDOW_SECONDS || request.window > MAX_WINDOW_SECONDS) {
            revert WindowOutOfRange(request.window);
        }
        if (request.clock < MIN_CLOCK_SECONDS || request.clock > MAX_CLOCK_SECONDS) {
            revert ClockOutOfRange(request.clock);
        }
        if (request.premiumPpm > PPM) revert PremiumOutOfRange(request.premiumPpm);
    }

    function _useNonce(address requester, uint256 nonce) private {
        uint256 bit = 1 << (nonce & 0xff);
        uint256 bits = _nonces[requester][nonce >> 8];
        // INVARIANT: a request is answered once.
        if (bits & bit != 0) revert NonceUsed(requester, nonce);
        _nonces[requester][nonce >> 8] = bits | bit;
    }

    function _open(Claim memory c) private returns (bytes32 claimId) {
        claimId = keccak256(abi.encode(block.chainid, address(this), c));
        uint40 windowEnd = uint40(block.timestamp) + c.request.window;
        ClaimStatus storage status = _claims[claimId];
        (status.state, status.windowEnd) = (ClaimState.Open, windowEnd);
        emit Claimed(claimId, c.request.program, c.provider, c, windowEnd);
    }

    function _answerAhead(
        bytes32 claimId,
        address verifier,
        Run memory run,
        bytes calldata question,
        bytes calldata answer_
    ) private {
        _checkQuestion(question);
        (Holds holds,) = RouteCall.verify(verifier, run, question, 0, answer_);
        if (holds != Holds.Shown) revert RouteSays(holds);
        emit Answered(claimId, 0, question, answer_, 0, 0);
    }

    function _finalise(Claim calldata c, bytes32 claimId, ClaimStatus storage status, bool proved) private {
        (status.state, status.proved) = (ClaimState.Final, proved);
        _credit(c.provider, c.request.bond + c.request.price);
        emit Finalised(claimId, proved);
        if (c.request.callback != address(0)) _callBack(c, claimId);
    }

    function _callBack(Claim calldata c, bytes32 claimId) private {
        address callback = c.request.callback;
        bytes memory data = abi.encodeCall(IArbiterCallback.onResult, (claimId, c));
        // INVARIANT: whoever finalises cannot starve the callback. A call gets at most 63/64 of what is left.
        uint256 needed = (CALLBACK_GAS * 64) / 63 + CALLBACK_MARGIN_GAS;
        if (gasleft() < needed) revert CallbackGasShort(gasleft(), needed);
        bool done;
        assembly ("memory-safe") {
            // What it returns is not copied, so that it cannot make this call expensive.
            done := call(CALLBACK_GAS, callback, 0, add(data, 0x20), mload(data), 0, 0)
        }
        emit CalledBack(claimId, callback, done);
    }

    function _annul(Claim calldata c, bytes32 claimId, ClaimStatus storage status, bool doubted) private {
        status.state = ClaimState.Annulled;
        _credit(c.provider, c.request.bond);
        _credit(c.request.requester, c.request.price);
        emit Annulled(claimId, doubted);
    }

    /// @dev The bond: reserved cover stays in the claim for those who take it, the reward is credited, the rest is burnt.
    function _void(Claim calldata c, bytes32 claimId, uint32 disputeId, address rewarded, bool byClock) private {
        ClaimStatus storage status = _claims[claimId];
        status.state = ClaimState.Void;
        MicroUsd reward = _share(c.request.bond, rewardPpm);
        MicroUsd ashes = c.request.bond - reward - status.covered;
        burnt = burnt + ashes;
        _credit(rewarded, reward);
        _credit(c.request.requester, c.request.price);
        emit Voided(claimId, disputeId, rewarded, reward, ashes, byClock);
        _closeIfOpen(c, claimId, disputeId);
    }

    function _requireOpen(Claim calldata c) private view returns (bytes32 claimId, ClaimStatus storage status) {
        claimId = claimIdOf(c);
        status = _claims[claimId];
        if (status.state != ClaimState.Open) revert ClaimInState(claimId, status.state);
    }

    function _runOf(Claim calldata c) private pure returns (Run memory) {
        return Run(c.request.program, c.request.input, c.output, c.trace);
    }

    // --- inside: disputes -------------------------------------------------------------------------

    function _knownDispute(bytes32 claimId, uint32 disputeId) private view returns (Dispute storage d) {
        d = _disputes[claimId][disputeId];
        if (d.turn == Turn.None) revert DisputeUnknown(claimId, disputeId);
    }

    function _requireTurn(Dispute storage d, bytes32 claimId, uint32 disputeId, Turn turn) private view {
        if (d.turn != turn) revert DisputeInTurn(claimId, disputeId, d.turn);
        if (block.timestamp > d.deadline) revert ClockRunOut(claimId, disputeId, d.deadline);
    }

    /// @dev The mover keeps what is left of his time; the other's begins to run.
    function _pass(Dispute storage d, Turn turn) private {
        uint24 left = uint24(d.deadline - block.timestamp);
        (d.turn, d.deadline, d.otherSeconds) = (turn, uint40(block.timestamp) + d.otherSeconds, left);
    }

    function _checkQuestion(bytes calldata question) private pure {
        if (question.length == 0 || question.length > MAX_QUESTION_BYTES) revert QuestionUnfit(question.length);
    }

    function _ask(Dispute storage d, bytes32 claimId, uint32 disputeId, bytes calldata question) private {
        _checkQuestion(question);
        // INVARIANT: the number of questions is bounded, so that quick ones cannot use up an honest provider's clock.
        if (d.questions == MAX_QUESTIONS) revert QuestionsSpent(disputeId, MAX_QUESTIONS);
        uint256 twice = 2 * block.basefee;
        uint256 least = ANSWER_GAS * (twice > LEAST_GAS_PRICE ? twice : LEAST_GAS_PRICE);
        if (msg.value < least) revert PrepaymentShort(msg.value, least);
        d.questions++;
        d.questionHash = keccak256(question);
        d.prepaid = uint128(msg.value);
        _pass(d, Turn.Provider);
        emit Asked(claimId, disputeId, question, msg.value, d.deadline);
    }

    /// @dev Gas as the chain charges it, at the price of this transaction or at the prepaid one if that is lower. Padding that
    /// the caller added to the calldata is his own affair.
    function _payAnswer(Dispute storage d, uint256 gasAtStart, uint256 length) private {
        uint256 prepaid = d.prepaid;
        address challenger = d.challenger;
        d.prepaid = 0;
        uint256 execution = ANSWER_TAIL_GAS;
        if (owedNative[msg.sender] == 0) execution += FIRST_WRITE_GAS;
        if (owedNative[challenger] == 0) execution += FIRST_WRITE_GAS;
        if (length > msg.data.length) length = msg.data.length;
        uint256 price = prepaid / ANSWER_GAS;
        if (tx.gasprice < price) price = tx.gasprice;
        uint256 used = CalldataGas.total(execution + gasAtStart - gasleft(), length);
        uint256 paid = used > ANSWER_GAS ? ANSWER_GAS * price : used * price;
        owedNative[msg.sender] += paid;
        owedNative[challenger] += prepaid - paid;
    }

    /// @dev The dispute that decided its claim against the provider, if there was one.
    function _closeIfOpen(Claim calldata c, bytes32 claimId, uint32 disputeId) private {
        if (disputeId == 0) return;
        Dispute storage d = _disputes[claimId][disputeId];
        if (d.turn != Turn.Closed) _close(d, c, claimId, disputeId, d.challenger);
    }

    function _close(Dispute storage d, Claim calldata c, bytes32 claimId, uint32 disputeId, address stakeTo) private {
        // Whatever was prepaid is paid out when the question is answered.
        bool isAsked = d.turn == Turn.Provider;
        d.turn = Turn.Closed;
        MicroUsd stake = stakeOf(c.request.bond);
        _credit(stakeTo, stake);
        if (isAsked) {
            owedNative[d.challenger] += d.prepaid;
            d.prepaid = 0;
        }
        emit DisputeClosed(claimId, disputeId, stakeTo, stake);
    }

    // --- inside: money ----------------------------------------------------------------------------

    function _share(MicroUsd amount, uint256 ppm) private pure returns (MicroUsd) {
        return MicroUsd.wrap(uint128((amount.raw() * ppm) / PPM));
    }

    /// @dev What of a bond may be promised: neither the reward nor the part that is burnt in any case.
    function _coverLimit(MicroUsd bond) private view returns (MicroUsd) {
        return _share(bond, PPM - rewardPpm - burnPpm);
    }

    function _credit(address account, MicroUsd amount) private {
        if (!amount.isZero()) balanceOf[account] = balanceOf[account] + amount;
    }

    function _debit(address account, MicroUsd amount) private {
        MicroUsd balance = balanceOf[account];
        if (amount > balance) revert BalanceShort(account, balance, amount);
        if (!amount.isZero()) balanceOf[account] = balance - amount;
    }

    function _padded(uint256 length) private pure returns (uint256) {
        return (length + 31) & ~uint256(31);
    }

    function _deposited(address account, address payer, MicroUsd amount) private {
        _credit(account, amount);
        emit Deposited(account, payer, amount);
    }
}
