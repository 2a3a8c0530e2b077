// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {
    AFFINE,
    CONV,
    MATMUL,
    MAX_POOL,
    Node,
    REDUCE_MAX,
    REDUCE_SUM,
    SUM_POOL,
    ABSENT
} from "./Nodes.sol";
import {Operand, Operands} from "./Operands.sol";
import {Tensors} from "./Tensors.sol";
import {Window, Windows} from "./Windows.sol";

/// @notice One element of a node's value, and what it is made of.
/// @param operands In the node's order; those that are not shown are empty.
struct Work {
    Node node;
    uint256 element;
    Operand[] operands;
}

/// @title Folds
/// @notice Operators that go through many terms, segment by segment: `spec/15-refutation.md`, 15.2.
library Folds {
    uint256 internal constant SEGMENT_TERMS = 1024;
    int256 internal constant LEAST = -2 ** 31;

    function isFold(uint256 op) internal pure returns (bool) {
        return op <= AFFINE || op == REDUCE_SUM || op == REDUCE_MAX;
    }

    function isMaximum(uint256 op) internal pure returns (bool) {
        return op == MAX_POOL || op == REDUCE_MAX;
    }

    /// @notice The accumulator before the first term.
    function start(uint256 op) internal pure returns (int256) {
        return isMaximum(op) ? LEAST : int256(0);
    }

    /// @notice Number of segments of every element.
    function segments(Work memory w) internal pure returns (uint256) {
        uint256 op = w.node.op;
        if (op == AFFINE) return w.node.operands.length;
        if (op == CONV || op == SUM_POOL || op == MAX_POOL) {
            Window memory window = Windows.over(w.node, w.operands, w.element);
            return window.kernel[0] * window.kernel[1] * _pieces(window.depth);
        }
        if (op == MATMUL || op == REDUCE_SUM || op == REDUCE_MAX) return _pieces(_last(w.operands[0]));
        revert ITensorVerifier.ProofOfNoPlace(op);
    }

    /// @notice The accumulator after segments `from` to `to`, which is `acc` before them.
    function fold(Work memory w, uint256 from, uint256 to, int256 acc) internal pure returns (int256) {
        uint256 op = w.node.op;
        if (op == AFFINE) return _affine(w, from, to, acc);
        if (op == CONV) return _conv(w, from, to, acc);
        if (op == SUM_POOL || op == MAX_POOL) return _pool(w, from, to, acc);
        if (op == MATMUL) return _matmul(w, from, to, acc);
        Operand memory x = w.operands[0];
        uint256 length = _last(x);
        for (; from < to; ++from) {
            (uint256 first, uint256 count) = _piece(length, from);
            acc = Operands.fold(x, w.element * length + first, count, op == REDUCE_MAX, acc);
        }
        return acc;
    }

    /// @notice The element, of the accumulator after all segments.
    function finish(Work memory w, int256 acc) internal pure returns (int256) {
        Node memory n = w.node;
        if (isMaximum(n.op)) return acc;
        uint256 shift = n.shift;
        if (n.op == AFFINE) acc += n.parameters[0];
        if (n.op == MATMUL || n.op == CONV) {
            uint256 channel = w.element % n.t.dims[n.t.dims.length - 1];
            if (n.operands[2] != ABSENT) acc += Operands.value(w.operands[2], channel);
            if (n.operands[3] != ABSENT) shift = uint256(Operands.value(w.operands[3], channel));
        }
        return stage(n, acc, shift);
    }

    /// @notice Rounds and clamps an exact result: `spec/12-tensor-program.md`, 12.3.
    function stage(Node memory n, int256 f, uint256 shift) internal pure returns (int256 y) {
        y = shift == 0 ? f : (f + (int256(1) << (shift - 1))) >> shift;
        if (y < n.low) y = n.low;
        if (y > n.high) y = n.high;
    }

    /// @notice Where the element of a broadcast result lies in an operand.
    function broadcast(uint32[] memory out, uint256 element, uint32[] memory dims)
        internal
        pure
        returns (uint256 offset)
    {
        uint256 stride = 1;
        for (uint256 axis = 1; axis <= dims.length; ++axis) {
            uint256 size = out[out.length - axis];
            uint256 dim = dims[dims.length - axis];
            if (dim != 1) offset += (element % size) * stride;
            stride *= dim;
            element /= size;
        }
    }

    function _affine(Work memory w, uint256 from, uint256 to, int256 acc) private pure returns (int256) {
        for (; from < to; ++from) {
            Operand memory x = w.operands[from];
            acc += w.node.parameters[from + 1] * Operands.value(x, broadcast(w.node.t.dims, w.element, x.x.t.dims));
        }
        return acc;
    }

    function _matmul(Work memory w, uint256 from, uint256 to, int256 acc) private pure returns (int256) {
        (Operand memory a, Operand memory b) = (w.operands[0], w.operands[1]);
        uint256 length = _last(a);
        uint256 rank = w.node.t.dims.length;
        uint256 columns = w.node.t.dims[rank - 1];
        uint256 row = w.element / columns;
        uint256 rowOfB = w.element % columns;
        // b without leading dimensions serves all.
        if (b.x.t.dims.length != 2) rowOfB += (row / w.node.t.dims[rank - 2]) * columns;
        for (; from < to; ++from) {
            (uint256 first, uint256 count) = _piece(length, from);
            acc += Operands.dot(a, row * length + first, b, rowOfB * length + first, count);
        }
        return acc;
    }

    function _conv(Work memory w, uint256 from, uint256 to, int256 acc) private pure returns (int256) {
        Window memory window = Windows.over(w.node, w.operands, w.element);
        // The filter's weights lie position by position, as the segments do.
        uint256 filter = (w.element % w.operands[1].x.t.dims[0]) * window.kernel[0] * window.kernel[1];
        uint256 pieces = _pieces(window.depth);
        for (; from < to; ++from) {
            (bool inside, uint256 element) = Windows.place(window, from / pieces);
            if (inside) acc += _tap(w, window.depth, element, filter + from / pieces, from % pieces);
        }
        return acc;
    }

    function _tap(Work memory w, uint256 depth, uint256 element, uint256 position, uint256 piece)
        private
        pure
        returns (int256)
    {
        (uint256 first, uint256 count) = _piece(depth, piece);
        return Operands.dot(w.operands[0], element + first, w.operands[1], position * depth + first, count);
    }

    function _pool(Work memory w, uint256 from, uint256 to, int256 acc) private pure returns (int256) {
        Window memory window = Windows.over(w.node, w.operands, w.element);
        for (; from < to; ++from) {
            (bool inside, uint256 element) = Windows.place(window, from);
            if (inside) acc = Operands.fold(w.operands[0], element, 1, w.node.op == MAX_POOL, acc);
        }
        return acc;
    }

    function _last(Operand memory x) private pure returns (uint256) {
        return x.x.t.dims[x.x.t.dims.length - 1];
    }

    function _pieces(uint256 length) private pure returns (uint256) {
        return (length + SEGMENT_TERMS - 1) / SEGMENT_TERMS;
    }

    function _piece(uint256 length, uint256 piece) private pure returns (uint256 first, uint256 count) {
        first = piece * SEGMENT_TERMS;
        count = length - first < SEGMENT_TERMS ? length - first : SEGMENT_TERMS;
    }
}
