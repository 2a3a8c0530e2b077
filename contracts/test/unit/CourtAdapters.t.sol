// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {CourtArbitrator} from "../../src/court/adapters/CourtArbitrator.sol";
import {CourtAssertions} from "../../src/court/adapters/CourtAssertions.sol";
import {CourtReality} from "../../src/court/adapters/CourtReality.sol";
import {IAssertionsCallback} from "../../src/interfaces/IAssertions.sol";
import {ICourt} from "../../src/interfaces/ICourt.sol";
import {IArbitrable, IArbitrator} from "../../src/interfaces/IErc792.sol";
import {CourtBase} from "../support/CourtBase.sol";
import {SeededBeacon} from "../support/SeededBeacon.sol";

/// @notice A sale in escrow, written for any ERC-792 arbitrator.
contract Escrow is IArbitrable {
    IArbitrator private immutable arbitrator;
    uint256 public disputeID;
    uint256 public ruling = 99;
    bool public refusing;

    constructor(IArbitrator arbitrator_) {
        arbitrator = arbitrator_;
    }

    receive() external payable {}

    function dispute() external payable {
        disputeID = arbitrator.createDispute{value: msg.value}(2, "");
    }

    function appeal() external payable {
        arbitrator.appeal{value: msg.value}(disputeID, "");
    }

    function fetch() external {
        CourtArbitrator(address(arbitrator)).withdraw(address(this));
    }

    function refuse(bool refusing_) external {
        refusing = refusing_;
    }

    function rule(uint256 id, uint256 ruling_) external {
        require(msg.sender == address(arbitrator) && id == disputeID && !refusing, "not that");
        ruling = ruling_;
        emit Ruling(arbitrator, id, ruling_);
    }
}

/// @notice A court in the chain's own currency, with jurors.
abstract contract NativeCourt is CourtBase {
    function setUp() public virtual override {
        vm.warp(time);
        court = deployCourt(address(0), new SeededBeacon());
        (jurors, panels) = (court.jurors(), court.panels());
        address[5] memory sides = [ASKER, PROPOSER, CHALLENGER, BACKER, STRANGER];
        for (uint256 i = 0; i < sides.length; i++) vm.deal(sides[i], FUNDS);
        enrol();
    }

    function fund(address account, uint256 amount) internal override {
        vm.deal(address(this), amount);
        court.deposit{value: amount}(account, amount);
    }
}

