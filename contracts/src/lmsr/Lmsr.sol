// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {
    EXP2_1,
    EXP2_2,
    EXP2_3,
    EXP2_4,
    EXP2_5,
    EXP2_6,
    EXP2_TABLES,
    LOG2_0,
    LOG2_1,
    LOG2_2,
    LOG2_3,
    LOG2_4,
    LOG2_5,
    LOG2_6,
    LOG2_OUTCOMES,
    LOG2_TABLE
} from "./LmsrTables.sol";

/// @title The logarithmic market scoring rule in integers (spec/04-market.md)
/// @notice Bit-equal with `packages/markets`: the same integer steps in 256-bit words. Quantities are micro-shares,
/// money is micro-dollars, Qn means n fractional bits. The state of a market is its quantity vector and its subsidy.
/// @dev With l = b ln 2 = S / log2 n, moving from q to q' costs l (L(q') - L(q)), L(q) = log2 sum 2^(q_j / l), which is
/// b log1p(p expm1(d / b)) as a difference of one integer potential: costs telescope exactly.
library Lmsr {
    error MarketOutcomes(uint256 outcomes);
    error MarketSubsidy(uint256 subsidyMicroUsd);
    error MarketUnknownOutcome(uint256 outcome);
    error MarketQuantityLimit(int256 quantity);

    uint256 internal constant MIN_OUTCOMES = 2;
    uint256 internal constant MAX_OUTCOMES = 16;
    uint256 internal constant MIN_SUBSIDY = 1_000;
    uint256 internal constant MAX_SUBSIDY = 1e15;
    int256 internal constant MAX_QUANTITY = int256(1 << 60);

    /// @dev sum = sum over j of mantissa_j >> (top - exponent_j), where 2^(q_j/l) = mantissa_j 2^(exponent_j - 127).
    struct Point {
        int256 top;
        uint256 sum;
        uint256[] mantissas;
        int256[] exponents;
    }

    /// @notice l = b ln 2 in micro-dollars (Q64), rounded down, for a maker that risks `subsidyMicroUsd`.
    function liquidity(uint256 subsidyMicroUsd, uint256 outcomes) internal pure returns (uint256 perOctaveQ64) {
        if (outcomes < MIN_OUTCOMES || outcomes > MAX_OUTCOMES) revert MarketOutcomes(outcomes);
        if (subsidyMicroUsd < MIN_SUBSIDY || subsidyMicroUsd > MAX_SUBSIDY) revert MarketSubsidy(subsidyMicroUsd);
        bytes memory table = LOG2_OUTCOMES;
        uint256 log2Outcomes;
        assembly ("memory-safe") {
            log2Outcomes := mload(add(table, shl(5, sub(outcomes, 1))))
        }
        return (subsidyMicroUsd << 192) / log2Outcomes;
    }

    /// @notice Cost in micro-dollars of buying `delta` of `outcome`, rounded up; a sale (`delta` below zero) costs less
    /// than nothing, so it pays out rounded down.
    function cost(int256[] memory quantities, uint256 perOctaveQ64, uint256 outcome, int256 delta)
        internal
        pure
        returns (int256)
    {
        return -(-costQ192(quantities, perOctaveQ64, outcome, delta) >> 192);
    }

    /// @notice The same before any rounding, Q192. `quantities` is left as it was.
    function costQ192(int256[] memory quantities, uint256 perOctaveQ64, uint256 outcome, int256 delta)
        internal
        pure
        returns (int256)
    {
        if (outcome >= quantities.length) revert MarketUnknownOutcome(outcome);
        int256 before = potential(quantities, perOctaveQ64);
        int256 quantity = quantities[outcome];
        quantities[outcome] = quantity + delta;
        int256 after_ = potential(quantities, perOctaveQ64);
        quantities[outcome] = quantity;
        return (after_ - before) * int256(perOctaveQ64);
    }

    /// @notice Price of `outcome` in parts of `scale` (at most 2^120), rounded down.
    function price(int256[] memory quantities, uint256 perOctaveQ64, uint256 outcome, uint256 scale)
        internal
        pure
        returns (uint256)
    {
        if (outcome >= quantities.length) revert MarketUnknownOutcome(outcome);
        Point memory point = pointAt(quantities, perOctaveQ64);
        return (point.mantissas[outcome] >> uint256(point.top - point.exponents[outcome])) * scale / point.sum;
    }

    /// @notice L(q) = log2 of the sum of all weights, Q128.
    function potential(int256[] memory quantities, uint256 perOctaveQ64) internal pure returns (int256) {
        Point memory point = pointAt(quantities, perOctaveQ64);
        return (point.top << 128) + int256(log2(point.sum));
    }

    /// @notice The weight of every outcome and their sum.
    function pointAt(int256[] memory quantities, uint256 perOctaveQ64) internal pure returns (Point memory point) {
        uint256 n = quantities.length;
        if (n < MIN_OUTCOMES || n > MAX_OUTCOMES) revert MarketOutcomes(n);
        int256 rateQ192 = int256(type(uint256).max / perOctaveQ64 + 1);
        bytes memory tables = EXP2_TABLES;
        point.mantissas = new uint256[](n);
        point.exponents = new int256[](n);
        point.top = type(int256).min;
        for (uint256 j = 0; j < n; ++j) {
            int256 quantity = quantities[j];
            if (quantity > MAX_QUANTITY || quantity < -MAX_QUANTITY) revert MarketQuantityLimit(quantity);
            int256 scaled = (quantity * rateQ192) >> 64;
            int256 exponent = scaled >> 128;
            point.exponents[j] = exponent;
            point.mantissas[j] = exp2(uint128(uint256(scaled)), tables);
            if (exponent > point.top) point.top = exponent;
        }
        for (uint256 j = 0; j < n; ++j) {
            point.sum += point.mantissas[j] >> uint256(point.top - point.exponents[j]);
        }
    }

    /// @notice 2^(fraction - 1), Q128, for a Q128 fraction below one. `tables` is {EXP2_TABLES}.
    function exp2(uint256 fraction, bytes memory tables) internal pure returns (uint256 power) {
        // INVARIANT: fraction < 2^128, so every product below stays under 2^256 and no index leaves its table.
        unchecked {
            uint256 index = fraction >> 110;
            uint256 rest = fraction & ((1 << 110) - 1);
            uint256 series = EXP2_5 + ((EXP2_6 * rest) >> 128);
            series = EXP2_4 + ((series * rest) >> 128);
            series = EXP2_3 + ((series * rest) >> 128);
            series = EXP2_2 + ((series * rest) >> 128);
            series = EXP2_1 + ((series * rest) >> 128);
            series = (series * rest) >> 128;
            power = word(tables, index >> 12);
            power += (power * word(tables, 64 + ((index >> 6) & 63))) >> 128;
            power += (power * word(tables, 128 + (index & 63))) >> 128;
            power += (power * series) >> 128;
        }
    }

    /// @notice log2(value / 2^127), Q128, for 2^127 <= value < 2^132.
    function log2(uint256 value) internal pure returns (uint256) {
        // INVARIANT: the sum of 2 .. 16 weights, the largest of them at least 2^127, lies in this range.
        unchecked {
            uint256 octaves;
            while (value >> (128 + octaves) != 0) ++octaves;
            uint256 leading = value >> (119 + octaves);
            uint256 base = leading << (119 + octaves);
            uint256 s = ((value - base) << 128) / (value + base);
            uint256 square = (s * s) >> 128;
            uint256 series = LOG2_5 + ((LOG2_6 * square) >> 128);
            series = LOG2_4 + ((series * square) >> 128);
            series = LOG2_3 + ((series * square) >> 128);
            series = LOG2_2 + ((series * square) >> 128);
            series = LOG2_1 + ((series * square) >> 128);
            series = LOG2_0 + ((series * square) >> 128);
            return (octaves << 128) + word(LOG2_TABLE, leading - 256) + ((s * series) >> 128);
        }
    }

    /// @dev The 16-byte word at `index`; the caller knows that the table is long enough.
    function word(bytes memory table, uint256 index) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(128, mload(add(add(table, 32), shl(4, index))))
        }
    }
}
