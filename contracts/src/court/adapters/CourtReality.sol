// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, Case, CaseState, ICourt, Policy, Rung} from "../../interfaces/ICourt.sol";
import {IReality} from "../../interfaces/IReality.sol";
import {Outcomes} from "../Outcomes.sol";

/// @title A court behind the calls of Reality.eth
/// @notice A contract that asks Reality.eth asks the court instead by naming this as its oracle and as its arbitrator. The
/// first answer is a proposal, each later one fills a rung: its bond is twice all before, and it brings the panel's fees
/// (`priceOf`). Nobody need ask for arbitration: a second answer calls the jurors.
/// @dev Answers are 0 to 15 (yes is 1, no is 0; options of a selection by their number), `INVALID` and `TOO_SOON`. A case
/// that the court leaves undecided, or finds undecidable, is `INVALID` here. Answers are not committed in secret.
contract CourtReality is IReality {
    error NativeCourtOnly(address currency);
    error ArbitratorRefused(address arbitrator);
    error QuestionAsked(bytes32 question);
    error QuestionUnknown(bytes32 question);
    error TemplateUnknown(uint256 template);
    error AnswerUnknown(bytes32 answer);
    error BondBeaten(uint256 bond, uint256 most);
    error PaymentShort(uint256 paid, uint256 needed);
    error MinBondTooHigh(uint256 bond);
    error NotFinal(bytes32 question);
    error DiffersFromExpected(bytes32 question);
    error NothingOwed(address account);

    struct Question {
        uint64 caseId;
        uint32 openingTs;
        uint32 timeout;
        uint96 minBond;
        bytes32 contentHash;
    }

    bytes32 public constant INVALID = bytes32(type(uint256).max);
    bytes32 public constant TOO_SOON = bytes32(type(uint256).max - 1);
    /// @notice How long a question waits for an answer from its opening on; then it can be ended, and is `INVALID`.
    uint40 public constant ANSWER_SECONDS = 365 days;
    /// @dev Templates that Reality.eth has from the beginning: yes or no, number, selections, date.
    uint256 private constant BUILT_IN_TEMPLATES = 5;

    ICourt public immutable court;
    bytes32 private immutable base;

    uint256 public templates = BUILT_IN_TEMPLATES;
    mapping(bytes32 question => Question) public questions;
    /// @notice Who answered by which rung.
    mapping(bytes32 question => mapping(uint8 rung => address)) public answerers;
    mapping(address account => uint256) public balanceOf;

    /// @param terms Policy of the questions; each one's timeout and least bond take the place of those here.
    constructor(ICourt court_, Policy memory terms) {
        if (court_.currency() != address(0)) revert NativeCourtOnly(court_.currency());
        (court, base) = (court_, court_.registerPolicy(terms));
    }

    // --- asking -----------------------------------------------------------------------------------

    function createTemplate(string calldata content) external returns (uint256 template_id) {
        template_id = templates++;
        emit LogNewTemplate(template_id, msg.sender, content);
    }

    function askQuestion(
        uint256 template_id,
        string calldata question,
        address arbitrator,
        uint32 timeout,
        uint32 opening_ts,
        uint256 nonce
    ) external payable returns (bytes32) {
        return _ask(template_id, question, arbitrator, timeout, opening_ts, nonce, 0);
    }

    function askQuestionWithMinBond(
        uint256 template_id,
        string calldata question,
        address arbitrator,
        uint32 timeout,
        uint32 opening_ts,
        uint256 nonce,
        uint256 min_bond
    ) external payable returns (bytes32 question_id) {
        question_id = _ask(template_id, question, arbitrator, timeout, opening_ts, nonce, min_bond);
        emit LogMinimumBond(question_id, min_bond);
    }

    // --- answering --------------------------------------------------------------------------------

    function submitAnswer(bytes32 question_id, bytes32 answer, uint256 max_previous) external payable {
        _answer(question_id, answer, max_previous, msg.sender);
    }

    function submitAnswerFor(bytes32 question_id, bytes32 answer, uint256 max_previous, address answerer)
        external
        payable
    {
        _answer(question_id, answer, max_previous, answerer);
    }

    /// @notice What an answer costs now: its bond, and the fees of the panel that it calls.
    function priceOf(bytes32 question_id) public view returns (uint256 bond, uint256 fees) {
        uint256 caseId = _known(question_id).caseId;
        Case memory c = court.caseOf(caseId);
        if (c.state == CaseState.Asked) return (court.policyOf(c.policy).leastBond, 0);
        return court.nextRung(caseId);
    }

    /// @notice Ends the case where that is due, and books what each answer got to whoever gave it. Anybody may call it. The history
    /// that Reality.eth wants is not looked at: it is remembered here.
    function claimWinnings(
        bytes32 question_id,
        bytes32[] calldata,
        address[] calldata,
        uint256[] calldata,
        bytes32[] calldata
    ) external {
        _claim(question_id);
    }

    function withdraw() external {
        uint256 amount = balanceOf[msg.sender];
        if (amount == 0) revert NothingOwed(msg.sender);
        balanceOf[msg.sender] = 0;
        emit LogWithdraw(msg.sender, amount);
        court.withdraw(msg.sender, amount);
    }

    // --- what there is ----------------------------------------------------------------------------

    function getContentHash(bytes32 question_id) external view returns (bytes32) {
        return questions[question_id].contentHash;
    }

    function getArbitrator(bytes32 question_id) external view returns (address) {
        return questions[question_id].caseId == 0 ? address(0) : address(this);
    }

    function getOpeningTS(bytes32 question_id) external view returns (uint32) {
        return questions[question_id].openingTs;
    }

    function getTimeout(bytes32 question_id) external view returns (uint32) {
        return questions[question_id].timeout;
    }

    function getMinBond(bytes32 question_id) external view returns (uint256) {
        return questions[question_id].minBond;
    }

    function getBounty(bytes32 question_id) external view returns (uint256) {
        return _caseOf(question_id).reward;
    }

    /// @notice When the answer is, or will be, final if nobody goes on; 0 while that is open.
    function getFinalizeTS(bytes32 question_id) public view returns (uint32) {
        Case memory c = _caseOf(question_id);
        bool ended = c.endedAt != 0;
        if (!ended && c.state != CaseState.Proposed && c.state != CaseState.Appealable && !_lapsed(c)) return 0;
        // Late is who ends it, not the end.
        return uint32(ended && c.endedAt < c.deadline ? c.endedAt : c.deadline);
    }

    function isPendingArbitration(bytes32 question_id) external view returns (bool) {
        Case memory c = _caseOf(question_id);
        return c.state == CaseState.Drawing || (c.state == CaseState.Funding && !_lapsed(c));
    }

    function getBestAnswer(bytes32 question_id) external view returns (bytes32) {
        Case memory c = _caseOf(question_id);
        return c.standing == Outcomes.ABSTAIN && c.endedAt == 0 ? bytes32(0) : _answerOf(c.standing);
    }

    /// @notice The largest bond so far, which is that of the last rung that has one.
    function getBond(bytes32 question_id) public view returns (uint256 bond) {
        uint256 caseId = questions[question_id].caseId;
        for (uint8 k = _caseOf(question_id).rungs; k > 0 && bond == 0; --k) bond = court.rungOf(caseId, k - 1).bond;
    }

    /// @notice Whether the answer cannot change any more. Nobody need have ended the case.
    function isFinalized(bytes32 question_id) public view returns (bool) {
        uint256 time = getFinalizeTS(question_id);
        return time != 0 && time <= block.timestamp;
    }

    function resultFor(bytes32 question_id) public view returns (bytes32) {
        if (!isFinalized(question_id)) revert NotFinal(question_id);
        Case memory c = _caseOf(question_id);
        // A funding or answering window that is over, and that nobody has ended yet, ends undecided.
        return _answerOf(c.endedAt == 0 && _lapsed(c) ? Outcomes.ABSTAIN : c.standing);
    }

    function getFinalAnswerIfMatches(
        bytes32 question_id,
        bytes32 content_hash,
        address arbitrator,
        uint32 min_timeout,
        uint256 min_bond
    ) external view returns (bytes32) {
        Question memory q = _known(question_id);
        if (
            q.contentHash != content_hash || arbitrator != address(this) || q.timeout < min_timeout
                || getBond(question_id) < min_bond
        ) revert DiffersFromExpected(question_id);
        return resultFor(question_id);
    }

    function isSettledTooSoon(bytes32 question_id) external view returns (bool) {
        return resultFor(question_id) == TOO_SOON;
    }

    // --- internals --------------------------------------------------------------------------------

    function _claim(bytes32 id) private {
        uint256 caseId = _known(id).caseId;
        if (!isFinalized(id)) revert NotFinal(id);
        Case memory c = court.caseOf(caseId);
        if (c.endedAt == 0) court.finalise(caseId);
        for (uint8 k = 0; k < c.rungs; ++k) {
            uint8 outcome = court.rungOf(caseId, k).outcome;
            if (court.contributionOf(caseId, k, outcome, address(this)) == 0) continue;
            uint256 amount = court.collect(caseId, k, outcome, address(this));
            balanceOf[answerers[id][k]] += amount;
            emit LogClaim(id, answerers[id][k], amount);
        }
    }

    function _ask(
        uint256 template_id,
        string calldata question,
        address arbitrator,
        uint32 timeout,
        uint32 opening_ts,
        uint256 nonce,
        uint256 min_bond
    ) private returns (bytes32 id) {
        // INVARIANT: nobody is told that another arbitrator will decide.
        if (arbitrator != address(this)) revert ArbitratorRefused(arbitrator);
        if (template_id >= templates) revert TemplateUnknown(template_id);
        bytes32 contentHash = keccak256(abi.encodePacked(template_id, opening_ts, question));
        id = keccak256(abi.encodePacked(contentHash, arbitrator, timeout, min_bond, address(this), msg.sender, nonce));
        if (questions[id].caseId != 0) revert QuestionAsked(id);
        uint64 caseId = _open(id, timeout, opening_ts, min_bond);
        questions[id] = Question(caseId, opening_ts, timeout, uint96(min_bond), contentHash);
        emit LogNewQuestion(
            id, msg.sender, template_id, question, contentHash, arbitrator, timeout, opening_ts, nonce, block.timestamp
        );
    }

    function _open(bytes32 id, uint32 timeout, uint32 openingTs, uint256 minBond) private returns (uint64) {
        Policy memory p = court.policyOf(base);
        p.challengeSeconds = timeout;
        if (minBond > type(uint96).max) revert MinBondTooHigh(minBond);
        if (minBond > p.leastBond) p.leastBond = uint96(minBond);
        if (p.mostBond < p.leastBond) p.mostBond = p.leastBond;
        uint40 opens = openingTs > block.timestamp ? openingTs : uint40(block.timestamp);
        return uint64(
            court.ask{value: msg.value}(
                Ask({
                    question: id,
                    outcomes: Outcomes.MAX_LISTED,
                    policy: court.registerPolicy(p),
                    exclusions: 0,
                    reward: uint128(msg.value),
                    opensAt: openingTs,
                    answerBy: opens + ANSWER_SECONDS,
                    callback: false
                })
            )
        );
    }

    function _answer(bytes32 id, bytes32 answer, uint256 maxPrevious, address answerer) private {
        uint256 caseId = _known(id).caseId;
        uint256 before = getBond(id);
        if (maxPrevious != 0 && before > maxPrevious) revert BondBeaten(before, maxPrevious);
        uint8 outcome = _outcomeOf(answer);
        uint8 rung = court.caseOf(caseId).rungs;
        uint256 bond = msg.value;
        if (rung == 0) {
            court.propose{value: msg.value}(caseId, outcome, msg.value);
        } else {
            uint256 fees;
            (bond, fees) = court.nextRung(caseId);
            uint256 missing = bond + fees - court.contributedTo(caseId, rung, outcome);
            // INVARIANT: a rung that is answered here is answered by one, who fills it.
            if (msg.value < missing) revert PaymentShort(msg.value, missing);
            court.fund{value: msg.value}(caseId, outcome, missing);
            if (msg.value != missing) balanceOf[answerer] += msg.value - missing;
        }
        answerers[id][rung] = answerer;
        emit LogNewAnswer(answer, id, 0, answerer, bond, block.timestamp, false);
    }

    /// @dev Whether a window ended in which nobody did what the case needed.
    function _lapsed(Case memory c) private view returns (bool) {
        return (c.state == CaseState.Asked || c.state == CaseState.Funding) && block.timestamp >= c.deadline;
    }

    function _outcomeOf(bytes32 answer) private pure returns (uint8) {
        if (answer == INVALID) return Outcomes.INVALID;
        if (answer == TOO_SOON) return Outcomes.TOO_EARLY;
        if (uint256(answer) >= Outcomes.MAX_LISTED) revert AnswerUnknown(answer);
        return uint8(uint256(answer));
    }

    function _answerOf(uint8 outcome) private pure returns (bytes32) {
        if (outcome < Outcomes.MAX_LISTED) return bytes32(uint256(outcome));
        return outcome == Outcomes.TOO_EARLY ? TOO_SOON : INVALID;
    }

    function _caseOf(bytes32 id) private view returns (Case memory) {
        return court.caseOf(questions[id].caseId);
    }

    function _known(bytes32 id) private view returns (Question memory q) {
        q = questions[id];
        if (q.caseId == 0) revert QuestionUnknown(id);
    }
}
