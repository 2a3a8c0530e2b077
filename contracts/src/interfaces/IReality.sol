// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What contracts and clients call of Reality.eth version 3, in native currency. Written from its documentation:
/// names, arguments and meanings are those that its consumers rely on.
interface IReality {
    event LogNewTemplate(uint256 indexed template_id, address indexed user, string question_text);
    event LogNewQuestion(
        bytes32 indexed question_id,
        address indexed user,
        uint256 template_id,
        string question,
        bytes32 indexed content_hash,
        address arbitrator,
        uint32 timeout,
        uint32 opening_ts,
        uint256 nonce,
        uint256 created
    );
    event LogMinimumBond(bytes32 indexed question_id, uint256 min_bond);
    event LogNewAnswer(
        bytes32 answer,
        bytes32 indexed question_id,
        bytes32 history_hash,
        address indexed user,
        uint256 bond,
        uint256 ts,
        bool is_commitment
    );
    event LogClaim(bytes32 indexed question_id, address indexed user, uint256 amount);
    event LogWithdraw(address indexed user, uint256 amount);

    function createTemplate(string calldata content) external returns (uint256 template_id);
    function askQuestion(
        uint256 template_id,
        string calldata question,
        address arbitrator,
        uint32 timeout,
        uint32 opening_ts,
        uint256 nonce
    ) external payable returns (bytes32 question_id);
    function askQuestionWithMinBond(
        uint256 template_id,
        string calldata question,
        address arbitrator,
        uint32 timeout,
        uint32 opening_ts,
        uint256 nonce,
        uint256 min_bond
    ) external payable returns (bytes32 question_id);
    function submitAnswer(bytes32 question_id, bytes32 answer, uint256 max_previous) external payable;
    function submitAnswerFor(bytes32 question_id, bytes32 answer, uint256 max_previous, address answerer)
        external
        payable;
    function claimWinnings(
        bytes32 question_id,
        bytes32[] calldata history_hashes,
        address[] calldata addrs,
        uint256[] calldata bonds,
        bytes32[] calldata answers
    ) external;
    function withdraw() external;

    function balanceOf(address account) external view returns (uint256);
    function getContentHash(bytes32 question_id) external view returns (bytes32);
    function getArbitrator(bytes32 question_id) external view returns (address);
    function getOpeningTS(bytes32 question_id) external view returns (uint32);
    function getTimeout(bytes32 question_id) external view returns (uint32);
    function getFinalizeTS(bytes32 question_id) external view returns (uint32);
    function isPendingArbitration(bytes32 question_id) external view returns (bool);
    function getBounty(bytes32 question_id) external view returns (uint256);
    function getBestAnswer(bytes32 question_id) external view returns (bytes32);
    function getBond(bytes32 question_id) external view returns (uint256);
    function getMinBond(bytes32 question_id) external view returns (uint256);
    function isFinalized(bytes32 question_id) external view returns (bool);
    function resultFor(bytes32 question_id) external view returns (bytes32);
    function getFinalAnswerIfMatches(
        bytes32 question_id,
        bytes32 content_hash,
        address arbitrator,
        uint32 min_timeout,
        uint256 min_bond
    ) external view returns (bytes32);
    function isSettledTooSoon(bytes32 question_id) external view returns (bool);
}
