// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, Case, CaseState, ICourt, Ruling} from "../interfaces/ICourt.sol";
import {ICourtCallback} from "../interfaces/ICourtCallback.sol";

/// @notice What a consumer takes for an answer. `Arbitrated`: what is final. `FaultTolerant`: also what the last panel said, at
/// once, up to a stated value. `Abstaining`: what is final, and only if no panel on the way was without a ruling.
enum Risk {
    Arbitrated,
    FaultTolerant,
    Abstaining
}

/// @notice What an answer is worth now.
/// @param None Nothing to rely on yet. `Undecided`: there will be none.
enum Answered {
    None,
    Provisional,
    Final,
    Undecided
}

/// @notice What became of something that was said: it stands and may change; a later round said the same; another;
/// nothing can change it any more.
enum Standing {
    Provisional,
    Superseded,
    Overturned,
    Final
}

/// @title Consumer of rulings
/// @notice Base of a contract that asks a court and acts on the outcome, by the risk that it can bear.
/// @dev A final outcome shows that so many seats said so under the policy, or that nobody with a bond objected in time; not that
/// it is true: `spec/21-court.md`, 21.8.
abstract contract CourtConsumer is ICourtCallback {
    error CourtOnly(address sender);
    error AnswerMissing(uint256 caseId, Answered answered);
    error CaseOfAnother(uint256 caseId);

    /// @notice Text of a claim (spec 02), so that jurors can read what they are asked.
    /// @param question Its SHA-256, which a case names: whoever reads the text from here need not trust who published it.
    event ClaimPublished(bytes32 indexed question, bytes claim);

    ICourt public immutable court;
    /// @notice Policy of the questions.
    bytes32 public immutable policy;
    Risk public immutable risk;
    /// @notice The most that may hang on an answer which is not final.
    uint256 public immutable provisionalLimit;

    constructor(ICourt court_, bytes32 policy_, Risk risk_, uint256 provisionalLimit_) {
        (court, policy, risk, provisionalLimit) = (court_, policy_, risk_, provisionalLimit_);
    }

    /// @inheritdoc ICourtCallback
    function onOutcome(uint256 caseId, bool, uint8) external {
        if (msg.sender != address(court)) revert CourtOnly(msg.sender);
        _onEnd(caseId);
    }

    /// @notice What became of an outcome that a round said.
    /// @param round 0 for what was proposed.
    function standingOf(uint256 caseId, uint8 round, uint8 outcome) public view returns (Standing) {
        Case memory c = court.caseOf(caseId);
        if (c.state == CaseState.Final) return c.standing == outcome ? Standing.Final : Standing.Overturned;
        if (c.state == CaseState.Undecided) return Standing.Overturned;
        Ruling memory last = court.rulingOf(caseId);
        if (last.round <= round) return Standing.Provisional;
        return last.outcome == outcome ? Standing.Superseded : Standing.Overturned;
    }

    /// @notice The answer as this consumer takes it, for what hangs on it.
    function answerOf(uint256 caseId, uint256 value) public view returns (Answered answered, uint8 outcome) {
        Case memory c = court.caseOf(caseId);
        // INVARIANT: what somebody else asked, under a policy of his own, is no answer.
        if (c.asker != address(this) || c.policy != policy) revert CaseOfAnother(caseId);
        if (c.state == CaseState.Undecided) return (Answered.Undecided, 0);
        if (c.state == CaseState.Final) {
            if (risk == Risk.Abstaining && !_sure(caseId, c.round)) return (Answered.Undecided, 0);
            return (Answered.Final, c.standing);
        }
        Ruling memory last = court.rulingOf(caseId);
        // INVARIANT: a proposal is no answer before its time, and an answer that may change carries no more than was stated.
        if (risk != Risk.FaultTolerant || last.round == 0 || value > provisionalLimit) return (Answered.None, 0);
        return (Answered.Provisional, last.outcome);
    }

    /// @dev Publishes the text of a claim and returns its id. A question whose text nobody published gets abstentions.
    function _publish(bytes calldata claim) internal returns (bytes32 question) {
        question = sha256(claim);
        emit ClaimPublished(question, claim);
    }

    /// @dev Asks; the reward comes out of this contract's balance at the court.
    function _ask(bytes32 question, uint8 outcomes, bytes32 exclusions, uint128 reward, uint40 answerBy)
        internal
        returns (uint256 caseId)
    {
        return court.ask(Ask(question, outcomes, policy, exclusions, reward, 0, answerBy, true));
    }

    /// @dev The outcome, or a revert where there is none to act on.
    function _requireAnswer(uint256 caseId, uint256 value) internal view returns (uint8) {
        (Answered answered, uint8 outcome) = answerOf(caseId, value);
        if (answered != Answered.Provisional && answered != Answered.Final) revert AnswerMissing(caseId, answered);
        return outcome;
    }

    /// @dev A case of this contract has ended. Bounded gas; a revert only means that nothing was done here.
    function _onEnd(uint256 caseId) internal virtual {}

    /// @dev Whether every panel on the way had a ruling.
    function _sure(uint256 caseId, uint8 rounds) private view returns (bool) {
        for (uint8 round = 1; round <= rounds; ++round) {
            if (!court.roundOf(caseId, round).ruled) return false;
        }
        return true;
    }
}
