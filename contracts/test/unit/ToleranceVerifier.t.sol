// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Claim, ClaimState, IArbiter, Request, Turn} from "../../src/interfaces/IArbiter.sol";
import {Holds, IExecutionVerifier} from "../../src/interfaces/IExecutionVerifier.sol";
import {TensorType} from "../../src/programs/ProgramCommitment.sol";
import {Doubt, Tolerance, ToleranceVerifier} from "../../src/verifiers/ToleranceVerifier.sol";
import {ArbiterBase} from "../support/ArbiterBase.sol";
import {OutputBuilder, Outputs} from "../support/OutputBuilder.sol";

/// @notice A claim within the tolerance stands; one outside is annulled by an exact claim that is final, and by nothing else.
contract ToleranceVerifierTest is ArbiterBase {
    using OutputBuilder for Outputs;

    ToleranceVerifier private tolerant;

    function setUp() public override {
        super.setUp();
        // Exact claims are posted on this route; that nobody refutes them is all that matters here.
        tolerant = new ToleranceVerifier(arbiter, route, Tolerance(3, usd(BOND), WINDOW, CLOCK));
    }

    /// @dev `count` tensors of two bytes, 7 and `second`.
    function outputs(uint256 count, int8 second) private pure returns (Outputs memory list) {
        list = Outputs(new TensorType[](count), new bytes[](count));
        for (uint256 i = 0; i < count; i++) {
            list.types[i] = TensorType(1, new uint32[](1));
            list.types[i].dims[0] = 2;
            list.values[i] = abi.encodePacked(int8(7), second);
        }
    }

    function claimed(Outputs memory list) private returns (Claim memory) {
        Request memory r = requestOf();
        r.verifier = address(tolerant);
        r.window = 10 * WINDOW;
        return post(r, list.id(), 0);
    }

    function exactly(Outputs memory list) private returns (Claim memory) {
        return post(requestOf(), list.id(), 0);
    }

    function doubt(Claim memory exact, Outputs memory ours, Outputs memory theirs, uint32 output, uint256 element)
        private
        view
        returns (bytes memory)
    {
        return abi.encode(Doubt(exact, output, element, ours.proof(output, element), theirs.proof(output, element)));
    }

    /// @dev The route reverts for this reason, which shows nothing.
    function refuteFailing(Claim memory c, bytes memory proof, bytes memory why) private {
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteFailed.selector, address(tolerant), why));
        arbiter.refute(c, 0, proof);
    }

    function testFuzz_onlyWhatIsOutsideTheToleranceIsAnnulled(int8 ours, int8 theirs) public {
        Claim memory c = claimed(outputs(1, ours));
        Claim memory exact = exactly(outputs(1, theirs));
        finalise(exact);
        bytes memory proof = doubt(exact, outputs(1, ours), outputs(1, theirs), 0, 1);
        int256 apart = int256(ours) - theirs;
        bool outside = apart > 3 || apart < -3;
        if (!outside) vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.refute(c, 0, proof);
        assertState(c, outside ? ClaimState.Annulled : ClaimState.Open, "as the tolerance says");
        if (outside) assertEq(balance(PROVIDER), FUNDS + PRICE, "bond back and the exact claim paid: nobody is slashed");
    }

    function test_anotherCountOrTypeIsOutsideAnyTolerance() public {
        Outputs memory list = outputs(1, 5);
        Claim memory exact = exactly(list);
        finalise(exact);
        Outputs memory two = outputs(2, 5);
        Claim memory c = claimed(two);
        arbiter.refute(c, 0, doubt(exact, two, list, 0, 0));
        assertState(c, ClaimState.Annulled, "another count");
        Outputs memory wide = outputs(1, 5);
        (wide.types[0].dtype, wide.types[0].dims[0]) = (2, 1);
        c = claimed(wide);
        arbiter.refute(c, 0, doubt(exact, wide, list, 0, 9));
        assertState(c, ClaimState.Annulled, "another type");
    }

    function test_anElementMustBeOpenedInBothOutputs() public {
        Claim memory c = claimed(outputs(1, 5));
        Claim memory exact = exactly(outputs(1, 50));
        finalise(exact);
        bytes memory none = abi.encodeWithSignature("ElementNotShown(bytes32,uint32,uint256)", c.output, 0, 1);
        refuteFailing(c, doubt(exact, outputs(1, 6), outputs(1, 50), 0, 1), none);
        none = abi.encodeWithSignature("ElementNotShown(bytes32,uint32,uint256)", exact.output, 0, 1);
        refuteFailing(c, doubt(exact, outputs(1, 5), outputs(1, 51), 0, 1), none);
    }

    function testFuzz_onlyAFinalExactClaimAsAgreedCounts(uint8 what) public {
        what = uint8(bound(what, 0, 6));
        Claim memory c = claimed(outputs(1, 5));
        Request memory r = requestOf();
        if (what == 0) r.program = "other";
        else if (what == 1) r.input = "other";
        else if (what == 2) r.verifier = address(tolerant);
        else if (what == 3) r.bond = usd(BOND - 1);
        else if (what == 4) r.window = WINDOW - 1;
        else if (what == 5) r.clock = CLOCK - 1;
        Claim memory exact = post(r, outputs(1, 50).id(), 0);
        wait(WINDOW + 1);
        if (what != 6) arbiter.finalise(exact);
        bytes memory why = abi.encodeWithSelector(ToleranceVerifier.NotTheExactClaim.selector, idOf(exact));
        refuteFailing(c, doubt(exact, outputs(1, 5), outputs(1, 50), 0, 1), why);
    }

    function testFuzz_aProviderChoosesNoTerms(bytes32 trace) public {
        Request memory r = requestOf();
        (r.verifier, r.window) = (address(tolerant), 10 * WINDOW);
        Claim memory c = post(r, outputs(1, 5).id(), trace);
        Claim memory exact = exactly(outputs(1, 50));
        finalise(exact);
        arbiter.refute(c, 0, doubt(exact, outputs(1, 5), outputs(1, 50), 0, 1));
        assertState(c, ClaimState.Annulled, "whatever it committed to");
        Tolerance memory terms = tolerant.terms();
        assertEq(terms.units, 3, "the terms are the route's");
    }

    function test_itProvesNothing() public {
        Claim memory c = claimed(outputs(1, 5));
        vm.expectRevert();
        arbiter.prove(c, "");
        Claim memory exact = exactly(outputs(1, 5));
        finalise(exact);
        bytes memory proof = doubt(exact, outputs(1, 5), outputs(1, 5), 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.prove(c, proof);
    }

    // --- questions ----------------------------------------------------------------------------------

    function reply(Claim memory c, bytes memory question, bytes memory proof) private {
        uint32 id = dispute(c, question);
        vm.prank(PROVIDER);
        arbiter.answer(c, id, question, proof);
        assertTrue(disputeOf(c, id).turn == Turn.Challenger, "answered");
    }

    function test_anHonestProviderCanAnswerEveryQuestion() public {
        Outputs memory list = outputs(2, 5);
        Claim memory c = claimed(list);
        reply(c, abi.encodePacked(uint32(1), uint32(1)), abi.encode(list.proof(1, 1)));
        reply(c, abi.encodePacked(uint32(1), uint32(2)), abi.encode(list.proof(1, 2)));
        reply(c, abi.encodePacked(uint32(2), uint32(0)), abi.encode(list.proof(2, 0)));
        reply(c, "nonsense!", "");
    }

    function test_whoeverClaimsWhatNobodyCanOpenLosesByTheClock() public {
        Outputs memory list = outputs(1, 5);
        Request memory r = requestOf();
        r.verifier = address(tolerant);
        Claim memory c = post(r, "no list at all", 0);
        bytes memory question = abi.encodePacked(uint32(0), uint32(0));
        uint32 id = dispute(c, question);
        bytes memory other = abi.encode(list.proof(0, 0));
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.answer(c, id, question, other);
        wait(CLOCK + 1);
        arbiter.expire(c, id);
        assertState(c, ClaimState.Void, "void");
    }

    function testFuzz_malformedProofsShowNothing(bytes calldata proof) public {
        Claim memory c = claimed(outputs(1, 5));
        try arbiter.refute(c, 0, proof) {
            assertTrue(false, "accepted");
        } catch {}
    }

    function test_itIsDeployedBesideAnArbiterAndAnExactRoute() public {
        vm.expectRevert(abi.encodeWithSelector(ToleranceVerifier.NothingAt.selector, STRANGER));
        new ToleranceVerifier(arbiter, IExecutionVerifier(STRANGER), Tolerance(3, usd(BOND), WINDOW, CLOCK));
        vm.expectRevert(abi.encodeWithSelector(ToleranceVerifier.NothingAt.selector, STRANGER));
        new ToleranceVerifier(IArbiter(STRANGER), route, Tolerance(3, usd(BOND), WINDOW, CLOCK));
    }
}
