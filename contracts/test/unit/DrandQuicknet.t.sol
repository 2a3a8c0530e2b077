// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DrandQuicknet} from "../../src/court/beacon/DrandQuicknet.sol";
import {HashToG1} from "../../src/court/beacon/HashToG1.sol";
import {IBeacon} from "../../src/interfaces/IBeacon.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice Rounds that the network published, and what was changed in them.
contract DrandQuicknetTest is TestBase {
    uint256 private constant GENESIS = 1_692_803_367;
    /// @dev Round 1000: its y is the larger one.
    bytes private constant ROUND_1000 =
        hex"144679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
        hex"11f92e4521ef54f047b64b85fa98db2d46f0f44add1f60b93f8a0dbddd63b34f238657c2d93aed18b90bddd60a01b6d2";
    bytes private constant ROUND_657413 =
        hex"1713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
        hex"116c5214fdfb7ba78de63a90904f73c935e28a89e5c815c43a49dfc8058ed0d2b7de6f98eae4a917bb868989bd0302b7";

    DrandQuicknet private drand;

    function setUp() public {
        drand = new DrandQuicknet();
    }

    function timeOf(uint256 round) private pure returns (uint256) {
        return GENESIS + 3 * (round - 1);
    }

    function test_publishedRounds() public view {
        assertEq(
            drand.randomnessAt(timeOf(1000), ROUND_1000),
            hex"fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
            "round 1000"
        );
        assertEq(
            drand.randomnessAt(timeOf(657413), ROUND_657413),
            hex"fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
            "round 657413"
        );
    }

    function test_theFirstRoundAtOrAfterATime() public view {
        assertEq(drand.roundAt(0), 1, "long before");
        assertEq(drand.roundAt(GENESIS), 1, "the first");
        assertEq(drand.roundAt(GENESIS + 1), 2, "the next");
        assertEq(drand.roundAt(timeOf(1000)), 1000, "exactly then");
        assertEq(drand.roundAt(timeOf(1000) - 2), 1000, "the one that comes");
        assertEq(drand.roundAt(timeOf(1000) + 1), 1001, "not the one that was");
    }

    function refuse(uint256 round, bytes memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(IBeacon.BeaconRefuted.selector, timeOf(round)));
        drand.randomnessAt(timeOf(round), proof);
    }

    function test_anotherRoundsSignature() public {
        refuse(1001, ROUND_1000);
        refuse(1000, ROUND_657413);
    }

    function testFuzz_aChangedSignature(uint256 position, uint8 change) public {
        bytes memory proof = ROUND_1000;
        position = bound(position, 0, 95);
        proof[position] = bytes1(uint8(proof[position]) ^ uint8(bound(change, 1, 255)));
        refuse(1000, proof);
    }

    /// @dev −S verifies nothing, and S with another length is no proof.
    function test_theNegatedSignatureAndOtherLengths() public {
        bytes memory proof = ROUND_1000;
        bytes memory negated =
            hex"0807e3a5179091aa03655c3048b2d1aa1d86573a1665b20627a6c4e3194d42d4fb25a83bd81912e700f32229f5fdf3d9";
        for (uint256 i = 0; i < 48; i++) proof[48 + i] = negated[i];
        refuse(1000, proof);
        refuse(1000, "");
        refuse(1000, bytes.concat(ROUND_1000, hex"00"));
        // The point at infinity: e(0, ·) is one, and the hash's side is not.
        refuse(1000, new bytes(96));
    }
}

contract HashToG1Test is TestBase {
    /// @dev RFC 9380, J.9.1: the points of three messages.
    function test_theVectorsOfTheSpecification() public view {
        check(
            "",
            hex"052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
            hex"08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265"
        );
        check(
            "abc",
            hex"03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
            hex"0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d"
        );
    }

    function check(bytes memory message, bytes memory x, bytes memory y) private view {
        bytes memory point = HashToG1.hash(message, "QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_");
        assertEq(keccak256(point), keccak256(bytes.concat(bytes16(0), x, bytes16(0), y)), "the point");
    }
}
