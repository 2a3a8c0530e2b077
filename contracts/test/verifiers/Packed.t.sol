// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Packed} from "../../src/verifiers/tensor/Packed.sol";
import {TestBase} from "../support/TestBase.sol";
import {PackedHarness} from "./PackedHarness.sol";

/// @notice Packed sums are the plain ones: of every length, at every place, of every value.
contract PackedTest is TestBase {
    PackedHarness private harness = new PackedHarness();

    /// @dev Bytes drawn from the seed; every second draw has only the extreme ones.
    function bytesOf(uint256 seed, uint256 length) private pure returns (bytes memory data) {
        data = new bytes(length);
        bytes32 word;
        for (uint256 i = 0; i < length; ++i) {
            if (i % 32 == 0) word = keccak256(abi.encode(seed, i));
            data[i] = seed % 2 == 0 ? word[i % 32] : bytes4(0x807fff00)[uint8(word[i % 32]) % 4];
        }
    }

    function filled(uint256 length, bytes2 pattern) private pure returns (bytes memory data) {
        data = new bytes(length);
        for (uint256 i = 0; i < length; ++i) data[i] = pattern[i % 2];
    }

    /// @dev Of all sizes of values, the bytes being long enough for the larger.
    function same(bytes memory a, uint256 fromA, bytes memory b, uint256 fromB, uint256 n) private view {
        for (uint256 i = 0; i < 4; ++i) {
            (int256 got, int256 wide, int256 expected) = harness.both(a, 1 + i / 2, fromA, b, 1 + i % 2, fromB, n);
            assertEq(uint256(got), uint256(expected), "dot product");
            assertEq(uint256(wide), uint256(expected), "wide dot product");
        }
    }

    function test_everyLength() public view {
        (bytes memory a, bytes memory b) = (bytesOf(2, 270), bytesOf(4, 270));
        for (uint256 n = 0; n <= 130; ++n) same(a, n % 7, b, n % 5, n);
    }

    function test_extremesOfTheLongestDoNotOverflow() public view {
        bytes2[4] memory patterns = [bytes2(0x0080), 0xff7f, 0x8080, 0x7f7f];
        for (uint256 i = 0; i < 16; ++i) {
            bytes memory a = filled(2 * Packed.MAX_TERMS, patterns[i / 4]);
            same(a, 0, filled(2 * Packed.MAX_TERMS, patterns[i % 4]), 0, Packed.MAX_TERMS);
        }
    }

    function testFuzz_packedIsPlain(uint256 seedA, uint256 seedB, uint256 fromA, uint256 fromB, uint256 n) public view {
        n = bound(n, 0, Packed.MAX_TERMS);
        (fromA, fromB) = (bound(fromA, 0, 64), bound(fromB, 0, 64));
        bytes memory a = bytesOf(seedA, fromA + 2 * n + seedA % 40);
        same(a, fromA, bytesOf(seedB, fromB + 2 * n), fromB, n);
    }

    function testFuzz_sumsAndMaximaArePlain(uint256 seed, uint256 n, int32 acc) public view {
        n = bound(n, 0, 300);
        for (uint256 size = 1; size <= 4; size *= 2) {
            for (uint256 i = 0; i < 2; ++i) {
                (int256 got, int256 expected) = harness.fold(bytesOf(seed, size * n), size, i == 1, acc);
                assertEq(uint256(got), uint256(expected), "fold");
            }
        }
    }

    /// @dev The reason for all this; figures: `docs/decisions/dispute-gas.md`.
    function test_packedIsCheaper() public view {
        PackedHarness.Gas memory g = harness.gasOf(bytesOf(4, 1024), bytesOf(6, 1024));
        assertTrue(g.dot8 * 6 < g.loop && g.dot16 < g.loop, "packed is cheaper");
    }
}
