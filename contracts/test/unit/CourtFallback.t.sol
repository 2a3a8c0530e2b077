// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BlockHeader} from "../../src/court/beacon/BlockHeader.sol";
import {ICourtPanels, Panel} from "../../src/interfaces/ICourtPanels.sol";
import {CourtBase} from "../support/CourtBase.sol";

/// @notice A panel drawn by the chain's own randomness, because the beacon did not come.
contract CourtFallbackTest is CourtBase {
    function setUp() public override {
        super.setUp();
        enrol();
        vm.roll(100);
    }

    function word(bytes32 x) private pure returns (bytes memory) {
        return abi.encodePacked(uint8(0xa0), x);
    }

    /// @dev Fields of the sizes that headers have; `mixHash` is the fourteenth.
    function headerOf(bytes32 mixHash) private pure returns (bytes memory) {
        bytes memory bloom = abi.encodePacked(hex"b90100", new bytes(256));
        bytes memory front = bytes.concat(word("parent"), word("uncles"), abi.encodePacked(uint8(0x94), address(7)));
        front = bytes.concat(front, word("state"), word("transactions"), word("receipts"), bloom);
        // Difficulty 0, number 110, gas limit, gas used, time, extra data of seven bytes.
        front = bytes.concat(front, hex"80", hex"6e", hex"8401c9c380", hex"8252fc", hex"846553f100", hex"8773757265747921");
        bytes memory payload = bytes.concat(front, word(mixHash), hex"880000000000000000", hex"07", word("withdrawals"));
        return bytes.concat(abi.encodePacked(uint8(0xf9), uint16(payload.length)), payload);
    }

    function test_theBlockThatWasFixedDraws() public {
        uint256 caseId = proposed(0);
        fill(caseId, CHALLENGER, 1);
        Panel memory p = panels.panelOf(caseId, 1);
        assertEq(p.fallbackBlock, 100 + FALLBACK_BLOCKS, "fixed when the panel was called");
        bytes memory header = headerOf("prevrandao");
        vm.roll(p.fallbackBlock + 1);
        vm.setBlockhash(p.fallbackBlock, keccak256(header));
        vm.expectRevert(
            abi.encodeWithSelector(ICourtPanels.PhaseAhead.selector, caseId, uint8(1), uint256(p.fallbackTime))
        );
        panels.drawByFallback(caseId, 1, header, 1000);
        till(p.fallbackTime);
        bytes memory forged = headerOf("another");
        vm.expectRevert(abi.encodeWithSelector(ICourtPanels.HeaderDiffers.selector, p.fallbackBlock));
        panels.drawByFallback(caseId, 1, forged, 1000);
        panels.drawByFallback(caseId, 1, header, 1000);
        p = panels.panelOf(caseId, 1);
        assertEq(p.seats, 3, "drawn");
        assertTrue(p.byFallback, "and it says by what");
        bytes32 tag = keccak256("surety/court/draw/v1");
        assertEq(p.seed, keccak256(abi.encode(tag, bytes32("prevrandao"), caseId, uint256(1))), "by that block's value");
    }

    function read(bytes calldata header) external pure returns (bytes32) {
        return BlockHeader.prevrandao(header);
    }

    function testFuzz_prevrandaoIsRead(bytes32 value) public view {
        assertEq(this.read(headerOf(value)), value, "the fourteenth field");
    }
}
