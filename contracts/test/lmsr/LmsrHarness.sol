// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Lmsr} from "../../src/lmsr/Lmsr.sol";
import {EXP2_TABLES} from "../../src/lmsr/LmsrTables.sol";

/// @notice The library's internal functions as calls, many cases at a time.
contract LmsrHarness {
    struct Case {
        uint256 subsidyMicroUsd;
        int256[] quantities;
        uint256 outcome;
        int256 delta;
    }

    struct Answer {
        uint256 perOctaveQ64;
        int256 costQ192;
        int256 costMicroUsd;
        uint256 priceE9;
        bytes4 failure;
    }

    function cost(uint256 subsidyMicroUsd, int256[] memory quantities, uint256 outcome, int256 delta)
        public
        pure
        returns (int256)
    {
        return Lmsr.cost(quantities, Lmsr.liquidity(subsidyMicroUsd, quantities.length), outcome, delta);
    }

    function answer(Case memory one) public pure returns (Answer memory out) {
        out.perOctaveQ64 = Lmsr.liquidity(one.subsidyMicroUsd, one.quantities.length);
        out.costQ192 = Lmsr.costQ192(one.quantities, out.perOctaveQ64, one.outcome, one.delta);
        out.costMicroUsd = Lmsr.cost(one.quantities, out.perOctaveQ64, one.outcome, one.delta);
        out.priceE9 = Lmsr.price(one.quantities, out.perOctaveQ64, one.outcome, 1e9);
    }

    /// @notice An answer for each case; one that reverts leaves its error's selector in `failure`.
    function answers(Case[] memory cases) external view returns (Answer[] memory out) {
        out = new Answer[](cases.length);
        for (uint256 k = 0; k < cases.length; ++k) {
            try this.answer(cases[k]) returns (Answer memory one) {
                out[k] = one;
            } catch (bytes memory reason) {
                out[k].failure = bytes4(reason);
            }
        }
    }

    /// @notice Unrounded costs only, for many valid cases.
    function costsQ192(Case[] memory cases) external pure returns (int256[] memory out) {
        out = new int256[](cases.length);
        for (uint256 k = 0; k < cases.length; ++k) {
            Case memory one = cases[k];
            uint256 perOctaveQ64 = Lmsr.liquidity(one.subsidyMicroUsd, one.quantities.length);
            out[k] = Lmsr.costQ192(one.quantities, perOctaveQ64, one.outcome, one.delta);
        }
    }

    function exp2(uint256 fraction) external pure returns (uint256) {
        return Lmsr.exp2(fraction, EXP2_TABLES);
    }

    function log2(uint256 value) external pure returns (uint256) {
        return Lmsr.log2(value);
    }
}
