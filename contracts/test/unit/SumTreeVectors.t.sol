// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leaf, SumNode, SumPath, SumTree} from "../../src/libraries/SumTree.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice `vectors/sum-tree.json`, which `packages/chain/src/sum-tree.test.ts` reads as well.
contract SumTreeVectorsTest is TestBase {
    string private json;

    function setUp() public {
        json = vm.readFile("../vectors/sum-tree.json");
    }

    function rootOf(Leaf calldata leaf, SumPath calldata path) external pure returns (SumNode memory) {
        return SumTree.rootOf(leaf, path);
    }

    function test_everyPathOfEveryTree() public view {
        uint256 paths = 0;
        for (uint256 i = 0; i < 7; i++) {
            string memory one = string.concat(".cases[", text(i), "]");
            uint256 leaves = uintAt(one, ".leafCount");
            for (uint256 k = 0; k < leaves; k++) {
                check(one, string.concat(one, ".proofs[", text(k), "]"));
                paths++;
            }
        }
        assertEq(paths, 38, "paths in the file");
    }

    function check(string memory one, string memory proof) private view {
        Leaf memory leaf = Leaf({
            account: vm.parseJsonAddress(json, string.concat(proof, ".account")),
            authorised: usd(uintAt(proof, ".authorised")),
            withdrawn: usd(uintAt(proof, ".withdrawn")),
            cash: usd(uintAt(proof, ".cash")),
            positions: usd(uintAt(proof, ".positions")),
            positionsCommitment: vm.parseJsonBytes32(json, string.concat(proof, ".positionsCommitment"))
        });
        bytes32[] memory hashes = vm.parseJsonBytes32Array(json, string.concat(proof, ".siblingHashes"));
        uint256[] memory sums = vm.parseJsonUintArray(json, string.concat(proof, ".siblingSums"));
        SumPath memory path = SumPath(uint64(uintAt(proof, ".index")), new SumNode[](hashes.length));
        for (uint256 i = 0; i < hashes.length; i++) path.siblings[i] = SumNode(hashes[i], usd(sums[i]));
        SumNode memory found = this.rootOf(leaf, path);
        assertEq(found.hash, vm.parseJsonBytes32(json, string.concat(one, ".rootHash")), proof);
        assertEq(found.sum.raw(), uintAt(one, ".rootSum"), proof);
    }

    function uintAt(string memory place, string memory name) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(place, name));
    }

    function text(uint256 n) private pure returns (string memory) {
        return n < 10 ? string(abi.encodePacked(uint8(48 + n))) : string.concat(text(n / 10), text(n % 10));
    }
}
