// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {Reading, Cursor} from "./Cursor.sol";
import {Elements} from "./Elements.sol";
import {Folds, Work} from "./Folds.sol";
import {AFFINE, CONV, MATMUL, Nodes} from "./Nodes.sol";
import {Partial, Partials} from "./Partials.sol";
import {Places, Trail} from "./Places.sol";
import {DataPlace, Records} from "./Records.sol";
import {Tensor, Tensors} from "./Tensors.sol";

/// @title Refutations of nodes
/// @notice One element, or one part of the sum behind it: `spec/15-refutation.md`, 15.3. Each returns whether the run is shown to be
/// wrong, and reverts where what it reads is not in the run.
library NodeRefutations {
    using Reading for Cursor;

    /// @notice An element is not what the operator gives.
    function element(Trail memory t, bytes32 record) internal view returns (bool) {
        Places.head(t);
        Places.step(t, t.c.u32());
        uint256 node = t.c.u32();
        Work memory w;
        w.element = t.c.u32();
        bytes calldata encoding = Places.encoding(t.c);
        w.node = Nodes.decode(encoding);
        uint256 source = t.c.u8();
        if (source == 1) {
            DataPlace memory place = DataPlace(t.step, node, t.c.u32(), t.c.u8());
            return Elements.differs(t, w, Records.element(t.c, record, place, encoding, w.node.t, w.element));
        }
        if (source != 0) revert ITensorVerifier.ProofOfNoPlace(source);
        Places.isNode(t, node, encoding);
        return Elements.differs(t, w, _claimed(t, node, w));
    }

    /// @notice The terms of a part do not lead from one recorded accumulator to the next.
    function part(Trail memory t, bytes32 record) internal view returns (bool) {
        Partial memory p = Partials.recorded(t.c, record);
        uint256 index = t.c.u8();
        (uint256 from, uint256 to) = Partials.segmentsOf(p, index);
        Work memory w = _work(t, p);
        uint256 op = w.node.op;
        if (op == AFFINE) Elements.readOperands(t, w, from, to);
        else Elements.readOperands(t, w, 0, op == MATMUL || op == CONV ? 2 : 1);
        _sameSegments(p, w);
        int256 acc = from == 0 ? Folds.start(op) : Partials.before(p, index);
        return Folds.fold(w, from, to, acc) != p.afterwards[index];
    }

    /// @notice The last recorded accumulator does not give the element.
    function end(Trail memory t, bytes32 record) internal view returns (bool) {
        Partial memory p = Partials.recorded(t.c, record);
        if (p.last != p.segments) revert ITensorVerifier.ProofOfNoPlace(p.last);
        Work memory w = _work(t, p);
        int256 claimed = _claimed(t, p.node, w);
        if (w.node.op != AFFINE) Elements.readOperands(t, w, 0, w.node.operands.length);
        _sameSegments(p, w);
        return Folds.finish(w, p.afterwards[p.afterwards.length - 1]) != claimed;
    }

    function _work(Trail memory t, Partial memory p) private view returns (Work memory w) {
        Places.head(t);
        Places.step(t, p.step);
        bytes calldata encoding = Places.encoding(t.c);
        Places.isNode(t, p.node, encoding);
        (w.node, w.element) = (Nodes.decode(encoding), p.element);
        if (p.element >= Tensors.product(w.node.t.dims, 0)) revert ITensorVerifier.ProofOfNoPlace(p.element);
    }

    /// @dev Whoever asked said how many segments there are; numbers for another count mean nothing.
    function _sameSegments(Partial memory p, Work memory w) private pure {
        uint256 segments = Folds.segments(w);
        if (p.segments != segments) revert ITensorVerifier.ProofOfNoPlace(p.segments);
    }

    /// @dev The claimed element, out of its chunk.
    function _claimed(Trail memory t, uint256 node, Work memory w) private view returns (int256) {
        Tensor memory x = Tensors.ofType(w.node.t, t.c.word());
        Places.isNodeValue(t, node, x.root);
        return Tensors.readElement(t.c, x, w.element);
    }
}
