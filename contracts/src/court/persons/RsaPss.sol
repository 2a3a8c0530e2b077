// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Sha384} from "./Sha384.sol";

/// @title RSASSA-PSS
/// @notice Signatures of RFC 8017, section 8.1: SHA-384, MGF1 over it, 48 bytes of salt, a key of 2048 bits with exponent 65537.
/// The power is the precompile of EIP-198.
library RsaPss {
    uint256 internal constant BYTES = 256;
    bytes private constant EXPONENT = hex"010001";
    /// @dev Where the hash stands in what was signed: after 207 bytes that are masked.
    uint256 private constant HASH_AT = 207;
    /// @dev The mask: as many hashes as 207 bytes take.
    uint256 private constant MASKS = 5;

    /// @notice Whether the key of a modulus made the signature of a message. False for whatever is malformed.
    function verify(bytes memory modulus, bytes memory message, bytes memory signature) internal view returns (bool) {
        if (signature.length != BYTES || modulus.length != BYTES || !_isBelow(signature, modulus)) return false;
        (bool done, bytes memory encoded) = Math.tryModExp(signature, EXPONENT, modulus);
        return done && encoded.length == BYTES && _isEncoding(encoded, message);
    }

    /// @dev Of two numbers of 256 bytes. The same number twice, below and above the modulus, would be two signatures.
    function _isBelow(bytes memory number, bytes memory modulus) private pure returns (bool) {
        for (uint256 i = 0; i < BYTES; i += 32) {
            (uint256 a, uint256 b) = (_word(number, i), _word(modulus, i));
            if (a != b) return a < b;
        }
        return false;
    }

    /// @dev EMSA-PSS-VERIFY (section 9.1.2) of 2047 bits: a zero bit, the masked block (zeros, 0x01, salt), the hash, 0xbc.
    function _isEncoding(bytes memory encoded, bytes memory message) private pure returns (bool) {
        if (encoded[BYTES - 1] != 0xbc || uint8(encoded[0]) > 0x7f) return false;
        (bytes32 high, bytes16 low) = (bytes32(_word(encoded, HASH_AT)), bytes16(bytes32(_word(encoded, HASH_AT + 32))));
        bytes memory mask = _mask(high, low);
        // 157 zeros after the bit that is not masked, and 0x01 before the salt.
        uint256 zeros = _unmasked(encoded, mask, 0) << 1;
        for (uint256 i = 32; i < 128; i += 32) zeros |= _unmasked(encoded, mask, i);
        if (zeros != 0 || _unmasked(encoded, mask, 128) >> 8 != 1) return false;
        bytes32 salt = bytes32(_unmasked(encoded, mask, 159));
        bytes16 saltEnd = bytes16(bytes32(_unmasked(encoded, mask, 191)));
        (bytes32 digest, bytes16 digestEnd) = Sha384.hash(message);
        (digest, digestEnd) = Sha384.hash(abi.encodePacked(bytes8(0), digest, digestEnd, salt, saltEnd));
        return digest == high && digestEnd == low;
    }

    /// @dev MGF1 (appendix B.2.1) of a hash.
    function _mask(bytes32 high, bytes16 low) private pure returns (bytes memory mask) {
        for (uint32 i = 0; i < MASKS; ++i) {
            (bytes32 digest, bytes16 digestEnd) = Sha384.hash(abi.encodePacked(high, low, i));
            mask = abi.encodePacked(mask, digest, digestEnd);
        }
    }

    function _unmasked(bytes memory encoded, bytes memory mask, uint256 start) private pure returns (uint256) {
        return _word(encoded, start) ^ _word(mask, start);
    }

    /// @dev 32 bytes from `start` on.
    function _word(bytes memory data, uint256 start) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), start))
        }
    }
}
