// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Answered, CourtConsumer, Risk} from "../src/court/CourtConsumer.sol";
import {ICourt} from "../src/interfaces/ICourt.sol";

/// @title Pay a freelancer when the work is accepted
/// @notice A client locks the price under a claim (spec 02) that both have read, whose first outcome means that the work is as
/// asked. When the work is handed in, its text is published and the court is asked; usually the freelancer proposes
/// that outcome, the client does not object, and the price is paid. The client can accept at once. An example: one currency, no
/// milestones.
contract FreelanceEscrow is CourtConsumer {
    using SafeERC20 for IERC20;

    error JobInState(uint256 jobId, JobState state);
    error PartyOnly(address sender);
    error NotOverdue(uint256 jobId, uint256 due);
    error ClaimDiffers(bytes32 given, bytes32 agreed);

    enum JobState {
        None,
        Open,
        HandedIn,
        Paid,
        Refunded
    }

    struct Job {
        address client;
        address freelancer;
        JobState state;
        uint40 due;
        uint256 price;
        bytes32 question;
        uint256 caseId;
    }

    /// @notice Outcomes of the question: the first one of a claim is the affirmative one.
    uint8 public constant ACCEPTED = 0;
    uint8 public constant REFUSED = 1;
    /// @notice How long anybody may take to propose whether the work is as asked.
    uint40 public constant ANSWER_SECONDS = 30 days;

    IERC20 public immutable token;
    uint256 public jobs;
    mapping(uint256 jobId => Job) public jobOf;
    mapping(uint256 caseId => uint256) public jobIn;

    constructor(ICourt court_, bytes32 policy_, IERC20 token_) CourtConsumer(court_, policy_, Risk.Arbitrated, 0) {
        token = token_;
    }

    /// @param question Id of the claim that will be asked, which both have.
    function open(address freelancer, uint256 price, bytes32 question, uint40 due) external returns (uint256 jobId) {
        jobId = ++jobs;
        jobOf[jobId] = Job(msg.sender, freelancer, JobState.Open, due, price, question, 0);
        token.safeTransferFrom(msg.sender, address(this), price);
    }

    /// @notice The freelancer hands work in and asks the court.
    /// @param claim Canonical text of the claim that was agreed on.
    function handIn(uint256 jobId, bytes calldata claim) external returns (uint256 caseId) {
        Job storage j = _in(jobId, JobState.Open);
        if (msg.sender != j.freelancer) revert PartyOnly(msg.sender);
        bytes32 question = _publish(claim);
        // INVARIANT: what is asked is what both agreed on, whoever words it.
        if (question != j.question) revert ClaimDiffers(question, j.question);
        caseId = _ask(question, 2, 0, 0, uint40(block.timestamp) + ANSWER_SECONDS);
        (j.state, j.caseId, jobIn[caseId]) = (JobState.HandedIn, caseId, jobId);
    }

    /// @notice The client needs no court to accept.
    function accept(uint256 jobId) external {
        Job storage j = jobOf[jobId];
        if (msg.sender != j.client) revert PartyOnly(msg.sender);
        if (j.state != JobState.Open) _in(jobId, JobState.HandedIn);
        _pay(j, JobState.Paid, j.freelancer);
    }

    /// @notice Pays by what the court said. The court calls back; where that failed, anybody may call this.
    function settle(uint256 jobId) public {
        Job storage j = _in(jobId, JobState.HandedIn);
        (Answered answered, uint8 outcome) = answerOf(j.caseId, j.price);
        if (answered == Answered.None) revert AnswerMissing(j.caseId, answered);
        // Whatever is not acceptance gives the money back: the court could not say that the work is as asked.
        bool accepted = answered == Answered.Final && outcome == ACCEPTED;
        _pay(j, accepted ? JobState.Paid : JobState.Refunded, accepted ? j.freelancer : j.client);
    }

    /// @notice Nothing was handed in, in time.
    function refund(uint256 jobId) external {
        Job storage j = _in(jobId, JobState.Open);
        if (block.timestamp <= j.due) revert NotOverdue(jobId, j.due);
        _pay(j, JobState.Refunded, j.client);
    }

    function _onEnd(uint256 caseId) internal override {
        settle(jobIn[caseId]);
    }

    function _pay(Job storage j, JobState state, address to) private {
        j.state = state;
        token.safeTransfer(to, j.price);
    }

    function _in(uint256 jobId, JobState state) private view returns (Job storage j) {
        j = jobOf[jobId];
        if (j.state != state) revert JobInState(jobId, j.state);
    }
}