contract CourtArbitratorTest is NativeCourt {
    CourtArbitrator private arbitrator;
    Escrow private escrow;
    uint256 private constant AI_FEES = 1000;

    function setUp() public override {
        super.setUp();
        arbitrator = new CourtArbitrator(court, termsOf());
        escrow = new Escrow(arbitrator);
    }

    function disputed() private returns (uint256 id) {
        uint256 cost = arbitrator.arbitrationCost("");
        assertEq(cost, AI_FEES, "both panels of programs");
        vm.prank(ASKER);
        escrow.dispute{value: cost + 5}();
        return escrow.disputeID();
    }

    function status(uint256 id, IArbitrator.DisputeStatus expected) private view {
        assertEq(uint256(arbitrator.disputeStatus(id)), uint256(expected), "status of the dispute");
    }

    function test_aDisputeIsRuledOn() public {
        uint256 id = disputed();
        status(id, IArbitrator.DisputeStatus.Waiting);
        assertEq(arbitrator.currentRuling(id), 0, "none yet");
        held(id, votes(1, 3, 0, 0));
        status(id, IArbitrator.DisputeStatus.Appealable);
        assertEq(arbitrator.currentRuling(id), 2, "rulings count from 1");
        (uint256 start, uint256 finish) = arbitrator.appealPeriod(id);
        assertEq(start, time, "from now");
        assertEq(finish, time + 8 hours, "as long as an appeal");
        vm.expectRevert(abi.encodeWithSelector(CourtArbitrator.NotSolved.selector, id));
        arbitrator.executeRuling(id);
        till(finish);
        status(id, IArbitrator.DisputeStatus.Solved);
        escrow.refuse(true);
        vm.expectRevert("not that");
        arbitrator.executeRuling(id);
        escrow.refuse(false);
        arbitrator.executeRuling(id);
        assertEq(escrow.ruling(), 2, "told");
        vm.expectRevert(abi.encodeWithSelector(CourtArbitrator.RuledAlready.selector, id));
        arbitrator.executeRuling(id);
        arbitrator.collect(id, 0);
        escrow.fetch();
        assertEq(address(escrow).balance, 5 + AI_FEES - 300, "change, and what no seat earned");
    }

    function test_anAppealCallsTheNextPanel() public {
        uint256 id = disputed();
        held(id, votes(1, 3, 0, 0));
        uint256 cost = arbitrator.appealCost(id, "");
        assertEq(cost, 700, "seven seats");
        refused(CHALLENGER, abi.encodeWithSelector(CourtArbitrator.PaymentShort.selector, cost - 1, cost));
        arbitrator.appeal{value: cost - 1}(id, "");
        vm.prank(CHALLENGER);
        arbitrator.appeal{value: cost}(id, "");
        status(id, IArbitrator.DisputeStatus.Waiting);
        assertEq(arbitrator.appealCost(id, ""), type(uint256).max / 2, "none now");
        // The second panel does not know; people are called by whoever pays them.
        held(id, votes(0, 1, 1, 1));
        status(id, IArbitrator.DisputeStatus.Appealable);
        assertEq(arbitrator.currentRuling(id), 0, "no ruling");
        cost = arbitrator.appealCost(id, "");
        vm.prank(CHALLENGER);
        arbitrator.appeal{value: cost}(id, "");
        held(id, votes(0, 15, 0, 0));
        end(id);
        arbitrator.executeRuling(id);
        assertEq(escrow.ruling(), 1, "people ruled");
    }

    function test_aCourtThatCannotDecideRefuses() public {
        uint256 id = disputed();
        held(id, votes(UNDECIDABLE, 3, 0, 0));
        till(court.caseOf(id).deadline);
        arbitrator.executeRuling(id);
        assertEq(escrow.ruling(), 0, "it refused to rule");
        vm.expectRevert(abi.encodeWithSelector(CourtArbitrator.DisputeUnknown.selector, 7));
        arbitrator.currentRuling(7);
        vm.expectRevert(abi.encodeWithSelector(ICourt.OutcomesOutOfRange.selector, uint8(17)));
        arbitrator.createDispute{value: 0}(17, "");
    }
}

