// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Anchor} from "../../src/Anchor.sol";
import {IAnchor} from "../../src/interfaces/IAnchor.sol";
import {MerkleLog} from "../../src/libraries/MerkleLog.sol";
import {LogBuilder} from "../support/LogBuilder.sol";
import {TestBase} from "../support/TestBase.sol";

contract AnchorTest is TestBase {
    bytes32 private constant ORIGIN = keccak256("example.test/log");
    Anchor private anchor;

    function setUp() public {
        anchor = new Anchor();
    }

    function leaves(uint256 seed, uint256 n) private pure returns (bytes32[] memory list) {
        list = new bytes32[](n);
        for (uint256 i = 0; i < n; i++) list[i] = MerkleLog.leafHash(abi.encode(seed, i));
    }

    function test_hashesAsRfc9162() public pure {
        assertEq(
            MerkleLog.leafHash(""), 0x6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d, "empty leaf"
        );
    }

    function testFuzz_everyLeafIsIncluded(uint256 seed, uint8 size, uint8 place) public {
        uint256 n = bound(size, 1, 33);
        uint256 m = bound(place, 0, n - 1);
        bytes32[] memory list = leaves(seed, n);
        anchor.anchor(ORIGIN, uint64(n), LogBuilder.root(list, 0, n), new bytes32[](0));
        bytes32[] memory proof = LogBuilder.inclusion(list, 0, n, m);
        assertTrue(anchor.includes(address(this), ORIGIN, uint64(n), uint64(m), list[m], proof), "included");
        assertTrue(!anchor.includes(address(this), ORIGIN, uint64(n), uint64(n), list[m], proof), "index too high");
        assertTrue(!anchor.includes(address(this), ORIGIN, uint64(n + 1), uint64(m), list[m], proof), "not anchored");
        assertTrue(!anchor.includes(address(1), ORIGIN, uint64(n), uint64(m), list[m], proof), "another operator");
        bytes32 other = keccak256(abi.encode(list[m]));
        assertTrue(!anchor.includes(address(this), ORIGIN, uint64(n), uint64(m), other, proof), "another leaf");
    }

    function testFuzz_aWrongInclusionProofFails(uint256 seed, uint8 size, uint8 place, uint8 spot) public {
        uint256 n = bound(size, 2, 33);
        uint256 m = bound(place, 0, n - 1);
        bytes32[] memory list = leaves(seed, n);
        anchor.anchor(ORIGIN, uint64(n), LogBuilder.root(list, 0, n), new bytes32[](0));
        bytes32[] memory proof = LogBuilder.inclusion(list, 0, n, m);
        proof[spot % proof.length] ^= bytes32(uint256(1));
        assertTrue(!anchor.includes(address(this), ORIGIN, uint64(n), uint64(m), list[m], proof), "changed proof");
        assertTrue(
            !anchor.includes(address(this), ORIGIN, uint64(n), uint64(m), list[m], new bytes32[](40)), "too long"
        );
    }

    function testFuzz_everyExtensionIsTaken(uint256 seed, uint8 first, uint8 more) public {
        uint256 m = bound(first, 1, 32);
        uint256 n = m + bound(more, 1, 32);
        bytes32[] memory list = leaves(seed, n);
        anchor.anchor(ORIGIN, uint64(m), LogBuilder.root(list, 0, m), new bytes32[](0));
        bytes32 root = LogBuilder.root(list, 0, n);
        anchor.anchor(ORIGIN, uint64(n), root, LogBuilder.consistency(list, m, n));
        assertEq(anchor.rootAt(address(this), ORIGIN, uint64(n)), root, "anchored");
        assertEq(anchor.latest(address(this), ORIGIN).treeSize, n, "size");
        assertTrue(anchor.rootAt(address(this), ORIGIN, uint64(m)) != 0, "the older one stays");
    }

    function testFuzz_aForkIsRefused(uint256 seed, uint8 first, uint8 more, uint8 changed) public {
        uint256 m = bound(first, 1, 32);
        uint256 n = m + bound(more, 1, 32);
        bytes32[] memory list = leaves(seed, n);
        bytes32 old = LogBuilder.root(list, 0, m);
        anchor.anchor(ORIGIN, uint64(m), old, new bytes32[](0));
        // The forked log differs in one entry that was anchored before; its own proof is flawless.
        list[changed % m] = keccak256("another entry");
        bytes32 root = LogBuilder.root(list, 0, n);
        bytes32[] memory proof = LogBuilder.consistency(list, m, n);
        vm.expectRevert(abi.encodeWithSelector(IAnchor.LogForked.selector, m, old, n, root));
        anchor.anchor(ORIGIN, uint64(n), root, proof);
    }

    function testFuzz_aWrongConsistencyProofIsRefused(uint256 seed, uint8 first, uint8 more, uint8 spot) public {
        uint256 m = bound(first, 1, 32);
        uint256 n = m + bound(more, 1, 32);
        bytes32[] memory list = leaves(seed, n);
        bytes32 old = LogBuilder.root(list, 0, m);
        anchor.anchor(ORIGIN, uint64(m), old, new bytes32[](0));
        bytes32 root = LogBuilder.root(list, 0, n);
        bytes32[] memory proof = LogBuilder.consistency(list, m, n);
        proof[spot % proof.length] ^= bytes32(uint256(1));
        vm.expectRevert(abi.encodeWithSelector(IAnchor.LogForked.selector, m, old, n, root));
        anchor.anchor(ORIGIN, uint64(n), root, proof);
        vm.expectRevert(abi.encodeWithSelector(IAnchor.LogForked.selector, m, old, n, root));
        anchor.anchor(ORIGIN, uint64(n), root, new bytes32[](0));
    }

    function test_sizesOnlyGrow() public {
        bytes32[] memory none = new bytes32[](0);
        vm.expectRevert(IAnchor.LogEmpty.selector);
        anchor.anchor(ORIGIN, 0, bytes32(0), none);
        anchor.anchor(ORIGIN, 5, "five", none);
        vm.expectRevert(abi.encodeWithSelector(IAnchor.LogNotNewer.selector, 5, 5));
        anchor.anchor(ORIGIN, 5, "five", none);
        vm.expectRevert(abi.encodeWithSelector(IAnchor.LogNotNewer.selector, 5, 4));
        anchor.anchor(ORIGIN, 4, "four", none);
    }

    function test_operatorsAndOriginsAreApart() public {
        anchor.anchor(ORIGIN, 7, bytes32(uint256(7)), new bytes32[](0));
        anchor.anchor(keccak256("other"), 3, bytes32(uint256(3)), new bytes32[](0));
        vm.prank(address(0xB0B));
        anchor.anchor(ORIGIN, 1, bytes32(uint256(1)), new bytes32[](0));
        assertEq(anchor.latest(address(this), ORIGIN).treeSize, 7, "mine");
        assertEq(anchor.latest(address(0xB0B), ORIGIN).treeSize, 1, "theirs");
    }
}
