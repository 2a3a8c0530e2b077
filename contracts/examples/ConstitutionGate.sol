// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {CourtConsumer, Risk} from "../src/court/CourtConsumer.sol";
import {ICourt} from "../src/interfaces/ICourt.sol";

/// @title A DAO that keeps to its constitution
/// @notice Owns what the DAO owns, and carries out a call that the DAO's governor has voted for only once the court has said that it
/// follows the written constitution. The strictest risk: every panel on the way must have been able to say so.
contract ConstitutionGate is CourtConsumer {
    error GovernorOnly(address sender);
    error ProposalKnown(bytes32 proposal);
    error ProposalUnknown(bytes32 proposal);
    error Unconstitutional(bytes32 proposal, uint8 outcome);

    uint8 public constant VIOLATES = 0;
    uint8 public constant FOLLOWS = 1;
    uint40 public constant ANSWER_SECONDS = 14 days;

    address public immutable governor;
    /// @notice Digest of the constitution's text.
    bytes32 public immutable constitution;
    mapping(bytes32 proposal => uint256) public caseOf;
    mapping(bytes32 proposal => bool) public executed;

    constructor(ICourt court_, bytes32 policy_, address governor_, bytes32 constitution_)
        CourtConsumer(court_, policy_, Risk.Abstaining, 0)
    {
        (governor, constitution) = (governor_, constitution_);
    }

    receive() external payable {}

    /// @notice The governor has voted for a call: is it constitutional?
    function submit(address to, uint256 value, bytes calldata data, bytes32 salt) external returns (bytes32 proposal) {
        if (msg.sender != governor) revert GovernorOnly(msg.sender);
        proposal = idOf(to, value, data, salt);
        if (caseOf[proposal] != 0) revert ProposalKnown(proposal);
        bytes32 question = keccak256(abi.encode("Does this proposal follow this constitution?", constitution, proposal));
        caseOf[proposal] = _ask(question, 2, 0, 0, uint40(block.timestamp) + ANSWER_SECONDS);
    }

    /// @notice Carries it out, once. Anybody may call it.
    function execute(address to, uint256 value, bytes calldata data, bytes32 salt) external returns (bytes memory) {
        bytes32 proposal = idOf(to, value, data, salt);
        if (caseOf[proposal] == 0) revert ProposalUnknown(proposal);
        if (executed[proposal]) revert ProposalKnown(proposal);
        uint8 outcome = _requireAnswer(caseOf[proposal], value);
        if (outcome != FOLLOWS) revert Unconstitutional(proposal, outcome);
        executed[proposal] = true;
        return Address.functionCallWithValue(to, data, value);
    }

    function idOf(address to, uint256 value, bytes calldata data, bytes32 salt) public pure returns (bytes32) {
        return keccak256(abi.encode(to, value, data, salt));
    }
}
