// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice A hash together with the money below it.
struct SumNode {
    bytes32 hash;
    MicroUsd sum;
}

/// @notice Where a leaf sits and the nodes beside its way to the root, lowest first.
struct SumPath {
    uint64 index;
    SumNode[] siblings;
}

/// @notice What one account owns, as one leaf of a root.
/// @param account Who owns it, and the only address it is ever paid to.
/// @param authorised Withdrawals granted since the beginning; only grows, debited in the journal first.
/// @param withdrawn How much of `authorised` the operator had seen paid on chain when it built the tree.
/// @param cash Money free to trade with.
/// @param positions What the open positions are worth, marked so that all leaves together add up to real money.
/// @param positionsCommitment Hash of the list of positions behind that number; zero for none.
struct Leaf {
    address account;
    MicroUsd authorised;
    MicroUsd withdrawn;
    MicroUsd cash;
    MicroUsd positions;
    bytes32 positionsCommitment;
}

/// @title Merkle-sum tree
/// @notice A binary hash tree in which every node commits to the sums of both its children separately, so that a
/// root commits to the total of all leaves and every path shows that its leaf was counted in full.
/// @dev Leaves are padded to a power of two with (hash 0, sum 0). See `spec/05-settlement.md`.
library SumTree {
    /// @notice The deepest path that is read: 2^32 accounts.
    uint256 internal constant MAX_DEPTH = 32;

    /// @notice Tags keep leaves and nodes apart, so that no node can be passed off as a leaf.
    bytes32 internal constant LEAF_TAG = keccak256("surety/sum-tree/leaf/v1");
    bytes32 internal constant NODE_TAG = keccak256("surety/sum-tree/node/v1");

    /// @notice A leaf claims more withdrawals seen than it ever authorised.
    error LeafMalformed(address account);

    /// @notice A path is longer than `MAX_DEPTH`, or its index lies outside the tree that it spans.
    error PathMalformed(uint256 index, uint256 depth);

    /// @notice A leaf as the lowest node: its hash and everything still owed to its account.
    function leafNode(Leaf memory leaf) internal pure returns (SumNode memory) {
        // INVARIANT: nothing was withdrawn that had not been authorised.
        if (leaf.withdrawn > leaf.authorised) revert LeafMalformed(leaf.account);
        return SumNode({
            hash: keccak256(
                abi.encode(
                    LEAF_TAG,
                    leaf.account,
                    leaf.authorised,
                    leaf.withdrawn,
                    leaf.cash,
                    leaf.positions,
                    leaf.positionsCommitment
                )
            ),
            sum: (leaf.authorised - leaf.withdrawn) + leaf.cash + leaf.positions
        });
    }

    /// @notice The parent of two nodes. Reverts when the sums overflow, so no wrapped sum is ever accepted.
    function parent(SumNode memory left, SumNode memory right) internal pure returns (SumNode memory) {
        return SumNode({
            hash: keccak256(abi.encode(NODE_TAG, left.hash, left.sum, right.hash, right.sum)),
            sum: left.sum + right.sum
        });
    }

    /// @notice The root that a leaf and its path lead to.
    function rootOf(Leaf memory leaf, SumPath calldata path) internal pure returns (SumNode memory node) {
        uint256 depth = path.siblings.length;
        // INVARIANT: one leaf has exactly one index per tree, so no leaf can be presented as another one.
        if (depth > MAX_DEPTH || uint256(path.index) >> depth != 0) revert PathMalformed(path.index, depth);
        node = leafNode(leaf);
        for (uint256 level = 0; level < depth; level++) {
            SumNode calldata sibling = path.siblings[level];
            node = (path.index >> level) & 1 == 0 ? parent(node, sibling) : parent(sibling, node);
        }
    }
}
