// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Folds, Work} from "./Folds.sol";
import {
    ABSENT,
    AFFINE,
    ARGMAX,
    CONCAT,
    GATHER,
    LOOKUP,
    MUL,
    Node,
    RESHAPE,
    SLICE,
    TRANSPOSE
} from "./Nodes.sol";
import {Operand, Operands} from "./Operands.sol";
import {Trail} from "./Places.sol";
import {Tensors} from "./Tensors.sol";

/// @title Elements
/// @notice One element of a node's value, computed from operands that are shown: `spec/12-tensor-program.md`, 12.5.
/// @dev Of programs that the specification admits; of others it may revert. All arithmetic is exact.
library Elements {
    using Reading for Cursor;

    /// @notice Whether the element is another than `claimed`.
    function differs(Trail memory t, Work memory w, int256 claimed)
        internal
        view
        returns (bool)
    {
        uint256 op = w.node.op;
        if (op == CONCAT) return _concat(t, w) != claimed;
        uint256 rival = op == ARGMAX ? t.c.u32() : 0;
        readOperands(t, w, 0, w.node.operands.length);
        if (op == ARGMAX) return _beats(w, rival, claimed);
        if (!Folds.isFold(op)) return _simple(w) != claimed;
        int256 acc = Folds.fold(w, 0, Folds.segments(w), Folds.start(op));
        return Folds.finish(w, acc) != claimed;
    }

    /// @notice Reads operands `from` to `to`, without the absent ones: all that are not read are one that is empty.
    function readOperands(Trail memory t, Work memory w, uint256 from, uint256 to)
        internal
        view
    {
        Operand memory none;
        w.operands = Operands.list(w.node.operands.length, none);
        for (; from < to; ++from) {
            uint256 value = w.node.operands[from];
            if (value == ABSENT) continue;
            Operand memory shown;
            Operands.read(t, value, shown);
            w.operands[from] = shown;
        }
    }

    /// @dev An index that is not in the row is beaten by all.
    function _beats(Work memory w, uint256 rival, int256 claimed) private pure returns (bool) {
        Operand memory x = w.operands[0];
        uint256 length = x.x.t.dims[x.x.t.dims.length - 1];
        if (claimed < 0 || uint256(claimed) >= length) return true;
        if (rival >= length) revert ITensorVerifier.ProofOfNoPlace(rival);
        uint256 row = w.element * length;
        int256 got = Operands.value(x, row + rival);
        int256 best = Operands.value(x, row + uint256(claimed));
        return got > best || got == best && rival < uint256(claimed);
    }

    function _simple(Work memory w) private pure returns (int256) {
        Node memory n = w.node;
        Operand memory x = w.operands[0];
        if (n.op == MUL) {
            Operand memory y = w.operands[1];
            int256 f = Operands.value(x, Folds.broadcast(n.t.dims, w.element, x.x.t.dims))
                * Operands.value(y, Folds.broadcast(n.t.dims, w.element, y.x.t.dims));
            return Folds.stage(n, f, n.shift);
        }
        if (n.op == LOOKUP) {
            return Operands.value(w.operands[1], uint256(Operands.value(x, w.element) - n.parameters[0]));
        }
        if (n.op == GATHER) {
            uint256 length = Tensors.product(x.x.t.dims, 1);
            uint256 row = uint256(Operands.value(w.operands[1], w.element / length));
            return Operands.value(x, row * length + w.element % length);
        }
        if (n.op == RESHAPE) return Operands.value(x, w.element);
        if (n.op == TRANSPOSE || n.op == SLICE) return Operands.value(x, _moved(n, w.element, x.x.t.dims));
        revert ITensorVerifier.ProofOfNoPlace(n.op);
    }

    /// @dev Where an element of `transpose` or `slice` lies in its operand.
    function _moved(Node memory n, uint256 element, uint32[] memory dims) private pure returns (uint256 offset) {
        uint32[] memory out = n.t.dims;
        for (uint256 axes = out.length; axes > 0; --axes) {
            uint256 axis = axes - 1;
            uint256 index = element % out[axis];
            element /= out[axis];
            if (n.op == SLICE) index = uint256(n.parameters[axis] + int256(index) * n.parameters[out.length + axis]);
            else axis = uint256(n.parameters[axis]);
            offset += index * Tensors.product(dims, axis + 1);
        }
    }

    /// @dev Operands are read up to the one that holds the element.
    function _concat(Trail memory t, Work memory w) private view returns (int256) {
        uint32[] memory out = w.node.t.dims;
        uint256 axis = uint256(w.node.parameters[0]);
        uint256 inner = Tensors.product(out, axis + 1);
        uint256 index = (w.element / inner) % out[axis];
        uint256 outer = w.element / inner / out[axis];
        for (uint256 i = 0;; ++i) {
            Operand memory x;
            Operands.read(t, w.node.operands[i], x);
            uint256 size = x.x.t.dims[axis];
            if (index < size) return Operands.value(x, (outer * size + index) * inner + w.element % inner);
            index -= size;
        }
        revert ITensorVerifier.ProofOfNoPlace(w.element);
    }
}
