// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Anchor} from "../../src/Anchor.sol";
import {CoverBond} from "../../src/CoverBond.sol";
import {DevDollar} from "../../src/DevDollar.sol";
import {ReceiptVerifier} from "../../src/ReceiptVerifier.sol";
import {TestBase} from "../support/TestBase.sol";
import {BondWorld} from "./BondWorld.sol";

/// @notice Bonds are conserved, reservations are backed to the last micro-dollar, and no debt is paid twice.
contract CoverBondInvariants is TestBase {
    DevDollar private dollar;
    CoverBond private bonds;
    BondWorld private world;

    function setUp() public {
        vm.warp(1_000_000);
        dollar = new DevDollar();
        ReceiptVerifier verifier = new ReceiptVerifier(new Anchor());
        bonds = new CoverBond(dollar, verifier, 5000);
        world = new BondWorld(dollar, bonds, verifier, [vm.addr(1), vm.addr(2)]);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(world);
    }

    function invariant_tokensHeldAreFreeBondsAndReservations() public view {
        uint256 held = dollar.balanceOf(address(bonds));
        uint256 free = bonds.free(world.issuers(0)).raw() + bonds.free(world.issuers(1)).raw();
        assertEq(held, free + world.reserved(), "free and reserved");
        assertEq(held, world.bonded() - world.paidOut(), "bonded less paid");
    }

    function invariant_noDebtIsPaidTwice() public view {
        for (uint256 i = 0; i < world.count(); i++) {
            assertTrue(world.payments(world.debts(i)) <= 1, "paid twice");
        }
    }
}
