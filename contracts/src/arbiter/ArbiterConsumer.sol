// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Claim, ClaimState, ClaimStatus, IArbiter} from "../interfaces/IArbiter.sol";
import {IArbiterCallback} from "../interfaces/IArbiterCallback.sol";
import {MicroUsd} from "../types/MicroUsd.sol";

/// @notice How far a claim has come when it is relied on. `Proved`: the route found a proof of it good. `Final`: proved, or
/// nobody refuted it in time, which means something only where whoever runs the program again could have. `Covered`: that, or
/// open still and covered out of its bond, which pays only where a wrong claim is slashed.
enum Standing {
    Proved,
    Final,
    Covered
}

/// @notice What one route must bring for a value at stake.
/// @param verifier The route.
/// @param least The least standing of a claim. `Covered` and `Final` are for the optimistic route, `Final` for a tolerance
/// (which annuls, so that cover lapses); of every other route ask for a proof.
/// @param valueLimit The most that may be at stake by it.
/// @param bondPpm The least bond, in parts per million of the value at stake. Of a bond only the burnt part deters: 4,000,000
/// makes a quarter of it as large as the value.
/// @param maxPremiumPpm The most that cover may cost, in parts per million of it. This contract pays it to whoever made the
/// claim, who may be the very one that asks to be served on cover.
/// @param minWindow The least window, in seconds.
/// @param minClock The least clock, in seconds.
struct Rule {
    address verifier;
    Standing least;
    MicroUsd valueLimit;
    uint32 bondPpm;
    uint32 maxPremiumPpm;
    uint32 minWindow;
    uint32 minClock;
}

/// @title Consumer of results
/// @notice Base of a contract that acts on the result of a run: it says which routes it takes, up to which value, with what
/// bond and how much time, and then asks for a result that is final, or for one that is covered; or it is called back.
/// @dev What a final claim shows and what it does not: `spec/14-arbiter.md`, 14.6. The bond of a claim is not this consumer's
/// alone: others may act on the same claim. Cover is.
abstract contract ArbiterConsumer is IArbiterCallback {
    uint256 private constant PPM = 1_000_000;
    uint256 private constant MAX_RULES = 8;

    error RulesOutOfRange(uint256 count);
    error ArbiterOnly(address sender);
    error ResultInState(bytes32 claimId, ClaimState state);
    /// @notice The claim is about another program or another input.
    error ResultOfAnother(bytes32 claimId);
    error RouteRefused(address verifier);
    error ValueAboveLimit(MicroUsd value, MicroUsd limit);
    error BondTooLow(MicroUsd bond, uint256 least);
    /// @notice Of the claim, and what the policy asks for on its route.
    error StandingTooLow(Standing standing, Standing least);
    error PremiumTooHigh(uint32 premiumPpm, uint32 most);
    error TimeTooShort(uint32 window, uint32 clock);

    IArbiter public immutable arbiter;
    Rule[] private _rules;

    constructor(IArbiter arbiter_, Rule[] memory rules_) {
        if (rules_.length == 0 || rules_.length > MAX_RULES) revert RulesOutOfRange(rules_.length);
        arbiter = arbiter_;
        for (uint256 i = 0; i < rules_.length; ++i) _rules.push(rules_[i]);
    }

    function rules() external view returns (Rule[] memory) {
        return _rules;
    }

    /// @inheritdoc IArbiterCallback
    function onResult(bytes32 claimId, Claim calldata c) external {
        if (msg.sender != address(arbiter)) revert ArbiterOnly(msg.sender);
        _onFinal(claimId, c);
    }

    /// @dev A claim that named this contract as callback is final. Anybody can name it: check what the claim is about with
    /// `_requireFinal`.
    function _onFinal(bytes32 claimId, Claim calldata c) internal virtual {}

    /// @dev Reverts unless the claim is final, and proved where the policy asks for it, and good enough for `value`.
    function _requireFinal(Claim calldata c, bytes32 program, bytes32 input, MicroUsd value)
        internal
        view
        returns (bytes32 claimId)
    {
        claimId = arbiter.claimIdOf(c);
        ClaimStatus memory status = arbiter.statusOf(claimId);
        if (status.state != ClaimState.Final) revert ResultInState(claimId, status.state);
        _requireGood(c, claimId, program, input, value, status.proved ? Standing.Proved : Standing.Final);
    }

    /// @dev Reverts unless the claim is open, good enough for `value`, and `value` is now reserved for this contract out of its
    /// bond. The premium is paid out of this contract's balance at the arbiter.
    function _requireCovered(Claim calldata c, bytes32 program, bytes32 input, MicroUsd value)
        internal
        returns (bytes32 claimId)
    {
        claimId = arbiter.claimIdOf(c);
        _requireGood(c, claimId, program, input, value, Standing.Covered);
        // Refused unless the claim is open.
        arbiter.reserveCover(c, value);
    }

    /// @dev Takes the cover of a claim that turned out void, out of the arbiter into this contract.
    function _collectCover(bytes32 claimId) internal returns (MicroUsd amount) {
        amount = arbiter.takeCover(claimId);
        arbiter.withdraw(amount);
    }

    function _requireGood(
        Claim calldata c,
        bytes32 claimId,
        bytes32 program,
        bytes32 input,
        MicroUsd value,
        Standing standing
    ) private view {
        if (c.request.program != program || c.request.input != input) revert ResultOfAnother(claimId);
        Rule memory rule = _ruleOf(c.request.verifier);
        // INVARIANT: silence is no proof.
        if (standing > rule.least) revert StandingTooLow(standing, rule.least);
        if (value > rule.valueLimit) revert ValueAboveLimit(value, rule.valueLimit);
        uint256 least = (value.raw() * rule.bondPpm + PPM - 1) / PPM;
        if (c.request.bond.raw() < least) revert BondTooLow(c.request.bond, least);
        if (standing == Standing.Covered && c.request.premiumPpm > rule.maxPremiumPpm) {
            revert PremiumTooHigh(c.request.premiumPpm, rule.maxPremiumPpm);
        }
        if (c.request.window < rule.minWindow || c.request.clock < rule.minClock) {
            revert TimeTooShort(c.request.window, c.request.clock);
        }
    }

    function _ruleOf(address verifier) private view returns (Rule memory rule) {
        for (uint256 i = 0; i < _rules.length; ++i) {
            rule = _rules[i];
            if (rule.verifier == verifier) return rule;
        }
        revert RouteRefused(verifier);
    }
}
