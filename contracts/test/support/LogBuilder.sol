// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleLog} from "../../src/libraries/MerkleLog.sol";

/// @notice RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1 as they are defined: by recursion, apart from the checker's loops.
library LogBuilder {
    /// @dev The largest power of two smaller than n.
    function split(uint256 n) internal pure returns (uint256 k) {
        k = 1;
        while (k * 2 < n) k *= 2;
    }

    function root(bytes32[] memory leaves, uint256 start, uint256 n) internal pure returns (bytes32) {
        if (n == 1) return leaves[start];
        uint256 k = split(n);
        return MerkleLog.nodeHash(root(leaves, start, k), root(leaves, start + k, n - k));
    }

    function inclusion(bytes32[] memory leaves, uint256 start, uint256 n, uint256 m)
        internal
        pure
        returns (bytes32[] memory)
    {
        if (n == 1) return new bytes32[](0);
        uint256 k = split(n);
        return m < k
            ? append(inclusion(leaves, start, k, m), root(leaves, start + k, n - k))
            : append(inclusion(leaves, start + k, n - k, m - k), root(leaves, start, k));
    }

    function consistency(bytes32[] memory leaves, uint256 m, uint256 n) internal pure returns (bytes32[] memory) {
        return subproof(leaves, 0, m, n, true);
    }

    function subproof(bytes32[] memory leaves, uint256 start, uint256 m, uint256 n, bool whole)
        private
        pure
        returns (bytes32[] memory)
    {
        if (m == n) return whole ? new bytes32[](0) : append(new bytes32[](0), root(leaves, start, n));
        uint256 k = split(n);
        return m <= k
            ? append(subproof(leaves, start, m, k, whole), root(leaves, start + k, n - k))
            : append(subproof(leaves, start + k, m - k, n - k, false), root(leaves, start, k));
    }

    function append(bytes32[] memory list, bytes32 item) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; i++) longer[i] = list[i];
        longer[list.length] = item;
    }
}
