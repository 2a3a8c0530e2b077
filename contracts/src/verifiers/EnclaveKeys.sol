// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IEnclaveKeys, TcbFloor} from "../interfaces/IEnclaveKeys.sol";
import {Certificate, PckCertificate} from "./enclave/PckCertificate.sol";
import {RevocationList} from "./enclave/RevocationList.sol";
import {QuoteParts, TdReport, TdxQuote} from "./enclave/TdxQuote.sol";

/// @title EnclaveKeys
/// @notice Keys made inside TDX enclaves. A quote is verified here, every signature up to the pinned root, and names the
/// key and all that was measured of the code that holds it. Whether that code is any good is for whoever reads the
/// measurement.
/// @dev Nobody owns this contract: root and least versions are of the deployment, and when Intel raises what it asks for,
/// another deployment does. See `docs/decisions/enclave-keys.md`.
contract EnclaveKeys is IEnclaveKeys, EIP712 {
    /// @notice Key of the root that vouches for all of Intel's machines ("Intel SGX Root CA").
    bytes32 private constant INTEL_X = 0x0ba9c4c0c0c86193a3fe23d6b02cda10a8bbd4e88e48b4458561a36e705525f5;
    bytes32 private constant INTEL_Y = 0x67918e2edc88e40d860bd0cc4ee26aacc988e505a953558c453f6b0904ae7394;

    bytes32 private constant REVOKE_TYPEHASH = keccak256("RevokeKey(address key)");
    bytes32 private constant CHALLENGE_TYPEHASH = keccak256("Challenge(uint256 blockNumber,bytes32 blockHash)");
    /// @dev Last 12 bytes of the report data of a quote that binds a key.
    bytes12 private constant KEY_TAG = "surety-key-1";

    uint32 private constant MIN_LIFETIME = 1 hours;
    uint32 private constant MAX_LIFETIME = 90 days;

    struct Key {
        uint64 expiresAt;
        bytes32 pckId;
        bytes32 caId;
    }

    bytes32 public immutable rootX;
    bytes32 public immutable rootY;
    /// @notice Seconds that a key stays registered; less where a certificate ends before.
    uint32 public immutable lifetimeSeconds;
    /// @notice Least security version of the quoting enclave.
    uint16 public immutable minQeSvn;

    /// @notice Least versions by family; a family without any is not accepted.
    mapping(bytes6 fmspc => TcbFloor) public floors;
    /// @dev By measurement too: other code may name a key that it does not hold, and must not change what is known of it.
    mapping(address key => mapping(bytes32 measurement => Key)) private _keys;
    mapping(address key => bool) public keyRevoked;
    mapping(bytes32 certificateId => bool) public certificateRevoked;

    /// @param x Of the root's key on P-256; every other than Intel's makes this a development deployment.
    constructor(bytes32 x, bytes32 y, uint32 lifetimeSeconds_, uint16 minQeSvn_, TcbFloor[] memory floors_)
        EIP712("Surety", "1")
    {
        if (lifetimeSeconds_ < MIN_LIFETIME || lifetimeSeconds_ > MAX_LIFETIME) revert TermsOutOfRange();
        if (floors_.length == 0) revert TermsOutOfRange();
        rootX = x;
        rootY = y;
        lifetimeSeconds = lifetimeSeconds_;
        minQeSvn = minQeSvn_;
        for (uint256 i = 0; i < floors_.length; ++i) {
            bytes6 fmspc = floors_[i].fmspc;
            if (fmspc == 0 || floors[fmspc].fmspc != 0) revert TermsOutOfRange();
            floors[fmspc] = floors_[i];
        }
    }

    // --- what is known ----------------------------------------------------------------------------------

    function development() external view returns (bool) {
        return rootX != INTEL_X || rootY != INTEL_Y;
    }

    function challengeOf(uint256 blockNumber) public view returns (bytes32) {
        bytes32 blockHash = blockhash(blockNumber);
        if (blockHash == 0) revert AttestationStale(blockNumber);
        return _hashTypedDataV4(keccak256(abi.encode(CHALLENGE_TYPEHASH, blockNumber, blockHash)));
    }

    function inspect(QuoteParts calldata quote) public view returns (TdReport memory) {
        return TdxQuote.verify(quote, rootX, rootY);
    }

    function isValid(address key, bytes32 measurement) external view returns (bool) {
        Key storage known = _keys[key][measurement];
        return block.timestamp < known.expiresAt && !keyRevoked[key] && !certificateRevoked[known.pckId]
            && !certificateRevoked[known.caId];
    }

    // --- registration -----------------------------------------------------------------------------------

    function register(QuoteParts calldata quote, uint256 challengeBlock) external returns (address key) {
        TdReport memory td = inspect(quote);
        _checkTcb(td);
        if (certificateRevoked[td.caId]) revert AttestationRevoked(td.caId);
        if (certificateRevoked[td.pckId]) revert AttestationRevoked(td.pckId);
        if (td.challenge != challengeOf(challengeBlock)) revert AttestationStale(challengeBlock);
        key = address(bytes20(td.binding));
        if (bytes12(td.binding << 160) != KEY_TAG || key == address(0)) revert AttestationKey();
        if (keyRevoked[key]) revert KeyRevoked(key);
        uint256 until = block.timestamp + lifetimeSeconds;
        uint64 expiresAt = uint64(until < td.validUntil ? until : td.validUntil);
        _keys[key][td.measurement] = Key({expiresAt: expiresAt, pckId: td.pckId, caId: td.caId});
        emit KeyRegistered(key, td.measurement, td.pckId, expiresAt);
    }

    /// @dev INVARIANT: no version is below the floor of its family.
    function _checkTcb(TdReport memory td) private view {
        TcbFloor memory floor = floors[td.platform.fmspc];
        if (floor.fmspc == 0) revert PlatformUnknown(td.platform.fmspc);
        if (td.platform.pceSvn < floor.pceSvn || !_reaches(td.platform.sgxSvn, floor.sgxSvn)) {
            revert AttestationTcb("platform");
        }
        // Versions of different kinds of modules do not compare.
        if (!_reaches(td.teeTcbSvn, floor.teeTcbSvn) || td.teeTcbSvn[1] != floor.teeTcbSvn[1]) {
            revert AttestationTcb("TDX module");
        }
        if (td.qeSvn < minQeSvn) revert AttestationTcb("quoting enclave");
    }

    function _reaches(bytes16 has, bytes16 least) private pure returns (bool) {
        for (uint256 i = 0; i < 16; ++i) {
            if (has[i] < least[i]) return false;
        }
        return true;
    }

    // --- revocation -------------------------------------------------------------------------------------

    function revokeKey(address key, bytes calldata signature) external {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(REVOKE_TYPEHASH, key)));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure != ECDSA.RecoverError.NoError || signer != key) revert NotSignedByKey(key);
        keyRevoked[key] = true;
        emit KeyRevokedBySelf(key);
    }

    function revokeCertificate(bytes calldata list, bytes calldata issuer, bytes calldata serial) external {
        (bytes32 x, bytes32 y) = (rootX, rootY);
        if (issuer.length > 0) {
            Certificate memory ca = TdxQuote.verifyCa(issuer, x, y, PckCertificate.SIGNS_LISTS);
            (x, y) = (ca.x, ca.y);
        }
        if (!RevocationList.revokes(list, x, y, serial)) revert NotInList();
        bytes32 id = TdxQuote.certificateId(x, y, keccak256(serial));
        certificateRevoked[id] = true;
        emit CertificateRevoked(id);
    }
}
