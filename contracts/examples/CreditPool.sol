// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ArbiterConsumer, Rule} from "../src/arbiter/ArbiterConsumer.sol";
import {OutputProof, OutputReader} from "../src/arbiter/OutputReader.sol";
import {Claim, IArbiter} from "../src/interfaces/IArbiter.sol";
import {TensorType} from "../src/programs/ProgramCommitment.sol";
import {MicroUsd, ZERO} from "../src/types/MicroUsd.sol";

/// @title A lending pool that trusts a credit model
/// @notice Lends without collateral to whom a program scores high enough on what the pool itself remembers of him. The score
/// is final, or it is covered: then the pool gets its money from the provider's bond if the score was wrong. An example:
/// no interest, one loan at a time.
contract CreditPool is ArbiterConsumer {
    using SafeERC20 for IERC20;

    error ScoreTooLow(int32 score, int32 least);
    error StillOwed(MicroUsd owed);
    error NothingOwed(address who);

    struct Borrower {
        uint8 repaid;
        uint8 late;
        MicroUsd owed;
        uint64 due;
    }

    uint64 public constant TERM_SECONDS = 30 days;
    IERC20 public immutable token;
    bytes32 public immutable model;
    int32 public immutable leastScore;
    mapping(address who => Borrower) public borrowers;

    constructor(IArbiter arbiter_, Rule[] memory rules_, IERC20 token_, bytes32 model_, int32 leastScore_)
        ArbiterConsumer(arbiter_, rules_)
    {
        (token, model, leastScore) = (token_, model_, leastScore_);
    }

    // --- what relying on a result takes ---

    /// @notice Borrows on a score that is final.
    function borrow(MicroUsd amount, Claim calldata c, OutputProof calldata score) external {
        _requireFinal(c, model, inputOf(msg.sender), amount);
        _lend(amount, OutputReader.read(c.output, 0, 0, score));
    }

    /// @notice Borrows at once, on a score that is not final yet but covered.
    function borrowCovered(MicroUsd amount, Claim calldata c, OutputProof calldata score) external {
        _requireCovered(c, model, inputOf(msg.sender), amount);
        _lend(amount, OutputReader.read(c.output, 0, 0, score));
    }

    /// @notice Fetches the cover of a score that turned out wrong. Anybody may call it.
    function collectCover(bytes32 claimId) external {
        _collectCover(claimId);
    }

    /// @notice The model's input about somebody: two numbers that the pool counted itself.
    function inputOf(address who) public view returns (bytes32) {
        TensorType memory type_ = TensorType(1, new uint32[](1));
        type_.dims[0] = 2;
        return OutputReader.idOfOne(type_, abi.encodePacked(borrowers[who].repaid, borrowers[who].late));
    }

    // --- the pool's own business ---

    function repay(address who) external {
        Borrower storage b = borrowers[who];
        MicroUsd amount = b.owed;
        // INVARIANT: nothing is counted that cost nothing.
        if (amount.isZero()) revert NothingOwed(who);
        b.owed = ZERO;
        if (block.timestamp <= b.due) b.repaid = _next(b.repaid);
        else b.late = _next(b.late);
        token.safeTransferFrom(msg.sender, address(this), amount.raw());
    }

    function _lend(MicroUsd amount, int32 score) private {
        Borrower storage b = borrowers[msg.sender];
        if (score < leastScore) revert ScoreTooLow(score, leastScore);
        if (!b.owed.isZero()) revert StillOwed(b.owed);
        (b.owed, b.due) = (amount, uint64(block.timestamp) + TERM_SECONDS);
        token.safeTransfer(msg.sender, amount.raw());
    }

    /// @dev An `i8` of the model's input ends at 127.
    function _next(uint8 count) private pure returns (uint8) {
        return count < 127 ? count + 1 : count;
    }
}
