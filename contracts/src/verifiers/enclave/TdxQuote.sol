// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AttestationMalformed} from "./Der.sol";
import {EcdsaP256} from "./EcdsaP256.sol";
import {Certificate, PckCertificate, PlatformTcb} from "./PckCertificate.sol";

/// @notice A TDX quote, cut into its parts so that no PEM need be read: all but where they stood is signed.
/// @param signed Header and body of the quote, version 4 or 5.
/// @param signature r and s by the attestation key over `signed`.
/// @param attestationKey x and y.
/// @param qeReport The quoting enclave's report, which binds the attestation key.
/// @param qeSignature r and s by the platform's key over `qeReport`.
/// @param authData What the quoting enclave bound beside the key.
/// @param pck The platform's certificate in DER.
/// @param ca The certificate, in DER, of the CA that issued it; the root issued this one.
struct QuoteParts {
    bytes signed;
    uint256[2] signature;
    bytes32[2] attestationKey;
    bytes qeReport;
    uint256[2] qeSignature;
    bytes authData;
    bytes pck;
    bytes ca;
}

/// @notice What a quote shows, once every signature in it was checked.
/// @param measurement Keccak-256 over the tag and all that was measured of the TD: spec 16.3.
/// @param teeTcbSvn Security versions of the TDX module and its loader.
/// @param challenge First half of the report data; `binding` is the other.
/// @param pckId Names the platform's certificate: keccak-256 of its issuer's key and its serial number; `caId` the CA's.
/// @param validUntil Unix seconds at which the first certificate ends.
struct TdReport {
    bytes32 measurement;
    bytes16 teeTcbSvn;
    bytes32 challenge;
    bytes32 binding;
    uint16 qeSvn;
    PlatformTcb platform;
    bytes32 pckId;
    bytes32 caId;
    uint256 validUntil;
}

/// @notice The attested memory can be read from outside.
error AttestationDebug();
/// @notice The TDX module, or the quoting enclave, is not one of Intel's; or the TD may be moved to another machine.
error AttestationUnsupported(bytes32 part);
/// @notice A certificate is not valid now, or may not be used for this.
error AttestationCertificateRefused(bytes32 certificate);
/// @notice A signature does not fit what it signs.
error AttestationSignatureWrong(bytes32 part);

