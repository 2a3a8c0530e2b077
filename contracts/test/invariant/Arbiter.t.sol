// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arbiter} from "../../src/arbiter/Arbiter.sol";
import {DevDollar} from "../../src/DevDollar.sol";
import {Shares} from "../../src/interfaces/IArbiter.sol";
import {TestBase} from "../support/TestBase.sol";
import {TruthVerifier} from "../support/TruthVerifier.sol";
import {ArbiterWorld} from "./ArbiterWorld.sol";

/// @notice Whatever a coalition does and in whatever order: money is conserved, every claim comes to its end, wrong ones are
/// void, and neither an honest provider nor an honest challenger, requester or consumer loses. `npm run bench --
/// dispute-schedules` runs a hundred thousand such schedules.
contract ArbiterInvariants is TestBase {
    ArbiterWorld private world;

    function setUp() public {
        vm.warp(1_000_000);
        vm.fee(0);
        vm.txGasPrice(1 gwei);
        DevDollar dollar = new DevDollar();
        Arbiter arbiter = new Arbiter(dollar, Shares(usd(1000), 100_000, 250_000, 250_000));
        world = new ArbiterWorld(dollar, arbiter, new TruthVerifier(), [vm.addr(0xA51), vm.addr(0xB51)]);
        uint256 each = world.START();
        dollar.mintDevelopment(address(this), each * world.ACCOUNTS(), "all the money");
        dollar.approve(address(arbiter), each * world.ACCOUNTS());
        for (uint256 i = 0; i < world.ACCOUNTS(); i++) {
            arbiter.deposit(world.accounts(i), usd(each));
            vm.deal(world.accounts(i), 1000 ether);
        }
        vm.deal(address(world), 1000 ether);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(world);
    }

    /// @dev Whoever calls is given money by the fuzzer, and must therefore not be one of these contracts.
    function targetSenders() public pure returns (address[] memory senders) {
        senders = new address[](1);
        senders[0] = address(0xCA11E2);
    }

    function invariant_moneyIsConservedAndHonestSidesDoNotLose() public {
        world.check();
    }

    function invariant_everyClaimComesToItsEnd() public {
        world.finish();
    }

    /// @dev Three arguments, so that no two runs of many are the same.
    function testFuzz_aSchedule(uint256 a, uint256 b, bytes32 c) public {
        uint256 r = uint256(keccak256(abi.encode(a, b, c)));
        uint256 steps = 6 + r % 27;
        for (uint256 i = 0; i < steps; i++) {
            r = uint256(keccak256(abi.encode(r)));
            world.step(r);
            world.check();
        }
        world.finish();
    }
}
