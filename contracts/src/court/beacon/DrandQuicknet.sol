// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBeacon} from "../../interfaces/IBeacon.sol";
import {HashToG1} from "./HashToG1.sol";

/// @title drand quicknet
/// @notice Verifies rounds of drand's network `quicknet` (scheme bls-unchained-g1-rfc9380, chain hash
/// 52db9ba7…4e971): a BLS signature on G1 over the hash of the round's number, by a key that no fewer than a threshold
/// of the network's members hold together. Needs the precompiles of EIP-2537.
/// @dev A proof is the signature, uncompressed: x ‖ y, 48 bytes each.
contract DrandQuicknet is IBeacon {
    uint256 public constant GENESIS = 1_692_803_367;
    uint256 public constant PERIOD = 3;

    address private constant PAIRING_CHECK = address(0x0f);
    bytes private constant DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
    /// @dev The network's key, a point of G2: x and y, each c0 ‖ c1.
    bytes private constant KEY =
        hex"000000000000000000000000000000000d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
        hex"0000000000000000000000000000000003cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
        hex"000000000000000000000000000000000e5db2b6bfbb01c867749cadffca88b36c24f3012ba09fc4d3022c5c37dce0f977d3adb5d183c7477c442b1f04515273"
        hex"0000000000000000000000000000000001a714f2edb74119a2f2b0d5a7c75ba902d163700a61bc224ededd8e63aef7be1aaf8e93d7a9718b047ccddb3eb5d68b";
    /// @dev The generator of G2, negated.
    bytes private constant MINUS_G2 =
        hex"00000000000000000000000000000000024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
        hex"0000000000000000000000000000000013e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
        hex"000000000000000000000000000000000d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa"
        hex"0000000000000000000000000000000013fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030ed";
    /// @dev Half of p − 1, in two words of which the first has 128 bits: a larger y is the one that compression marks.
    uint256 private constant HALF_HIGH = 0x0d0088f51cbff34d258dd3db21a5d66b;
    uint256 private constant HALF_LOW = 0xb23ba5c279c2895fb39869507b587b120f55ffff58a9ffffdcff7fffffffd555;

    /// @notice The first round that is published at or after `time`.
    function roundAt(uint256 time) public pure returns (uint64) {
        return time <= GENESIS ? 1 : uint64((time - GENESIS + PERIOD - 1) / PERIOD + 1);
    }

    /// @inheritdoc IBeacon
    function randomnessAt(uint256 time, bytes calldata proof) external view returns (bytes32) {
        if (proof.length != 96) revert BeaconRefuted(time);
        bytes memory message = abi.encodePacked(sha256(abi.encodePacked(roundAt(time))));
        bytes memory pairs = bytes.concat(
            bytes16(0), proof[:48], bytes16(0), proof[48:], MINUS_G2, HashToG1.hash(message, DST), KEY
        );
        // INVARIANT: nobody but the network can make a value of the beacon. The precompile fails for what is no point of the group.
        (bool done, bytes memory equal) = PAIRING_CHECK.staticcall(pairs);
        if (!done || equal.length != 32 || uint256(bytes32(equal)) != 1) revert BeaconRefuted(time);
        return sha256(_compressed(proof));
    }

    /// @dev The signature as the network publishes it: x, with a bit for compression and one for the larger y.
    function _compressed(bytes calldata proof) private pure returns (bytes memory signature) {
        signature = proof[:48];
        uint256 high = uint128(bytes16(proof[48:64]));
        uint256 low = uint256(bytes32(proof[64:96]));
        bool larger = high > HALF_HIGH || (high == HALF_HIGH && low > HALF_LOW);
        signature[0] = signature[0] | (larger ? bytes1(0xa0) : bytes1(0x80));
    }
}
