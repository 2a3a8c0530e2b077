// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Cursor, Reading} from "../tensor/Cursor.sol";
import {Openings} from "../tensor/Openings.sol";

/// @notice Leaves of a tree that are shown together.
/// @param indices Ascending, none twice: others have no root.
/// @param lengths Bytes of each.
/// @param places Where in calldata each begins, once read.
struct Leaves {
    Cursor c;
    uint256[] indices;
    uint256[] lengths;
    uint256[] places;
    uint256 next;
}

/// @title Sets
/// @notice The root of a tree out of some of its leaves, from the root down, left before right: a subtree without an asked leaf is
/// its hash, an asked leaf its bytes. Leaves that are neighbours stand side by side.
library Sets {
    using Reading for Cursor;

    function root(Leaves memory s, uint256 size) internal view returns (bytes32 hash) {
        s.places = new uint256[](s.indices.length);
        uint256 split = 1;
        while (split < size) split <<= 1;
        hash = _walk(s, 0, size, split);
        // INVARIANT: every leaf that was asked for was met, in its place.
        if (s.next != s.indices.length) revert ITensorVerifier.ProofOfNoPlace(s.indices[s.next]);
    }

    /// @dev The root of leaves `low` to `high − 1`; `split` is a power of two that is at least so many.
    function _walk(Leaves memory s, uint256 low, uint256 high, uint256 split) private view returns (bytes32) {
        if (s.next == s.indices.length || s.indices[s.next] >= high) return s.c.word();
        if (high - low == 1) {
            // A smaller one was passed: without this the leaf here would stand for it.
            if (s.indices[s.next] != low) revert ITensorVerifier.ProofOfNoPlace(s.indices[s.next]);
            uint256 length = s.lengths[s.next];
            uint256 place = s.c.skip(length);
            s.places[s.next++] = place;
            return Openings.leafAt(place, length);
        }
        while (split >= high - low) split >>= 1;
        bytes32 left = _walk(s, low, low + split, split);
        bytes32 right = _walk(s, low + split, high, split);
        return Openings.node(left, right);
    }
}