contract CourtRealityTest is NativeCourt {
    CourtReality private reality;
    bytes32 private constant YES = bytes32(uint256(1));

    function setUp() public override {
        super.setUp();
        reality = new CourtReality(court, termsOf());
    }

    function asked(uint256 minBond) private returns (bytes32 id) {
        vm.prank(ASKER);
        id = reality.askQuestionWithMinBond{value: 77}(0, "Did it rain?", address(reality), 1 days, 0, 0, minBond);
        bytes32 content = keccak256(abi.encodePacked(uint256(0), uint32(0), "Did it rain?"));
        assertEq(reality.getContentHash(id), content, "content hash");
        bytes32 expected = keccak256(
            abi.encodePacked(content, address(reality), uint32(1 days), minBond, address(reality), ASKER, uint256(0))
        );
        assertEq(id, expected, "an id that consumers can compute");
    }

    function claim(bytes32 id) private {
        reality.claimWinnings(id, new bytes32[](0), new address[](0), new uint256[](0), new bytes32[](0));
    }

    function test_anAnswerThatNobodyDoubts() public {
        bytes32 id = asked(2 * BOND);
        assertEq(reality.getFinalizeTS(id), 0, "unanswered");
        assertEq(reality.getBounty(id), 77, "bounty");
        vm.prank(PROPOSER);
        reality.submitAnswer{value: 2 * BOND}(id, YES, 0);
        assertEq(reality.getBestAnswer(id), YES, "best answer");
        assertEq(reality.getBond(id), 2 * BOND, "bond");
        assertEq(reality.getFinalizeTS(id), time + 1 days, "when it is final");
        vm.expectRevert(abi.encodeWithSelector(CourtReality.NotFinal.selector, id));
        reality.resultFor(id);
        wait(1 days);
        assertTrue(reality.isFinalized(id), "by time alone");
        assertEq(reality.resultFor(id), YES, "yes");
        assertEq(
            reality.getFinalAnswerIfMatches(id, reality.getContentHash(id), address(reality), 1 days, BOND), YES, "matches"
        );
        vm.expectRevert(abi.encodeWithSelector(CourtReality.DiffersFromExpected.selector, id));
        reality.getFinalAnswerIfMatches(id, 0, address(reality), 1 days, BOND);
        claim(id);
        vm.prank(PROPOSER);
        reality.withdraw();
        assertEq(PROPOSER.balance, FUNDS + 77, "bond and bounty");
        assertEq(reality.getFinalizeTS(id), time, "no later for being ended late");
    }

    function test_aSecondAnswerCallsTheJurors() public {
        bytes32 id = asked(0);
        vm.prank(PROPOSER);
        reality.submitAnswer{value: BOND}(id, 0, 0);
        (uint256 bond, uint256 fees) = reality.priceOf(id);
        assertEq(bond + fees, 2 * BOND + 1000, "twice the bond, and ten seats");
        refused(CHALLENGER, abi.encodeWithSelector(CourtReality.BondBeaten.selector, BOND, BOND - 1));
        reality.submitAnswer{value: bond + fees}(id, YES, BOND - 1);
        refused(CHALLENGER, abi.encodeWithSelector(CourtReality.PaymentShort.selector, bond, bond + fees));
        reality.submitAnswer{value: bond}(id, YES, 0);
        refused(CHALLENGER, abi.encodeWithSelector(CourtReality.AnswerUnknown.selector, bytes32(uint256(16))));
        reality.submitAnswer{value: bond}(id, bytes32(uint256(16)), 0);
        vm.prank(CHALLENGER);
        reality.submitAnswer{value: bond + fees + 9}(id, YES, BOND);
        assertEq(reality.balanceOf(CHALLENGER), 9, "change");
        assertTrue(reality.isPendingArbitration(id), "the jurors have it");
        held(1, votes(1, 3, 0, 0));
        assertEq(reality.getBestAnswer(id), YES, "they say yes");
        till(court.caseOf(1).deadline);
        claim(id);
        assertEq(reality.balanceOf(CHALLENGER), 9 + bond + fees + BOND / 2, "the challenger is paid");
        assertEq(reality.balanceOf(PROPOSER), 0, "the other is not");
        vm.prank(CHALLENGER);
        reality.withdraw();
        assertEq(CHALLENGER.balance, FUNDS + BOND / 2, "and has it");
    }

    function test_whatTheCourtCannotSayIsInvalid() public {
        bytes32 id = asked(0);
        vm.prank(PROPOSER);
        reality.submitAnswer{value: BOND}(id, YES, 0);
        vm.prank(CHALLENGER);
        reality.submitAnswer{value: 2 * BOND + 1000}(id, bytes32(type(uint256).max - 1), 0);
        held(1, votes(0, 1, 1, 1));
        held(1, votes(0, 2, 0, 0));
        assertTrue(reality.isPendingArbitration(id), "people may still be called");
        till(court.caseOf(1).deadline);
        assertEq(reality.resultFor(id), bytes32(type(uint256).max), "invalid");
        claim(id);
        assertEq(reality.resultFor(id), bytes32(type(uint256).max), "and stays so");
        assertEq(reality.balanceOf(PROPOSER), BOND, "all have their bonds back");
    }

    function test_questionsAreOurs() public {
        vm.expectRevert(abi.encodeWithSelector(CourtReality.ArbitratorRefused.selector, STRANGER));
        reality.askQuestion(0, "?", STRANGER, 1 days, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(CourtReality.TemplateUnknown.selector, 5));
        reality.askQuestion(5, "?", address(reality), 1 days, 0, 0);
        assertEq(reality.createTemplate("{}"), 5, "the next one");
        reality.askQuestion(5, "?", address(reality), 1 days, 0, 0);
        vm.expectRevert();
        reality.askQuestion(5, "?", address(reality), 1 days, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(CourtReality.QuestionUnknown.selector, bytes32("none")));
        reality.submitAnswer("none", YES, 0);
    }
}