/// @title TDX quotes
/// @notice Intel TDX DCAP Quote Library API, appendix A. Twin of `packages/proofs/src/enclave/tdx`, but for what only
/// Intel's collateral can tell: how well patched a machine is.
library TdxQuote {
    /// @dev Version, kind of key, kind of TEE, reserved zeros, Intel's quoting enclave.
    bytes28 private constant HEADER_4 = 0x0400020081000000_00000000_939a7233f79c4ca9940a0db3957f0607;
    bytes28 private constant HEADER_5 = 0x0500020081000000_00000000_939a7233f79c4ca9940a0db3957f0607;
    /// @dev Kind and size of the body of version 5: TD reports 1.0 and 1.5.
    bytes6 private constant BODY_10 = 0x020048020000;
    bytes6 private constant BODY_15 = 0x030088020000;
    uint256 private constant HEADER_BYTES = 48;
    uint256 private constant REPORT_10_BYTES = 584;
    uint256 private constant REPORT_15_BYTES = 648;

    /// @dev Who signs Intel's TD quoting enclave, and its product.
    bytes32 private constant QE_SIGNER = 0xdc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5;
    bytes2 private constant QE_PRODUCT = 0x0200;
    /// @dev Attributes that count, and what they are: initialised, 64 bit, and not for debugging.
    bytes16 private constant QE_ATTRIBUTES_MASK = 0xfbffffffffffffff0000000000000000;
    bytes16 private constant QE_ATTRIBUTES = 0x11000000000000000000000000000000;
    bytes22 private constant MEASURED_TAG = "surety:measured:td:v1\x00";

    /// @notice What the quote shows under the root key (x, y). Reverts where anything in it does not hold now.
    function verify(QuoteParts calldata q, bytes32 x, bytes32 y) internal view returns (TdReport memory td) {
        Certificate memory pck = _verifyChain(q, x, y, td);
        _verifyQuotingEnclave(q, pck, td);
        bytes32 digest = sha256(q.signed);
        if (!EcdsaP256.verify(digest, q.signature[0], q.signature[1], q.attestationKey[0], q.attestationKey[1])) {
            revert AttestationSignatureWrong("quote");
        }
        _readReport(q.signed, td);
    }

    /// @notice Names a certificate: who issued it, by key, and its serial number.
    function certificateId(bytes32 x, bytes32 y, bytes32 serialHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(x, y, serialHash));
    }

    /// @notice A CA under the root key (x, y), which may sign what `usage` says.
    function verifyCa(bytes calldata der, bytes32 x, bytes32 y, uint8 usage)
        internal
        view
        returns (Certificate memory ca)
    {
        ca = PckCertificate.parse(der);
        (bool isCa, uint8 may,,) = PckCertificate.usesOf(der, ca);
        // INVARIANT: nobody issues certificates, or revokes them, who is not a CA that may.
        if (!isCa || may & usage == 0 || !PckCertificate.isValidNow(ca)) revert AttestationCertificateRefused("CA");
        if (!PckCertificate.isSignedBy(ca, x, y)) revert AttestationSignatureWrong("CA");
    }

    function _verifyChain(QuoteParts calldata q, bytes32 x, bytes32 y, TdReport memory td)
        private
        view
        returns (Certificate memory pck)
    {
        Certificate memory ca = verifyCa(q.ca, x, y, PckCertificate.SIGNS_CERTIFICATES);
        pck = PckCertificate.parse(q.pck);
        (bool isCa, uint8 may, uint256 sgx, uint256 sgxEnd) = PckCertificate.usesOf(q.pck, pck);
        bool fits = !isCa && may & PckCertificate.SIGNS != 0 && sgx != 0 && pck.issuer == ca.subject;
        if (!fits || !PckCertificate.isValidNow(pck)) revert AttestationCertificateRefused("PCK");
        if (!PckCertificate.isSignedBy(pck, ca.x, ca.y)) revert AttestationSignatureWrong("PCK");
        td.platform = PckCertificate.platformOf(q.pck, sgx, sgxEnd);
        td.caId = certificateId(x, y, ca.serialHash);
        td.pckId = certificateId(ca.x, ca.y, pck.serialHash);
        td.validUntil = pck.notAfter < ca.notAfter ? pck.notAfter : ca.notAfter;
    }

    function _verifyQuotingEnclave(QuoteParts calldata q, Certificate memory pck, TdReport memory td) private view {
        bytes calldata qe = q.qeReport;
        if (qe.length != 384) revert AttestationMalformed("quoting enclave");
        if (!EcdsaP256.verify(sha256(qe), q.qeSignature[0], q.qeSignature[1], pck.x, pck.y)) {
            revert AttestationSignatureWrong("quoting enclave");
        }
        bool isIntels = bytes4(qe[16:20]) == 0 && bytes16(qe[48:64]) & QE_ATTRIBUTES_MASK == QE_ATTRIBUTES
            && bytes32(qe[128:160]) == QE_SIGNER && bytes2(qe[256:258]) == QE_PRODUCT;
        if (!isIntels) revert AttestationUnsupported("quoting enclave");
        td.qeSvn = uint16(uint8(qe[258])) | (uint16(uint8(qe[259])) << 8);
        bytes32 bound = sha256(abi.encodePacked(q.attestationKey[0], q.attestationKey[1], q.authData));
        if (bytes32(qe[320:352]) != bound || bytes32(qe[352:384]) != 0) revert AttestationSignatureWrong("key");
    }

    function _readReport(bytes calldata signed, TdReport memory td) private pure {
        if (signed.length < HEADER_BYTES + REPORT_10_BYTES) revert AttestationMalformed("quote");
        bytes28 header = bytes28(signed[:28]);
        bytes calldata body = signed[HEADER_BYTES:];
        if (header == HEADER_5) {
            bytes6 kind = bytes6(body[:6]);
            body = body[6:];
            if (kind == BODY_15) {
                if (body.length != REPORT_15_BYTES) revert AttestationMalformed("quote");
                // A service TD may move this one, with its keys, to another machine.
                if (!_isZero(body[600:648])) revert AttestationUnsupported("service TD");
            } else if (kind != BODY_10 || body.length != REPORT_10_BYTES) {
                revert AttestationMalformed("quote");
            }
        } else if (header != HEADER_4 || body.length != REPORT_10_BYTES) {
            revert AttestationMalformed("quote");
        }
        if (!_isZero(body[64:120])) revert AttestationUnsupported("TDX module");
        if (body[120] != 0) revert AttestationDebug();
        // Bit 29: the TD may be moved, with its keys, to another machine.
        if (body[123] & 0x20 != 0) revert AttestationUnsupported("migratable");
        td.teeTcbSvn = bytes16(body[:16]);
        td.measurement = keccak256(abi.encodePacked(MEASURED_TAG, body[120:520]));
        td.challenge = bytes32(body[520:552]);
        td.binding = bytes32(body[552:584]);
    }

    function _isZero(bytes calldata data) private pure returns (bool) {
        for (uint256 i = 0; i < data.length; ++i) {
            if (data[i] != 0) return false;
        }
        return true;
    }
}
