// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Hashing to G1 of BLS12-381
/// @notice RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_: the maps are precompiles of EIP-2537, the rest is here.
library HashToG1 {
    address private constant MODEXP = address(0x05);
    address private constant G1_ADD = address(0x0b);
    address private constant MAP_FP_TO_G1 = address(0x10);
    bytes private constant P =
        hex"000000000000000000000000000000001a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";

    error PrecompileMissing(address precompile);

    /// @notice A point as EIP-2537 encodes it, 128 bytes.
    /// @param dst Domain separation tag, at most 255 bytes.
    function hash(bytes memory message, bytes memory dst) internal view returns (bytes memory) {
        bytes32[4] memory uniform = _expand(message, dst);
        return _call(
            G1_ADD, bytes.concat(_map(uniform[0], uniform[1]), _map(uniform[2], uniform[3])), 128
        );
    }

    /// @dev `expand_message_xmd` to 128 bytes (5.3.1).
    function _expand(bytes memory message, bytes memory dst) private pure returns (bytes32[4] memory b) {
        bytes memory suffix = abi.encodePacked(dst, uint8(dst.length));
        bytes32 first = sha256(abi.encodePacked(bytes32(0), bytes32(0), message, uint16(128), uint8(0), suffix));
        b[0] = sha256(abi.encodePacked(first, uint8(1), suffix));
        for (uint8 i = 1; i < 4; ++i) b[i] = sha256(abi.encodePacked(first ^ b[i - 1], i + 1, suffix));
    }

    /// @dev A field element out of 64 uniform bytes (5.2), and its point.
    function _map(bytes32 high, bytes32 low) private view returns (bytes memory) {
        bytes memory reduce =
            abi.encodePacked(uint256(64), uint256(1), uint256(64), high, low, uint8(1), P);
        return _call(MAP_FP_TO_G1, _call(MODEXP, reduce, 64), 128);
    }

    function _call(address precompile, bytes memory input, uint256 length) private view returns (bytes memory output) {
        bool done;
        (done, output) = precompile.staticcall(input);
        // A chain without the precompile answers a call to an empty account with nothing.
        if (!done || output.length != length) revert PrecompileMissing(precompile);
    }
}
