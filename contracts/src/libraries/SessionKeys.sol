// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title Session keys
/// @notice Checks P-256 signatures, which phones, browsers and passkeys make in hardware. Uses the precompile at 0x100
/// (EIP-7951, RIP-7212) where the chain has it and plain Solidity elsewhere; the answer is the same.
library SessionKeys {
    /// @param messageHash SHA-256 of the signed bytes, as WebCrypto's ECDSA with SHA-256 computes it.
    /// @return Whether (r, s), with s in the lower half, is a signature of `messageHash` by the key (x, y).
    function verify(bytes32 messageHash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) internal view returns (bool) {
        return P256.verify(messageHash, r, s, x, y);
    }
}
