// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Leaf, SumNode, SumPath, SumTree} from "../../src/libraries/SumTree.sol";

/// @notice Builds trees for tests, written apart from the checker: by recursion over ranges, not level by level.
library SumTreeBuilder {
    function depthOf(uint256 leaves) internal pure returns (uint256 depth) {
        while ((uint256(1) << depth) < leaves) depth++;
    }

    function root(Leaf[] memory leaves) internal pure returns (SumNode memory) {
        return node(leaves, 0, uint256(1) << depthOf(leaves.length));
    }

    function node(Leaf[] memory leaves, uint256 start, uint256 width) internal pure returns (SumNode memory empty) {
        if (width == 1) return start < leaves.length ? SumTree.leafNode(leaves[start]) : empty;
        return SumTree.parent(node(leaves, start, width / 2), node(leaves, start + width / 2, width / 2));
    }

    function path(Leaf[] memory leaves, uint256 index) internal pure returns (SumPath memory p) {
        uint256 depth = depthOf(leaves.length);
        p.index = uint64(index);
        p.siblings = new SumNode[](depth);
        for (uint256 level = 0; level < depth; level++) {
            uint256 width = uint256(1) << level;
            p.siblings[level] = node(leaves, ((index >> level) ^ 1) << level, width);
        }
    }
}
