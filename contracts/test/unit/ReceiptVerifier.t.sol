// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Anchor} from "../../src/Anchor.sol";
import {ReceiptVerifier} from "../../src/ReceiptVerifier.sol";
import {AskerClaim, Delegation, IReceiptVerifier, LogProof, Receipt} from "../../src/interfaces/IReceiptVerifier.sol";
import {MerkleLog} from "../../src/libraries/MerkleLog.sol";
import {LogBuilder} from "../support/LogBuilder.sol";
import {TestBase} from "../support/TestBase.sol";
import {OwnedWallet, SilentWallet} from "../support/Wallets.sol";

contract ReceiptVerifierTest is TestBase {
    uint256 private constant KEY = 0xA11CE;
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    address private constant B = address(0xB0B);
    ReceiptVerifier private verifier;
    Anchor private anchor;
    address private issuer;

    function setUp() public {
        vm.warp(2_000_000);
        anchor = new Anchor();
        verifier = new ReceiptVerifier(anchor);
        issuer = vm.addr(KEY);
    }

    function receipt(uint8 status) private view returns (Receipt memory r) {
        r.operator = issuer;
        r.receiptId = keccak256("receipt");
        r.claimId = keccak256("claim");
        r.outcome = keccak256("yes");
        r.status = status;
        r.issuedAt = 1_000_000;
        r.finalAfter = 1_000_500;
    }

    function signed(Receipt memory r) private returns (bytes memory) {
        return signature(KEY, verifier.digest(r));
    }

    // --- signatures ---------------------------------------------------------------------------------

    function testFuzz_takesTheIssuersSignatureOnly(Receipt memory r, uint256 otherKey) public {
        r.operator = issuer;
        bytes memory sig = signed(r);
        assertTrue(verifier.verify(r, sig, issuer), "issuer");
        address other = vm.addr(bound(otherKey, 1, N - 1));
        assertTrue(other == issuer || !verifier.verify(r, sig, other), "other");
    }

    function testFuzz_anyChangedFieldFails(Receipt memory r, uint8 field, uint64 by) public {
        r.operator = issuer;
        bytes memory sig = signed(r);
        uint256 x = bound(by, 1, type(uint64).max);
        change(r, field % 11, x);
        assertTrue(!verifier.verify(r, sig, issuer), "changed");
        assertTrue(!verifier.verify(r, sig, r.operator), "changed, for whoever it names");
    }

    /// Another value, but a known status, in one field.
    function change(Receipt memory r, uint256 which, uint256 x) private pure {
        if (which == 0) r.receiptId ^= bytes32(x);
        else if (which == 1) r.claimId ^= bytes32(x);
        else if (which == 2) r.outcome ^= bytes32(x);
        else if (which == 3) r.status = uint8((r.status + bound(x, 1, 3)) % 4);
        else if (which == 4) r.issuedAt ^= uint64(x);
        else if (which == 5) r.finalAfter ^= uint64(x);
        else if (which == 6) r.supersedes ^= bytes32(x);
        else if (which == 7) r.coverBeneficiary = address(uint160(r.coverBeneficiary) ^ uint160(x));
        else if (which == 8) r.coverMicroUsd ^= uint128(x);
        else if (which == 9) r.coverUntil ^= uint64(x);
        else r.operator = address(uint160(r.operator) ^ uint160(x));
    }

    function test_refusesTheOtherHalfOfSAndOddLengths() public {
        Receipt memory r = receipt(1);
        (uint8 v, bytes32 a, bytes32 s) = vm.sign(KEY, verifier.digest(r));
        bytes memory high = abi.encodePacked(a, bytes32(N - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        assertTrue(!verifier.verify(r, high, issuer), "high s");
        assertTrue(!verifier.verify(r, abi.encodePacked(a, s), issuer), "64 bytes");
        assertTrue(!verifier.verify(r, abi.encodePacked(a, s, v, v), issuer), "66 bytes");
        assertTrue(!verifier.verify(r, "", issuer), "empty");
        assertTrue(!verifier.verify(r, abi.encodePacked(a, s, uint8(0)), issuer), "v 0");
        assertTrue(!verifier.verify(r, abi.encodePacked(a, s, v), address(0)), "nobody");
    }

    function test_anotherChainOrVerifierIsAnotherDomain() public {
        Receipt memory r = receipt(1);
        bytes memory sig = signed(r);
        assertTrue(!new ReceiptVerifier(anchor).verify(r, sig, issuer), "verifier");
        vm.chainId(5);
        assertTrue(!verifier.verify(r, sig, issuer), "chain");
    }

    function test_contractsSignByEip1271() public {
        Receipt memory r = receipt(1);
        r.operator = address(new OwnedWallet(issuer));
        bytes memory sig = signed(r);
        assertTrue(verifier.verify(r, sig, r.operator), "owner");
        // One key may own two wallets: what it signs for one is not signed for the other.
        r.operator = address(new OwnedWallet(issuer));
        assertTrue(!verifier.verify(r, sig, r.operator), "the other wallet of the owner");
        r.operator = address(new OwnedWallet(address(1)));
        assertTrue(!verifier.verify(r, signed(r), r.operator), "another owner");
        r.operator = address(new SilentWallet());
        assertTrue(!verifier.verify(r, signed(r), r.operator), "no answer");
    }

    function test_whatOperatorASignedIsRefusedForOperatorB() public {
        Receipt memory r = receipt(1);
        bytes memory sig = signed(r);
        address b = vm.addr(0xB);
        vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.WrongOperator.selector, issuer, b));
        verifier.requireFinal(r, sig, b);
        r.operator = b;
        vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.ReceiptNotSigned.selector, r.receiptId, b));
        verifier.requireFinal(r, sig, b);
    }

    // --- status -------------------------------------------------------------------------------------

    function test_onlyFinalPasses() public {
        Receipt memory r = receipt(1);
        assertEq(verifier.requireFinal(r, signed(r), issuer), keccak256("yes"), "outcome");
        for (uint256 status = 0; status < 6; status++) {
            if (status == 1) continue;
            r = receipt(uint8(status));
            bytes memory sig = signed(r);
            vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.ReceiptNotFinal.selector, r.receiptId, status));
            verifier.requireFinal(r, sig, issuer);
        }
    }

    function test_notBeforeItsTimeAndNotUnsigned() public {
        Receipt memory r = receipt(1);
        r.finalAfter = 2_000_001;
        bytes memory sig = signed(r);
        vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.ReceiptTooYoung.selector, r.receiptId, 2_000_001));
        verifier.requireFinal(r, sig, issuer);
        r = receipt(1);
        r.issuedAt = 2_000_002;
        sig = signed(r);
        vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.ReceiptTooYoung.selector, r.receiptId, 2_000_002));
        verifier.requireFinal(r, sig, issuer);
        r.operator = address(this);
        vm.expectRevert(
            abi.encodeWithSelector(IReceiptVerifier.ReceiptNotSigned.selector, r.receiptId, address(this))
        );
        verifier.requireFinal(r, sig, address(this));
    }

    // --- the log ------------------------------------------------------------------------------------

    function test_theLeafIsTheCanonicalJsonOfTheStruct() public view {
        Receipt memory r = receipt(3);
        r.operator = 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed;
        r.receiptId = bytes32(uint256(0x0a));
        r.claimId = bytes32(uint256(0xff));
        r.outcome = 0;
        string memory zeros = "00000000000000000000000000000000000000000000000000000000000000";
        bytes memory expected = abi.encodePacked(
            '{"claimId":"', zeros, 'ff","cover":null,"finalAfter":1000500,"issuedAt":1000000,',
            '"operator":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","outcome":null,"receiptId":"', zeros,
            '0a","status":"overturned","supersedes":null,"type":"surety/leaf/receipt/v2"}'
        );
        assertEq(keccak256(verifier.logLeaf(r)), keccak256(expected), "null");
        r.supersedes = bytes32(uint256(1));
        r.outcome = bytes32(uint256(2));
        (r.coverBeneficiary, r.coverMicroUsd, r.coverUntil) = (r.operator, type(uint128).max, 1_000_700);
        expected = abi.encodePacked(
            '{"claimId":"', zeros, 'ff","cover":{"amountMicroUsd":"340282366920938463463374607431768211455",',
            '"beneficiary":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","until":1000700},"finalAfter":1000500,',
            '"issuedAt":1000000,"operator":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","outcome":"', zeros,
            '02","receiptId":"', zeros, '0a","status":"overturned","supersedes":"', zeros,
            '01","type":"surety/leaf/receipt/v2"}'
        );
        assertEq(keccak256(verifier.logLeaf(r)), keccak256(expected), "full");
    }

    function testFuzz_everyFieldHasItsPlaceInTheLeaf(Receipt memory r, uint8 field, uint64 by) public view {
        r.status %= 4;
        bytes32 leaf = keccak256(verifier.logLeaf(r));
        change(r, field % 11, bound(by, 1, type(uint64).max));
        assertTrue(keccak256(verifier.logLeaf(r)) != leaf, "two structs share a leaf");
    }

    function test_aLogHasAnAnchorOfItsOwn() public {
        vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.AnchorWithoutCode.selector, address(1)));
        new ReceiptVerifier(Anchor(address(1)));
    }

    /// The leaf of `r` as the fifth of six in a log that `operator` anchors.
    function anchored(Receipt memory r, address operator) private returns (LogProof memory) {
        bytes32[] memory leaves = new bytes32[](6);
        for (uint256 i = 0; i < 6; i++) leaves[i] = MerkleLog.leafHash(abi.encode(i));
        leaves[4] = MerkleLog.leafHash(verifier.logLeaf(r));
        bytes32 root = LogBuilder.root(leaves, 0, 6);
        vm.prank(operator);
        anchor.anchor("origin", 6, root, new bytes32[](0));
        return LogProof("origin", 6, 4, LogBuilder.inclusion(leaves, 0, 6, 4));
    }

    function test_aSignedReceiptInAnAnchoredLogPasses() public {
        Receipt memory r = receipt(1);
        bytes memory sig = signed(r);
        LogProof memory proof = anchored(r, issuer);
        assertTrue(verifier.verifyAnchored(r, sig, issuer, proof), "anchored");
        assertEq(verifier.requireFinalAnchored(r, sig, issuer, proof), keccak256("yes"), "outcome");
        proof.leafIndex = 3;
        assertTrue(!verifier.verifyAnchored(r, sig, issuer, proof), "another place");
        vm.expectRevert(abi.encodeWithSelector(IReceiptVerifier.ReceiptNotLogged.selector, r.receiptId, 6));
        verifier.requireFinalAnchored(r, sig, issuer, proof);
    }

    function test_aLogThatAnotherOperatorAnchoredIsNone() public {
        Receipt memory r = receipt(1);
        LogProof memory proof = anchored(r, vm.addr(0xB));
        assertTrue(!verifier.verifyAnchored(r, signed(r), issuer, proof), "anchored by another");
    }

    /// An issuer that signs two rulings under one receipt id and claim has only one of them in its log.
    function testFuzz_anAnchoredLeafBindsAllThatWasDecided(uint8 field, uint64 by) public {
        Receipt memory r = receipt(1);
        (r.coverBeneficiary, r.coverMicroUsd, r.coverUntil) = (address(0xA11CE), 5e6, 3_000_000);
        LogProof memory proof = anchored(r, issuer);
        change(r, field % 10, bound(by, 1, type(uint64).max));
        bytes memory sig = signed(r);
        assertTrue(verifier.verify(r, sig, issuer), "signed all the same");
        assertTrue(!verifier.verifyAnchored(r, sig, issuer, proof), "but not what the log says");
    }

    // --- delegations and askers ---------------------------------------------------------------------

    function test_aDelegatedSessionKeySignsForTheWallet() public {
        (uint256 x, uint256 y) = vm.publicKeyP256(7);
        Delegation memory d = Delegation(B, issuer, bytes32(x), bytes32(y), "trade", 5e6, 2_000_001, 1);
        bytes memory wallet = signature(KEY, verifier.delegationDigest(d));
        bytes32 message = sha256("an order");
        (bytes32 r, bytes32 s) = lowP256(7, message);
        assertTrue(verifier.verifySession(d, wallet, B, message, r, s), "session");
        assertTrue(!verifier.verifySession(d, wallet, B, sha256("another"), r, s), "another message");
        assertTrue(!verifier.verifySession(d, wallet, address(1), message, r, s), "for another operator");
        d.operator = address(1);
        assertTrue(!verifier.verifySession(d, wallet, address(1), message, r, s), "relabelled");
        d.operator = B;
        d.limitMicroUsd += 1;
        assertTrue(!verifier.verifySession(d, wallet, B, message, r, s), "another limit");
        d.limitMicroUsd -= 1;
        vm.warp(2_000_001);
        assertTrue(!verifier.verifySession(d, wallet, B, message, r, s), "expired");
    }

    function testFuzz_theAskersWordsAreSigned(AskerClaim memory claim, string memory other) public {
        bytes memory sig = signature(KEY, verifier.askerClaimDigest(claim));
        assertTrue(verifier.verifyAskerClaim(claim, sig, issuer, claim.operator), "asker");
        assertTrue(claim.operator == B || !verifier.verifyAskerClaim(claim, sig, issuer, B), "for another operator");
        vm.assume(keccak256(bytes(other)) != keccak256(bytes(claim.reading)));
        claim.reading = other;
        assertTrue(!verifier.verifyAskerClaim(claim, sig, issuer, claim.operator), "other words");
    }

    function lowP256(uint256 key, bytes32 message) private returns (bytes32 r, bytes32 s) {
        uint256 order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
        (r, s) = vm.signP256(key, message);
        if (uint256(s) > order / 2) s = bytes32(order - uint256(s));
    }
}
