// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Snapshot} from "../interfaces/ICourtJurors.sol";

/// @title A sum tree that remembers
/// @notice Stakes in the order of their leaves, with four children to a node. A snapshot costs nothing but a number: each
/// node keeps what it was before later snapshots, so that a draw does not depend on what was staked after them.
library StakeTree {
    using Checkpoints for Checkpoints.Trace208;

    /// @notice 4^12 leaves.
    uint8 internal constant MAX_DEPTH = 12;

    /// @param version Number of the last snapshot; changes are written under the next one.
    /// @param depth Levels below the root.
    /// @param changed Whether anything was written since.
    struct Tree {
        uint48 version;
        uint8 depth;
        bool changed;
        uint32 leaves;
        mapping(uint256 node => Checkpoints.Trace208) sums;
    }

    error TreeFull();

    /// @notice A new leaf without a stake. Grows the tree by a level where needed.
    function add(Tree storage self) internal returns (uint32 leaf) {
        leaf = self.leaves++;
        if (uint256(leaf) >> (2 * self.depth) == 0) return leaf;
        if (self.depth == MAX_DEPTH) revert TreeFull();
        uint208 total = self.sums[_node(self.depth, 0)].latest();
        self.depth += 1;
        self.changed = true;
        _write(self, _node(self.depth, 0), total);
    }

    /// @notice Sets a leaf's stake.
    function set(Tree storage self, uint32 leaf, uint128 stake) internal {
        uint208 before = self.sums[_node(0, leaf)].latest();
        self.changed = true;
        uint256 index = leaf;
        for (uint256 level = 0; level <= self.depth; ++level) {
            uint256 node = _node(level, index);
            _write(self, node, self.sums[node].latest() + stake - before);
            index >>= 2;
        }
    }

    /// @notice Stakes as they are now, and as they will be read for this snapshot for ever.
    function snapshot(Tree storage self) internal returns (Snapshot memory snap) {
        if (self.changed) (self.version, self.changed) = (self.version + 1, false);
        snap = Snapshot(self.version, self.depth, uint128(self.sums[_node(self.depth, 0)].latest()));
    }

    /// @notice The leaf whose stretch of the stakes in a row holds `point`, which must be below the snapshot's total.
    function find(Tree storage self, Snapshot memory snap, uint256 point) internal view returns (uint32 leaf) {
        uint256 index = 0;
        for (uint256 level = snap.depth; level > 0; --level) {
            index <<= 2;
            while (true) {
                uint256 sum = self.sums[_node(level - 1, index)].upperLookupRecent(snap.version);
                if (point < sum) break;
                point -= sum;
                ++index;
            }
        }
        leaf = uint32(index);
    }

    function _write(Tree storage self, uint256 node, uint208 sum) private {
        self.sums[node].push(self.version + 1, sum);
    }

    function _node(uint256 level, uint256 index) private pure returns (uint256) {
        return (level << 32) | index;
    }
}
