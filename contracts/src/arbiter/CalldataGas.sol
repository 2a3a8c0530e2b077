// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Gas of a transaction's calldata
/// @notice What the current fork charges (EIP-2028 and the floor of EIP-7623): 4 gas a token on top of execution, or 10 in
/// all if that is more; a zero byte is one token, any other four.
library CalldataGas {
    uint256 internal constant BASE = 21_000;
    uint256 private constant PER_TOKEN = 4;
    uint256 private constant FLOOR_PER_TOKEN = 10;

    /// @notice Gas of a transaction whose calldata begins with the first `length` bytes of this call's and whose
    /// execution took `execution`.
    function total(uint256 execution, uint256 length) internal pure returns (uint256) {
        uint256 tokens = length + 3 * nonZeroBytes(length);
        uint256 standard = PER_TOKEN * tokens + execution;
        uint256 floor = FLOOR_PER_TOKEN * tokens;
        return BASE + (standard > floor ? standard : floor);
    }

    /// @notice How many of the first `length` bytes of this call's calldata are not zero.
    function nonZeroBytes(uint256 length) internal pure returns (uint256 count) {
        assembly ("memory-safe") {
            let ones := div(not(0), 255)
            let low := mul(ones, 0x7f)
            for { let i := 0 } lt(i, length) { i := add(i, 32) } {
                let word := calldataload(i)
                let left := sub(length, i)
                if lt(left, 32) { word := shr(mul(8, sub(32, left)), word) }
                // The top bit of each byte that is not zero, moved to its lowest; then all bytes added up in the topmost.
                let flags := and(shr(7, or(add(and(word, low), low), word)), ones)
                count := add(count, shr(248, mul(flags, ones)))
            }
        }
    }
}
