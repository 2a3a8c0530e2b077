// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arbiter} from "../../src/arbiter/Arbiter.sol";
import {DevDollar} from "../../src/DevDollar.sol";
import {Claim, ClaimState, Dispute, IArbiter, Request, Shares, Turn} from "../../src/interfaces/IArbiter.sol";
import {IArbiterCallback} from "../../src/interfaces/IArbiterCallback.sol";
import {TestBase} from "./TestBase.sol";
import {TruthVerifier} from "./TruthVerifier.sol";

/// @notice An arbiter with funded sides, and the usual moves.
abstract contract ArbiterBase is TestBase {
    uint256 internal constant REQUESTER_KEY = 0xA5;
    address internal constant PROVIDER = address(0x9409);
    address internal constant CHALLENGER = address(0xC4A1);
    address internal constant RELIER = address(0x4E11);
    address internal constant STRANGER = address(0x57A4);
    uint256 internal constant FUNDS = 10_000;
    uint256 internal constant BOND = 1000;
    uint256 internal constant PRICE = 50;
    uint256 internal constant STAKE = 100;
    uint256 internal constant REWARD = 250;
    uint32 internal constant WINDOW = 3600;
    uint32 internal constant CLOCK = 640;
    bytes32 internal constant PROGRAM = "program";
    bytes32 internal constant INPUT = "input";
    uint256 internal constant PREPAID = 1e16;

    bytes internal constant OPEN = hex"01aa";
    bytes internal constant HIDDEN = hex"02aa";
    bytes internal constant REFUTATION = hex"01";
    bytes internal constant BY_RECORD = hex"02";
    bytes internal constant PROOF = hex"03";
    bytes internal constant DOUBT = hex"04";

    DevDollar internal dollar;
    Arbiter internal arbiter;
    TruthVerifier internal route;
    address internal requester;
    /// @dev Kept here: the compiler may read `block.timestamp` only once per call.
    uint256 internal time = 1_000_000;
    uint256 private _nonce;
    uint256 private _mints;

    function setUp() public virtual {
        vm.warp(time);
        vm.fee(0);
        vm.txGasPrice(1 gwei);
        dollar = new DevDollar();
        arbiter = new Arbiter(dollar, Shares(usd(500), 100_000, 250_000, 250_000));
        route = new TruthVerifier();
        requester = vm.addr(REQUESTER_KEY);
        address[5] memory sides = [requester, PROVIDER, CHALLENGER, RELIER, STRANGER];
        for (uint256 i = 0; i < sides.length; i++) {
            fund(sides[i], FUNDS);
            vm.deal(sides[i], 1 ether);
        }
    }

    function fund(address account, uint256 amount) internal {
        dollar.mintDevelopment(address(this), amount, bytes32(++_mints));
        dollar.approve(address(arbiter), amount);
        arbiter.deposit(account, usd(amount));
    }

    function wait(uint256 seconds_) internal {
        time += seconds_;
        vm.warp(time);
    }

    // --- claims -------------------------------------------------------------------------------------

    function requestOf() internal returns (Request memory r) {
        r.requester = requester;
        r.program = PROGRAM;
        r.input = INPUT;
        r.verifier = address(route);
        r.price = usd(PRICE);
        r.bond = usd(BOND);
        r.deadline = uint64(time + 100);
        r.window = WINDOW;
        r.clock = CLOCK;
        r.premiumPpm = 10_000;
        r.nonce = _nonce++;
    }

    function sign(Request memory r) internal returns (bytes memory) {
        return signature(REQUESTER_KEY, arbiter.requestDigest(r));
    }

    /// @dev Nothing is answered in advance.
    function ahead() internal pure returns (bytes[] memory) {
        return new bytes[](0);
    }

    function ahead(bytes memory one) internal pure returns (bytes[] memory some) {
        some = new bytes[](1);
        some[0] = one;
    }

    function post(Request memory r, bytes32 output, bytes32 trace) internal returns (Claim memory c) {
        bytes memory signed = sign(r);
        vm.prank(PROVIDER);
        bytes32 claimId = arbiter.claim(r, signed, output, trace, ahead(), ahead());
        c = Claim(r, PROVIDER, output, trace);
        assertEq(claimId, arbiter.claimIdOf(c), "the id of the claim");
    }

    function rightOutput() internal view returns (bytes32) {
        return route.outputOf(PROGRAM, INPUT);
    }

    function rightClaim() internal returns (Claim memory) {
        return post(requestOf(), rightOutput(), 0);
    }

    function wrongClaim(bytes32 trace) internal returns (Claim memory) {
        return post(requestOf(), "wrong", trace);
    }

    // --- moves --------------------------------------------------------------------------------------

    function dispute(Claim memory c, bytes memory question) internal returns (uint32 disputeId) {
        vm.prank(CHALLENGER);
        return arbiter.dispute{value: PREPAID}(c, question);
    }

    function answer(Claim memory c, uint32 disputeId, bytes memory question) internal {
        vm.prank(PROVIDER);
        arbiter.answer(c, disputeId, question, question);
    }

    function ask(Claim memory c, uint32 disputeId, bytes memory question) internal {
        vm.prank(CHALLENGER);
        arbiter.ask{value: PREPAID}(c, disputeId, question);
    }

    function finalise(Claim memory c) internal {
        wait(WINDOW + 1);
        arbiter.finalise(c);
    }

    /// @notice The next call is made by `who` and must fail. Takes the reason as a value: working it out asks the arbiter,
    /// which would use up a prank.
    function refused(address who, bytes memory why) internal {
        vm.expectRevert(why);
        vm.prank(who);
    }

    // --- what there is ------------------------------------------------------------------------------

    function idOf(Claim memory c) internal view returns (bytes32) {
        return arbiter.claimIdOf(c);
    }

    function assertState(Claim memory c, ClaimState state, string memory what) internal view {
        assertEq(uint256(arbiter.stateOf(idOf(c))), uint256(state), what);
    }

    function disputeOf(Claim memory c, uint32 disputeId) internal view returns (Dispute memory) {
        return arbiter.disputeOf(idOf(c), disputeId);
    }

    function balance(address account) internal view returns (uint256) {
        return arbiter.balanceOf(account).raw();
    }

    function inState(Claim memory c, ClaimState state) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IArbiter.ClaimInState.selector, idOf(c), state);
    }

    function inTurn(Claim memory c, uint32 disputeId, Turn turn) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IArbiter.DisputeInTurn.selector, idOf(c), disputeId, turn);
    }
}

/// @notice A consumer that writes down what it is told, or misbehaves.
contract Listener is IArbiterCallback {
    enum Mood {
        Fine,
        Reverts,
        Burns,
        Floods,
        Enters
    }

    Mood public mood;
    bytes32 public told;
    uint256 public gasGiven;
    bytes4 public refusal;

    function be(Mood mood_) external {
        mood = mood_;
    }

    function onResult(bytes32 claimId, Claim calldata c) external {
        gasGiven = gasleft();
        if (mood == Mood.Reverts) revert("no");
        if (mood == Mood.Burns) while (true) {}
        if (mood == Mood.Floods) {
            assembly {
                revert(0, 200000)
            }
        }
        told = claimId;
        if (mood == Mood.Enters) {
            try IArbiter(msg.sender).finalise(c) {}
            catch (bytes memory reason) {
                refusal = bytes4(reason);
            }
        }
    }
}
