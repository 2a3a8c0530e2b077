// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {ChunkLayout, ProgramCommitment} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";

/// @dev What a walk to neighbouring leaves knows on its way: which are asked for, and, of chunks, where the first one begins.
/// @param marks Where in calldata the marks of the asked leaves stand; 0 for none.
struct Walk {
    Cursor c;
    uint256 first;
    uint256 end;
    bool areChunks;
    uint256 data;
    ChunkLayout layout;
    uint256 salt;
    uint256 marks;
}

/// @title Openings
/// @notice Roots of trees out of what is shown of them: `spec/15-refutation.md`, 15.5. From the root down, left before right,
/// a subtree without an asked leaf is its hash, and an asked leaf is what was asked for.
/// @dev The way follows the size alone, so bytes cannot say how a tree looks; whoever calls takes it from a hashed count.
library Openings {
    using Reading for Cursor;

    /// @notice The root of a tree of `n` leaves whose leaf `i` hashes to `leaf`.
    function single(Cursor memory c, uint256 n, uint256 i, bytes32 leaf) internal view returns (bytes32) {
        (uint256 turns, uint256 lefts) = down(c, n, i);
        return up(c, turns, lefts, leaf, false);
    }

    /// @notice The root of a tree of `n` words hashed by Keccak, and word `i`.
    function wordAt(Cursor memory c, uint256 n, uint256 i) internal view returns (bytes32 root, uint256 word) {
        (uint256 turns, uint256 lefts) = down(c, n, i);
        bytes32 leaf = c.word();
        return (up(c, turns, lefts, leaf, true), uint256(leaf));
    }

    /// @notice The root of a tree of `n` leaves, of which the hashes of `count` from `first` on are shown.
    function hashes(Cursor memory c, uint256 n, uint256 first, uint256 count) internal view returns (bytes32) {
        Walk memory w;
        w.c = c;
        return _neighbours(w, n, first, count);
    }

    /// @notice The root over the chunks of a tensor, of which `count` from `first` on are shown.
    /// @return root Of the tree.
    /// @return data Where their bytes begin; they stand side by side.
    function chunks(Cursor memory c, ChunkLayout memory layout, uint256 first, uint256 count)
        internal
        view
        returns (bytes32 root, uint256 data)
    {
        if (count == 1) {
            (uint256 turns, uint256 lefts) = down(c, layout.chunks, first);
            (, uint256 length) = ProgramCommitment.spanIn(layout, first);
            data = c.skip(length);
            return (up(c, turns, lefts, leafAt(data, length), false), data);
        }
        Walk memory w;
        (w.c, w.areChunks, w.layout) = (c, true, layout);
        root = _neighbours(w, layout.chunks, first, count);
        data = w.data;
    }

    /// @notice The same, and that each of these hashes has the mark that calldata holds for it.
    function marked(Cursor memory c, uint256 n, uint256 first, uint256 count, uint256 salt, uint256 marks)
        internal
        view
        returns (bytes32)
    {
        Walk memory w;
        (w.c, w.salt, w.marks) = (c, salt, marks);
        return _neighbours(w, n, first, count);
    }

    /// @notice The root over neighbouring chunks that are a subtree, all of them shown.
    /// @return root Of the subtree.
    /// @return data Where their bytes begin.
    function blockOf(Cursor memory c, ChunkLayout memory layout, uint256 first, uint256 count)
        internal
        view
        returns (bytes32 root, uint256 data)
    {
        Walk memory w;
        (w.c, w.areChunks, w.layout, w.first, w.end) = (c, true, layout, first, first + count);
        root = _walk(w, first, first + count, _above(count));
        data = w.data;
    }

    /// @notice Whether the hash of block `i` has the mark that calldata holds for it: two bytes of its salted hash, so that
    /// whoever committed to it could not choose its mark.
    function isMarked(bytes32 hash, uint256 salt, uint256 marks, uint256 i) internal pure returns (bool same) {
        assembly ("memory-safe") {
            mstore(0, hash)
            mstore(32, shl(224, salt))
            same := eq(shr(240, keccak256(0, 36)), shr(240, calldataload(add(marks, shl(1, i)))))
        }
    }

    /// @notice Hash of a leaf of 32 bytes.
    function leafOf(bytes32 value) internal view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore8(p, 0)
            mstore(add(p, 1), value)
            if iszero(staticcall(gas(), 2, p, 33, 0, 32)) { revert(0, 0) }
            hash := mload(0)
        }
    }

    /// @notice Hash of the leaf that calldata holds at `data`.
    function leafAt(uint256 data, uint256 length) internal view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore8(p, 0)
            calldatacopy(add(p, 1), data, length)
            if iszero(staticcall(gas(), 2, p, add(length, 1), 0, 32)) { revert(0, 0) }
            hash := mload(0)
        }
    }

    function node(bytes32 left, bytes32 right) internal view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore8(p, 1)
            mstore(add(p, 1), left)
            mstore(add(p, 33), right)
            if iszero(staticcall(gas(), 2, p, 65, 0, 32)) { revert(0, 0) }
            hash := mload(0)
        }
    }

    /// @dev A power of two that is at least `n`.
    function _above(uint256 n) private pure returns (uint256 split) {
        for (split = 1; split < n;) split <<= 1;
    }

    /// @notice The way down to a leaf.
    /// @return turns A bit a level, the leaf's own the lowest: 1 where it is on the right. Above them a 1.
    /// @return lefts Where the hashes on its left end: they come before it, from the root down.
    function down(Cursor memory c, uint256 n, uint256 i) internal pure returns (uint256 turns, uint256 lefts) {
        if (i >= n) revert ITensorVerifier.ProofOfNoPlace(i);
        assembly ("memory-safe") {
            // From the leaf up: the last subtree of a level, if it is a left one, stands for itself on the level above.
            let level := 1
            for { let last := sub(n, 1) } last { last := shr(1, last) } {
                switch and(i, 1)
                case 0 { if sub(i, last) { level := shl(1, level) } }
                default {
                    turns := or(turns, level)
                    level := shl(1, level)
                    lefts := add(lefts, 32)
                }
                i := shr(1, i)
            }
            turns := or(turns, level)
        }
        lefts += c.skip(lefts);
    }

    /// @notice The root by the way up again; the hashes on the right come after the leaf.
    function up(Cursor memory c, uint256 turns, uint256 lefts, bytes32 hash, bool areWords)
        internal
        view
        returns (bytes32)
    {
        uint256 next = c.next;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore8(p, 1)
            for { } gt(turns, 1) { turns := shr(1, turns) } {
                switch and(turns, 1)
                case 0 {
                    mstore(add(p, 1), hash)
                    mstore(add(p, 33), calldataload(next))
                    next := add(next, 32)
                }
                default {
                    lefts := sub(lefts, 32)
                    mstore(add(p, 1), calldataload(lefts))
                    mstore(add(p, 33), hash)
                }
                switch areWords
                case 0 {
                    if iszero(staticcall(gas(), 2, p, 65, 0, 32)) { revert(0, 0) }
                    hash := mload(0)
                }
                default { hash := keccak256(add(p, 1), 64) }
            }
        }
        c.skip(next - c.next);
        return hash;
    }

    function _neighbours(Walk memory w, uint256 n, uint256 first, uint256 count) private view returns (bytes32) {
        if (count == 0 || first + count > n) revert ITensorVerifier.ProofOfNoPlace(first);
        (w.first, w.end) = (first, first + count);
        return _walk(w, 0, n, _above(n));
    }

    /// @dev The root of leaves `lo` to `hi`, of which some are asked for.
    /// @param split A power of two, at least `hi - lo`.
    function _walk(Walk memory w, uint256 lo, uint256 hi, uint256 split) private view returns (bytes32) {
        unchecked {
            if (!w.areChunks && lo >= w.first && hi <= w.end) return _list(w, lo - w.first, hi - lo);
            if (hi - lo == 1) return _leaf(w, lo);
            while (split >= hi - lo) split >>= 1;
            uint256 middle = lo + split;
            bytes32 left = w.first < middle ? _walk(w, lo, middle, split) : w.c.word();
            bytes32 right = w.end > middle ? _walk(w, middle, hi, split) : w.c.word();
            return node(left, right);
        }
    }

    /// @dev The root of a subtree of which all hashes are shown, `from` the number of the first among the asked ones.
    function _list(Walk memory w, uint256 from, uint256 count) private view returns (bytes32 root) {
        uint256 data = w.c.skip(32 * count);
        if (w.marks != 0) _areMarked(data, w.salt, w.marks, from, count);
        assembly ("memory-safe") {
            // Pairs from the left, an odd one out carried up: the tree of RFC 9162.
            let p := mload(0x40)
            let list := add(p, 96)
            calldatacopy(list, data, shl(5, count))
            mstore8(p, 1)
            for { } gt(count, 1) { count := shr(1, add(count, 1)) } {
                let to := list
                let end := add(list, shl(6, shr(1, count)))
                for { let at := list } lt(at, end) { at := add(at, 64) } {
                    mcopy(add(p, 1), at, 64)
                    if iszero(staticcall(gas(), 2, p, 65, to, 32)) { revert(0, 0) }
                    to := add(to, 32)
                }
                if and(count, 1) { mstore(to, mload(end)) }
            }
            root := mload(list)
        }
    }

    /// @dev Reverts unless hashes that lie in calldata from `data` on have the marks from number `from` on.
    function _areMarked(uint256 data, uint256 salt, uint256 marks, uint256 from, uint256 count) private pure {
        unchecked {
            for (uint256 end = from + count; from < end; ++from) {
                if (!isMarked(bytes32(Reading.loadWord(data)), salt, marks, from)) {
                    revert ITensorVerifier.ProofOfNoPlace(from);
                }
                data += 32;
            }
        }
    }

    function _leaf(Walk memory w, uint256 i) private view returns (bytes32) {
        (, uint256 length) = ProgramCommitment.spanIn(w.layout, i);
        uint256 data = w.c.skip(length);
        if (i == w.first) w.data = data;
        return leafAt(data, length);
    }
}
