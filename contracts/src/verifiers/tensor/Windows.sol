// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CONV, Node} from "./Nodes.sol";
import {Operand} from "./Operands.sol";

/// @notice The window of one element of `conv` or a pool. Pairs are down and across.
/// @param kernel Positions of the window.
/// @param size Pixels of the image.
/// @param origin Pixel under the first position, which may lie outside.
/// @param step From a position to the next.
/// @param image Pixels of the images before this one.
/// @param channels Of a pixel; `depth` of them are read, from `channel` on.
struct Window {
    uint256[2] kernel;
    uint256[2] size;
    int256[2] origin;
    int256[2] step;
    uint256 image;
    uint256 channels;
    uint256 channel;
    uint256 depth;
}

/// @title Windows over images `[B, H, W, C]`
library Windows {
    /// @notice The window of `element` of the node's value.
    function over(Node memory n, Operand[] memory operands, uint256 element) internal pure returns (Window memory w) {
        uint32[] memory x = operands[0].x.t.dims;
        uint32[] memory out = n.t.dims;
        int256[] memory parameters = n.parameters;
        w.channels = x[3];
        w.channel = element % out[3];
        w.depth = 1;
        // Parameters of pools begin with the kernel, which `conv` reads off its weights.
        uint256 p = 2;
        uint32[] memory filter;
        if (n.op == CONV) {
            (p, filter) = (0, operands[1].x.t.dims);
            w.depth = filter[3];
            w.channel = (w.channel / (out[3] / uint256(parameters[8]))) * w.depth;
        }
        element /= out[3];
        for (uint256 axis = 1;; --axis) {
            uint256 places = out[axis + 1];
            w.kernel[axis] = p == 0 ? filter[axis + 1] : uint256(parameters[axis]);
            w.size[axis] = x[axis + 1];
            w.origin[axis] = int256(element % places) * parameters[p + axis] - parameters[p + axis + 4];
            w.step[axis] = parameters[p + axis + 2];
            element /= places;
            if (axis == 0) break;
        }
        w.image = element * w.size[0] * w.size[1];
    }

    /// @notice The first element of the image that is read at a position, counted row by row, or that it lies outside.
    function place(Window memory w, uint256 position) internal pure returns (bool inside, uint256 element) {
        int256 row = w.origin[0] + int256(position / w.kernel[1]) * w.step[0];
        int256 column = w.origin[1] + int256(position % w.kernel[1]) * w.step[1];
        if (row < 0 || column < 0 || uint256(row) >= w.size[0] || uint256(column) >= w.size[1]) return (false, 0);
        return (true, (w.image + uint256(row) * w.size[1] + uint256(column)) * w.channels + w.channel);
    }
}
