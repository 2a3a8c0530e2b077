// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {CoverBond} from "../../src/CoverBond.sol";
import {DevDollar} from "../../src/DevDollar.sol";
import {ReceiptVerifier} from "../../src/ReceiptVerifier.sol";
import {CoverState, Reservation} from "../../src/interfaces/ICoverBond.sol";
import {Receipt} from "../../src/interfaces/IReceiptVerifier.sol";
import {TestBase} from "../support/TestBase.sol";

/// @notice Two issuers that bond, cover, rule, withdraw and try to cheat, in any order.
contract BondWorld is TestBase {
    DevDollar public dollar;
    CoverBond public bonds;
    ReceiptVerifier public verifier;
    uint256 public time = 1_000_000;
    uint256 public bonded;
    uint256 public paidOut;
    /// @dev Receipts that were taken for reservation, by digest; several may restate one claim.
    bytes32[] public digests;
    bytes32[] public debts;
    /// @dev Of the keys 1 and 2.
    address[2] public issuers;
    mapping(bytes32 digest => Receipt) private _receipts;
    mapping(bytes32 digest => uint256) private _keys;
    mapping(bytes32 debt => uint256) public payments;
    mapping(bytes32 debt => bool) private _known;
    mapping(bytes32 debt => bytes32 digest) private _example;

    constructor(DevDollar dollar_, CoverBond bonds_, ReceiptVerifier verifier_, address[2] memory issuers_) {
        (dollar, bonds, verifier) = (dollar_, bonds_, verifier_);
        issuers = issuers_;
    }

    function bond(uint8 who, uint16 amount) external {
        address issuer = issuers[who % 2];
        uint256 value = bound(amount, 1, type(uint16).max);
        dollar.mintDevelopment(address(this), value, keccak256(abi.encode(bonded, time)));
        dollar.approve(address(bonds), value);
        bonds.bond(issuer, usd(value));
        bonded += value;
    }

    function withdrawBond(uint8 who, uint32 amount) external {
        address issuer = issuers[who % 2];
        uint256 value = bound(amount, 1, type(uint32).max);
        vm.prank(issuer);
        try bonds.withdrawBond(usd(value)) {
            paidOut += value;
        } catch {}
    }

    function reserve(uint8 who, uint8 id, uint16 amount, uint16 lasts) external {
        Receipt memory r;
        r.operator = issuers[who % 2];
        r.receiptId = bytes32(uint256(id));
        r.claimId = bytes32(uint256(id % 4));
        r.status = id % 2;
        r.coverBeneficiary = address(uint160(0xBE0 + amount % 3));
        r.coverMicroUsd = uint128(bound(amount, 1, type(uint16).max));
        r.coverUntil = uint64(time) + lasts;
        bytes32 digest = verifier.digest(r);
        bytes memory sig = signature(who % 2 + 1, digest);
        try bonds.reserve(r, sig) {
            digests.push(digest);
            _receipts[digest] = r;
            _keys[digest] = who % 2 + 1;
            bytes32 debt = debtOf(digest);
            if (!_known[debt]) debts.push(debt);
            _known[debt] = true;
            _example[debt] = digest;
        } catch {}
    }

    /// @notice With a right ruling on half of the calls, and with a wrong one on the other.
    function redeem(uint8 which, uint8 wrong) external {
        if (digests.length == 0) return;
        bytes32 digest = digests[which % digests.length];
        Receipt memory r = _receipts[digest];
        Receipt memory ruling;
        ruling.operator = r.operator;
        ruling.claimId = wrong % 4 == 1 ? bytes32("other") : r.claimId;
        ruling.status = wrong % 4 == 2 ? 2 : 3;
        ruling.supersedes = wrong % 4 == 3 ? bytes32("other") : r.receiptId;
        ruling.issuedAt = uint64(time);
        bytes memory first = signature(_keys[digest], digest);
        bytes memory second = signature(_keys[digest], verifier.digest(ruling));
        Reservation memory before = entryOf(digest);
        bool due = wrong % 4 == 0 && before.state == CoverState.Reserved && time <= r.coverUntil;
        try bonds.redeem(r, first, ruling, second) {
            assertTrue(due, "paid what was not due");
            payments[debtOf(digest)]++;
            paidOut += before.amount.raw();
            assertTrue(before.amount.raw() >= r.coverMicroUsd, "less than this receipt promised");
        } catch {
            assertTrue(!due, "what was due was not paid");
        }
    }

    function release(uint8 which) external {
        if (digests.length == 0) return;
        bytes32 digest = digests[which % digests.length];
        Receipt memory r = _receipts[digest];
        try bonds.release(issuers[_keys[digest] - 1], r.claimId, r.coverBeneficiary) {
            assertTrue(time > r.coverUntil + bonds.redeemGrace(), "released too early");
        } catch {}
    }

    function wait_(uint16 seconds_) external {
        time += seconds_;
        vm.warp(time);
    }

    function reserved() external view returns (uint256 total) {
        for (uint256 i = 0; i < debts.length; i++) {
            Reservation memory entry = entryOf(_example[debts[i]]);
            if (entry.state == CoverState.Reserved) total += entry.amount.raw();
        }
    }

    function count() external view returns (uint256) {
        return debts.length;
    }

    /// @dev Issuer, claim and beneficiary: what can be owed once.
    function debtOf(bytes32 digest) private view returns (bytes32) {
        Receipt memory r = _receipts[digest];
        return keccak256(abi.encode(_keys[digest], r.claimId, r.coverBeneficiary));
    }

    function entryOf(bytes32 digest) private view returns (Reservation memory) {
        Receipt memory r = _receipts[digest];
        return bonds.reservation(issuers[_keys[digest] - 1], r.claimId, r.coverBeneficiary);
    }
}
