// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Chain} from "./Chains.sol";
import {Channel, Channels} from "./Channel.sol";
import {Codes} from "./Codes.sol";
import {Points} from "./Points.sol";
import {QM31} from "./QM31.sol";
import {Claimed, Claims} from "./Relations.sol";

/// @title Opening
/// @notice That all claims hold of what the two roots commit to: `packages/proofs/src/zk/commit/check.ts`, of matrices that hide
/// nothing.
library Opening {
    using Channels for Channel;

    bytes32 private constant LEAF = "\x00surety:columns:v1";
    uint256 private constant NODE_BYTES = 32;

    /// @dev Coefficients of the rows of each matrix, and what the columns come to.
    struct Opened {
        uint256[] positions;
        uint256[] columns;
        uint256 length;
        uint256 rowVars;
    }

    /// @notice Columns that are opened, of each width: the fewest that leave an error below 2^−96,
    /// `packages/proofs/src/zk/commit/soundness.ts`.
    function queriesOf(uint256 rowVars) internal pure returns (uint256) {
        if (rowVars == 4) return 41;
        if (rowVars == 5) return 75;
        if (rowVars == 6) return 102;
        if (rowVars == 7) return 120;
        if (rowVars == 8) return 130;
        return 136;
    }

    function check(Channel memory c, Chain memory chain, Claims memory claims, bytes32 witnessRoot) internal view {
        uint256 rowVars = chain.rowVars;
        uint256[] memory weights = _drawWeights(c, claims.count);
        uint256 sum = 0;
        for (uint256 l = 0; l < claims.count; ++l) {
            sum = QM31.add(sum, QM31.mul(weights[l], claims.all[l].value));
        }
        (uint256[] memory point, uint256 last) = c.plainSum(sum, rowVars, rowVars);
        uint256[] memory word = _readCombination(c, rowVars, point, last);
        uint256[] memory ofWeights = new uint256[](chain.weightsRows + 1);
        uint256[] memory ofWitness = new uint256[](chain.witnessRows + 1);
        for (uint256 l = 0; l < claims.count; ++l) {
            Claimed memory x = claims.all[l];
            _addRows(x.matrix == 0 ? ofWeights : ofWitness, x, weights[l], point, rowVars);
        }
        Opened memory o;
        (o.length, o.rowVars) = (4 << rowVars, rowVars);
        uint256 queries = queriesOf(rowVars);
        o.positions = c.indices(queries, o.length);
        o.columns = new uint256[](queries + 7);
        if (_addColumns(c, o, ofWeights, chain.weightsRows) != chain.weightsRoot) c.failed = true;
        if (_addColumns(c, o, ofWitness, chain.witnessRows) != witnessRoot) c.failed = true;
        for (uint256 k = 0; k < queries; ++k) {
            c.same(QM31.scale(o.columns[k], 1), QM31.scale(word[o.positions[k]], 1));
        }
    }

    /// @dev `eq` of a random point, as many coordinates as count the claims.
    function _drawWeights(Channel memory c, uint256 count) private view returns (uint256[] memory) {
        uint256 vars = 0;
        while (1 << vars < count) ++vars;
        uint256[] memory point = new uint256[](vars);
        for (uint256 j = 0; j < vars; ++j) point[j] = c.challenge();
        return Points.eqTable(point, 0, vars, QM31.ONE);
    }

    /// @dev Reads the combination of all rows, holds its value against the claims' and encodes it.
    function _readCombination(Channel memory c, uint256 rowVars, uint256[] memory point, uint256 value)
        private
        view
        returns (uint256[] memory word)
    {
        uint256 width = 1 << rowVars;
        uint256 from = c.published(16 * width);
        uint256[] memory row = new uint256[](width);
        for (uint256 i = 0; i < width; ++i) row[i] = QM31.read(from + 16 * i);
        word = Codes.encode(row, rowVars);
        c.same(Points.fold(row, point, rowVars), value);
    }

    /// @dev Adds the coefficients that a claim gives to rows of its matrix.
    function _addRows(
        uint256[] memory rows,
        Claimed memory x,
        uint256 weight,
        uint256[] memory point,
        uint256 rowVars
    ) private pure {
        uint256 shared = x.vars < rowVars ? x.vars : rowVars;
        for (uint256 j = 0; j < shared; ++j) weight = QM31.mul(weight, Points.eqOne(x.point[j], point[j]));
        uint256 row = x.offset >> rowVars;
        if (x.vars <= rowVars) {
            uint256 part = (x.offset & ((1 << rowVars) - 1)) >> x.vars;
            weight = QM31.mul(weight, Points.eqAt(point, x.vars, rowVars, part));
            rows[row] = QM31.add(rows[row], weight);
            return;
        }
        uint256[] memory table = Points.eqTable(x.point, rowVars, x.vars, weight);
        for (uint256 i = 0; i < table.length; ++i) rows[row + i] = QM31.add(rows[row + i], table[i]);
    }

    /// @dev Reads the columns of a matrix, adds their combination to `o.columns` and gives the root that they lead to.
    function _addColumns(Channel memory c, Opened memory o, uint256[] memory rows, uint256 count)
        private
        view
        returns (bytes32)
    {
        uint256 queries = o.positions.length;
        uint256 from = c.take(4 * count * queries);
        // A leaf: its prefix of 64 bytes, the words of its column, and room for seven words of the row behind the last.
        uint256 stride = 64 + 4 * count + 32;
        uint256 leaves;
        bool right = true;
        bytes32 prefix = LEAF;
        assembly ("memory-safe") {
            leaves := mload(0x40)
            mstore(0x40, add(leaves, mul(stride, add(queries, 8))))
            let second := or(shl(224, count), shl(192, mload(add(o, 96))))
            for { let k := 0 } lt(k, queries) { k := add(k, 1) } {
                mstore(add(leaves, mul(k, stride)), prefix)
                mstore(add(add(leaves, mul(k, stride)), 32), second)
            }
        }
        for (uint256 row = 0; row < count; row += 2) {
            if (!_addTwo(o, rows, row, count, from, leaves + 64, stride)) right = false;
        }
        if (!right) revert QM31.ProofNoElement(from);
        bytes32[] memory hashes = new bytes32[](queries);
        uint256 bytesOfLeaf = 64 + 4 * count;
        bool done = true;
        assembly ("memory-safe") {
            for { let k := 0 } lt(k, queries) { k := add(k, 1) } {
                let to := add(add(hashes, 32), shl(5, k))
                done := and(done, staticcall(gas(), 2, add(leaves, mul(k, stride)), bytesOfLeaf, to, 32))
            }
        }
        require(done);
        return _root(c, hashes, o.positions, o.length);
    }

    /// @dev Two rows of the opened columns: their words into the leaves, and weighed into the columns.
    /// @param rows Coefficients of all rows, and a 0 behind them.
    /// @return right Whether all words are elements of the base field.
    function _addTwo(
        Opened memory o,
        uint256[] memory rows,
        uint256 row,
        uint256 count,
        uint256 from,
        uint256 leaves,
        uint256 stride
    ) private pure returns (bool right) {
        uint256 queries = o.positions.length;
        uint256[] memory columns = o.columns;
        assembly ("memory-safe") {
            function words(place) -> w {
                w := calldataload(place)
                let odd := 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                w := or(and(shr(8, w), odd), shl(8, and(w, odd)))
                odd := 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
                w := or(and(shr(16, w), odd), shl(16, and(w, odd)))
            }
            let first := mload(add(add(rows, 32), shl(5, row)))
            let second := mload(add(add(rows, 64), shl(5, row)))
            let rowBytes := shl(2, queries)
            let place := add(from, mul(row, rowBytes))
            let two := lt(add(row, 1), count)
            let leaf := add(leaves, shl(2, row))
            let to := add(columns, 32)
            let wrong := 0
            for { let k := 0 } lt(k, queries) { k := add(k, 8) } {
                let a := words(place)
                let b := 0
                if two { b := words(add(place, rowBytes)) }
                let left := sub(queries, k)
                // What belongs to the next row does not count.
                if lt(left, 8) {
                    let mask := not(shr(shl(5, left), not(0)))
                    a := and(a, mask)
                    b := and(b, mask)
                }
                let ones := 0x0000000100000001000000010000000100000001000000010000000100000001
                wrong := or(or(or(wrong, a), add(a, ones)), or(b, add(b, ones)))
                for { let i := 256 } i {} {
                    i := sub(i, 32)
                    let x := and(shr(i, a), 0xffffffff)
                    let y := and(shr(i, b), 0xffffffff)
                    mstore(leaf, or(shl(224, x), shl(192, y)))
                    let sum := add(mload(to), add(mul(first, x), mul(second, y)))
                    mstore(
                        to,
                        add(
                            and(sum, 0x000000007fffffff000000007fffffff000000007fffffff000000007fffffff),
                            and(shr(31, sum), 0x00000001ffffffff00000001ffffffff00000001ffffffff00000001ffffffff)
                        )
                    )
                    leaf := add(leaf, stride)
                    to := add(to, 32)
                }
                place := add(place, 32)
            }
            right := iszero(and(wrong, 0x8000000080000000800000008000000080000000800000008000000080000000))
        }
    }

    /// @dev The root of a tree over `leaves` columns from some of them, ascending, and of each level the nodes that are missing:
    /// `packages/proofs/src/zk/commit/tree.ts`. Uses hashes and positions up: positions must be needed no more by level.
    function _root(Channel memory c, bytes32[] memory hashes, uint256[] memory positions, uint256 leaves)
        private
        view
        returns (bytes32)
    {
        uint256 known = positions.length;
        uint256[] memory nodes = new uint256[](known);
        for (uint256 k = 0; k < known; ++k) nodes[k] = positions[k];
        for (; leaves > 1; leaves >>= 1) {
            uint256 parents = 0;
            for (uint256 k = 0; k < known; ++k) {
                uint256 node = nodes[k];
                bytes32 own = hashes[k];
                bytes32 other;
                if (node & 1 == 0 && k + 1 < known && nodes[k + 1] == node + 1) {
                    other = hashes[++k];
                } else {
                    uint256 place = c.take(NODE_BYTES);
                    assembly ("memory-safe") {
                        other := calldataload(place)
                    }
                }
                (hashes[parents], nodes[parents]) = (node & 1 == 0 ? _pair(own, other) : _pair(other, own), node >> 1);
                ++parents;
            }
            known = parents;
        }
        return hashes[0];
    }

    function _pair(bytes32 left, bytes32 right) private view returns (bytes32 node) {
        bool done;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore8(m, 1)
            mstore(add(m, 1), left)
            mstore(add(m, 33), right)
            done := staticcall(gas(), 2, m, 65, 0, 32)
            node := mload(0)
        }
        require(done);
    }
}
