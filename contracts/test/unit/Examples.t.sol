// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CreditPool} from "../../examples/CreditPool.sol";
import {GatedMint} from "../../examples/GatedMint.sol";
import {ArbiterConsumer, Rule, Standing} from "../../src/arbiter/ArbiterConsumer.sol";
import {OutputProof, OutputReader} from "../../src/arbiter/OutputReader.sol";
import {Claim, ClaimState, IArbiter, Request} from "../../src/interfaces/IArbiter.sol";
import {Holds, IExecutionVerifier, Run} from "../../src/interfaces/IExecutionVerifier.sol";
import {ArbiterBase} from "../support/ArbiterBase.sol";
import {OutputBuilder, Outputs} from "../support/OutputBuilder.sol";
import {TruthVerifier} from "../support/TruthVerifier.sol";

/// @notice A route on which proofs are at hand, as an enclave's are: any will do.
contract Signed is IExecutionVerifier {
    function verify(Run calldata, bytes calldata, bytes32, bytes calldata proof) external pure returns (Holds, bytes32) {
        return (proof.length != 0 ? Holds.Shown : Holds.NotShown, 0);
    }
}

/// @notice The examples, and the policy that they inherit.
contract ExamplesTest is ArbiterBase {
    using OutputBuilder for Outputs;

    address private constant BORROWER = address(0xB0220);
    CreditPool private pool;
    GatedMint private gate;

    function setUp() public override {
        super.setUp();
        pool = new CreditPool(arbiter, rulesOf(300), dollar, PROGRAM, 50);
        dollar.mintDevelopment(address(pool), 1000, "the pool's money");
        fund(address(pool), 100);
        gate = new GatedMint(arbiter, rulesOf(100_000_000), PROGRAM, 1);
        fund(PROVIDER, 200_000_000);
    }

    /// @dev One route up to a limit, with a bond of twice the value and the usual times.
    function rulesOf(uint256 limit) private view returns (Rule[] memory list) {
        list = new Rule[](1);
        list[0] = Rule(address(route), Standing.Covered, usd(limit), 2_000_000, 10_000, WINDOW, CLOCK);
    }

    function scores(int8 score) private pure returns (Outputs memory) {
        uint32[] memory dims = new uint32[](1);
        dims[0] = 2;
        return OutputBuilder.one(1, dims, abi.encodePacked(score, int8(0)));
    }

    /// @dev A claim that the borrower has this score; the truth is what the route says, so it is a wrong one.
    function scored(int8 score) private returns (Claim memory) {
        Request memory r = requestOf();
        r.input = pool.inputOf(BORROWER);
        return post(r, scores(score).id(), 0);
    }

    function borrow(Claim memory c, int8 score, uint256 amount, bytes memory why) private {
        OutputProof memory proof = scores(score).proof(0, 0);
        if (why.length != 0) vm.expectRevert(why);
        vm.prank(BORROWER);
        pool.borrow(usd(amount), c, proof);
    }

    // --- the pool -----------------------------------------------------------------------------------

    function test_aFinalScoreLends() public {
        Claim memory c = scored(60);
        borrow(c, 60, 300, abi.encodeWithSelector(ArbiterConsumer.ResultInState.selector, idOf(c), ClaimState.Open));
        finalise(c);
        borrow(c, 61, 300, abi.encodeWithSelector(OutputReader.ElementNotShown.selector, c.output, 0, 0));
        borrow(c, 60, 300, "");
        assertEq(dollar.balanceOf(BORROWER), 300, "lent");
        borrow(c, 60, 300, abi.encodeWithSelector(CreditPool.StillOwed.selector, usd(300)));
        vm.prank(BORROWER);
        dollar.approve(address(pool), 300);
        vm.prank(BORROWER);
        pool.repay(BORROWER);
        borrow(c, 60, 300, abi.encodeWithSelector(ArbiterConsumer.ResultOfAnother.selector, idOf(c)));
    }

    function test_aLowScoreDoesNot() public {
        Claim memory c = scored(49);
        finalise(c);
        borrow(c, 49, 300, abi.encodeWithSelector(CreditPool.ScoreTooLow.selector, 49, 50));
    }

    function test_aCoveredScoreLendsAtOnceAndThePoolIsPaidIfItWasWrong() public {
        Claim memory c = scored(60);
        OutputProof memory proof = scores(60).proof(0, 0);
        vm.prank(BORROWER);
        pool.borrowCovered(usd(200), c, proof);
        assertEq(dollar.balanceOf(BORROWER), 200, "lent at once");
        arbiter.refute(c, 0, REFUTATION);
        pool.collectCover(idOf(c));
        assertEq(dollar.balanceOf(address(pool)), 1000, "as much as before");
    }

    function test_coverThatIsExhaustedLendsNothing() public {
        Claim memory c = scored(60);
        vm.prank(RELIER);
        arbiter.reserveCover(c, usd(301));
        bytes memory why = abi.encodeWithSelector(IArbiter.CoverExhausted.selector, idOf(c), usd(199), usd(200));
        OutputProof memory proof = scores(60).proof(0, 0);
        vm.expectRevert(why);
        pool.borrowCovered(usd(200), c, proof);
    }

    function testFuzz_thePolicyGrowsWithTheValue(uint8 what, uint256 amount) public {
        what = uint8(bound(what, 0, 4));
        Request memory r = requestOf();
        r.input = pool.inputOf(BORROWER);
        bytes memory why;
        if (what == 0) {
            amount = bound(amount, 301, 1000);
            why = abi.encodeWithSelector(ArbiterConsumer.ValueAboveLimit.selector, usd(amount), usd(300));
        } else if (what == 1) {
            amount = bound(amount, 251, 300);
            r.bond = usd(500);
            why = abi.encodeWithSelector(ArbiterConsumer.BondTooLow.selector, r.bond, 2 * amount);
        } else {
            amount = bound(amount, 1, 250);
            if (what == 2) r.window = WINDOW - 1;
            if (what == 3) r.clock = CLOCK - 1;
            why = abi.encodeWithSelector(ArbiterConsumer.TimeTooShort.selector, r.window, r.clock);
            if (what == 4) {
                r.verifier = STRANGER;
                why = abi.encodeWithSelector(ArbiterConsumer.RouteRefused.selector, STRANGER);
            }
        }
        Claim memory c = post(r, scores(60).id(), 0);
        finalise(c);
        borrow(c, 60, amount, why);
    }

    function test_aPolicyHasOneToEightRules() public {
        assertEq(pool.rules().length, 1, "rules");
        vm.expectRevert(abi.encodeWithSelector(ArbiterConsumer.RulesOutOfRange.selector, 0));
        new CreditPool(arbiter, new Rule[](0), dollar, PROGRAM, 50);
        vm.expectRevert(abi.encodeWithSelector(ArbiterConsumer.RulesOutOfRange.selector, 9));
        new CreditPool(arbiter, new Rule[](9), dollar, PROGRAM, 50);
    }

    function test_aScoreThatNobodyProvedIsRefusedWhereAProofIsAsked() public {
        route = TruthVerifier(address(new Signed()));
        Rule[] memory list = rulesOf(300);
        list[0].least = Standing.Proved;
        pool = new CreditPool(arbiter, list, dollar, PROGRAM, 50);
        dollar.mintDevelopment(address(pool), 1000, "another pool's money");
        Claim memory c = scored(60);
        OutputProof memory proof = scores(60).proof(0, 0);
        vm.expectRevert(abi.encodeWithSelector(ArbiterConsumer.StandingTooLow.selector, Standing.Covered, Standing.Proved));
        vm.prank(BORROWER);
        pool.borrowCovered(usd(200), c, proof);
        finalise(c);
        borrow(c, 60, 300, abi.encodeWithSelector(ArbiterConsumer.StandingTooLow.selector, Standing.Final, Standing.Proved));
        c = scored(60);
        arbiter.prove(c, PROOF);
        borrow(c, 60, 300, "");
        assertEq(dollar.balanceOf(BORROWER), 300, "lent on a proof");
    }

    function test_coverIsNotAskedWhereItWouldLapse() public {
        Rule[] memory list = rulesOf(300);
        list[0].least = Standing.Final;
        pool = new CreditPool(arbiter, list, dollar, PROGRAM, 50);
        Claim memory c = scored(60);
        OutputProof memory proof = scores(60).proof(0, 0);
        vm.expectRevert(abi.encodeWithSelector(ArbiterConsumer.StandingTooLow.selector, Standing.Covered, Standing.Final));
        vm.prank(BORROWER);
        pool.borrowCovered(usd(200), c, proof);
    }

    function test_aPremiumIsNoWayToThePoolsMoney() public {
        Request memory r = requestOf();
        (r.input, r.premiumPpm) = (pool.inputOf(BORROWER), 10_001);
        Claim memory c = post(r, scores(60).id(), 0);
        OutputProof memory proof = scores(60).proof(0, 0);
        vm.expectRevert(abi.encodeWithSelector(ArbiterConsumer.PremiumTooHigh.selector, 10_001, 10_000));
        vm.prank(BORROWER);
        pool.borrowCovered(usd(200), c, proof);
    }

    function test_onlyWhoOwesRepays() public {
        vm.expectRevert(abi.encodeWithSelector(CreditPool.NothingOwed.selector, BORROWER));
        pool.repay(BORROWER);
    }

    // --- the gate -----------------------------------------------------------------------------------

    function classified(uint8 class, uint256 bond) private returns (Claim memory) {
        uint32[] memory dims = new uint32[](1);
        dims[0] = 1;
        Outputs memory list = OutputBuilder.one(3, dims, abi.encodePacked(class, bytes3(0)));
        Request memory r = requestOf();
        (r.callback, r.bond) = (address(gate), usd(bond));
        return post(r, list.id(), 0);
    }

    function test_thePictureOfTheRightClassIsMintedByTheCallback() public {
        Claim memory c = classified(1, 200_000_000);
        finalise(c);
        assertTrue(gate.ownerOf(uint256(INPUT)) == requester, "minted to whoever asked");
    }

    function testFuzz_nothingElseIsMinted(uint8 class) public {
        bool cheap = class % 2 == 0;
        Claim memory c = classified(cheap ? 1 : uint8(bound(class, 2, 255)), cheap ? 199_999_999 : 200_000_000);
        finalise(c);
        assertState(c, ClaimState.Final, "final all the same");
        assertEq(gate.balanceOf(requester), 0, "nothing");
    }

    function test_onlyTheArbiterCallsBack() public {
        Claim memory c = classified(1, 200_000_000);
        bytes32 id = idOf(c);
        vm.expectRevert(abi.encodeWithSelector(ArbiterConsumer.ArbiterOnly.selector, address(this)));
        gate.onResult(id, c);
    }
}
