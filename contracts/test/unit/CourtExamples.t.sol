// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ConstitutionGate} from "../../examples/ConstitutionGate.sol";
import {FreelanceEscrow} from "../../examples/FreelanceEscrow.sol";
import {ParametricInsurance} from "../../examples/ParametricInsurance.sol";
import {Answered, CourtConsumer, Risk, Standing} from "../../src/court/CourtConsumer.sol";
import {ICourt} from "../../src/interfaces/ICourt.sol";
import {CourtBase} from "../support/CourtBase.sol";

/// @notice A consumer and nothing else.
contract Asker is CourtConsumer {
    constructor(ICourt court_, bytes32 policy_, Risk risk_, uint256 limit) CourtConsumer(court_, policy_, risk_, limit) {}

    function ask(uint40 answerBy) external returns (uint256) {
        return _ask("?", 2, 0, 0, answerBy);
    }
}

contract CourtConsumerTest is CourtBase {
    uint256 private constant LIMIT = 1000;

    function setUp() public override {
        super.setUp();
        enrol();
    }

    function openedBy(Asker asker) private returns (uint256 caseId) {
        caseId = asker.ask(uint40(time + 1 days));
        vm.prank(PROPOSER);
        court.propose(caseId, 0, BOND);
    }

    function says(Asker asker, uint256 caseId, uint256 value, Answered answered, uint8 outcome) private view {
        (Answered got, uint8 said) = asker.answerOf(caseId, value);
        assertEq(uint256(got), uint256(answered), "what the answer is worth");
        assertEq(said, outcome, "the answer");
    }

    function stands(Asker asker, uint256 caseId, uint8 round, uint8 outcome, Standing standing) private view {
        assertEq(uint256(asker.standingOf(caseId, round, outcome)), uint256(standing), "what became of it");
    }

    function test_eachTakesWhatItCanBear() public {
        Asker strict = new Asker(court, policy, Risk.Arbitrated, LIMIT);
        Asker tolerant = new Asker(court, policy, Risk.FaultTolerant, LIMIT);
        (uint256 a, uint256 b) = (openedBy(strict), openedBy(tolerant));
        says(tolerant, b, 1, Answered.None, 0);
        fill(a, CHALLENGER, 1);
        fill(b, CHALLENGER, 1);
        held(a, votes(1, 3, 0, 0));
        says(strict, a, 1, Answered.None, 0);
        stands(strict, a, 1, 1, Standing.Provisional);
        end(a);
        says(strict, a, 1 << 128, Answered.Final, 1);
        stands(strict, a, 1, 1, Standing.Final);
        stands(strict, a, 0, 0, Standing.Overturned);
        vm.expectRevert(abi.encodeWithSelector(CourtConsumer.CaseOfAnother.selector, b));
        strict.answerOf(b, 1);
    }

    function test_whatAPanelSaidAtOnce() public {
        Asker tolerant = new Asker(court, policy, Risk.FaultTolerant, LIMIT);
        uint256 caseId = openedBy(tolerant);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(1, 3, 0, 0));
        says(tolerant, caseId, LIMIT, Answered.Provisional, 1);
        says(tolerant, caseId, LIMIT + 1, Answered.None, 0);
        fill(caseId, BACKER, 0);
        // While the next panel sits, the last one's word stands.
        says(tolerant, caseId, LIMIT, Answered.Provisional, 1);
        held(caseId, votes(1, 7, 0, 0));
        stands(tolerant, caseId, 1, 1, Standing.Superseded);
        fill(caseId, BACKER, 0);
        held(caseId, votes(0, 15, 0, 0));
        stands(tolerant, caseId, 1, 1, Standing.Overturned);
        says(tolerant, caseId, LIMIT, Answered.Provisional, 0);
        end(caseId);
        says(tolerant, caseId, LIMIT + 1, Answered.Final, 0);
    }

    function test_onlyWhereEveryPanelWasSure() public {
        Asker abstaining = new Asker(court, policy, Risk.Abstaining, LIMIT);
        uint256 caseId = openedBy(abstaining);
        fill(caseId, CHALLENGER, 1);
        held(caseId, votes(0, 1, 1, 1));
        held(caseId, votes(0, 7, 0, 0));
        end(caseId);
        says(abstaining, caseId, 1, Answered.Undecided, 0);
        caseId = openedBy(abstaining);
        end(caseId);
        says(abstaining, caseId, 1, Answered.Final, 0);
    }

    function test_nobodyButTheCourtCallsBack() public {
        Asker asker = new Asker(court, policy, Risk.Arbitrated, LIMIT);
        vm.expectRevert(abi.encodeWithSelector(CourtConsumer.CourtOnly.selector, address(this)));
        asker.onOutcome(1, true, 1);
    }
}

