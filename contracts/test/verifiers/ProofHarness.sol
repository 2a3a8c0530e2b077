// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Channel, Channels} from "../../src/verifiers/proof/Channel.sol";
import {Codes} from "../../src/verifiers/proof/Codes.sol";
import {Opening} from "../../src/verifiers/proof/Opening.sol";
import {Points} from "../../src/verifiers/proof/Points.sol";
import {QM31} from "../../src/verifiers/proof/QM31.sol";

/// @notice The libraries of the proof route as functions: elements come and go as 16 bytes each, little-endian words.
contract ProofHarness {
    using Channels for Channel;

    /// @notice Of each two elements: sum, difference, product, inverse of the first, the first scaled by `s`.
    function arithmetic(bytes calldata elements, uint256 s) external pure returns (uint256[] memory out) {
        uint256 place = _at(elements);
        uint256 pairs = elements.length / 32;
        out = new uint256[](5 * pairs);
        for (uint256 k = 0; k < pairs; ++k) {
            uint256 a = QM31.read(place + 32 * k);
            uint256 b = QM31.read(place + 32 * k + 16);
            out[5 * k] = QM31.canonical(QM31.add(a, b));
            out[5 * k + 1] = QM31.canonical(QM31.sub(a, b));
            out[5 * k + 2] = QM31.canonical(QM31.mul(a, b));
            out[5 * k + 3] = QM31.canonical(QM31.inverse(a));
            out[5 * k + 4] = QM31.canonical(QM31.scale(a, s));
        }
    }

    /// @notice The same of zeros that are written as p: whatever lanes hold, results are those of what they mean.
    function arithmeticOfZeros(uint256 a) external pure returns (uint256[4] memory) {
        return [
            QM31.canonical(QM31.mul(QM31.PS, a)),
            QM31.canonical(QM31.mul(a, QM31.PS)),
            QM31.canonical(QM31.mul(QM31.PS, QM31.PS)),
            QM31.canonical(QM31.sub(QM31.add(QM31.PS, a), a))
        ];
    }

    /// @notice Challenges and then indices after each of some messages of 32 bytes.
    function transcript(bytes calldata statement, bytes calldata messages, uint256 count, uint256 limit)
        external
        view
        returns (uint256[] memory challenges, uint256[] memory indices)
    {
        uint256 place = _at(messages);
        Channel memory c = Channels.open(statement, place, place + messages.length);
        uint256 rounds = messages.length / 32;
        (challenges, indices) = (new uint256[](2 * rounds), new uint256[](count * rounds));
        for (uint256 k = 0; k < rounds; ++k) {
            c.published(32);
            challenges[2 * k] = c.challenge();
            challenges[2 * k + 1] = c.challenge();
            uint256[] memory found = c.indices(count, limit);
            for (uint256 i = 0; i < count; ++i) indices[count * k + i] = found[i];
        }
        c.finish();
    }

    /// @notice The code word of a row.
    function encode(bytes calldata row, uint256 rowVars) external view returns (uint256[] memory word, uint256 gas) {
        uint256[] memory elements = _read(row);
        gas = gasleft();
        word = Codes.encode(elements, rowVars);
        gas -= gasleft();
        for (uint256 i = 0; i < word.length; ++i) word[i] = QM31.canonical(QM31.scale(word[i], 1));
    }

    /// @notice At a point: the table of eq, the extension of values, and both sums of the indices below each size.
    function extensions(bytes calldata values, bytes calldata point, uint256 vars)
        external
        pure
        returns (uint256[] memory table, uint256 value, uint256[] memory belows)
    {
        uint256[] memory p = _read(point);
        value = QM31.canonical(Points.fold(_read(values), p, vars));
        table = Points.eqTable(p, 0, vars, QM31.ONE);
        uint256 sizes = (1 << vars) + 1;
        belows = new uint256[](2 * sizes);
        for (uint256 i = 0; i < table.length; ++i) table[i] = QM31.canonical(table[i]);
        for (uint256 size = 0; size < sizes; ++size) {
            (uint256 count, uint256 index) = Points.below(p, vars, size);
            (belows[2 * size], belows[2 * size + 1]) = (QM31.canonical(count), QM31.canonical(index));
        }
    }

    function queriesOf(uint256 rowVars) external pure returns (uint256) {
        return Opening.queriesOf(rowVars);
    }

    function _at(bytes calldata data) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := data.offset
        }
    }

    function _read(bytes calldata data) private pure returns (uint256[] memory elements) {
        elements = new uint256[](data.length / 16);
        for (uint256 i = 0; i < elements.length; ++i) elements[i] = QM31.read(_at(data) + 16 * i);
    }
}
