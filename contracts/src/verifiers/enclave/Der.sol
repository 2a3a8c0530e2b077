// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Bytes are not of the form that an attestation must have; `part` names which.
error AttestationMalformed(bytes32 part);

/// @title DER
/// @notice Walks ITU-T X.690 DER from front to back: each value with the tag that is expected, its length in the one
/// shortest form, and nothing beyond what holds it.
/// @dev Places are offsets into the calldata that a function is given. Whoever reads a sequence checks that its last
/// value ends where the sequence does.
library Der {
    uint8 internal constant BOOLEAN = 0x01;
    uint8 internal constant INTEGER = 0x02;
    uint8 internal constant BITS = 0x03;
    uint8 internal constant OCTETS = 0x04;
    uint8 internal constant OID = 0x06;
    uint8 internal constant UTC_TIME = 0x17;
    uint8 internal constant TIME = 0x18;
    uint8 internal constant SEQUENCE = 0x30;

    bytes32 private constant PART = "DER";

    /// @notice The value at `pos`: where its content starts, and where the value ends.
    /// @param end Where what holds the value ends.
    function read(bytes calldata d, uint256 pos, uint256 end, uint8 tag)
        internal
        pure
        returns (uint256 start, uint256 next)
    {
        if (end > d.length || pos + 2 > end || uint8(d[pos]) != tag) revert AttestationMalformed(PART);
        uint256 length = uint8(d[pos + 1]);
        start = pos + 2;
        if (length >= 0x80) {
            // One or two bytes of length: certificates and lists here are shorter than 64 KiB.
            uint256 count = length & 0x7f;
            if (count == 0 || count > 2 || start + count > end) revert AttestationMalformed(PART);
            length = uint8(d[start]);
            if (count == 2) length = (length << 8) | uint8(d[start + 1]);
            if (length < (count == 1 ? 0x80 : 0x100)) revert AttestationMalformed(PART);
            start += count;
        }
        next = start + length;
        if (next > end) revert AttestationMalformed(PART);
    }

    /// @notice Whether a value with this tag stands at `pos`.
    function isTag(bytes calldata d, uint256 pos, uint256 end, uint8 tag) internal pure returns (bool) {
        return pos < end && uint8(d[pos]) == tag;
    }

    /// @notice A positive integer of at most 32 bytes at `pos`.
    function readUint(bytes calldata d, uint256 pos, uint256 end) internal pure returns (uint256 value, uint256 next) {
        uint256 start;
        (start, next) = read(d, pos, end, INTEGER);
        if (next == start) revert AttestationMalformed(PART);
        if (uint8(d[start]) >= 0x80) revert AttestationMalformed(PART);
        if (d[start] == 0 && next - start > 1) {
            ++start;
            if (uint8(d[start]) < 0x80) revert AttestationMalformed(PART);
        }
        if (next - start > 32) revert AttestationMalformed(PART);
        value = uint256(bytes32(d[start:next])) >> (8 * (32 - (next - start)));
    }

    /// @notice An ECDSA signature: a bit string around a sequence of two integers, which ends at `end`.
    function readSignature(bytes calldata d, uint256 pos, uint256 end) internal pure returns (uint256 r, uint256 s) {
        (uint256 start, uint256 next) = read(d, pos, end, BITS);
        if (next != end || start == next || d[start] != 0) revert AttestationMalformed(PART);
        (start, next) = read(d, start + 1, end, SEQUENCE);
        if (next != end) revert AttestationMalformed(PART);
        (r, start) = readUint(d, start, end);
        (s, start) = readUint(d, start, end);
        if (start != end) revert AttestationMalformed(PART);
    }

    /// @notice Unix seconds of a UTCTime (1950 to 2049) or GeneralizedTime, in whole seconds and UTC.
    function readTime(bytes calldata d, uint256 pos, uint256 end) internal pure returns (uint256 time, uint256 next) {
        bool short = isTag(d, pos, end, UTC_TIME);
        uint256 start;
        (start, next) = read(d, pos, end, short ? UTC_TIME : TIME);
        if (next - start != (short ? 13 : 15) || d[next - 1] != "Z") revert AttestationMalformed(PART);
        uint256 year = _two(d, start);
        if (short) {
            year += year < 50 ? 2000 : 1900;
            start += 2;
        } else {
            year = 100 * year + _two(d, start + 2);
            start += 4;
        }
        uint256 dayOfYear = _days(year, _two(d, start), _two(d, start + 2));
        uint256 hour = _two(d, start + 4);
        uint256 minute = _two(d, start + 6);
        uint256 second = _two(d, start + 8);
        if (hour > 23 || minute > 59 || second > 59) revert AttestationMalformed(PART);
        time = dayOfYear * 1 days + hour * 1 hours + minute * 1 minutes + second;
    }

    /// @dev Two decimal digits.
    function _two(bytes calldata d, uint256 pos) private pure returns (uint256) {
        uint256 tens = uint256(uint8(d[pos])) ^ 0x30;
        uint256 ones = uint256(uint8(d[pos + 1])) ^ 0x30;
        if (tens > 9 || ones > 9) revert AttestationMalformed(PART);
        return 10 * tens + ones;
    }

    /// @dev Days since 1970 of a date of the Gregorian calendar; years count from March, so that leap days come last.
    function _days(uint256 year, uint256 month, uint256 day) private pure returns (uint256) {
        if (year < 1970 || month == 0 || month > 12 || day == 0 || day > 31) revert AttestationMalformed(PART);
        uint256 y = month > 2 ? year : year - 1;
        uint256 m = month > 2 ? month - 3 : month + 9;
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    }
}
