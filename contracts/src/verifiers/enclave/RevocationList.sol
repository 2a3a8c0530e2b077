// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AttestationMalformed, Der} from "./Der.sol";
import {EcdsaP256} from "./EcdsaP256.sol";
import {PckCertificate} from "./PckCertificate.sol";

/// @title Lists of revoked certificates
/// @notice RFC 5280, section 5, as Intel writes them.
library RevocationList {
    bytes32 private constant PART = "revocation list";

    /// @notice Whether the list, signed by the key (x, y), names a serial number.
    /// @dev Not whether it is the newest: what an issuer has revoked stays revoked. So its dates, and who the list says
    /// wrote it, need not be read; the key that signed it is what a certificate is named by.
    /// @param serial DER content of the serial number.
    function revokes(bytes calldata d, bytes32 x, bytes32 y, bytes calldata serial) internal view returns (bool) {
        (uint256 tbs, uint256 end, bool isTheirs) = _signed(d, x, y);
        return isTheirs && _names(d, _entries(d, tbs, end), end, serial);
    }

    /// @dev Where the content of what is signed starts and ends, and whether the key signed it.
    function _signed(bytes calldata d, bytes32 x, bytes32 y)
        private
        view
        returns (uint256 tbs, uint256 tbsEnd, bool isTheirs)
    {
        (uint256 pos, uint256 end) = Der.read(d, 0, d.length, Der.SEQUENCE);
        if (end != d.length) revert AttestationMalformed(PART);
        (tbs, tbsEnd) = Der.read(d, pos, end, Der.SEQUENCE);
        bytes32 hash = sha256(d[pos:tbsEnd]);
        (uint256 r, uint256 s) = Der.readSignature(d, PckCertificate.algorithm(d, tbsEnd, end), end);
        isTheirs = EcdsaP256.verify(hash, r, s, x, y);
    }

    /// @dev Where the sequence of entries stands: after version, algorithm, issuer and two times.
    function _entries(bytes calldata d, uint256 pos, uint256 end) private pure returns (uint256) {
        uint256 version;
        (version, pos) = Der.readUint(d, pos, end);
        if (version != 1) revert AttestationMalformed(PART);
        pos = PckCertificate.algorithm(d, pos, end);
        (, pos) = Der.read(d, pos, end, Der.SEQUENCE);
        (, pos) = Der.readTime(d, pos, end);
        (, pos) = Der.readTime(d, pos, end);
        return pos;
    }

    function _names(bytes calldata d, uint256 pos, uint256 end, bytes calldata serial) private pure returns (bool) {
        bytes32 wanted = keccak256(serial);
        if (!Der.isTag(d, pos, end, Der.SEQUENCE)) return false;
        (pos, end) = Der.read(d, pos, end, Der.SEQUENCE);
        while (pos < end) {
            (uint256 entry, uint256 next) = Der.read(d, pos, end, Der.SEQUENCE);
            (uint256 start, uint256 stop) = Der.read(d, entry, next, Der.INTEGER);
            if (keccak256(d[start:stop]) == wanted) return true;
            pos = next;
        }
        return false;
    }
}
