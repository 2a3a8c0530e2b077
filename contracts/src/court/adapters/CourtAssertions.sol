// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IAssertions, IAssertionsCallback} from "../../interfaces/IAssertions.sol";
import {Ask, Case, CaseState, ICourt, Policy} from "../../interfaces/ICourt.sol";
import {BoundedCall} from "../BoundedCall.sol";

/// @title A court behind the calls of UMA's Optimistic Oracle
/// @notice An assertion is a proposal that a claim is true, a dispute a challenge that it is not. Who appeals does so in the
/// court. What is different: a dispute costs twice the bond and the jurors' fees (`disputePrice`), not the bond; there are no
/// escalation managers; a claim that the court leaves undecided, or finds neither true nor false, is not true here.
contract CourtAssertions is IAssertions {
    using SafeERC20 for IERC20;

    error TokenCourtOnly();
    error CurrencyRefused(address currency);
    error EscalationManagerRefused(address manager);
    error LivenessOutOfRange(uint64 liveness);
    error AssertionUnknown(bytes32 assertionId);
    error AssertionMadeAlready(bytes32 assertionId);
    error NotSettled(bytes32 assertionId);
    error ZeroAccount();
    error NothingOwed(address account);

    uint8 private constant FALSE = 0;
    uint8 private constant TRUE = 1;

    ICourt public immutable court;
    IERC20 public immutable token;
    bytes32 private immutable base;
    bytes32 public constant defaultIdentifier = "ASSERT_TRUTH";

    mapping(bytes32 assertionId => Assertion) private _assertions;
    mapping(bytes32 assertionId => uint256) public caseOf;
    /// @dev Whose each rung is that was filled from here.
    mapping(bytes32 assertionId => mapping(uint8 rung => address)) private _payees;
    /// @notice What could not be paid out at once.
    mapping(address account => uint256) public owed;

    /// @param terms Policy of the assertions; the liveness of each takes the place of the challenge window.
    constructor(ICourt court_, Policy memory terms) {
        if (court_.currency() == address(0)) revert TokenCourtOnly();
        (court, token, base) = (court_, IERC20(court_.currency()), court_.registerPolicy(terms));
        token.forceApprove(address(court_), type(uint256).max);
    }

    // --- asserting and disputing ------------------------------------------------------------------

    function assertTruthWithDefaults(bytes calldata claim, address asserter) external returns (bytes32) {
        Policy memory p = court.policyOf(base);
        Assertion memory a;
        (a.asserter, a.currency, a.bond, a.identifier) = (asserter, token, p.leastBond, defaultIdentifier);
        return _assert(claim, a, p.challengeSeconds);
    }

    /// @inheritdoc IAssertions
    function assertTruth(
        bytes calldata claim,
        address asserter,
        address callbackRecipient,
        address escalationManager,
        uint64 liveness,
        IERC20 currency,
        uint256 bond,
        bytes32 identifier,
        bytes32 domainId
    ) external returns (bytes32) {
        if (escalationManager != address(0)) revert EscalationManagerRefused(escalationManager);
        Assertion memory a;
        (a.asserter, a.callbackRecipient, a.currency) = (asserter, callbackRecipient, currency);
        (a.bond, a.identifier, a.domainId) = (bond, identifier, domainId);
        return _assert(claim, a, liveness);
    }

    /// @inheritdoc IAssertions
    function disputeAssertion(bytes32 assertionId, address disputer) external {
        if (disputer == address(0)) revert ZeroAccount();
        Assertion storage a = _known(assertionId);
        uint256 caseId = caseOf[assertionId];
        (uint256 price, uint8 rung) = (disputePrice(assertionId), court.caseOf(caseId).rungs);
        _take(price);
        // Refused by the court unless the claim stands undisputed or by a ruling, in time.
        court.fund(caseId, FALSE, price);
        if (rung == 1) a.disputer = disputer;
        _payees[assertionId][rung] = disputer;
        emit AssertionDisputed(assertionId, msg.sender, disputer);
        if (a.callbackRecipient == address(0)) return;
        bytes memory told = abi.encodeCall(IAssertionsCallback.assertionDisputedCallback, (assertionId));
        BoundedCall.call(a.callbackRecipient, told);
    }

    // --- settling ---------------------------------------------------------------------------------

    /// @inheritdoc IAssertions
    /// @notice Ends the case where that is due, pays asserter and disputer, and tells the recipient, once. Anybody may call it.
    function settleAssertion(bytes32 assertionId) public {
        Assertion storage a = _known(assertionId);
        if (a.settled) return;
        uint256 caseId = caseOf[assertionId];
        CaseState state = court.caseOf(caseId).state;
        // Refused by the court while a window is open.
        if (state != CaseState.Final && state != CaseState.Undecided) court.finalise(caseId);
        Case memory c = court.caseOf(caseId);
        bool truthful = c.state == CaseState.Final && c.standing == TRUE;
        (a.settled, a.settlementResolution) = (true, truthful);
        for (uint8 k = 0; k < c.rungs; ++k) _pay(assertionId, caseId, k);
        address recipient = truthful || a.disputer == address(0) ? a.asserter : a.disputer;
        emit AssertionSettled(assertionId, recipient, a.disputer != address(0), truthful, msg.sender);
        if (a.callbackRecipient == address(0)) return;
        bytes memory told = abi.encodeCall(IAssertionsCallback.assertionResolvedCallback, (assertionId, truthful));
        BoundedCall.call(a.callbackRecipient, told);
    }

    function settleAndGetAssertionResult(bytes32 assertionId) external returns (bool) {
        settleAssertion(assertionId);
        return getAssertionResult(assertionId);
    }

    /// @notice Pays out what could not be paid at once, to an address that takes it.
    function withdraw(address to) external {
        uint256 amount = owed[msg.sender];
        if (amount == 0) revert NothingOwed(msg.sender);
        owed[msg.sender] = 0;
        court.withdraw(to, amount);
    }

    // --- what there is ----------------------------------------------------------------------------

    function getMinimumBond(address) external view returns (uint256) {
        return court.policyOf(base).leastBond;
    }

    /// @notice What a dispute costs now, out of the token that its caller approved to this contract.
    function disputePrice(bytes32 assertionId) public view returns (uint256) {
        uint256 caseId = caseOf[assertionId];
        (uint256 bond, uint256 fees) = court.nextRung(caseId);
        return bond + fees - court.contributedTo(caseId, court.caseOf(caseId).rungs, FALSE);
    }

    function getAssertionResult(bytes32 assertionId) public view returns (bool) {
        Assertion storage a = _known(assertionId);
        if (!a.settled) revert NotSettled(assertionId);
        return a.settlementResolution;
    }

    function getAssertion(bytes32 assertionId) external view returns (Assertion memory) {
        return _assertions[assertionId];
    }

    // --- internals --------------------------------------------------------------------------------

    function _assert(bytes calldata claim, Assertion memory a, uint64 liveness) private returns (bytes32 id) {
        if (a.asserter == address(0)) revert ZeroAccount();
        if (a.currency != token) revert CurrencyRefused(address(a.currency));
        if (liveness > type(uint32).max) revert LivenessOutOfRange(liveness);
        a.escalationManagerSettings.assertingCaller = msg.sender;
        (a.assertionTime, a.expirationTime) = (uint64(block.timestamp), uint64(block.timestamp) + liveness);
        id = keccak256(abi.encode(claim, a));
        if (caseOf[id] != 0) revert AssertionMadeAlready(id);
        _assertions[id] = a;
        _payees[id][0] = a.asserter;
        _propose(id, uint32(liveness), a.bond);
        emit AssertionMade(
            id,
            a.domainId,
            claim,
            a.asserter,
            a.callbackRecipient,
            address(0),
            msg.sender,
            a.expirationTime,
            a.currency,
            a.bond,
            a.identifier
        );
    }

    function _propose(bytes32 id, uint32 liveness, uint256 bond) private {
        Policy memory p = court.policyOf(base);
        p.challengeSeconds = liveness;
        Ask memory q;
        (q.question, q.outcomes, q.policy) = (id, 2, court.registerPolicy(p));
        q.answerBy = uint40(block.timestamp) + 1;
        uint256 caseId = court.ask(q);
        caseOf[id] = caseId;
        _take(bond);
        court.propose(caseId, TRUE, bond);
    }

    function _take(uint256 amount) private {
        token.safeTransferFrom(msg.sender, address(this), amount);
        court.deposit(address(this), amount);
    }

    /// @dev At once where the payee takes it, else later.
    function _pay(bytes32 id, uint256 caseId, uint8 rung) private {
        uint8 outcome = court.rungOf(caseId, rung).outcome;
        if (court.contributionOf(caseId, rung, outcome, address(this)) == 0) return;
        uint256 amount = court.collect(caseId, rung, outcome, address(this));
        address payee = _payees[id][rung];
        if (amount == 0) return;
        try court.withdraw(payee, amount) {}
        catch {
            owed[payee] += amount;
        }
    }

    function _known(bytes32 id) private view returns (Assertion storage a) {
        a = _assertions[id];
        if (a.asserter == address(0)) revert AssertionUnknown(id);
    }
}
