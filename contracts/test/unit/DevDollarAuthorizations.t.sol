// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {DevDollar} from "../../src/DevDollar.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice EIP-2612 and EIP-3009, with the type strings written out here once more.
contract DevDollarAuthorizationsTest is TestBase {
    uint256 private constant KEY = 0xA11CE;
    bytes32 private constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant CANCEL = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    DevDollar private dollar;
    address private owner;
    address private constant TO = address(0xBEEF);

    function setUp() public {
        vm.warp(1000);
        dollar = new DevDollar();
        owner = vm.addr(KEY);
        dollar.mintDevelopment(owner, 100, 0);
    }

    function sign(bytes memory encoded) private returns (uint8 v, bytes32 r, bytes32 s) {
        return vm.sign(KEY, keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), keccak256(encoded))));
    }

    function testFuzz_anAuthorizationMovesMoneyOnce(uint8 amount, bytes32 nonce) public {
        uint256 value = bound(amount, 0, 100);
        (uint8 v, bytes32 r, bytes32 s) = sign(abi.encode(TRANSFER, owner, TO, value, 999, 1001, nonce));
        dollar.transferWithAuthorization(owner, TO, value, 999, 1001, nonce, v, r, s);
        assertEq(dollar.balanceOf(TO), value, "moved");
        assertTrue(dollar.authorizationState(owner, nonce), "used");
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, owner, nonce));
        dollar.transferWithAuthorization(owner, TO, value, 999, 1001, nonce, v, r, s);
    }

    function test_timesAreStrict() public {
        (uint8 v, bytes32 r, bytes32 s) = sign(abi.encode(TRANSFER, owner, TO, 1, 1000, 2000, bytes32(0)));
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, 1000, 2000));
        dollar.transferWithAuthorization(owner, TO, 1, 1000, 2000, 0, v, r, s);
        vm.warp(2000);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009InvalidAuthorizationTime.selector, 1000, 2000));
        dollar.transferWithAuthorization(owner, TO, 1, 1000, 2000, 0, v, r, s);
    }

    function test_onlyThePayeeReceives() public {
        (uint8 v, bytes32 r, bytes32 s) = sign(abi.encode(RECEIVE, owner, TO, 40, 0, 2000, bytes32(0)));
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, TO));
        dollar.receiveWithAuthorization(owner, TO, 40, 0, 2000, 0, v, r, s);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        dollar.transferWithAuthorization(owner, TO, 40, 0, 2000, 0, v, r, s);
        vm.prank(TO);
        dollar.receiveWithAuthorization(owner, TO, 40, 0, 2000, 0, v, r, s);
        assertEq(dollar.balanceOf(TO), 40, "received");
    }

    function test_aCancelledAuthorizationIsDead() public {
        (uint8 v, bytes32 r, bytes32 s) = sign(abi.encode(CANCEL, owner, bytes32("n")));
        dollar.cancelAuthorization(owner, "n", v, r, s);
        (v, r, s) = sign(abi.encode(TRANSFER, owner, TO, 1, 0, 2000, bytes32("n")));
        vm.expectRevert(abi.encodeWithSelector(ERC3009.ERC3009UsedAuthorization.selector, owner, bytes32("n")));
        dollar.transferWithAuthorization(owner, TO, 1, 0, 2000, "n", v, r, s);
    }

    function testFuzz_permitApprovesOnce(uint128 value) public {
        (uint8 v, bytes32 r, bytes32 s) = sign(abi.encode(PERMIT, owner, TO, value, 0, 1000));
        dollar.permit(owner, TO, value, 1000, v, r, s);
        assertEq(dollar.allowance(owner, TO), value, "approved");
        assertEq(dollar.nonces(owner), 1, "nonce");
    }
}