/// @notice Pays by an assertion, written for UMA's oracle.
contract Asserted is IAssertionsCallback {
    address private immutable oracle;
    bool public told;
    bool public truthful;
    bool public disputed;

    constructor(address oracle_) {
        oracle = oracle_;
    }

    function assertionResolvedCallback(bytes32, bool truthful_) external {
        require(msg.sender == oracle, "not the oracle");
        (told, truthful) = (true, truthful_);
    }

    function assertionDisputedCallback(bytes32) external {
        disputed = true;
        while (true) {}
    }
}

contract CourtAssertionsTest is CourtBase {
    CourtAssertions private assertions;
    Asserted private consumer;

    function setUp() public override {
        super.setUp();
        enrol();
        assertions = new CourtAssertions(court, termsOf());
        consumer = new Asserted(address(assertions));
        address[2] memory sides = [PROPOSER, CHALLENGER];
        for (uint256 i = 0; i < 2; i++) {
            dollar.mintDevelopment(sides[i], 100 * BOND, bytes32(1000 + i));
            vm.prank(sides[i]);
            dollar.approve(address(assertions), 100 * BOND);
        }
    }

    function asserted() private returns (bytes32) {
        vm.prank(PROPOSER);
        return assertions.assertTruth("it rained", BACKER, address(consumer), address(0), 1 hours, dollar, BOND, "ID", "D");
    }

    function test_anAssertionThatNobodyDisputes() public {
        bytes32 id = asserted();
        vm.expectRevert(abi.encodeWithSelector(ICourt.NotBefore.selector, 1, time + 1 hours));
        assertions.settleAssertion(id);
        vm.expectRevert(abi.encodeWithSelector(CourtAssertions.NotSettled.selector, id));
        assertions.getAssertionResult(id);
        wait(1 hours);
        assertTrue(assertions.settleAndGetAssertionResult(id), "true");
        assertTrue(consumer.told() && consumer.truthful(), "and told");
        assertEq(dollar.balanceOf(BACKER), BOND, "the asserter has the bond");
        assertions.settleAssertion(id);
        assertEq(dollar.balanceOf(BACKER), BOND, "once");
    }

    function test_anAssertionThatIsFalse() public {
        bytes32 id = asserted();
        assertEq(assertions.disputePrice(id), 2 * BOND + 1000, "twice the bond, and ten seats");
        vm.prank(CHALLENGER);
        // The consumer's callback burns all the gas that it is given.
        assertions.disputeAssertion(id, STRANGER);
        assertTrue(!consumer.disputed(), "which hinders nobody");
        assertTrue(assertions.getAssertion(id).disputer == STRANGER, "the disputer");
        held(1, votes(0, 3, 0, 0));
        till(court.caseOf(1).deadline);
        assertions.settleAssertion(id);
        assertTrue(consumer.told() && !consumer.truthful(), "false, and told");
        assertEq(dollar.balanceOf(STRANGER), 2 * BOND + 1000 + BOND / 2, "the disputer is paid at once");
        assertEq(dollar.balanceOf(BACKER), 0, "the asserter is not");
    }

    function test_whatIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(CourtAssertions.EscalationManagerRefused.selector, STRANGER));
        assertions.assertTruth("x", BACKER, address(0), STRANGER, 1 hours, dollar, BOND, "", "");
        vm.expectRevert(abi.encodeWithSelector(CourtAssertions.CurrencyRefused.selector, STRANGER));
        assertions.assertTruth("x", BACKER, address(0), address(0), 1 hours, IERC20(STRANGER), BOND, "", "");
        bytes32 id = asserted();
        vm.prank(PROPOSER);
        vm.expectRevert(abi.encodeWithSelector(CourtAssertions.AssertionMadeAlready.selector, id));
        assertions.assertTruth("it rained", BACKER, address(consumer), address(0), 1 hours, dollar, BOND, "ID", "D");
        vm.expectRevert(abi.encodeWithSelector(CourtAssertions.AssertionUnknown.selector, bytes32("none")));
        assertions.settleAssertion("none");
        vm.prank(PROPOSER);
        id = assertions.assertTruthWithDefaults("it snowed", PROPOSER);
        assertEq(assertions.getAssertion(id).bond, assertions.getMinimumBond(address(dollar)), "least bond");
    }
}
