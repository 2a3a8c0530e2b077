// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {StakeTree} from "../../src/court/StakeTree.sol";
import {Snapshot} from "../../src/interfaces/ICourtJurors.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice The tree beside a plain list: every snapshot finds what walking along the stakes of its time finds.
contract StakeTreeTest is TestBase {
    using StakeTree for StakeTree.Tree;

    StakeTree.Tree private tree;
    uint128[] private stakes;
    Snapshot[] private snapshots;
    uint128[][] private then_;

    function walk(uint128[] memory list, uint256 point) private pure returns (uint256 leaf) {
        while (point >= list[leaf]) point -= list[leaf++];
    }

    function total(uint128[] memory list) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < list.length; i++) sum += list[i];
    }

    function testFuzz_everySnapshotIsWhatItWas(uint256 r) public {
        for (uint256 i = 0; i < 60; i++) {
            r = uint256(keccak256(abi.encode(r)));
            if (r % 4 == 0 || stakes.length == 0) {
                assertEq(tree.add(), stakes.length, "leaves in order");
                stakes.push(0);
            } else if (r % 4 == 1) {
                snapshots.push(tree.snapshot());
                then_.push(stakes);
            } else {
                uint256 leaf = (r >> 8) % stakes.length;
                uint128 stake = (r >> 40) % 5 == 0 ? 0 : uint128(r >> 136);
                tree.set(uint32(leaf), stake);
                stakes[leaf] = stake;
            }
        }
        for (uint256 i = 0; i < snapshots.length; i++) {
            uint256 sum = total(then_[i]);
            assertEq(snapshots[i].total, sum, "the total of its time");
            if (sum == 0) continue;
            for (uint256 k = 0; k < 4; k++) {
                uint256 point = uint256(keccak256(abi.encode(r, i, k))) % sum;
                assertEq(tree.find(snapshots[i], point), walk(then_[i], point), "the leaf of its time");
            }
            assertEq(tree.find(snapshots[i], 0), walk(then_[i], 0), "the first point");
            assertEq(tree.find(snapshots[i], sum - 1), walk(then_[i], sum - 1), "the last point");
        }
    }
}
