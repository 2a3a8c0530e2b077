// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Canonical JSON
/// @notice The strict reader of `spec/01-canonical.md`: accepts exactly the bytes that encode a value in the one
/// canonical way, so that an id has one meaning. Twin of `packages/core/src/canonical-decode.ts`; both read
/// `vectors/canonical.json`.
/// @dev Every function takes a position and returns the one after what it read, or `BAD`.
library CanonicalJson {
    uint256 internal constant MAX_BYTES = 1_048_576;
    uint256 internal constant MAX_DEPTH = 32;
    uint256 internal constant MAX_KEY = 64;
    uint256 internal constant MAX_INTEGER = 2 ** 53 - 1;

    uint256 private constant BAD = type(uint256).max;
    /// @dev What stands after the last byte: no byte at all.
    uint256 private constant END = 256;

    /// @notice The id of a value: SHA-256 of its canonical bytes.
    function id(bytes memory data) internal pure returns (bytes32) {
        return sha256(data);
    }

    function isCanonical(bytes memory data) internal pure returns (bool) {
        return data.length != 0 && data.length <= MAX_BYTES && _value(data, 0, 0) == data.length;
    }

    function _value(bytes memory data, uint256 i, uint256 depth) private pure returns (uint256) {
        uint256 c = _at(data, i);
        if (c == 0x22) return _string(data, i + 1);
        if (c == 0x7b) return depth < MAX_DEPTH ? _object(data, i + 1, depth + 1) : BAD;
        if (c == 0x5b) return depth < MAX_DEPTH ? _array(data, i + 1, depth + 1) : BAD;
        if (c == 0x74) return _word(data, i, "true");
        if (c == 0x66) return _word(data, i, "false");
        if (c == 0x6e) return _word(data, i, "null");
        return _number(data, i);
    }

    function _array(bytes memory data, uint256 i, uint256 depth) private pure returns (uint256) {
        if (_at(data, i) == 0x5d) return i + 1;
        while (true) {
            i = _value(data, i, depth);
            if (i == BAD) return BAD;
            uint256 c = _at(data, i);
            if (c == 0x5d) return i + 1;
            if (c != 0x2c) return BAD;
            ++i;
        }
        return BAD;
    }

    function _object(bytes memory data, uint256 i, uint256 depth) private pure returns (uint256) {
        if (_at(data, i) == 0x7d) return i + 1;
        uint256 lastStart = 0;
        uint256 lastEnd = 0;
        while (true) {
            if (_at(data, i) != 0x22) return BAD;
            uint256 start = i + 1;
            uint256 end = _key(data, start);
            // Keys ascend strictly, which also refuses a repeated one; `lastEnd == 0` is before the first.
            if (end == BAD || (lastEnd != 0 && !_less(data, lastStart, lastEnd, start, end))) return BAD;
            if (_at(data, end + 1) != 0x3a) return BAD;
            i = _value(data, end + 2, depth);
            if (i == BAD) return BAD;
            uint256 c = _at(data, i);
            if (c == 0x7d) return i + 1;
            if (c != 0x2c) return BAD;
            ++i;
            (lastStart, lastEnd) = (start, end);
        }
        return BAD;
    }

    /// @dev Returns the position of the closing quote.
    function _key(bytes memory data, uint256 start) private pure returns (uint256) {
        uint256 i = start;
        while (_isKeyCharacter(_at(data, i))) ++i;
        return _at(data, i) == 0x22 && i != start && i - start <= MAX_KEY ? i : BAD;
    }

    function _isKeyCharacter(uint256 c) private pure returns (bool) {
        // - . / 0-9 : are one run of ASCII, @ A-Z another
        return (c >= 0x2d && c <= 0x3a) || (c >= 0x40 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || c == 0x5f
            || c == 0x24;
    }

    function _less(bytes memory data, uint256 a, uint256 aEnd, uint256 b, uint256 bEnd) private pure returns (bool) {
        while (a < aEnd && b < bEnd) {
            bytes1 x = data[a++];
            bytes1 y = data[b++];
            if (x != y) return x < y;
        }
        return a == aEnd && b != bEnd;
    }

    function _string(bytes memory data, uint256 i) private pure returns (uint256) {
        while (i != BAD) {
            uint256 c = _at(data, i);
            if (c == 0x22) return i + 1;
            if (c < 0x20 || c == END) return BAD;
            if (c == 0x5c) {
                i = _escape(data, i + 1);
            } else if (c >= 0x80) {
                i = _multibyte(data, i, c);
            } else {
                unchecked {
                    ++i; // below data.length
                }
            }
        }
        return BAD;
    }

    function _escape(bytes memory data, uint256 i) private pure returns (uint256) {
        uint256 c = _at(data, i);
        // " \ b f n r t
        if (c == 0x22 || c == 0x5c || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74) return i + 1;
        if (c != 0x75 || _at(data, i + 1) != 0x30 || _at(data, i + 2) != 0x30) return BAD;
        uint256 high = _at(data, i + 3);
        uint256 low = _at(data, i + 4);
        if (high == 0x30) {
            // U+0000..7, U+000B, U+000E, U+000F: the others below have shorter escapes
            return (low >= 0x30 && low <= 0x37) || low == 0x62 || low == 0x65 || low == 0x66 ? i + 5 : BAD;
        }
        return high == 0x31 && ((low >= 0x30 && low <= 0x39) || (low >= 0x61 && low <= 0x66)) ? i + 5 : BAD;
    }

    /// @dev One well-formed UTF-8 sequence of two to four bytes (Unicode, table 3-7): nothing overlong, no surrogates.
    function _multibyte(bytes memory data, uint256 i, uint256 c) private pure returns (uint256) {
        uint256 d = _at(data, i + 1);
        if (c >= 0xc2 && c <= 0xdf) return _isTail(d) ? i + 2 : BAD;
        if (c >= 0xe0 && c <= 0xef) {
            bool fits = d >= (c == 0xe0 ? 0xa0 : 0x80) && d <= (c == 0xed ? 0x9f : 0xbf);
            return fits && _isTail(_at(data, i + 2)) ? i + 3 : BAD;
        }
        if (c >= 0xf0 && c <= 0xf4) {
            bool fits = d >= (c == 0xf0 ? 0x90 : 0x80) && d <= (c == 0xf4 ? 0x8f : 0xbf);
            return fits && _isTail(_at(data, i + 2)) && _isTail(_at(data, i + 3)) ? i + 4 : BAD;
        }
        return BAD;
    }

    function _isTail(uint256 c) private pure returns (bool) {
        return c >= 0x80 && c <= 0xbf;
    }

    function _number(bytes memory data, uint256 i) private pure returns (uint256) {
        bool negative = _at(data, i) == 0x2d;
        if (negative) ++i;
        uint256 first = _at(data, i);
        if (first == 0x30) return negative || _isDigit(_at(data, i + 1)) ? BAD : i + 1;
        uint256 value = 0;
        uint256 c = first;
        while (_isDigit(c)) {
            value = value * 10 + (c - 0x30);
            if (value > MAX_INTEGER) return BAD;
            c = _at(data, ++i);
        }
        return _isDigit(first) ? i : BAD;
    }

    function _isDigit(uint256 c) private pure returns (bool) {
        return c >= 0x30 && c <= 0x39;
    }

    function _word(bytes memory data, uint256 i, bytes memory word) private pure returns (uint256) {
        for (uint256 k = 0; k < word.length; ++k) {
            if (_at(data, i + k) != uint8(word[k])) return BAD;
        }
        return i + word.length;
    }

    function _at(bytes memory data, uint256 i) private pure returns (uint256 c) {
        if (i >= data.length) return END;
        // `data[i]` would check the bound a second time; this is where nearly all of the gas goes.
        assembly ("memory-safe") {
            c := byte(0, mload(add(add(data, 0x20), i)))
        }
    }
}
