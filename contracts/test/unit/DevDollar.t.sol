// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DevDollar} from "../../src/DevDollar.sol";
import {IDevDollar} from "../../src/interfaces/IDevDollar.sol";
import {TestBase} from "../support/TestBase.sol";

contract DevDollarTest is TestBase {
    DevDollar private dollar;
    address private constant TO = address(0xBEEF);

    function setUp() public {
        dollar = new DevDollar();
    }

    function test_hasSixDecimals() public view {
        assertEq(dollar.decimals(), 6, "decimals");
    }

    function testFuzz_mintsOncePerId(uint256 value, bytes32 id) public {
        value = bound(value, 0, dollar.FAUCET_LIMIT());
        dollar.mintDevelopment(TO, value, id);
        assertEq(dollar.balanceOf(TO), value, "balance");
        vm.expectRevert(abi.encodeWithSelector(IDevDollar.FaucetIdUsed.selector, address(this), id));
        dollar.mintDevelopment(TO, value, id);
        vm.prank(TO);
        dollar.mintDevelopment(TO, value, id);
        assertEq(dollar.totalSupply(), 2 * value, "another minter has ids of its own");
    }

    function testFuzz_refusesMoreThanTheLimit(uint256 value) public {
        uint256 limit = dollar.FAUCET_LIMIT();
        value = bound(value, limit + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IDevDollar.FaucetLimit.selector, value, limit));
        dollar.mintDevelopment(TO, value, 0);
    }

    function testFuzz_mintsNothingElsewhere(uint64 chainId) public {
        vm.assume(chainId != 0 && !dollar.isDevelopmentChain(chainId));
        vm.chainId(chainId);
        vm.expectRevert(abi.encodeWithSelector(IDevDollar.DevelopmentOnly.selector, chainId));
        dollar.mintDevelopment(TO, 1, 0);
        assertEq(dollar.totalSupply(), 0, "supply");
    }

    function test_neverMintsOnTheLargeRealChains() public view {
        uint16[8] memory real = [1, 10, 56, 100, 137, 8453, 42161, 43114];
        for (uint256 i = 0; i < real.length; i++) assertTrue(!dollar.isDevelopmentChain(real[i]), "real chain");
    }
}
