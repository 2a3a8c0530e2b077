// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPersonTokens} from "../../interfaces/IPersonTokens.sol";
import {RsaPss} from "./RsaPss.sol";

/// @title Persons by tokens
/// @notice Counts each account as one person for which somebody shows a token of one issuer: a publicly verifiable Privacy Pass
/// token (RFC 9578, type 2), made for that account at this registry. The issuer gives each person one, without learning for which
/// account. `spec/21-court.md`, 21.10.
/// @dev Issuer and key are fixed for ever: whoever could change the key could make persons. A token needs no list of used
/// ones, for what it signs names the account, and an account counts once.
contract PersonTokens is IPersonTokens {
    bytes2 private constant TYPE = 0x0002;
    bytes private constant CONTEXT_TAG = "surety:person:v1\x00";
    uint256 private constant MAX_ISSUER_BYTES = 128;
    /// @dev Type, nonce, digest of the challenge, id of the key; then the signature.
    uint256 private constant INPUT_BYTES = 98;
    /// @dev SubjectPublicKeyInfo for RSASSA-PSS with SHA-384 around a modulus of 2048 bits with exponent 65537.
    bytes private constant KEY_HEAD =
        hex"30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648016503040202"
        hex"a2030201300382010f003082010a0282010100";
    bytes private constant KEY_TAIL = hex"0203010001";

    /// @inheritdoc IPersonTokens
    bytes32 public immutable keyId;
    /// @inheritdoc IPersonTokens
    string public issuer;
    /// @inheritdoc IPersonTokens
    bytes public modulus;
    /// @notice Whether a token was shown for an account.
    mapping(address account => bool) public isHuman;

    constructor(string memory issuer_, bytes memory modulus_) {
        uint256 length = bytes(issuer_).length;
        if (length == 0 || length > MAX_ISSUER_BYTES) revert IssuerUnfit(length);
        if (modulus_.length != RsaPss.BYTES || modulus_[0] < 0x80 || modulus_[RsaPss.BYTES - 1] & 0x01 == 0) {
            revert IssuerKeyUnfit();
        }
        (issuer, modulus) = (issuer_, modulus_);
        keyId = sha256(bytes.concat(KEY_HEAD, modulus_, KEY_TAIL));
    }

    /// @inheritdoc IPersonTokens
    function register(address account, bytes calldata token) external {
        if (isHuman[account]) revert PersonKnown(account);
        // INVARIANT: one signature of the issuer is one account here, and none elsewhere.
        bool fits = token.length == INPUT_BYTES + RsaPss.BYTES && bytes2(token) == TYPE
            && bytes32(token[34:66]) == challengeOf(account) && bytes32(token[66:98]) == keyId;
        if (!fits || !RsaPss.verify(modulus, token[:INPUT_BYTES], token[INPUT_BYTES:])) revert TokenRefuted(account);
        isHuman[account] = true;
        emit PersonShown(account, token);
    }

    /// @inheritdoc IPersonTokens
    /// @dev TokenChallenge (RFC 9577, section 2.1.1) without an origin, whose redemption context is the account at this registry.
    function challengeOf(address account) public view returns (bytes32) {
        bytes32 context = sha256(abi.encodePacked(CONTEXT_TAG, uint64(block.chainid), address(this), account));
        bytes memory name = bytes(issuer);
        return sha256(abi.encodePacked(TYPE, uint16(name.length), name, uint8(32), context, uint16(0)));
    }
}
