// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Claim, ClaimState, IArbiter, Request} from "../../src/interfaces/IArbiter.sol";
import {Holds, Run} from "../../src/interfaces/IExecutionVerifier.sol";
import {ArbiterBase} from "../support/ArbiterBase.sol";

/// @notice A route that does whatever its proof tells it to.
contract UnrulyRoute {
    uint256 public touched;

    fallback(bytes calldata) external returns (bytes memory) {
        (,,, bytes memory proof) = abi.decode(msg.data[4:], (Run, bytes, bytes32, bytes));
        bytes1 what = proof[0];
        if (what == 0x01) touched = 1;
        if (what == 0x02) {
            assembly {
                revert(0, 100000)
            }
        }
        if (what == 0x03) return abi.encode(uint256(4), bytes32(0));
        if (what == 0x04) return abi.encode(uint256(1));
        if (what == 0x05) return new bytes(100000);
        if (what == 0x06) revert("because");
        if (what == 0x07) return abi.encode(type(uint256).max, bytes32(0));
        return abi.encode(Holds.Refuted, bytes32(0));
    }
}

/// @notice Routes are strangers' contracts: one that misbehaves shows nothing.
contract ArbiterRouteTest is ArbiterBase {
    function unruly() private returns (Claim memory c) {
        Request memory r = requestOf();
        r.verifier = address(new UnrulyRoute());
        c = post(r, "out", 0);
    }

    function testFuzz_whatIsNoFindingShowsNothing(uint8 what) public {
        Claim memory c = unruly();
        what = uint8(bound(what, 1, 7));
        uint256 before = gasleft();
        try arbiter.refute{gas: 1_000_000}(c, 0, abi.encodePacked(what)) {
            assertTrue(false, "accepted");
        } catch (bytes memory reason) {
            bytes4 expected = what == 5 ? IArbiter.RouteSays.selector : IArbiter.RouteFailed.selector;
            assertTrue(bytes4(reason) == expected, "refused as such");
            assertTrue(reason.length < 500, "with a short reason");
        }
        // Writing in a view call burns all that it was given, which is the caller's own.
        if (what != 1) assertTrue(before - gasleft() < 400_000, "at a bounded price");
        assertState(c, ClaimState.Open, "open");
    }

    function test_theReasonOfARouteIsPassedOn() public {
        Claim memory c = unruly();
        bytes memory why = abi.encodeWithSignature("Error(string)", "because");
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteFailed.selector, c.request.verifier, why));
        arbiter.refute(c, 0, hex"06");
        arbiter.refute(c, 0, hex"00");
        assertState(c, ClaimState.Void, "a finding is a finding");
    }

    function test_noCodeIsNoRoute() public {
        Request memory r = requestOf();
        r.verifier = STRANGER;
        Claim memory c = post(r, "out", 0);
        vm.expectRevert(abi.encodeWithSelector(IArbiter.RouteFailed.selector, STRANGER, ""));
        arbiter.prove(c, PROOF);
    }
}
