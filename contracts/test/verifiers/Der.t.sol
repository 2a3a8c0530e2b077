// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AttestationMalformed, Der} from "../../src/verifiers/enclave/Der.sol";
import {TestBase} from "../support/TestBase.sol";
import {DerHarness} from "./DerHarness.sol";

/// @notice One encoding of each length, number and time is read; every other is refused.
contract DerTest is TestBase {
    DerHarness private der;

    function setUp() public {
        der = new DerHarness();
    }

    function refused() private {
        vm.expectRevert(abi.encodeWithSelector(AttestationMalformed.selector, bytes32("DER")));
    }

    function lengthOf(uint256 length) private pure returns (bytes memory) {
        if (length < 0x80) return abi.encodePacked(uint8(length));
        if (length < 0x100) return abi.encodePacked(uint8(0x81), uint8(length));
        return abi.encodePacked(uint8(0x82), uint16(length));
    }

    // --- lengths ------------------------------------------------------------------------------------

    function testFuzz_theShortestLengthIsRead(uint256 length) public view {
        length = bound(length, 0, 3000);
        bytes memory head = abi.encodePacked(Der.OCTETS, lengthOf(length));
        (uint256 start, uint256 next) = der.read(abi.encodePacked(head, new bytes(length)), Der.OCTETS);
        assertEq(start, head.length, "start");
        assertEq(next, head.length + length, "next");
    }

    function testFuzz_aLengthBeyondTheEndIsRefused(uint256 length, uint256 there) public {
        length = bound(length, 1, 3000);
        there = bound(there, 0, length - 1);
        refused();
        der.read(abi.encodePacked(Der.OCTETS, lengthOf(length), new bytes(there)), Der.OCTETS);
    }

    function testFuzz_anotherTagIsRefused(uint8 tag) public {
        vm.assume(tag != Der.OCTETS);
        refused();
        der.read(abi.encodePacked(tag, uint8(0)), Der.OCTETS);
    }

    function test_longerLengthsThanNeededAreRefused() public {
        bytes[6] memory heads = [bytes(hex"04817f"), hex"048200ff", hex"04820080", hex"0483000100", hex"0480", hex"04"];
        for (uint256 i = 0; i < heads.length; ++i) {
            refused();
            der.read(abi.encodePacked(heads[i], heads[i].length > 2 ? new bytes(256) : bytes("")), Der.OCTETS);
        }
    }

    // --- numbers ------------------------------------------------------------------------------------

    function testFuzz_numbersComeBack(uint256 value) public view {
        bytes memory content = abi.encodePacked(value);
        uint256 from = 0;
        while (from < 31 && content[from] == 0) ++from;
        bytes memory digits = new bytes(32 - from);
        for (uint256 i = 0; i < digits.length; ++i) digits[i] = content[from + i];
        if (uint8(digits[0]) >= 0x80) digits = abi.encodePacked(uint8(0), digits);
        (uint256 read, uint256 next) = der.readUint(abi.encodePacked(Der.INTEGER, uint8(digits.length), digits));
        assertEq(read, value, "value");
        assertEq(next, 2 + digits.length, "next");
    }

    function test_negativePaddedEmptyAndLargeNumbersAreRefused() public {
        bytes[5] memory odd = [
            bytes(hex"020180"),
            hex"02020001",
            hex"0200",
            hex"022101ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            hex"0222000000000000000000000000000000000000000000000000000000000000000000ff"
        ];
        for (uint256 i = 0; i < odd.length; ++i) {
            refused();
            der.readUint(odd[i]);
        }
    }

    // --- times --------------------------------------------------------------------------------------

    function utc(string memory text) private view returns (uint256 time) {
        (time,) = der.readTime(abi.encodePacked(Der.UTC_TIME, uint8(13), text));
    }

    function general(string memory text) private view returns (uint256 time) {
        (time,) = der.readTime(abi.encodePacked(Der.TIME, uint8(15), text));
    }

    function test_timesAreUnixSeconds() public view {
        assertEq(utc("700101000000Z"), 0, "1970");
        assertEq(utc("180521105010Z"), 1_526_899_810, "2018, Intel's platform CA");
        assertEq(utc("240229235959Z"), 1_709_251_199, "a leap day");
        assertEq(utc("491231235959Z"), 2_524_607_999, "the last of UTCTime");
        assertEq(general("20491231235959Z"), 2_524_607_999, "the same");
        assertEq(general("20500101000000Z"), 2_524_608_000, "2050");
        assertEq(general("21000301000000Z"), 4_107_542_400, "2100 is no leap year");
    }

    function testFuzz_aDayLaterIsADayMore(uint256 day) public view {
        day = bound(day, 1, 27);
        string memory tail = "120000Z";
        uint256 first = general(string(abi.encodePacked("203106", two(day), tail)));
        uint256 second = general(string(abi.encodePacked("203106", two(day + 1), tail)));
        assertEq(second - first, 1 days, "a day");
    }

    function two(uint256 value) private pure returns (bytes memory) {
        return abi.encodePacked(uint8(48 + value / 10), uint8(48 + value % 10));
    }

    function test_otherTimesAreRefused() public {
        string[6] memory odd =
            ["180021105010Z", "181321105010Z", "180500105010Z", "180532105010Z", "180521245010Z", "1805211050a0Z"];
        for (uint256 i = 0; i < odd.length; ++i) {
            bytes memory encoded = abi.encodePacked(Der.UTC_TIME, uint8(13), odd[i]);
            refused();
            der.readTime(encoded);
        }
        refused();
        der.readTime(abi.encodePacked(Der.UTC_TIME, uint8(13), "180521105010+"));
        refused();
        der.readTime(abi.encodePacked(Der.TIME, uint8(15), "19690101000000Z"));
        refused();
        der.readTime(abi.encodePacked(Der.UTC_TIME, uint8(11), "1805211050Z"));
    }
}
