// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {Arbiter} from "../../src/arbiter/Arbiter.sol";
import {Claim, ClaimState, IArbiter, Request} from "../../src/interfaces/IArbiter.sol";
import {Holds} from "../../src/interfaces/IExecutionVerifier.sol";
import {ArbiterBase, Listener} from "../support/ArbiterBase.sol";
import {OwnedWallet, SilentWallet} from "../support/Wallets.sol";

/// @notice Requests are signed, answered once and within their terms; a claim that nobody refutes is paid.
contract ArbiterClaimTest is ArbiterBase {
    function refuse(Request memory r, bytes memory signed, bytes memory why) private {
        refused(PROVIDER, why);
        arbiter.claim(r, signed, "out", 0, ahead(), ahead());
    }

    function test_anUndisputedClaimPaysItsProviderAfterTheWindow() public {
        Claim memory c = rightClaim();
        assertEq(balance(requester), FUNDS - PRICE, "the price is locked");
        assertEq(balance(PROVIDER), FUNDS - BOND, "the bond is locked");
        wait(WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.WindowOpen.selector, idOf(c), time));
        arbiter.finalise(c);
        wait(1);
        arbiter.finalise(c);
        assertState(c, ClaimState.Final, "final");
        assertTrue(!arbiter.statusOf(idOf(c)).proved, "by silence");
        assertEq(balance(PROVIDER), FUNDS + PRICE, "paid");
        vm.expectRevert(inState(c, ClaimState.Final));
        arbiter.finalise(c);
    }

    function test_aProofEndsAClaimAtOnce() public {
        Claim memory c = rightClaim();
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.prove(c, REFUTATION);
        arbiter.prove(c, PROOF);
        assertState(c, ClaimState.Final, "final");
        assertTrue(arbiter.statusOf(idOf(c)).proved, "by a proof");
        assertEq(balance(PROVIDER), FUNDS + PRICE, "paid");
        Claim memory wrong = wrongClaim(0);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.prove(wrong, PROOF);
    }

    // --- where a proof is asked for -------------------------------------------------------------------

    function proofOnly() private returns (Request memory r) {
        r = requestOf();
        r.proofRequired = true;
    }

    function test_silenceIsNoProof() public {
        Request memory r = proofOnly();
        Listener listener = new Listener();
        r.callback = address(listener);
        Claim memory c = post(r, rightOutput(), 0);
        vm.prank(RELIER);
        arbiter.reserveCover(c, usd(100));
        finalise(c);
        assertState(c, ClaimState.Annulled, "annulled");
        assertEq(balance(PROVIDER), FUNDS + 1, "bond and the premium");
        assertEq(balance(requester), FUNDS, "price");
        assertEq(listener.told(), bytes32(0), "nobody is told");
        vm.expectRevert(inState(c, ClaimState.Annulled));
        arbiter.prove(c, PROOF);
    }

    function test_aProofCountsUntilTheWindowIsOver() public {
        Claim memory early = post(proofOnly(), rightOutput(), 0);
        Claim memory late = post(proofOnly(), rightOutput(), 0);
        wait(WINDOW);
        arbiter.prove(early, PROOF);
        assertState(early, ClaimState.Final, "final");
        assertTrue(arbiter.statusOf(idOf(early)).proved, "by the proof");
        assertEq(balance(PROVIDER), FUNDS - BOND + PRICE, "paid");
        wait(1);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.WindowOver.selector, idOf(late), time - 1));
        arbiter.prove(late, PROOF);
        arbiter.finalise(late);
        assertEq(balance(PROVIDER), FUNDS + PRICE, "the other bond is back");
    }

    function test_whatIsWrongIsVoidAlsoWhereAProofIsAskedFor() public {
        Claim memory wrong = post(proofOnly(), "wrong", 0);
        Claim memory silent = post(proofOnly(), rightOutput(), 0);
        uint32 id = dispute(silent, OPEN);
        wait(WINDOW + 1);
        arbiter.refute(wrong, 0, REFUTATION);
        assertState(wrong, ClaimState.Void, "refuted");
        vm.expectRevert(abi.encodeWithSelector(IArbiter.DisputesOpen.selector, idOf(silent), 1));
        arbiter.finalise(silent);
        arbiter.expire(silent, id);
        assertState(silent, ClaimState.Void, "did not answer");
        assertEq(balance(requester), FUNDS, "both prices");
        assertEq(balance(PROVIDER), FUNDS - 2 * BOND, "neither bond");
    }

    // --- requests -------------------------------------------------------------------------------------

    function test_aRequestIsAnsweredOnce() public {
        Request memory r = requestOf();
        post(r, rightOutput(), 0);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.NonceUsed.selector, requester, r.nonce));
        assertTrue(arbiter.nonceUsed(requester, r.nonce), "used");
        assertTrue(!arbiter.nonceUsed(requester, r.nonce + 1), "the next is not");
    }

    function test_aRequestCanBeTakenBack() public {
        Request memory r = requestOf();
        vm.prank(requester);
        arbiter.cancel(r.nonce);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.NonceUsed.selector, requester, r.nonce));
        refused(requester, abi.encodeWithSelector(IArbiter.NonceUsed.selector, requester, r.nonce));
        arbiter.cancel(r.nonce);
    }

    function test_onlyTheNamedProviderAnswers() public {
        Request memory r = requestOf();
        r.provider = STRANGER;
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.RequestForAnother.selector, STRANGER, PROVIDER));
        r.provider = PROVIDER;
        post(r, rightOutput(), 0);
    }

    function testFuzz_nothingOfASignedRequestCanBeChanged(uint8 field) public {
        Request memory r = requestOf();
        bytes memory signed = sign(r);
        field = uint8(bound(field, 0, 13));
        if (field == 0) r.requester = STRANGER;
        else if (field == 1) r.provider = PROVIDER;
        else if (field == 2) r.program = "other";
        else if (field == 3) r.input = "other";
        else if (field == 4) r.verifier = STRANGER;
        else if (field == 5) r.price = usd(PRICE + 1);
        else if (field == 6) r.bond = usd(BOND + 1);
        else if (field == 7) r.deadline++;
        else if (field == 8) r.window++;
        else if (field == 9) r.clock++;
        else if (field == 10) r.callback = STRANGER;
        else if (field == 11) r.premiumPpm++;
        else if (field == 12) r.proofRequired = true;
        else r.nonce++;
        refuse(r, signed, abi.encodeWithSelector(IArbiter.RequestNotSigned.selector, r.requester));
    }

    function test_aSignatureIsForOneChainAndOneArbiter() public {
        Request memory r = requestOf();
        bytes memory signed = sign(r);
        Arbiter other = new Arbiter(dollar, arbiter.shares());
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.RequestNotSigned.selector, requester));
        other.claim(r, signed, "out", 0, ahead(), ahead());
        vm.chainId(5);
        refuse(r, signed, abi.encodeWithSelector(IArbiter.RequestNotSigned.selector, requester));
    }

    function test_contractsSignByEip1271() public {
        OwnedWallet wallet = new OwnedWallet(requester);
        fund(address(wallet), PRICE);
        Request memory r = requestOf();
        r.requester = address(wallet);
        post(r, rightOutput(), 0);
        assertEq(balance(address(wallet)), 0, "its price is locked");
        r.requester = address(new SilentWallet());
        r.price = usd(0);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.RequestNotSigned.selector, r.requester));
    }

    function test_whoeverIsBothNeedsNoSignature() public {
        Request memory r = requestOf();
        r.requester = PROVIDER;
        bytes32 output = rightOutput();
        vm.prank(PROVIDER);
        arbiter.claim(r, "", output, 0, ahead(), ahead());
        assertEq(balance(PROVIDER), FUNDS - BOND - PRICE, "both locked");
        finalise(Claim(r, PROVIDER, rightOutput(), 0));
        assertEq(balance(PROVIDER), FUNDS, "and both back");
    }

    function test_termsAreWithinTheirRanges() public {
        Request memory r = requestOf();
        r.bond = usd(499);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.BondBelowLeast.selector, r.bond, usd(500)));
        r = requestOf();
        for (uint256 i = 0; i < 2; i++) {
            r.window = i == 0 ? 59 : 30 days + 1;
            refuse(r, sign(r), abi.encodeWithSelector(IArbiter.WindowOutOfRange.selector, r.window));
        }
        r = requestOf();
        for (uint256 i = 0; i < 2; i++) {
            r.clock = i == 0 ? 59 : 7 days + 1;
            refuse(r, sign(r), abi.encodeWithSelector(IArbiter.ClockOutOfRange.selector, r.clock));
        }
        r = requestOf();
        r.premiumPpm = 1_000_001;
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.PremiumOutOfRange.selector, r.premiumPpm));
        r = requestOf();
        wait(101);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.RequestExpired.selector, r.deadline));
    }

    function test_nobodyLocksMoneyThatIsNotThere() public {
        Request memory r = requestOf();
        r.price = usd(FUNDS + 1);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.BalanceShort.selector, requester, usd(FUNDS), r.price));
        r = requestOf();
        r.bond = usd(FUNDS + 1);
        refuse(r, sign(r), abi.encodeWithSelector(IArbiter.BalanceShort.selector, PROVIDER, usd(FUNDS), r.bond));
    }

    function test_whatIsAnsweredInAdvanceIsPairsAndFew() public {
        Request memory r = requestOf();
        bytes memory signed = sign(r);
        bytes32 output = rightOutput();
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.AheadUnfit.selector, 1, 0));
        arbiter.claim(r, signed, output, 0, ahead(HIDDEN), ahead());
        uint256 most = arbiter.MAX_AHEAD();
        bytes[] memory many = new bytes[](most + 1);
        for (uint256 i = 0; i <= most; ++i) many[i] = HIDDEN;
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.AheadUnfit.selector, most + 1, most + 1));
        arbiter.claim(r, signed, output, 0, many, many);
        bytes[] memory some = new bytes[](most);
        for (uint256 i = 0; i < most; ++i) some[i] = HIDDEN;
        vm.prank(PROVIDER);
        arbiter.claim(r, signed, output, 0, some, some);
        assertState(Claim(r, PROVIDER, output, 0), ClaimState.Open, "open all the same");
    }

    function test_aFirstQuestionIsAnsweredInAdvanceOrNotAtAll() public {
        Request memory r = requestOf();
        bytes memory signed = sign(r);
        bytes32 output = rightOutput();
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.RouteSays.selector, Holds.NotShown));
        arbiter.claim(r, signed, "wrong", 0, ahead(HIDDEN), ahead(HIDDEN));
        refused(PROVIDER, abi.encodeWithSelector(IArbiter.QuestionUnfit.selector, 0));
        arbiter.claim(r, signed, output, 0, ahead(""), ahead(PROOF));
        vm.prank(PROVIDER);
        arbiter.claim(r, signed, output, 0, ahead(HIDDEN), ahead(HIDDEN));
        assertState(Claim(r, PROVIDER, rightOutput(), 0), ClaimState.Open, "open all the same");
    }

    function test_anUnknownClaimIsNoClaim() public {
        Claim memory c = rightClaim();
        c.output = "other";
        vm.expectRevert(inState(c, ClaimState.None));
        arbiter.prove(c, PROOF);
        vm.expectRevert(inState(c, ClaimState.None));
        arbiter.refute(c, 0, REFUTATION);
    }

    // --- callbacks ----------------------------------------------------------------------------------

    function told(Listener listener) private returns (Claim memory c) {
        Request memory r = requestOf();
        r.callback = address(listener);
        c = post(r, rightOutput(), 0);
        wait(WINDOW + 1);
    }

    function test_theConsumerIsToldWithEnoughGas() public {
        Listener listener = new Listener();
        Claim memory c = told(listener);
        arbiter.finalise(c);
        assertEq(listener.told(), idOf(c), "told");
        assertTrue(listener.gasGiven() > 190_000 && listener.gasGiven() <= 200_000, "all of its gas");
    }

    function testFuzz_nobodyCanStarveTheCallback(uint256 gasLimit) public {
        Listener listener = new Listener();
        Claim memory c = told(listener);
        gasLimit = bound(gasLimit, 30_000, 400_000);
        try arbiter.finalise{gas: gasLimit}(c) {
            assertEq(listener.told(), idOf(c), "final, so it was told");
            assertTrue(listener.gasGiven() > 190_000, "with all of its gas");
        } catch {
            assertState(c, ClaimState.Open, "else nothing happened");
        }
    }

    function testFuzz_aBadCallbackChangesNothing(uint8 mood) public {
        Listener listener = new Listener();
        listener.be(Listener.Mood(bound(mood, 1, 3)));
        Claim memory c = told(listener);
        uint256 before = gasleft();
        arbiter.finalise(c);
        assertTrue(before - gasleft() < 400_000, "nor does it cost more than its share");
        assertState(c, ClaimState.Final, "final");
        assertEq(balance(PROVIDER), FUNDS + PRICE, "paid");
        assertEq(listener.told(), 0, "not told");
    }

    function test_aCallbackCannotComeBackIn() public {
        Listener listener = new Listener();
        listener.be(Listener.Mood.Enters);
        Claim memory c = told(listener);
        arbiter.finalise(c);
        assertTrue(
            listener.refusal() == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "refused"
        );
    }

    function test_aCallbackWithoutCodeIsNoObstacle() public {
        Request memory r = requestOf();
        r.callback = STRANGER;
        Claim memory c = post(r, rightOutput(), 0);
        finalise(c);
        assertState(c, ClaimState.Final, "final");
    }
}
