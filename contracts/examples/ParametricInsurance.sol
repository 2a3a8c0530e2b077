// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {CourtConsumer, Risk, Standing} from "../src/court/CourtConsumer.sol";
import {ICourt} from "../src/interfaces/ICourt.sol";

/// @title Parametric insurance
/// @notice Pays a fixed sum if a stated event happened (a flight late by three hours, less rain than so much), whatever the damage.
/// Small sums are paid at once on what AI jurors say and stay paid if people overturn them: the insurer bears that. Larger
/// ones wait for the final outcome. An example: premiums are set elsewhere.
contract ParametricInsurance is CourtConsumer {
    using SafeERC20 for IERC20;

    error InsurerOnly(address sender);
    error ReserveShort(uint256 free, uint256 sum);
    error CoverUnfit(uint256 coverId);
    error NothingHappened(uint256 coverId, uint8 outcome);

    struct Cover {
        address insured;
        uint128 sum;
        uint40 until;
        bool closed;
        uint256 caseId;
        bytes32 event_;
    }

    uint8 public constant DID_NOT_HAPPEN = 0;
    uint8 public constant HAPPENED = 1;
    uint40 public constant ANSWER_SECONDS = 30 days;

    IERC20 public immutable token;
    address public immutable insurer;
    /// @notice Promised and not paid or released.
    uint256 public promised;
    uint256 public covers;
    mapping(uint256 coverId => Cover) public coverOf;

    constructor(ICourt court_, bytes32 policy_, uint256 atOnce, IERC20 token_, address insurer_)
        CourtConsumer(court_, policy_, Risk.FaultTolerant, atOnce)
    {
        (token, insurer) = (token_, insurer_);
    }

    /// @notice The insurer promises a sum, which must lie here.
    /// @param event_ Digest of what has to happen, and by which record that is told.
    function insure(address insured, uint128 sum, bytes32 event_, uint40 until) external returns (uint256 coverId) {
        if (msg.sender != insurer) revert InsurerOnly(msg.sender);
        uint256 free = token.balanceOf(address(this)) - promised;
        // INVARIANT: every promise is there in full.
        if (sum > free) revert ReserveShort(free, sum);
        promised += sum;
        coverId = ++covers;
        coverOf[coverId] = Cover(insured, sum, until, false, 0, event_);
    }

    /// @notice The insured says that it happened: the court is asked.
    function claim(uint256 coverId) external returns (uint256 caseId) {
        Cover storage c = coverOf[coverId];
        if (c.insured != msg.sender || c.caseId != 0 || c.closed || block.timestamp > c.until) revert CoverUnfit(coverId);
        bytes32 question = keccak256(abi.encode("Did this event happen?", c.event_, c.until));
        caseId = _ask(question, 2, 0, 0, uint40(block.timestamp) + ANSWER_SECONDS);
        c.caseId = caseId;
    }

    /// @notice Pays as soon as the answer is good enough for the sum. Anybody may call it.
    function pay(uint256 coverId) external {
        Cover storage c = coverOf[coverId];
        if (c.caseId == 0 || c.closed) revert CoverUnfit(coverId);
        uint8 outcome = _requireAnswer(c.caseId, c.sum);
        if (outcome != HAPPENED) revert NothingHappened(coverId, outcome);
        _close(c);
        token.safeTransfer(c.insured, c.sum);
    }

    /// @notice Frees a promise that nobody claimed in time, or that the court ended without saying that it happened.
    function release(uint256 coverId) external {
        Cover storage c = coverOf[coverId];
        if (c.closed || c.insured == address(0)) revert CoverUnfit(coverId);
        if (c.caseId == 0) {
            if (block.timestamp <= c.until) revert CoverUnfit(coverId);
            // Nothing that happened can become of a case that ended otherwise.
        } else if (standingOf(c.caseId, type(uint8).max, HAPPENED) != Standing.Overturned) {
            revert CoverUnfit(coverId);
        }
        _close(c);
    }

    /// @notice The insurer takes back what is promised to nobody.
    function withdraw(uint256 amount) external {
        if (msg.sender != insurer) revert InsurerOnly(msg.sender);
        uint256 free = token.balanceOf(address(this)) - promised;
        if (amount > free) revert ReserveShort(free, amount);
        token.safeTransfer(insurer, amount);
    }

    function _close(Cover storage c) private {
        c.closed = true;
        promised -= c.sum;
    }
}
