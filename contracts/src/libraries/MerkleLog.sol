// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Proofs about an append-only Merkle log
/// @notice RFC 9162, sections 2.1.3.2 and 2.1.4.2, with SHA-256: leaves are prefixed with 0x00, nodes with 0x01.
library MerkleLog {
    function leafHash(bytes memory data) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), data));
    }

    function nodeHash(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }

    /// @notice Whether `leaf` is the `index`-th leaf (from 0) of the tree of `size` leaves under `root`.
    function includes(bytes32 root, uint64 size, uint64 index, bytes32 leaf, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        if (index >= size) return false;
        uint64 fn = index;
        uint64 sn = size - 1;
        bytes32 r = leaf;
        for (uint256 i = 0; i < proof.length; i++) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                r = nodeHash(proof[i], r);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = nodeHash(r, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// @notice Whether the tree of `size2` leaves under `root2` begins with the `size1` leaves under `root1`.
    /// @dev Sizes from 1; equal sizes need equal roots and an empty proof.
    function isExtendedBy(bytes32 root1, uint64 size1, bytes32 root2, uint64 size2, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        if (size1 == 0 || size1 > size2) return false;
        if (size1 == size2) return proof.length == 0 && root1 == root2;
        // A complete subtree of size1 leaves is itself the first node of the path.
        bool complete = size1 & (size1 - 1) == 0;
        if (!complete && proof.length == 0) return false;
        uint64 fn = size1 - 1;
        uint64 sn = size2 - 1;
        while (fn & 1 == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        bytes32 fr = complete ? root1 : proof[0];
        bytes32 sr = fr;
        for (uint256 i = complete ? 0 : 1; i < proof.length; i++) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                fr = nodeHash(proof[i], fr);
                sr = nodeHash(proof[i], sr);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = nodeHash(sr, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == root1 && sr == root2;
    }
}
