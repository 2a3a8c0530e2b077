// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Chain, Chains, Kind, Layer, Table} from "./Chains.sol";
import {Channel, Channels} from "./Channel.sol";
import {Points} from "./Points.sol";
import {QM31} from "./QM31.sol";

/// @notice What the lookups leave.
/// @param point Every block is claimed at the first of its coordinates, as many as it has.
/// @param values By block.
/// @param quotients By layer: what its values are the clamp of, which is committed nowhere.
/// @param order Blocks in the order in which both sides name them.
struct Looked {
    uint256[] point;
    uint256[] values;
    uint256[] quotients;
    uint256[] order;
}

/// @title Lookups
/// @notice That every row of every column stands in its table: a tree of fractions, `packages/proofs/src/zk/lookup/verify.ts`.
/// No column has padding, since all sizes are powers of two.
library Lookups {
    using Channels for Channel;

    /// @dev α and the weights of the two values of a row.
    struct Drawn {
        uint256 alpha;
        uint256 first;
        uint256 second;
    }

    /// @dev By column: its weighed values.
    struct Read {
        uint256 from;
        uint256 next;
        uint256[] columns;
    }

    function check(Channel memory c, Chain memory chain) internal view returns (Looked memory found) {
        Drawn memory d = Drawn(c.challenge(), c.challenge(), c.challenge());
        // Of true p and q, p = 0 is all there is to check: that q is not 0 follows (soundness.ts).
        (uint256 p, uint256 q) = (0, c.receiveOne());
        found.point = new uint256[](chain.treeVars);
        for (uint256 j = 0; j < chain.treeVars; ++j) (p, q) = _layer(c, found.point, j, p, q);
        uint256[] memory columns = _readValues(c, chain, found, d);
        (uint256 atP, uint256 atQ) = _leaves(chain, found, columns, d);
        c.same(p, atP);
        c.same(q, atQ);
    }

    /// @dev From a layer's fraction at a point of `vars` coordinates to the one below.
    function _layer(Channel memory c, uint256[] memory point, uint256 vars, uint256 p, uint256 q)
        private
        view
        returns (uint256, uint256)
    {
        uint256 lambda = c.challenge();
        uint256 value = c.weightedSum(QM31.add(p, QM31.mul(q, lambda)), point, vars);
        uint256 from = c.published(64);
        uint256 p0 = QM31.read(from);
        uint256 p1 = QM31.read(from + 16);
        uint256 q0 = QM31.read(from + 32);
        uint256 q1 = QM31.read(from + 48);
        uint256 joined = QM31.add(p1, QM31.mul(q1, lambda));
        c.same(QM31.add(QM31.mul(p0, q1), QM31.mul(joined, q0)), value);
        uint256 upper = c.challenge();
        point[vars] = upper;
        return (QM31.add(p0, QM31.mul(upper, QM31.sub(p1, p0))), QM31.add(q0, QM31.mul(upper, QM31.sub(q1, q0))));
    }

    /// @dev What blocks take at the point, as they are named column by column and table by table.
    function _readValues(Channel memory c, Chain memory chain, Looked memory found, Drawn memory d)
        private
        view
        returns (uint256[] memory)
    {
        uint256 blocks = chain.vars.length;
        uint256 count = blocks;
        for (uint256 l = 0; l < chain.layers.length; ++l) count += uint256(chain.layers[l].kind);
        Read memory r = Read(c.published(16 * count), 0, new uint256[](chain.tags.length));
        (found.values, found.order) = (new uint256[](blocks), new uint256[](blocks));
        found.quotients = new uint256[](chain.layers.length);
        for (uint256 l = 0; l < chain.layers.length; ++l) _readLayer(c, chain.layers[l], l, found, r, d);
        while (r.next < blocks) _block(found, r, r.next);
        return r.columns;
    }

    function _element(Read memory r) private pure returns (uint256 value) {
        value = QM31.read(r.from);
        r.from += 16;
    }

    function _block(Looked memory found, Read memory r, uint256 k) private pure returns (uint256 value) {
        value = _element(r);
        found.values[k] = value;
        found.order[r.next++] = k;
    }

    function _readLayer(
        Channel memory c,
        Layer memory x,
        uint256 l,
        Looked memory found,
        Read memory r,
        Drawn memory d
    ) private pure {
        uint256 k = x.column;
        uint256 column = k;
        if (x.kind == Kind.Value) {
            found.quotients[l] = _block(found, r, k);
            r.columns[column++] = QM31.mul(d.first, found.quotients[l]);
        } else if (x.kind == Kind.Clamped) {
            found.quotients[l] = _element(r);
            r.columns[column++] = _two(d, found.quotients[l], _block(found, r, k));
        } else {
            uint256 upper = _element(r);
            uint256 clipped = _block(found, r, k + 2);
            r.columns[column++] = _two(d, upper, clipped);
            uint256 lower = _block(found, r, k + 1);
            r.columns[column++] = QM31.mul(d.first, lower);
            uint256 rejoined = _element(r);
            r.columns[column++] = _two(d, rejoined, _block(found, r, k));
            found.quotients[l] =
                QM31.add(QM31.add(QM31.scale(upper, 1 << x.k), lower), QM31.fromInteger(x.base));
            c.same(QM31.add(QM31.scale(clipped, 1 << x.k), lower), rejoined);
        }
        uint256 end = k + Chains.partsOf(x) + x.limbs;
        for (; column < end; ++column) r.columns[column] = QM31.mul(d.first, _block(found, r, column));
    }

    function _two(Drawn memory d, uint256 first, uint256 second) private pure returns (uint256) {
        return QM31.add(QM31.mul(d.first, first), QM31.mul(d.second, second));
    }

    /// @dev The fraction that the leaves give at the point.
    function _leaves(Chain memory chain, Looked memory found, uint256[] memory columns, Drawn memory d)
        private
        pure
        returns (uint256 p, uint256 q)
    {
        q = QM31.ONE;
        for (uint256 k = 0; k < chain.vars.length; ++k) {
            uint256 vars = chain.vars[k];
            uint256 selected = Points.eqAt(found.point, vars, chain.treeVars, chain.offsets[k] >> vars);
            uint256 row;
            if (k < columns.length) {
                row = QM31.add(columns[k], chain.tags[k] << 192);
                p = QM31.add(p, selected);
            } else {
                uint256 t = k - columns.length;
                row = QM31.add(_entry(chain.tables[t], found.point, d), (t + 1) << 192);
                p = QM31.sub(p, QM31.mul(selected, found.values[k]));
            }
            // α − row − 1: what is not filled has 1.
            row = QM31.sub(QM31.sub(d.alpha, QM31.ONE), row);
            q = QM31.add(q, QM31.mul(selected, row));
        }
    }

    /// @dev The weighed values of a table. Its last row is repeated up to a power of two.
    function _entry(Table memory t, uint256[] memory point, Drawn memory d) private pure returns (uint256 entry) {
        (uint256 count, uint256 index) = Points.below(point, t.vars, t.rows);
        uint256 counted = QM31.add(index, QM31.fromInteger(t.first));
        if (t.rows < 1 << t.vars) {
            // Σ over the rows behind of what they lack beside `first`.
            counted = QM31.add(counted, QM31.scale(QM31.sub(QM31.ONE, count), t.rows - 1));
        }
        entry = QM31.mul(d.first, counted);
        if (t.clamp) entry = QM31.add(entry, QM31.mul(d.second, _clamped(t, point)));
    }

    /// @dev Rows before `from` become low, rows from `to` on high.
    function _clamped(Table memory t, uint256[] memory point) private pure returns (uint256 clamped) {
        int256 first = t.first + t.offset;
        (uint256 countLow, uint256 indexLow) = Points.below(point, t.vars, uint256(t.low - first));
        (uint256 count, uint256 index) = Points.below(point, t.vars, uint256(t.high - first));
        clamped = QM31.add(_times(countLow, t.low), QM31.sub(index, indexLow));
        clamped = QM31.add(clamped, _times(QM31.sub(count, countLow), first));
        return QM31.add(clamped, _times(QM31.sub(QM31.ONE, count), t.high));
    }

    function _times(uint256 a, int256 x) private pure returns (uint256) {
        return QM31.scale(a, QM31.fromInteger(x) >> 192);
    }
}
