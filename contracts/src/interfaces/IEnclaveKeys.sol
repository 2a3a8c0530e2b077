// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {QuoteParts, TdReport} from "../verifiers/enclave/TdxQuote.sol";

/// @notice The least security versions of one family of machines that is accepted. Intel's list of what they mean changes
/// with time and is not read on chain, so whoever deploys takes them from it, and they are as old as the deployment.
/// @param sgxSvn Least of each of the 16 components.
/// @param teeTcbSvn Least of each version of the TDX module and its loader; byte 1, the module's kind, must be equal.
struct TcbFloor {
    bytes6 fmspc;
    bytes16 sgxSvn;
    uint16 pceSvn;
    bytes16 teeTcbSvn;
}

/// @notice Keys that code in TDX enclaves holds, with what was measured of that code: `spec/16-enclave.md`, 16.4.
interface IEnclaveKeys {
    /// @notice The machine is of no family that was accepted at deployment.
    error PlatformUnknown(bytes6 fmspc);
    /// @notice The machine is not as well patched as was asked at deployment.
    error AttestationTcb(bytes32 part);
    /// @notice The quote does not answer the challenge of that block, or the block is too old or not there yet.
    error AttestationStale(uint256 challengeBlock);
    /// @notice The quote binds no key.
    error AttestationKey();
    /// @notice A certificate behind the quote was revoked.
    error AttestationRevoked(bytes32 certificateId);
    /// @notice The key revoked itself.
    error KeyRevoked(address key);
    /// @notice The signature is not by the key.
    error NotSignedByKey(address key);
    /// @notice The list does not name the certificate, or is not signed by that issuer.
    error NotInList();
    error TermsOutOfRange();

    event KeyRegistered(address indexed key, bytes32 indexed measurement, bytes32 pckId, uint64 expiresAt);
    event KeyRevokedBySelf(address indexed key);
    event CertificateRevoked(bytes32 indexed certificateId);

    /// @notice Whether no hardware stands behind the keys: the root is not Intel's.
    function development() external view returns (bool);

    /// @notice What an enclave must put into its quote, made from the hash of a block: so nobody could quote it before.
    function challengeOf(uint256 blockNumber) external view returns (bytes32);

    /// @notice What a quote shows, registered or not. Reverts where it does not hold.
    function inspect(QuoteParts calldata quote) external view returns (TdReport memory);

    /// @notice Registers, or renews, the key that a quote binds. Anybody may bring the quote.
    /// @param challengeBlock The block whose challenge the quote answers: one of the last 256.
    function register(QuoteParts calldata quote, uint256 challengeBlock) external returns (address key);

    /// @notice Whether the key is registered with this measurement, and neither expired nor revoked.
    function isValid(address key, bytes32 measurement) external view returns (bool);

    /// @notice Ends a key for ever, whatever attests it, by its own EIP-712 signature of `RevokeKey`.
    function revokeKey(address key, bytes calldata signature) external;

    /// @notice Ends the keys of every machine behind a certificate that its issuer has revoked.
    /// @param list The issuer's list of revoked certificates in DER.
    /// @param issuer Certificate of the CA that signed the list, in DER; empty for the root.
    /// @param serial DER content of the revoked certificate's serial number.
    function revokeCertificate(bytes calldata list, bytes calldata issuer, bytes calldata serial) external;
}
