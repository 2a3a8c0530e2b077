// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Anchor} from "../../src/Anchor.sol";
import {CoverBond} from "../../src/CoverBond.sol";
import {DevDollar} from "../../src/DevDollar.sol";
import {ReceiptVerifier} from "../../src/ReceiptVerifier.sol";
import {CoverState, ICoverBond} from "../../src/interfaces/ICoverBond.sol";
import {Receipt} from "../../src/interfaces/IReceiptVerifier.sol";
import {MicroUsd, ZERO} from "../../src/types/MicroUsd.sol";
import {TestBase} from "../support/TestBase.sol";

contract CoverBondTest is TestBase {
    uint256 private constant KEY = 0x155;
    address private constant ALICE = address(0xA11CE);
    uint64 private constant UNTIL = 2_000_000;
    uint32 private constant GRACE = 1000;
    DevDollar private dollar;
    ReceiptVerifier private verifier;
    CoverBond private bonds;
    address private issuer;

    function setUp() public {
        vm.warp(1_000_000);
        dollar = new DevDollar();
        verifier = new ReceiptVerifier(new Anchor());
        bonds = new CoverBond(dollar, verifier, GRACE);
        issuer = vm.addr(KEY);
        dollar.mintDevelopment(issuer, 100, 0);
        vm.startPrank(issuer);
        dollar.approve(address(bonds), 100);
        bonds.bond(issuer, usd(100));
        vm.stopPrank();
    }

    function covered(bytes32 id, uint256 amount) private view returns (Receipt memory r) {
        r.operator = issuer;
        r.receiptId = id;
        r.claimId = keccak256(abi.encode(id));
        r.outcome = "yes";
        r.status = 1;
        r.issuedAt = 1_000_000;
        r.coverBeneficiary = ALICE;
        r.coverMicroUsd = uint128(amount);
        r.coverUntil = UNTIL;
    }

    function rulingOn(Receipt memory r) private pure returns (Receipt memory ruling) {
        ruling.operator = r.operator;
        ruling.receiptId = keccak256(abi.encode(r.receiptId));
        ruling.claimId = r.claimId;
        ruling.status = 3;
        ruling.issuedAt = 1_500_000;
        ruling.supersedes = r.receiptId;
    }

    function sign(Receipt memory r) private returns (bytes memory) {
        return signature(KEY, verifier.digest(r));
    }

    function reserve(Receipt memory r) private {
        bytes memory sig = sign(r);
        bonds.reserve(r, sig);
    }

    function redeem(Receipt memory r, Receipt memory ruling, bytes memory why) private {
        bytes memory first = sign(r);
        bytes memory second = sign(ruling);
        if (why.length != 0) vm.expectRevert(why);
        bonds.redeem(r, first, ruling, second);
    }

    function stateOf(Receipt memory r) private view returns (CoverState) {
        return bonds.reservation(issuer, r.claimId, r.coverBeneficiary).state;
    }

    function testFuzz_reservesUpToTheBondAndNoFurther(uint8 first, uint128 second) public {
        uint256 a = bound(first, 1, 100);
        reserve(covered("a", a));
        assertEq(bonds.free(issuer).raw(), 100 - a, "free");
        Receipt memory r = covered("b", bound(second, 101 - a, type(uint128).max));
        bytes memory sig = sign(r);
        bytes memory why =
            abi.encodeWithSelector(ICoverBond.BondExhausted.selector, issuer, usd(100 - a), usd(r.coverMicroUsd));
        vm.expectRevert(why);
        bonds.reserve(r, sig);
    }

    function test_reservedMoneyCannotBeWithdrawn() public {
        reserve(covered("a", 60));
        vm.prank(issuer);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.BondExhausted.selector, issuer, usd(40), usd(41)));
        bonds.withdrawBond(usd(41));
        vm.prank(issuer);
        bonds.withdrawBond(usd(40));
        assertEq(dollar.balanceOf(issuer), 40, "the rest can");
    }

    function test_anOverturnedReceiptPaysOnce() public {
        Receipt memory r = covered("a", 60);
        reserve(r);
        redeem(r, rulingOn(r), "");
        assertEq(dollar.balanceOf(ALICE), 60, "paid");
        redeem(r, rulingOn(r), abi.encodeWithSelector(ICoverBond.CoverInState.selector, r.claimId, ALICE, CoverState.Paid));
        bytes memory sig = sign(r);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.CoverInState.selector, r.claimId, ALICE, CoverState.Paid));
        bonds.reserve(r, sig);
    }

    /// A reservation of 10, and a receipt on the same claim that promises 60.
    function smallThenLarge() private returns (Receipt memory large) {
        Receipt memory small = covered("a", 10);
        reserve(small);
        large = covered("b", 60);
        large.claimId = small.claimId;
    }

    function test_aStrangerCannotMakeTheBeneficiaryTakeLess() public {
        Receipt memory large = smallThenLarge();
        redeem(large, rulingOn(large), "");
        assertEq(dollar.balanceOf(ALICE), 60, "all of it, whoever asks");
    }

    function test_theBeneficiaryMayTakeWhatIsReserved() public {
        Receipt memory large = smallThenLarge();
        bytes memory first = sign(large);
        Receipt memory ruling = rulingOn(large);
        bytes memory second = sign(ruling);
        vm.prank(ALICE);
        bonds.redeem(large, first, ruling, second);
        assertEq(dollar.balanceOf(ALICE), 10, "what is reserved");
        redeem(large, ruling, "");
        assertEq(dollar.balanceOf(ALICE), 60, "and the rest afterwards");
        redeem(
            large, ruling, abi.encodeWithSelector(ICoverBond.CoverInState.selector, large.claimId, ALICE, CoverState.Paid)
        );
    }

    /// An issuer that signs and overturns a promise of one micro-dollar must not rid itself of the large one.
    function test_payingASmallReceiptDoesNotSettleALargeOne() public {
        Receipt memory large = covered("large", 60);
        Receipt memory small = covered("small", 1);
        small.claimId = large.claimId;
        redeem(small, rulingOn(small), "");
        assertEq(dollar.balanceOf(ALICE), 1, "the small one");
        redeem(large, rulingOn(large), "");
        assertEq(dollar.balanceOf(ALICE), 60, "no more and no less than the largest promise");
        vm.warp(UNTIL + GRACE + 1);
        large.coverMicroUsd = 61;
        redeem(
            large, rulingOn(large), abi.encodeWithSelector(ICoverBond.CoverExpired.selector, large.receiptId, UNTIL + GRACE)
        );
    }

    function test_unreservedCoverIsPaidFromTheFreeBond() public {
        Receipt memory r = covered("a", 100);
        redeem(r, rulingOn(r), "");
        assertEq(dollar.balanceOf(ALICE), 100, "paid");
        Receipt memory late = covered("b", 1);
        bytes memory why = abi.encodeWithSelector(ICoverBond.BondExhausted.selector, issuer, ZERO, usd(1));
        redeem(late, rulingOn(late), why);
    }

    function testFuzz_onlyARulingOnThisReceiptPays(uint8 which, uint8 status) public {
        Receipt memory r = covered("a", 60);
        reserve(r);
        Receipt memory ruling = rulingOn(r);
        if (which % 3 == 0) ruling.status = status == 3 ? 1 : status;
        else if (which % 3 == 1) ruling.claimId = "another claim";
        else ruling.supersedes = "another receipt";
        redeem(
            r, ruling, abi.encodeWithSelector(ICoverBond.RulingMismatch.selector, r.receiptId, ruling.receiptId)
        );
    }

    function test_bothMustBeSignedByTheSameIssuer() public {
        Receipt memory r = covered("a", 60);
        Receipt memory ruling = rulingOn(r);
        bytes memory first = sign(r);
        bytes memory second = signature(0xBAD, verifier.digest(ruling));
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.ReceiptNotSigned.selector, ruling.receiptId, issuer));
        bonds.redeem(r, first, ruling, second);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.ReceiptNotSigned.selector, r.receiptId, issuer));
        bonds.redeem(r, second, ruling, second);
    }

    function test_anotherOperatorsRulingIsRefusedByName() public {
        Receipt memory r = covered("a", 60);
        reserve(r);
        Receipt memory ruling = rulingOn(r);
        ruling.operator = vm.addr(0xBAD);
        bytes memory first = sign(r);
        bytes memory second = signature(0xBAD, verifier.digest(ruling));
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.WrongOperator.selector, ruling.operator, issuer));
        bonds.redeem(r, first, ruling, second);
        // And the bond of one operator is not to be reserved in the name of another.
        r.operator = ruling.operator;
        bytes memory third = signature(KEY, verifier.digest(r));
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.ReceiptNotSigned.selector, r.receiptId, ruling.operator));
        bonds.reserve(r, third);
    }

    function test_anIssuerCannotFreeAReservationBySigningAnotherBeneficiary() public {
        Receipt memory r = covered("a", 60);
        reserve(r);
        Receipt memory self = covered("a", 60);
        self.coverBeneficiary = issuer;
        redeem(self, rulingOn(self), abi.encodeWithSelector(ICoverBond.BondExhausted.selector, issuer, usd(40), usd(60)));
        redeem(r, rulingOn(r), "");
        assertEq(dollar.balanceOf(ALICE), 60, "hers all the same");
    }

    function test_aSmallerPromiseDoesNotShrinkAReservation() public {
        reserve(covered("a", 60));
        Receipt memory smaller = covered("a", 1);
        smaller.receiptId = "restated";
        redeem(smaller, rulingOn(smaller), "");
        assertEq(dollar.balanceOf(ALICE), 60, "the larger one is paid");
    }

    function test_aRestatedAnswerIsOneDebt() public {
        Receipt memory r = covered("a", 60);
        reserve(r);
        Receipt memory restated = covered("a", 60);
        restated.receiptId = "restated";
        bytes memory sig = sign(restated);
        vm.expectRevert(
            abi.encodeWithSelector(ICoverBond.CoverInState.selector, r.claimId, ALICE, CoverState.Reserved)
        );
        bonds.reserve(restated, sig);
        restated.coverMicroUsd = 90;
        restated.coverUntil = UNTIL + 5;
        reserve(restated);
        assertEq(bonds.free(issuer), usd(10), "only the difference is taken");
        redeem(r, rulingOn(r), "");
        assertEq(dollar.balanceOf(ALICE), 90, "the largest promise");
        redeem(
            restated,
            rulingOn(restated),
            abi.encodeWithSelector(ICoverBond.CoverInState.selector, r.claimId, ALICE, CoverState.Paid)
        );
    }

    function testFuzz_whatReplacesAnAnswerCarriesNoCover(uint8 status) public {
        Receipt memory r = covered("a", 60);
        r.status = uint8(bound(status, 2, 255));
        bytes memory sig = sign(r);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.CoverNone.selector, r.receiptId));
        bonds.reserve(r, sig);
        redeem(r, rulingOn(r), abi.encodeWithSelector(ICoverBond.CoverNone.selector, r.receiptId));
    }

    function test_timesAreKept() public {
        Receipt memory r = covered("a", 60);
        reserve(r);
        Receipt memory ruling = rulingOn(r);
        ruling.issuedAt = UNTIL + 1;
        redeem(r, ruling, abi.encodeWithSelector(ICoverBond.RulingTooLate.selector, UNTIL + 1, UNTIL));
        vm.warp(UNTIL + GRACE);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.CoverNotExpired.selector, r.claimId, ALICE, UNTIL + GRACE));
        bonds.release(issuer, r.claimId, ALICE);
        vm.warp(UNTIL + GRACE + 1);
        redeem(
            r, rulingOn(r), abi.encodeWithSelector(ICoverBond.CoverExpired.selector, r.receiptId, UNTIL + GRACE)
        );
        bonds.release(issuer, r.claimId, ALICE);
        assertEq(bonds.free(issuer), usd(100), "free again");
        assertTrue(stateOf(r) == CoverState.Released, "released");
        redeem(
            r, rulingOn(r), abi.encodeWithSelector(ICoverBond.CoverExpired.selector, r.receiptId, UNTIL + GRACE)
        );
        Receipt memory longer = covered("a", 30);
        longer.coverUntil = UNTIL + 9999;
        reserve(longer);
        assertEq(bonds.free(issuer), usd(70), "reserved again by a receipt that lasts longer");
    }

    function test_noCoverNoReservation() public {
        Receipt memory r = covered("a", 0);
        bytes memory sig = sign(r);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.CoverNone.selector, r.receiptId));
        bonds.reserve(r, sig);
        r = covered("a", 5);
        r.coverBeneficiary = address(0);
        sig = sign(r);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.CoverNone.selector, r.receiptId));
        bonds.reserve(r, sig);
        r = covered("a", 5);
        r.coverUntil = type(uint64).max;
        sig = sign(r);
        vm.expectRevert(
            abi.encodeWithSelector(ICoverBond.CoverExpired.selector, r.receiptId, uint256(type(uint64).max) + GRACE)
        );
        bonds.reserve(r, sig);
    }

    function testFuzz_othersCannotTakeTheBond(address caller, uint8 amount) public {
        vm.assume(caller != issuer);
        uint256 wanted = bound(amount, 1, 100);
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(ICoverBond.BondExhausted.selector, caller, ZERO, usd(wanted)));
        bonds.withdrawBond(usd(wanted));
    }
}
