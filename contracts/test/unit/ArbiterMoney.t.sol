// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Arbiter} from "../../src/arbiter/Arbiter.sol";
import {Claim, ClaimState, IArbiter, Request, Shares} from "../../src/interfaces/IArbiter.sol";
import {TokenShort, ZeroAmount} from "../../src/libraries/TokenIntake.sol";
import {MicroUsd, ZERO} from "../../src/types/MicroUsd.sol";
import {ArbiterBase} from "../support/ArbiterBase.sol";
import {HookedToken} from "../support/HookedToken.sol";

/// @notice Deposits, prepaid gas, and cover: what goes in comes out, to whom it belongs.
contract ArbiterMoneyTest is ArbiterBase {
    // --- deposits -----------------------------------------------------------------------------------

    function test_balancesComeAndGo() public {
        vm.prank(RELIER);
        arbiter.withdraw(usd(FUNDS - 1));
        assertEq(dollar.balanceOf(RELIER), FUNDS - 1, "withdrawn");
        refused(RELIER, abi.encodeWithSelector(IArbiter.BalanceShort.selector, RELIER, usd(1), usd(2)));
        arbiter.withdraw(usd(2));
        refused(RELIER, abi.encodeWithSelector(ZeroAmount.selector));
        arbiter.withdraw(ZERO);
        vm.expectRevert(abi.encodeWithSelector(ZeroAmount.selector));
        arbiter.deposit(RELIER, ZERO);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.ZeroAccount.selector));
        arbiter.deposit(address(0), usd(1));
    }

    function test_depositsByAuthorisationCountOnce() public {
        uint256 key = 0xB0B;
        address from = vm.addr(key);
        dollar.mintDevelopment(from, 70, "tokens");
        bytes32 what = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                from,
                address(arbiter),
                70,
                0,
                2 * time,
                bytes32("nonce")
            )
        );
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", dollar.DOMAIN_SEPARATOR(), what));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        arbiter.depositWithAuthorization(usd(70), from, 0, 2 * time, "nonce", v, r, s);
        assertEq(balance(from), 70, "there");
        vm.expectRevert(abi.encodeWithSignature("ERC3009UsedAuthorization(address,bytes32)", from, bytes32("nonce")));
        arbiter.depositWithAuthorization(usd(70), from, 0, 2 * time, "nonce", v, r, s);
    }

    function hooked() private returns (HookedToken token, Arbiter there) {
        token = new HookedToken();
        there = new Arbiter(IERC20(address(token)), arbiter.shares());
        token.mint(address(this), 1000);
        token.approve(address(there), 1000);
    }

    function test_aTokenThatKeepsAPartIsRefused() public {
        (HookedToken token, Arbiter there) = hooked();
        token.takeFee(10);
        vm.expectRevert(abi.encodeWithSelector(TokenShort.selector, 90, 100));
        there.deposit(RELIER, usd(100));
    }

    function test_aTokenThatCallsBackGetsNowhere() public {
        (HookedToken token, Arbiter there) = hooked();
        there.deposit(address(token), usd(100));
        token.callBack(address(there), abi.encodeCall(IArbiter.withdraw, (usd(100))));
        there.deposit(address(this), usd(100));
        assertTrue(
            token.refusal() == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "refused within a deposit"
        );
        there.withdraw(usd(100));
        assertEq(there.balanceOf(address(token)).raw(), 100, "nor within a withdrawal");
    }

    function test_termsOfADeploymentMustDeter() public {
        vm.expectRevert(abi.encodeWithSelector(IArbiter.TokenWithoutCode.selector, STRANGER));
        new Arbiter(IERC20(STRANGER), Shares(usd(1), 1, 1, 1));
        Shares[5] memory bad = [
            Shares(usd(0), 1, 1, 1),
            Shares(usd(1), 0, 1, 1),
            Shares(usd(1), 1_000_001, 1, 1),
            Shares(usd(1), 1, 1, 0),
            Shares(usd(1), 1, 500_001, 500_000)
        ];
        for (uint256 i = 0; i < bad.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IArbiter.SharesOutOfRange.selector));
            new Arbiter(dollar, bad[i]);
        }
    }

    // --- prepaid gas --------------------------------------------------------------------------------

    function testFuzz_aQuestionPrepaysItsAnswerAtTwiceTheBaseFee(uint64 baseFee) public {
        baseFee = uint64(bound(baseFee, 0, 1000 gwei));
        Claim memory c = rightClaim();
        vm.fee(baseFee);
        uint256 least = 1_000_000 * (2 * uint256(baseFee) > 1 gwei ? 2 * uint256(baseFee) : 1 gwei);
        vm.deal(CHALLENGER, 2 * least);
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.PrepaymentShort.selector, least - 1, least));
        arbiter.dispute{value: least - 1}(c, OPEN);
        vm.prank(CHALLENGER);
        uint32 id = arbiter.dispute{value: least}(c, OPEN);
        assertEq(disputeOf(c, id).prepaid, least, "prepaid");
    }

    /// The price of a provider's own transaction counts up to what was prepaid, and what is left goes back.
    function testFuzz_theAnswererIsPaidAtMostThePrepaidPrice(uint64 price, uint64 extra) public {
        price = uint64(bound(price, 0, 100 gwei));
        uint256 prepaid = 1e15 + bound(extra, 0, 0.5 ether);
        Claim memory c = rightClaim();
        vm.prank(CHALLENGER);
        uint32 id = arbiter.dispute{value: prepaid}(c, OPEN);
        vm.txGasPrice(price);
        uint256 before = gasleft();
        answer(c, id, OPEN);
        uint256 execution = before - gasleft();
        uint256 paid = arbiter.owedNative(PROVIDER);
        assertEq(paid + arbiter.owedNative(CHALLENGER), prepaid, "nothing is lost");
        uint256 unit = price < prepaid / 1_000_000 ? price : prepaid / 1_000_000;
        assertTrue(paid >= (21_000 + execution) * unit || paid == 1_000_000 * unit, "at least what it cost");
        assertTrue(paid <= (21_000 + execution + 60_000) * unit, "and not much more");
    }

    function test_anAnswerThatCostsMoreThanWasPrepaidIsPaidAllOfIt() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        bytes memory long = new bytes(30_000);
        for (uint256 i = 0; i < long.length; i++) long[i] = 0x01;
        vm.txGasPrice(1000 gwei);
        vm.prank(PROVIDER);
        arbiter.answer(c, id, OPEN, long);
        assertEq(arbiter.owedNative(PROVIDER), PREPAID, "all, and no more");
    }

    function test_paddingIsNotPaidFor() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        bytes memory exact = abi.encodeCall(IArbiter.answer, (c, id, OPEN, OPEN));
        bytes memory padding = new bytes(20_000);
        for (uint256 i = 0; i < padding.length; i++) padding[i] = 0xff;
        vm.prank(PROVIDER);
        (bool done,) = address(arbiter).call(abi.encodePacked(exact, padding));
        assertTrue(done, "answered");
        assertTrue(arbiter.owedNative(PROVIDER) < 170_000 gwei, "20,000 bytes would be 800,000 gas");
    }

    function test_nativeCurrencyIsPulledToWhereItIsTaken() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        answer(c, id, OPEN);
        uint256 owed = arbiter.owedNative(CHALLENGER);
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.NativeRefused.selector, address(dollar)));
        arbiter.withdrawNative(address(dollar));
        uint256 before = address(0xBEEF).balance;
        vm.prank(CHALLENGER);
        arbiter.withdrawNative(address(0xBEEF));
        assertEq(address(0xBEEF).balance - before, owed, "paid");
        refused(CHALLENGER, abi.encodeWithSelector(IArbiter.NothingOwed.selector, CHALLENGER));
        arbiter.withdrawNative(CHALLENGER);
        assertEq(address(arbiter).balance, arbiter.owedNative(PROVIDER), "the rest is the provider's");
    }

    // --- cover --------------------------------------------------------------------------------------

    function reserve(Claim memory c, address who, uint256 amount) private returns (uint256) {
        vm.prank(who);
        return arbiter.reserveCover(c, usd(amount)).raw();
    }

    function test_oneBondIsPromisedOnce() public {
        Claim memory c = wrongClaim(0);
        assertEq(arbiter.coverable(c).raw(), 500, "bond less reward less burn");
        assertEq(reserve(c, RELIER, 101), 2, "a premium of one percent, rounded up");
        assertEq(balance(PROVIDER), FUNDS - BOND + 2, "is the provider's");
        reserve(c, STRANGER, 399);
        refused(RELIER, abi.encodeWithSelector(IArbiter.CoverExhausted.selector, idOf(c), ZERO, usd(1)));
        arbiter.reserveCover(c, usd(1));
        refused(RELIER, abi.encodeWithSelector(ZeroAmount.selector));
        arbiter.reserveCover(c, ZERO);
    }

    function test_whoeverReliedIsPaidFirstAndOnce() public {
        Claim memory c = wrongClaim(0);
        reserve(c, RELIER, 200);
        reserve(c, RELIER, 100);
        bytes32 id = idOf(c);
        refused(RELIER, inState(c, ClaimState.Open));
        arbiter.takeCover(id);
        vm.prank(CHALLENGER);
        arbiter.refute(c, 0, REFUTATION);
        assertEq(arbiter.burnt().raw(), BOND - REWARD - 300, "what nobody reserved is burnt");
        vm.prank(RELIER);
        arbiter.takeCover(id);
        assertEq(balance(RELIER), FUNDS - 3 + 300, "cover");
        refused(RELIER, abi.encodeWithSelector(IArbiter.CoverNone.selector, id, RELIER));
        arbiter.takeCover(id);
        assertEq(arbiter.statusOf(id).covered.raw(), 0, "none is due");
    }

    function test_coverIsForResultsThatAreNeitherDisputedNorOld() public {
        Claim memory c = rightClaim();
        uint32 id = dispute(c, OPEN);
        refused(RELIER, abi.encodeWithSelector(IArbiter.DisputesOpen.selector, idOf(c), 1));
        arbiter.reserveCover(c, usd(10));
        answer(c, id, OPEN);
        vm.prank(CHALLENGER);
        arbiter.concede(c, id);
        reserve(c, RELIER, 10);
        wait(WINDOW + 1);
        refused(RELIER, abi.encodeWithSelector(IArbiter.WindowOver.selector, idOf(c), time - 1));
        arbiter.reserveCover(c, usd(10));
        arbiter.finalise(c);
        bytes32 claimId = idOf(c);
        refused(RELIER, inState(c, ClaimState.Final));
        arbiter.takeCover(claimId);
        vm.expectRevert(inState(c, ClaimState.Final));
        arbiter.coverable(c);
    }

    /// Reward, cover and the stake of a friend: whatever a liar pays himself, the burnt part is gone.
    function testFuzz_aLiarWhoDealsWithHimselfLosesTheBurntPart(uint128 bond, uint128 cover) public {
        bond = uint128(bound(bond, 500, 10 ** 11));
        fund(PROVIDER, 2 * bond);
        uint256 before = balance(PROVIDER);
        Request memory r = requestOf();
        (r.requester, r.bond) = (PROVIDER, usd(bond));
        vm.prank(PROVIDER);
        arbiter.claim(r, "", "wrong", 0, ahead(), ahead());
        Claim memory c = Claim(r, PROVIDER, "wrong", 0);
        uint256 covered = bound(cover, 0, arbiter.coverable(c).raw());
        if (covered != 0) reserve(c, PROVIDER, covered);
        vm.prank(PROVIDER);
        arbiter.refute(c, 0, REFUTATION);
        bytes32 id = idOf(c);
        vm.prank(PROVIDER);
        if (covered != 0) arbiter.takeCover(id);
        uint256 lost = before - balance(PROVIDER);
        assertEq(lost, arbiter.burnt().raw(), "what is lost is burnt");
        assertTrue(lost * 4 >= bond, "a quarter at least");
    }
}
