// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Packed} from "./Packed.sol";
import {Places, Trail} from "./Places.sol";
import {Span, Tensor, Tensors} from "./Tensors.sol";

/// @notice What a node reads: a tensor of the run, and what is shown of it.
struct Operand {
    Tensor x;
    Span[] spans;
}

/// @title Operands
library Operands {
    using Reading for Cursor;

    /// @notice Value `id` of the step, as shown: OPERAND of `spec/15-refutation.md`, 15.5.
    function read(Trail memory t, uint256 id, Operand memory o) internal view {
        Cursor memory c = t.c;
        Tensors.read(c, o.x);
        Places.isValue(t, id, o.x.root);
        o.spans = new Span[](c.u8());
        for (uint256 i = 0; i < o.spans.length; ++i) o.spans[i] = Tensors.open(c, o.x, c.u32(), c.u8());
    }

    /// @notice As many of them, all the same one: an empty one for each would cost more than most have to do.
    function list(uint256 count, Operand memory same) internal pure returns (Operand[] memory all) {
        assembly ("memory-safe") {
            all := mload(0x40)
            mstore(all, count)
            let end := add(add(all, 32), shl(5, count))
            for { let at := add(all, 32) } lt(at, end) { at := add(at, 32) } { mstore(at, same) }
            mstore(0x40, end)
        }
    }

    /// @notice Where `count` elements from `element` on lie in calldata.
    function place(Operand memory o, uint256 element, uint256 count) internal pure returns (uint256) {
        (uint256 start, uint256 end) = (element * o.x.size, (element + count) * o.x.size);
        for (uint256 i = 0; i < o.spans.length; ++i) {
            Span memory span = o.spans[i];
            if (start >= span.start && end <= span.end) return span.data + start - span.start;
        }
        revert ITensorVerifier.ProofNotOpened(element);
    }

    function value(Operand memory o, uint256 element) internal pure returns (int256) {
        return Tensors.little(Reading.loadWord(place(o, element, 1)), o.x.size);
    }

    /// @notice Sum, or largest, of `acc` and `count` elements from `element` on.
    function fold(Operand memory o, uint256 element, uint256 count, bool largest, int256 acc)
        internal
        pure
        returns (int256)
    {
        return Packed.fold(place(o, element, count), o.x.size, count, largest, acc);
    }

    /// @notice Dot product of `count` elements of each, at most `Packed.MAX_TERMS`.
    function dot(Operand memory a, uint256 fromA, Operand memory b, uint256 fromB, uint256 count)
        internal
        pure
        returns (int256)
    {
        (uint256 placeA, uint256 placeB) = (place(a, fromA, count), place(b, fromB, count));
        if (a.x.size + b.x.size == 2) return Packed.dot8(placeA, placeB, count);
        // Of i32, which the program does not say of either, no product is taken.
        if (a.x.size + b.x.size > 4) revert ITensorVerifier.ProofNotOpened(fromA);
        return Packed.dot16(placeA, a.x.size, placeB, b.x.size, count);
    }
}
