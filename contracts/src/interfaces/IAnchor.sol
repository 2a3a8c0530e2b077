// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice One anchored state of a log.
struct LogRoot {
    uint64 treeSize;
    bytes32 rootHash;
    uint64 anchoredAt;
}

/// @notice Roots of append-only logs. Every operator has its own logs, told apart by the hash of their origin line.
interface IAnchor {
    error LogEmpty();
    /// @notice The log is already anchored at this size or beyond.
    error LogNotNewer(uint64 anchored, uint64 given);
    /// @notice The new root is not shown to contain the anchored one: the log was forked, or the proof is wrong.
    error LogForked(uint64 anchoredSize, bytes32 anchoredRoot, uint64 givenSize, bytes32 givenRoot);

    event LogAnchored(address indexed operator, bytes32 indexed origin, uint64 treeSize, bytes32 rootHash);

    function anchor(bytes32 origin, uint64 treeSize, bytes32 rootHash, bytes32[] calldata consistency) external;
    function latest(address operator, bytes32 origin) external view returns (LogRoot memory);
    function rootAt(address operator, bytes32 origin, uint64 treeSize) external view returns (bytes32);
    function includes(
        address operator,
        bytes32 origin,
        uint64 treeSize,
        uint64 leafIndex,
        bytes32 leafHash,
        bytes32[] calldata proof
    ) external view returns (bool);
}
