// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ITensorVerifier} from "../../interfaces/ITensorVerifier.sol";
import {ProgramCommitment, TensorType} from "../../programs/ProgramCommitment.sol";
import {Cursor, Reading} from "./Cursor.sol";
import {Openings} from "./Openings.sol";
import {Span, Tensors} from "./Tensors.sol";

/// @notice Chunks of the value of a node in a step.
struct DataPlace {
    uint256 step;
    uint256 node;
    uint256 chunk;
    uint256 count;
}

/// @title Records of data
/// @notice What an answer that showed chunks of a node's value leaves behind, so that one word of them can be shown again.
library Records {
    using Reading for Cursor;

    uint256 private constant DATA = 1;

    /// @notice The record of the chunks that lie in calldata as `span`.
    function ofData(DataPlace memory place, bytes calldata encoding, Span memory span) internal pure returns (bytes32) {
        uint256 length = span.end - span.start;
        uint256 data = span.data;
        bytes32 root;
        assembly ("memory-safe") {
            let list := mload(0x40)
            let count := shr(5, add(length, 31))
            // Zeros until the data is over them.
            mstore(add(list, sub(shl(5, count), 32)), 0)
            calldatacopy(list, data, length)
            // Pairs from the left, an odd one out carried up: the tree of RFC 9162.
            for { } gt(count, 1) { count := shr(1, add(count, 1)) } {
                let to := list
                let end := add(list, shl(6, shr(1, count)))
                for { let at := list } lt(at, end) { at := add(at, 64) } {
                    mstore(to, keccak256(at, 64))
                    to := add(to, 32)
                }
                if and(count, 1) { mstore(to, mload(end)) }
            }
            root := mload(list)
        }
        return _data(place, encoding, root);
    }

    /// @notice Element of the value of a node out of the record: the rest of SOURCE in `spec/15-refutation.md`, 15.5.
    function element(
        Cursor memory c,
        bytes32 record,
        DataPlace memory place,
        bytes calldata encoding,
        TensorType memory t,
        uint256 index
    ) internal view returns (int256) {
        Span memory span = Tensors.spanOf(ProgramCommitment.layoutOf(t), place.chunk, place.count, 0);
        uint256 size = Tensors.sizeOf(t);
        uint256 position = Tensors.place(span, index * size, size);
        (bytes32 root, uint256 word) = Openings.wordAt(c, (span.end - span.start + 31) / 32, position / 32);
        if (_data(place, encoding, root) != record) revert ITensorVerifier.ProofNotRecorded();
        return Tensors.little(word << (8 * (position % 32)), size);
    }

    function _data(DataPlace memory place, bytes calldata encoding, bytes32 words) private pure returns (bytes32) {
        uint256 node = (DATA << 64) | (place.step << 32) | place.node;
        uint256 chunks = (place.chunk << 8) | place.count;
        return keccak256(abi.encodePacked(uint72(node), keccak256(encoding), uint40(chunks), words));
    }
}
