// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAnchor, LogRoot} from "./interfaces/IAnchor.sol";
import {MerkleLog} from "./libraries/MerkleLog.sol";

/// @title Anchor
/// @notice Puts log roots on chain, where neither their operator nor anybody else can take them back.
/// @dev Shows that each anchored root extends the one before; does not show that the operator shows everybody these
/// roots and no others, nor that what the log says is true.
contract Anchor is IAnchor {
    mapping(address operator => mapping(bytes32 origin => LogRoot)) private _latest;
    mapping(address operator => mapping(bytes32 origin => mapping(uint64 size => bytes32))) private _roots;

    /// @notice Anchors the caller's log at `treeSize`.
    /// @param origin keccak256 of the log's origin line (C2SP tlog-checkpoint).
    /// @param consistency RFC 9162 consistency proof from the last anchored size; empty the first time.
    function anchor(bytes32 origin, uint64 treeSize, bytes32 rootHash, bytes32[] calldata consistency) external {
        if (treeSize == 0) revert LogEmpty();
        LogRoot storage last = _latest[msg.sender][origin];
        // INVARIANT: an anchored size only grows.
        if (treeSize <= last.treeSize) revert LogNotNewer(last.treeSize, treeSize);
        // INVARIANT: every anchored tree begins with all anchored before it, so a forked log cannot be anchored.
        bool extended = last.treeSize == 0
            ? consistency.length == 0
            : MerkleLog.isExtendedBy(last.rootHash, last.treeSize, rootHash, treeSize, consistency);
        if (!extended) revert LogForked(last.treeSize, last.rootHash, treeSize, rootHash);
        _latest[msg.sender][origin] =
            LogRoot({treeSize: treeSize, rootHash: rootHash, anchoredAt: uint64(block.timestamp)});
        _roots[msg.sender][origin][treeSize] = rootHash;
        emit LogAnchored(msg.sender, origin, treeSize, rootHash);
    }

    /// @notice The newest anchored root; all zero when there is none.
    function latest(address operator, bytes32 origin) external view returns (LogRoot memory) {
        return _latest[operator][origin];
    }

    /// @notice The root anchored at exactly `treeSize`, or zero.
    function rootAt(address operator, bytes32 origin, uint64 treeSize) external view returns (bytes32) {
        return _roots[operator][origin][treeSize];
    }

    /// @notice Whether a leaf is in the log that `operator` anchored at `treeSize`.
    function includes(
        address operator,
        bytes32 origin,
        uint64 treeSize,
        uint64 leafIndex,
        bytes32 leafHash,
        bytes32[] calldata proof
    ) external view returns (bool) {
        bytes32 root = _roots[operator][origin][treeSize];
        return root != bytes32(0) && MerkleLog.includes(root, treeSize, leafIndex, leafHash, proof);
    }
}