contract CourtExamplesTest is CourtBase {
    address private constant CLIENT = address(0xC11E);
    address private constant WORKER = address(0x3043);

    function setUp() public override {
        super.setUp();
        enrol();
        dollar.mintDevelopment(CLIENT, 10_000, "client");
        dollar.mintDevelopment(address(this), 10_000, "insurer");
    }

    function settled(uint256 caseId, uint8 outcome) private {
        vm.prank(PROPOSER);
        court.propose(caseId, outcome, BOND);
        end(caseId);
    }

    function handedIn(FreelanceEscrow escrow) private returns (uint256 jobId, uint256 caseId) {
        vm.startPrank(CLIENT);
        dollar.approve(address(escrow), 500);
        jobId = escrow.open(WORKER, 500, sha256("claim"), uint40(time + 7 days));
        vm.stopPrank();
        vm.prank(WORKER);
        caseId = escrow.handIn(jobId, "claim");
    }

    function test_aFreelancerIsPaidWhenTheWorkIsAccepted() public {
        FreelanceEscrow escrow = new FreelanceEscrow(court, policy, dollar);
        (, uint256 caseId) = handedIn(escrow);
        settled(caseId, escrow.ACCEPTED());
        assertEq(dollar.balanceOf(WORKER), 500, "paid by the callback");
    }

    function test_andNotWhenItIsNot() public {
        FreelanceEscrow escrow = new FreelanceEscrow(court, policy, dollar);
        (uint256 jobId, uint256 caseId) = handedIn(escrow);
        vm.expectRevert(abi.encodeWithSelector(CourtConsumer.AnswerMissing.selector, caseId, Answered.None));
        escrow.settle(jobId);
        settled(caseId, UNDECIDABLE);
        assertEq(dollar.balanceOf(CLIENT), 10_000, "refunded");
        (jobId,) = handedIn(escrow);
        vm.prank(CLIENT);
        escrow.accept(jobId);
        assertEq(dollar.balanceOf(WORKER), 500, "or accepted without a court");
        vm.prank(CLIENT);
        dollar.approve(address(escrow), 500);
        // Before the pranks: hashing is a call of its own.
        (bytes32 brief, bytes32 easy) = (sha256("brief"), sha256("easy"));
        vm.prank(CLIENT);
        jobId = escrow.open(WORKER, 500, brief, uint40(time + 1));
        vm.expectRevert(abi.encodeWithSelector(FreelanceEscrow.ClaimDiffers.selector, easy, brief));
        vm.prank(WORKER);
        escrow.handIn(jobId, "easy");
        vm.expectRevert(abi.encodeWithSelector(FreelanceEscrow.NotOverdue.selector, jobId, time + 1));
        escrow.refund(jobId);
        wait(2);
        escrow.refund(jobId);
        assertEq(dollar.balanceOf(CLIENT), 9_500, "nothing handed in");
    }

    function test_aDaoKeepsToItsConstitution() public {
        ConstitutionGate gate = new ConstitutionGate(court, policy, address(this), "constitution");
        dollar.transfer(address(gate), 100);
        bytes memory pay = abi.encodeCall(dollar.transfer, (WORKER, 60));
        bytes32 id = gate.submit(address(dollar), 0, pay, "1");
        vm.expectRevert(abi.encodeWithSelector(CourtConsumer.AnswerMissing.selector, gate.caseOf(id), Answered.None));
        gate.execute(address(dollar), 0, pay, "1");
        settled(gate.caseOf(id), gate.FOLLOWS());
        gate.execute(address(dollar), 0, pay, "1");
        assertEq(dollar.balanceOf(WORKER), 60, "carried out");
        vm.expectRevert(abi.encodeWithSelector(ConstitutionGate.ProposalKnown.selector, id));
        gate.execute(address(dollar), 0, pay, "1");
        id = gate.submit(address(dollar), 0, pay, "2");
        settled(gate.caseOf(id), gate.VIOLATES());
        vm.expectRevert(abi.encodeWithSelector(ConstitutionGate.Unconstitutional.selector, id, gate.VIOLATES()));
        gate.execute(address(dollar), 0, pay, "2");
    }

    function test_insurancePaysSmallSumsAtOnceAndLargeOnesInTheEnd() public {
        ParametricInsurance insurance = new ParametricInsurance(court, policy, 100, dollar, address(this));
        dollar.transfer(address(insurance), 1000);
        uint256 small = insurance.insure(WORKER, 100, "late", uint40(time + 1 days));
        uint256 large = insurance.insure(WORKER, 900, "late", uint40(time + 1 days));
        vm.expectRevert(abi.encodeWithSelector(ParametricInsurance.ReserveShort.selector, 0, 1));
        insurance.insure(WORKER, 1, "late", uint40(time + 1 days));
        vm.prank(WORKER);
        uint256 first = insurance.claim(small);
        vm.prank(WORKER);
        uint256 second = insurance.claim(large);
        (uint8 no, uint8 yes) = (insurance.DID_NOT_HAPPEN(), insurance.HAPPENED());
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(PROPOSER);
            court.propose(i == 0 ? first : second, no, BOND);
            fill(i == 0 ? first : second, CHALLENGER, yes);
        }
        till(panels.panelOf(first, 1).beaconTime);
        panels.draw(second, 1, "", type(uint16).max);
        held(first, votes(1, 3, 0, 0));
        insurance.pay(small);
        assertEq(dollar.balanceOf(WORKER), 100, "at once");
        vm.expectRevert(abi.encodeWithSelector(CourtConsumer.AnswerMissing.selector, second, Answered.None));
        insurance.pay(large);
        vm.expectRevert(abi.encodeWithSelector(ParametricInsurance.CoverUnfit.selector, large));
        insurance.release(large);
        // Nobody voted in the second case: it ends undecided.
        till(court.caseOf(second).latestEnd);
        court.tally(second);
        court.tally(second);
        court.finalise(second);
        insurance.release(large);
        insurance.withdraw(900);
        assertEq(dollar.balanceOf(address(this)), 10_000 - 100, "the promise is free again");
    }
}
