// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ask, ICourt} from "../../src/interfaces/ICourt.sol";
import {TokenShort, ZeroAmount} from "../../src/libraries/TokenIntake.sol";
import {CourtBase} from "../support/CourtBase.sol";
import {HookedToken} from "../support/HookedToken.sol";
import {SeededBeacon} from "../support/SeededBeacon.sol";

/// @notice What comes in and goes out, in both kinds of currency.
contract CourtMoneyTest is CourtBase {
    ICourt private native;

    function setUp() public override {
        super.setUp();
        native = deployCourt(address(0), new SeededBeacon());
        native.registerPolicy(termsOf());
        vm.deal(PROPOSER, 100_000);
        vm.deal(STRANGER, 100_000);
    }

    function test_tokensComeAndGo() public {
        vm.expectRevert(abi.encodeWithSelector(ICourt.ZeroAccount.selector));
        court.deposit(address(0), 1);
        vm.expectRevert(ZeroAmount.selector);
        court.deposit(STRANGER, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.AmountTooLarge.selector, 1 << 128, type(uint128).max));
        court.deposit(STRANGER, 1 << 128);
        vm.deal(address(this), 5);
        vm.expectRevert(abi.encodeWithSelector(ICourt.ValueUnexpected.selector, 5));
        court.deposit{value: 5}(STRANGER, 5);
        vm.prank(STRANGER);
        court.withdraw(BACKER, 30);
        assertEq(dollar.balanceOf(BACKER), 30, "paid out");
        refused(STRANGER, abi.encodeWithSelector(ICourt.BalanceShort.selector, STRANGER, FUNDS - 30, FUNDS));
        court.withdraw(STRANGER, FUNDS);
        refused(STRANGER, abi.encodeWithSelector(ICourt.ZeroPaid.selector));
        court.withdraw(STRANGER, 0);
        refused(STRANGER, abi.encodeWithSelector(ICourt.ZeroAccount.selector));
        court.withdraw(address(0), 1);
    }

    function test_aCourtOfTokensTakesNoOtherMoney() public {
        Ask memory a = askOf();
        vm.deal(ASKER, 7);
        refused(ASKER, abi.encodeWithSelector(ICourt.ValueUnexpected.selector, 7));
        court.ask{value: 7}(a);
    }

    function test_theChainsOwnCurrencyComesWithTheStep() public {
        vm.prank(ASKER);
        uint256 caseId = native.ask(askOf());
        vm.prank(PROPOSER);
        native.propose{value: BOND + 7}(caseId, 1, BOND);
        assertEq(native.balanceOf(PROPOSER), 7, "what was too much is its own");
        till(native.caseOf(caseId).deadline);
        native.finalise(caseId);
        native.collect(caseId, 0, 1, PROPOSER);
        refused(PROPOSER, abi.encodeWithSelector(ICourt.NativeRefused.selector, address(native)));
        native.withdraw(address(native), 1);
        vm.prank(PROPOSER);
        native.withdraw(STRANGER, BOND + 7);
        assertEq(STRANGER.balance, 100_000 + BOND + 7, "paid out");
        assertEq(address(native).balance, 0, "nothing left");
    }

    function test_nativeDeposits() public {
        vm.prank(STRANGER);
        native.deposit{value: 9}(BACKER, 9);
        assertEq(native.balanceOf(BACKER), 9, "for somebody else");
        refused(STRANGER, abi.encodeWithSelector(ICourt.ValueUnexpected.selector, 9));
        native.deposit{value: 9}(BACKER, 8);
        refused(STRANGER, abi.encodeWithSelector(ICourt.ZeroPaid.selector));
        native.deposit(BACKER, 0);
    }

    function test_aTokenThatTakesAFeeOrCallsBack() public {
        HookedToken token = new HookedToken();
        ICourt hooked = deployCourt(address(token), new SeededBeacon());
        token.mint(address(this), 1000);
        token.approve(address(hooked), 1000);
        token.takeFee(10);
        vm.expectRevert(abi.encodeWithSelector(TokenShort.selector, 90, 100));
        hooked.deposit(STRANGER, 100);
        token.takeFee(0);
        hooked.deposit(address(token), 100);
        // In the middle of a payment the token, which owns a balance, withdraws.
        token.callBack(address(hooked), abi.encodeCall(ICourt.withdraw, (address(token), 50)));
        hooked.deposit(STRANGER, 100);
        assertEq(hooked.balanceOf(address(token)), 100, "it was not let in");
        assertEq(bytes32(token.refusal()), bytes32(bytes4(keccak256("ReentrancyGuardReentrantCall()"))), "by the guard");
    }

    function test_aCurrencyWithoutCodeIsRefused() public {
        bytes memory code = vm.parseJsonBytes(vm.readFile("./abi/Court.json"), ".bytecode");
        bytes memory init = abi.encodePacked(code, abi.encode(STRANGER, address(1), CURATOR, uint128(1), uint64(1)));
        address deployed;
        assembly {
            deployed := create(0, add(init, 0x20), mload(init))
        }
        assertTrue(deployed == address(0), "not deployed");
    }
}
