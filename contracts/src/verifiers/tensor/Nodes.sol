// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TensorType} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";

/// @notice A node of a program: `spec/12-tensor-program.md`, 12.6.
/// @param t Type of its value.
/// @param operands Values that it reads; `ABSENT` where there is none.
struct Node {
    uint256 op;
    uint256 shift;
    int256 low;
    int256 high;
    TensorType t;
    uint32[] operands;
    int256[] parameters;
}

uint256 constant ABSENT = type(uint32).max;

uint256 constant MATMUL = 1;
uint256 constant CONV = 2;
uint256 constant SUM_POOL = 3;
uint256 constant MAX_POOL = 4;
uint256 constant AFFINE = 5;
uint256 constant MUL = 6;
uint256 constant REDUCE_SUM = 7;
uint256 constant REDUCE_MAX = 8;
uint256 constant ARGMAX = 9;
uint256 constant LOOKUP = 10;
uint256 constant GATHER = 11;
uint256 constant RESHAPE = 12;
uint256 constant TRANSPOSE = 13;
uint256 constant SLICE = 14;
uint256 constant CONCAT = 15;

/// @title Encodings of nodes
library Nodes {
    using Reading for Cursor;

    function decode(bytes calldata data) internal pure returns (Node memory n) {
        Cursor memory c = Reading.over(data);
        n.op = c.u8();
        n.t.dtype = uint8(c.u8());
        n.shift = c.u8();
        (n.low, n.high) = (c.i32(), c.i32());
        n.t.dims = c.words();
        n.operands = c.words();
        n.parameters = c.integers(c.u16());
        c.finish();
    }
}
