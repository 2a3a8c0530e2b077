// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, Case, CaseState, ICourt, Policy} from "../../interfaces/ICourt.sol";
import {IArbitrable, IArbitrator, IEvidence} from "../../interfaces/IErc792.sol";
import {Outcomes} from "../Outcomes.sol";

/// @title A court as ERC-792 arbitrator
/// @notice A dispute is a case without a proposal: who creates it pays the panels of AI jurors, who appeals pays the next
/// panel, without bonds. Anybody may appeal in the court itself, with a bond, too. Rulings are 1 to `choices`; 0 is that
/// the court could not decide, or said that the question cannot be answered.
contract CourtArbitrator is IArbitrator, IEvidence {
    error NativeCourtOnly(address currency);
    error DisputeUnknown(uint256 disputeID);
    error PaymentShort(uint256 paid, uint256 cost);
    error RuledAlready(uint256 disputeID);
    error NotSolved(uint256 disputeID);
    error NothingOwed(address account);

    /// @param ruled Whether the arbitrable was told.
    struct Opened {
        IArbitrable arbitrable;
        bool ruled;
    }

    /// @dev What nobody can pay, as ERC-792 implementations say that there is no appeal.
    uint256 private constant NOT_PAYABLE = type(uint256).max / 2;

    ICourt public immutable court;
    /// @notice The policy of every dispute; this contract is its auditor.
    bytes32 public immutable policy;

    /// @notice A dispute's number is that of its case.
    mapping(uint256 disputeID => Opened) public disputes;
    /// @notice What was paid too much, or what jurors did not earn.
    mapping(address account => uint256) public owed;

    /// @param terms Policy of the disputes; its auditor is replaced by this contract.
    constructor(ICourt court_, Policy memory terms) {
        if (court_.currency() != address(0)) revert NativeCourtOnly(court_.currency());
        terms.auditor = address(this);
        (court, policy) = (court_, court_.registerPolicy(terms));
    }

    // --- ERC-792 ----------------------------------------------------------------------------------

    /// @inheritdoc IArbitrator
    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeID) {
        Ask memory a;
        // What is disputed, the arbitrable says by its events (ERC-1497).
        a.question = keccak256(abi.encode(msg.sender, choices, extraData));
        a.outcomes = choices > type(uint8).max ? 0 : uint8(choices);
        a.policy = policy;
        a.answerBy = uint40(block.timestamp) + 1;
        disputeID = court.ask(a);
        disputes[disputeID].arbitrable = IArbitrable(msg.sender);
        _summon(disputeID, arbitrationCost(extraData));
        emit DisputeCreation(disputeID, IArbitrable(msg.sender));
    }

    /// @inheritdoc IArbitrator
    /// @notice For the next panel, while there is one to call: after a ruling, or where AI jurors had none.
    function appeal(uint256 disputeID, bytes calldata extraData) external payable {
        IArbitrable arbitrable = _known(disputeID).arbitrable;
        _summon(disputeID, appealCost(disputeID, extraData));
        emit AppealDecision(disputeID, arbitrable);
    }

    /// @inheritdoc IArbitrator
    function arbitrationCost(bytes calldata) public view returns (uint256) {
        Policy memory p = court.policyOf(policy);
        return uint256(p.rounds[0].fee) * p.rounds[0].seats + uint256(p.rounds[1].fee) * p.rounds[1].seats;
    }

    /// @inheritdoc IArbitrator
    function appealCost(uint256 disputeID, bytes calldata) public view returns (uint256) {
        if (disputeStatus(disputeID) != DisputeStatus.Appealable) return NOT_PAYABLE;
        (, uint256 fees) = court.nextRung(disputeID);
        return fees;
    }

    /// @inheritdoc IArbitrator
    function appealPeriod(uint256 disputeID) external view returns (uint256 start, uint256 end) {
        if (disputeStatus(disputeID) != DisputeStatus.Appealable) return (0, 0);
        Case memory c = court.caseOf(disputeID);
        end = c.deadline;
        start = end - court.policyOf(policy).rounds[c.round - 1].appealSeconds;
    }

    /// @inheritdoc IArbitrator
    function disputeStatus(uint256 disputeID) public view returns (DisputeStatus) {
        _known(disputeID);
        Case memory c = court.caseOf(disputeID);
        if (c.state == CaseState.Final || c.state == CaseState.Undecided) return DisputeStatus.Solved;
        if (c.state == CaseState.Drawing) return DisputeStatus.Waiting;
        return block.timestamp < c.deadline ? DisputeStatus.Appealable : DisputeStatus.Solved;
    }

    /// @inheritdoc IArbitrator
    function currentRuling(uint256 disputeID) public view returns (uint256) {
        _known(disputeID);
        Case memory c = court.caseOf(disputeID);
        bool rules = c.state == CaseState.Final || c.state == CaseState.Appealable;
        return rules && c.standing < Outcomes.MAX_LISTED ? uint256(c.standing) + 1 : 0;
    }

    // --- beyond it --------------------------------------------------------------------------------

    /// @notice Ends the case where that is due, and tells the arbitrable, once. Anybody may call it. An arbitrable that refuses
    /// can be told again; nothing else depends on it.
    function executeRuling(uint256 disputeID) external {
        Opened storage d = _known(disputeID);
        if (d.ruled) revert RuledAlready(disputeID);
        if (disputeStatus(disputeID) != DisputeStatus.Solved) revert NotSolved(disputeID);
        CaseState state = court.caseOf(disputeID).state;
        if (state != CaseState.Final && state != CaseState.Undecided) court.finalise(disputeID);
        d.ruled = true;
        d.arbitrable.rule(disputeID, currentRuling(disputeID));
    }

    /// @notice Evidence to a dispute. The jurors read what is brought until their panel is drawn.
    function submitEvidence(uint256 disputeID, string calldata evidence) external {
        _known(disputeID);
        emit Evidence(this, disputeID, msg.sender, evidence);
    }

    /// @notice Fetches what jurors did not earn of what was paid for a solved dispute, for its arbitrable. Anybody may call it.
    function collect(uint256 disputeID, uint8 rung) external {
        uint256 amount = court.collect(disputeID, rung, Outcomes.ABSTAIN, address(this));
        owed[address(_known(disputeID).arbitrable)] += amount;
    }

    function withdraw(address to) external {
        uint256 amount = owed[msg.sender];
        if (amount == 0) revert NothingOwed(msg.sender);
        owed[msg.sender] = 0;
        court.withdraw(to, amount);
    }

    // --- internals --------------------------------------------------------------------------------

    function _summon(uint256 disputeID, uint256 cost) private {
        if (msg.value < cost) revert PaymentShort(msg.value, cost);
        // What is too much stays in this contract's balance at the court.
        court.summon{value: msg.value}(disputeID);
        if (msg.value != cost) owed[msg.sender] += msg.value - cost;
    }

    function _known(uint256 disputeID) private view returns (Opened storage d) {
        d = disputes[disputeID];
        if (address(d.arbitrable) == address(0)) revert DisputeUnknown(disputeID);
    }
}
