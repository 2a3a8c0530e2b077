// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AttestationMalformed, Der} from "./Der.sol";
import {EcdsaP256} from "./EcdsaP256.sol";

/// @notice What is read of an X.509 certificate of version 3 with a key on P-256, signed by ECDSA with SHA-256.
/// @param tbsHash SHA-256 of the part that is signed.
/// @param serialHash Keccak-256 of the serial number's DER content.
/// @param issuer Keccak-256 of the issuer's name in DER; `subject` the same of the holder's.
/// @param notBefore Unix seconds; `notAfter` is the last second.
/// @param extensions Where the extensions start in the DER; they end at `extensionsEnd`.
struct Certificate {
    bytes32 tbsHash;
    uint256 r;
    uint256 s;
    bytes32 serialHash;
    bytes32 issuer;
    bytes32 subject;
    uint256 notBefore;
    uint256 notAfter;
    bytes32 x;
    bytes32 y;
    uint256 extensions;
    uint256 extensionsEnd;
}

/// @notice Security versions that Intel states in a platform's certificate.
/// @param fmspc Family and model; versions are comparable within one.
/// @param sgxSvn The 16 components.
struct PlatformTcb {
    bytes6 fmspc;
    bytes16 sgxSvn;
    uint16 pceSvn;
}

/// @title Certificates of Intel's platforms (PCK) and of the CA that issues them
/// @notice Intel SGX PCK Certificate and CRL Profile Specification, section 1.3. Twin of
/// `packages/proofs/src/enclave/tdx/pck.ts` and `packages/programs/src/certificates`.
library PckCertificate {
    bytes32 private constant PART = "certificate";

    /// @dev ecdsa-with-SHA256 as an AlgorithmIdentifier.
    bytes12 private constant ECDSA_SHA256 = 0x300a06082a8648ce3d040302;
    /// @dev A SubjectPublicKeyInfo of an uncompressed key on P-256, up to its coordinates.
    bytes27 private constant P256_KEY = 0x3059301306072a8648ce3d020106082a8648ce3d03010703420004;
    bytes5 private constant VERSION_3 = 0xa003020102;
    bytes3 private constant KEY_USAGE = 0x551d0f;
    bytes3 private constant BASIC_CONSTRAINTS = 0x551d13;
    /// @dev 1.2.840.113741.1.13.1
    bytes9 private constant SGX = 0x2a864886f84d010d01;

    /// @dev Bits of the first byte of a key usage.
    uint8 internal constant SIGNS = 0x80;
    uint8 internal constant SIGNS_CERTIFICATES = 0x04;
    uint8 internal constant SIGNS_LISTS = 0x02;

    // --- the certificate --------------------------------------------------------------------------------

    function parse(bytes calldata d) internal pure returns (Certificate memory c) {
        (uint256 pos, uint256 end) = Der.read(d, 0, d.length, Der.SEQUENCE);
        if (end != d.length) revert AttestationMalformed(PART);
        (uint256 tbs, uint256 tbsEnd) = Der.read(d, pos, end, Der.SEQUENCE);
        c.tbsHash = sha256(d[pos:tbsEnd]);
        pos = algorithm(d, tbsEnd, end);
        (c.r, c.s) = Der.readSignature(d, pos, end);
        _parseSigned(d, tbs, tbsEnd, c);
    }

    /// @notice Passes over the one algorithm that is accepted.
    function algorithm(bytes calldata d, uint256 pos, uint256 end) internal pure returns (uint256 next) {
        next = pos + 12;
        if (next > end || bytes12(d[pos:next]) != ECDSA_SHA256) revert AttestationMalformed("algorithm");
    }

    function _parseSigned(bytes calldata d, uint256 pos, uint256 end, Certificate memory c) private pure {
        uint256 next = pos + 5;
        if (next > end || bytes5(d[pos:next]) != VERSION_3) revert AttestationMalformed(PART);
        (pos, next) = Der.read(d, next, end, Der.INTEGER);
        c.serialHash = keccak256(d[pos:next]);
        pos = algorithm(d, next, end);
        (, next) = Der.read(d, pos, end, Der.SEQUENCE);
        c.issuer = keccak256(d[pos:next]);
        uint256 inner;
        (inner, pos) = Der.read(d, next, end, Der.SEQUENCE);
        (c.notBefore, inner) = Der.readTime(d, inner, pos);
        (c.notAfter, inner) = Der.readTime(d, inner, pos);
        if (inner != pos) revert AttestationMalformed(PART);
        (, next) = Der.read(d, pos, end, Der.SEQUENCE);
        c.subject = keccak256(d[pos:next]);
        pos = next + 27;
        next = pos + 64;
        if (next > end || bytes27(d[pos - 27:pos]) != P256_KEY) revert AttestationMalformed(PART);
        c.x = bytes32(d[pos:pos + 32]);
        c.y = bytes32(d[pos + 32:next]);
        // [3], and in it the one sequence of extensions.
        (inner, pos) = Der.read(d, next, end, 0xa3);
        if (pos != end) revert AttestationMalformed(PART);
        (c.extensions, c.extensionsEnd) = Der.read(d, inner, end, Der.SEQUENCE);
        if (c.extensionsEnd != end) revert AttestationMalformed(PART);
    }

    /// @notice Whether the key (x, y) signed the certificate.
    function isSignedBy(Certificate memory c, bytes32 x, bytes32 y) internal view returns (bool) {
        return EcdsaP256.verify(c.tbsHash, c.r, c.s, x, y);
    }

    function isValidNow(Certificate memory c) internal view returns (bool) {
        return c.notBefore <= block.timestamp && block.timestamp <= c.notAfter;
    }

    // --- extensions -------------------------------------------------------------------------------------

    /// @notice What the certificate may be used for, and where Intel's extension is.
    /// @return ca Whether it is a CA.
    /// @return usage First byte of its key usage; 0 without one.
    /// @return sgx Where the content of Intel's extension starts; 0 without one. It ends at `sgxEnd`.
    function usesOf(bytes calldata d, Certificate memory c)
        internal
        pure
        returns (bool ca, uint8 usage, uint256 sgx, uint256 sgxEnd)
    {
        uint256 pos = c.extensions;
        bool constrained;
        while (pos < c.extensionsEnd) {
            (uint256 oid, uint256 oidEnd, uint256 value, uint256 next) = _extension(d, pos, c.extensionsEnd);
            uint256 length = oidEnd - oid;
            // INVARIANT: each of these is read once, and a critical one that is not among them was refused.
            if (length == 3 && bytes3(d[oid:oidEnd]) == KEY_USAGE) {
                if (usage != 0) revert AttestationMalformed(PART);
                usage = _usage(d, value, next);
            } else if (length == 3 && bytes3(d[oid:oidEnd]) == BASIC_CONSTRAINTS) {
                if (constrained) revert AttestationMalformed(PART);
                constrained = true;
                ca = _isCa(d, value, next);
            } else if (length == 9 && bytes9(d[oid:oidEnd]) == SGX) {
                if (sgx != 0) revert AttestationMalformed(PART);
                (sgx, sgxEnd) = (value, next);
            }
            pos = next;
        }
    }

    /// @dev One extension: its name, and its content up to the end of the extension.
    function _extension(bytes calldata d, uint256 pos, uint256 end)
        private
        pure
        returns (uint256 oid, uint256 oidEnd, uint256 value, uint256 next)
    {
        (pos, next) = Der.read(d, pos, end, Der.SEQUENCE);
        (oid, oidEnd) = Der.read(d, pos, next, Der.OID);
        pos = oidEnd;
        if (Der.isTag(d, pos, next, Der.BOOLEAN)) {
            (value, pos) = Der.read(d, pos, next, Der.BOOLEAN);
            if (pos != value + 1 || d[value] != 0xff) revert AttestationMalformed(PART);
            bytes3 name = oidEnd - oid == 3 ? bytes3(d[oid:oidEnd]) : bytes3(0);
            if (name != KEY_USAGE && name != BASIC_CONSTRAINTS) revert AttestationMalformed("critical");
        }
        (value, pos) = Der.read(d, pos, next, Der.OCTETS);
        if (pos != next) revert AttestationMalformed(PART);
    }

    function _usage(bytes calldata d, uint256 pos, uint256 end) private pure returns (uint8) {
        (uint256 start, uint256 next) = Der.read(d, pos, end, Der.BITS);
        if (next != end || next < start + 2 || d[start + 1] == 0) revert AttestationMalformed(PART);
        return uint8(d[start + 1]);
    }

    function _isCa(bytes calldata d, uint256 pos, uint256 end) private pure returns (bool) {
        (uint256 start, uint256 next) = Der.read(d, pos, end, Der.SEQUENCE);
        if (next != end) revert AttestationMalformed(PART);
        if (start == end) return false;
        (start, next) = Der.read(d, start, end, Der.BOOLEAN);
        if (next != start + 1 || d[start] != 0xff) revert AttestationMalformed(PART);
        // The number of CAs that it allows below it: none is needed here, so any number does.
        if (next != end) (, next) = Der.readUint(d, next, end);
        if (next != end) revert AttestationMalformed(PART);
        return true;
    }

    // --- the platform -----------------------------------------------------------------------------------

    /// @notice What Intel's extension says of the platform.
    function platformOf(bytes calldata d, uint256 pos, uint256 end) internal pure returns (PlatformTcb memory p) {
        (uint256 field, uint256 fieldsEnd) = Der.read(d, pos, end, Der.SEQUENCE);
        if (fieldsEnd != end) revert AttestationMalformed("platform");
        bool versions;
        while (field < end) {
            (uint8 name, uint256 value, uint256 next) = _field(d, field, end, 10);
            if (name == 2) {
                if (versions) revert AttestationMalformed("platform");
                versions = true;
                (p.sgxSvn, p.pceSvn) = _versions(d, value, next);
            } else if (name == 4) {
                (uint256 start, uint256 stop) = Der.read(d, value, next, Der.OCTETS);
                if (stop != start + 6 || stop != next || p.fmspc != 0) revert AttestationMalformed("platform");
                p.fmspc = bytes6(d[start:stop]);
            }
            field = next;
        }
        if (!versions || p.fmspc == 0) revert AttestationMalformed("platform");
    }

    /// @dev A pair of a name below Intel's, of `length` bytes, and a value that ends the pair. The name's last byte.
    function _field(bytes calldata d, uint256 pos, uint256 end, uint256 length)
        private
        pure
        returns (uint8 name, uint256 value, uint256 next)
    {
        (pos, next) = Der.read(d, pos, end, Der.SEQUENCE);
        (uint256 oid, uint256 oidEnd) = Der.read(d, pos, next, Der.OID);
        if (oidEnd != oid + length || bytes9(d[oid:oidEnd]) != SGX) revert AttestationMalformed("platform");
        if (length == 11 && d[oid + 9] != 0x02) revert AttestationMalformed("platform");
        return (uint8(d[oidEnd - 1]), oidEnd, next);
    }

    /// @dev Components 1 to 16, the version of the PCE, and the 16 bytes that repeat the components, in this order.
    function _versions(bytes calldata d, uint256 pos, uint256 end)
        private
        pure
        returns (bytes16 sgxSvn, uint16 pceSvn)
    {
        uint256 next;
        (pos, next) = Der.read(d, pos, end, Der.SEQUENCE);
        if (next != end) revert AttestationMalformed("platform");
        uint128 all;
        for (uint256 i = 1; i <= 17; ++i) {
            uint8 name;
            uint256 value;
            (name, value, next) = _field(d, pos, end, 11);
            (value, pos) = Der.readUint(d, value, next);
            if (name != i || pos != next || value > (i == 17 ? 0xffff : 0xff)) revert AttestationMalformed("platform");
            if (i == 17) pceSvn = uint16(value);
            else all = (all << 8) | uint128(value);
        }
        (pos, next) = Der.read(d, pos, end, Der.SEQUENCE);
        if (next != end) revert AttestationMalformed("platform");
        return (bytes16(all), pceSvn);
    }
}
