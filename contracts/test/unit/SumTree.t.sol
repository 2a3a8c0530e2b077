// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leaf, SumNode, SumPath, SumTree} from "../../src/libraries/SumTree.sol";
import {MicroUsd} from "../../src/types/MicroUsd.sol";
import {SumTreeBuilder} from "../support/SumTreeBuilder.sol";
import {TestBase} from "../support/TestBase.sol";

contract SumTreeTest is TestBase {
    function rootOf(Leaf calldata leaf, SumPath calldata path) external pure returns (SumNode memory) {
        return SumTree.rootOf(leaf, path);
    }

    function leavesFrom(uint256 seed, uint256 count) private pure returns (Leaf[] memory leaves) {
        leaves = new Leaf[](count);
        for (uint256 i = 0; i < count; i++) {
            uint256 x = uint256(keccak256(abi.encode(seed, i)));
            uint256 authorised = uint32(x);
            leaves[i] = Leaf({
                account: address(uint160(i + 1)),
                authorised: usd(authorised),
                withdrawn: usd((x >> 32) % (authorised + 1)),
                cash: usd(uint64(x >> 64)),
                positions: usd(uint48(x >> 128)),
                positionsCommitment: keccak256(abi.encode(x))
            });
        }
    }

    function testFuzz_everyPathLeadsToTheRootAndItsSum(uint256 seed, uint8 size, uint8 place) public view {
        uint256 count = bound(size, 1, 20);
        uint256 index = bound(place, 0, count - 1);
        Leaf[] memory leaves = leavesFrom(seed, count);
        SumNode memory root = SumTreeBuilder.root(leaves);
        SumNode memory found = this.rootOf(leaves[index], SumTreeBuilder.path(leaves, index));
        assertEq(found.hash, root.hash, "hash");
        assertEq(found.sum, root.sum, "sum");
        uint256 total = 0;
        for (uint256 i = 0; i < count; i++) {
            Leaf memory leaf = leaves[i];
            total += leaf.authorised.raw() - leaf.withdrawn.raw() + leaf.cash.raw() + leaf.positions.raw();
        }
        assertEq(root.sum.raw(), total, "the root sums all leaves");
    }

    function testFuzz_anyChangedFieldLeadsElsewhere(uint256 seed, uint8 size, uint8 place, uint8 field, uint64 by) public view {
        uint256 count = bound(size, 1, 9);
        uint256 index = bound(place, 0, count - 1);
        uint256 change = bound(by, 1, type(uint32).max);
        Leaf[] memory leaves = leavesFrom(seed, count);
        bytes32 honest = SumTreeBuilder.root(leaves).hash;
        SumPath memory path = SumTreeBuilder.path(leaves, index);
        Leaf memory leaf = leaves[index];
        uint256 which = field % 7;
        if (which == 0) leaf.account = address(uint160(leaf.account) ^ uint160(change));
        else if (which == 1) leaf.authorised = usd(leaf.authorised.raw() + change);
        else if (which == 2) leaf.cash = usd(leaf.cash.raw() + change);
        else if (which == 3) leaf.positions = usd(leaf.positions.raw() + change);
        else if (which == 4) leaf.positionsCommitment = keccak256(abi.encode(change));
        else if (path.siblings.length == 0) return;
        else if (which == 5) path.siblings[change % path.siblings.length].sum = usd(uint128(change) << 64);
        else path.siblings[change % path.siblings.length].hash = keccak256(abi.encode(change));
        assertTrue(this.rootOf(leaf, path).hash != honest, "changed yet the same root");
    }

    function test_oneLeafHasOneIndex() public {
        Leaf[] memory leaves = leavesFrom(1, 4);
        SumPath memory path = SumTreeBuilder.path(leaves, 2);
        path.index += 4;
        vm.expectRevert(abi.encodeWithSelector(SumTree.PathMalformed.selector, 6, 2));
        this.rootOf(leaves[2], path);
    }

    function test_pathsAreNoDeeperThanTheLimit() public {
        SumPath memory path;
        path.siblings = new SumNode[](33);
        vm.expectRevert(abi.encodeWithSelector(SumTree.PathMalformed.selector, 0, 33));
        this.rootOf(leavesFrom(1, 1)[0], path);
    }

    function testFuzz_moreWithdrawnThanAuthorisedIsNoLeaf(uint64 authorised, uint64 more) public {
        Leaf memory leaf = leavesFrom(1, 1)[0];
        leaf.authorised = usd(authorised);
        leaf.withdrawn = usd(uint256(authorised) + bound(more, 1, type(uint64).max));
        SumPath memory path;
        vm.expectRevert(abi.encodeWithSelector(SumTree.LeafMalformed.selector, leaf.account));
        this.rootOf(leaf, path);
    }

    function test_sumsDoNotWrap() public {
        Leaf memory leaf = leavesFrom(1, 1)[0];
        SumPath memory path;
        path.siblings = new SumNode[](1);
        path.siblings[0].sum = MicroUsd.wrap(type(uint128).max);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        this.rootOf(leaf, path);
    }

    function test_aNodeIsNoLeaf() public pure {
        assertTrue(SumTree.LEAF_TAG != SumTree.NODE_TAG, "tags");
    }
}
