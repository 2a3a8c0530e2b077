// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title ECDSA on P-256 as makers of hardware sign
/// @notice Uses the precompile at 0x100 (EIP-7951, RIP-7212) where the chain has it and plain Solidity elsewhere.
library EcdsaP256 {
    /// @notice Whether (r, s) is a signature of a SHA-256 hash by the key (x, y). Intel's s may lie in the upper half: what
    /// is signed here has no second text to be confused with, so N - s is as good.
    function verify(bytes32 hash, uint256 r, uint256 s, bytes32 x, bytes32 y) internal view returns (bool) {
        if (s > P256.N / 2 && s < P256.N) s = P256.N - s;
        return P256.verify(hash, bytes32(r), bytes32(s), x, y);
    }
}
