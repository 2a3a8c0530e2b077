// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Chain, Chains, Layer} from "./Chains.sol";
import {Channel, Channels} from "./Channel.sol";
import {Looked} from "./Lookups.sol";
import {Points} from "./Points.sol";
import {QM31} from "./QM31.sol";

/// @notice That 2^vars values from `offset` on of a committed matrix take `value` at a point.
/// @param matrix 0 for the constants, 1 for the witness.
/// @param point Its first `vars` coordinates.
struct Claimed {
    uint256 matrix;
    uint256 offset;
    uint256 vars;
    uint256[] point;
    uint256 value;
}

/// @notice Claims that are left to be opened.
struct Claims {
    Claimed[] all;
    uint256 count;
}

/// @title Relations
/// @notice From the output and the lookups down to what is committed to, layer by layer:
/// `packages/proofs/src/zk/route/route.ts` and `relations/matmul.ts`.
library Relations {
    using Channels for Channel;

    /// @param inputs The run's input as elements, filled up to a power of two.
    /// @param outputs Its output; both are used up.
    function check(
        Channel memory c,
        Chain memory chain,
        Looked memory looked,
        uint256[] memory inputs,
        uint256[] memory outputs
    ) internal view returns (Claims memory claims) {
        uint256 layers = chain.layers.length;
        claims.all = new Claimed[](chain.vars.length + 3 * layers);
        for (uint256 i = 0; i < chain.vars.length; ++i) {
            uint256 k = looked.order[i];
            _claim(claims, Claimed(1, chain.offsets[k], chain.vars[k], looked.point, looked.values[k]));
        }
        // Of constants, claimed behind all values; per layer, last to first: bias, then weights.
        Claims memory constants;
        constants.all = new Claimed[](2 * layers);

        uint256 vars = chain.layers[layers - 1].outputVars;
        uint256[] memory point = new uint256[](vars);
        for (uint256 j = 0; j < vars; ++j) point[j] = c.challenge();
        uint256 value = Points.fold(outputs, point, vars);
        for (uint256 left = layers; left > 0; --left) {
            uint256 l = left - 1;
            Layer memory x = chain.layers[l];
            _claim(claims, Claimed(1, chain.offsets[x.column], x.outputVars, point, value));
            (point, value) = _through(c, x, _sum(chain, l, looked), looked, l == 0 ? inputs : new uint256[](0), constants);
        }
        for (uint256 k = 0; k < constants.count; ++k) _claim(claims, constants.all[k]);
    }

    function _claim(Claims memory claims, Claimed memory claimed) private pure {
        claims.all[claims.count++] = claimed;
    }

    /// @dev Through a layer: to a claim on what it reads, which the caller has none of where that is the input.
    function _through(
        Channel memory c,
        Layer memory x,
        uint256 sum,
        Looked memory looked,
        uint256[] memory inputs,
        Claims memory constants
    ) private view returns (uint256[] memory point, uint256 value) {
        if (x.bias) {
            uint256 own = c.receiveOne();
            sum = QM31.sub(sum, own);
            _claim(constants, Claimed(0, x.biases, x.outputVars, looked.point, own));
        }
        uint256 weightVars = x.inputVars + x.outputVars;
        (point, sum) = c.plainSum(sum, x.inputVars, weightVars);
        for (uint256 j = 0; j < x.outputVars; ++j) point[x.inputVars + j] = looked.point[j];
        uint256 weight;
        if (inputs.length == 0) {
            uint256 from = c.published(32);
            value = QM31.read(from);
            weight = QM31.read(from + 16);
            c.same(QM31.mul(value, weight), sum);
        } else {
            value = Points.fold(inputs, point, x.inputVars);
            if (QM31.isZero(value)) {
                // Nothing of the weights counts.
                c.same(sum, 0);
                return (point, value);
            }
            weight = QM31.mul(sum, QM31.inverse(value));
        }
        _claim(constants, Claimed(0, x.weights, weightVars, point, weight));
    }

    /// @dev W·x + b = 2^shift·quotient + remainder − half, at the point of the lookups.
    function _sum(Chain memory chain, uint256 l, Looked memory looked) private pure returns (uint256 sum) {
        Layer memory x = chain.layers[l];
        sum = QM31.scale(looked.quotients[l], 1 << x.shift);
        if (x.shift == 0) return sum;
        uint256 first = x.column + Chains.partsOf(x);
        for (uint256 limb = 0; limb < x.limbs; ++limb) {
            sum = QM31.add(sum, QM31.scale(looked.values[first + limb], 1 << (chain.limbBits * limb)));
        }
        return QM31.sub(sum, 1 << (x.shift - 1 + 192));
    }
}
