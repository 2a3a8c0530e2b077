// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPersonRegistry} from "./IPersonRegistry.sol";

/// @notice Who may be drawn, each from a pool of its own: AI jurors and people by stake, persons by one ticket each.
enum Pool {
    AI,
    People,
    Persons
}

/// @notice A juror, by the key that votes.
/// @param operator Who registered it, owns its stake and is paid.
/// @param leaf Its place in the pool's tree, from 0.
/// @param family Of an AI juror: families that err together are one cluster.
/// @param program Of an AI juror: id of the program that it says it runs.
/// @param stake What it can lose, and its weight in a draw.
/// @param locked The part of it that open seats can take.
struct Juror {
    address operator;
    uint32 leaf;
    Pool pool;
    bytes32 family;
    bytes32 program;
    uint128 stake;
    uint128 locked;
}

/// @notice Somebody who is drawn by person, beside what the same account may have staked.
/// @param leaf Its place in the pool's tree, from 0.
/// @param known Whether it ever joined.
/// @param drawable Whether it has its ticket, and did not leave.
/// @param sitting Whether it has a seat whose vote is not revealed: until then it is drawn nowhere else.
/// @param outUntil Unix seconds before which it is not drawn: it missed a vote, or copied one.
struct Person {
    uint32 leaf;
    bool known;
    bool drawable;
    bool sitting;
    uint40 outUntil;
}

/// @notice Weights as they were when a panel was called.
struct Snapshot {
    uint48 version;
    uint8 depth;
    uint128 total;
}

/// @notice Registration and stakes of jurors, and where a random number falls among them.
interface ICourtJurors {
    error PanelsOnly(address sender);
    error CuratorOnly(address sender);
    error OperatorOnly(address sender, address operator);
    error KeyTaken(address key);
    error KeyServesAnother(address key, address operator);
    error StakeTooLow(uint256 stake, uint256 least);
    error StakeLocked(uint256 free, uint256 wanted);
    error FamilyUnknown(bytes32 family);
    error FamilyClustered(bytes32 family, uint32 cluster);
    error PersonUnknown(address account);
    error TicketTaken(address account);
    error TicketMissing(address account);

    event FamilyAdmitted(bytes32 indexed family, uint32 cluster);
    event Serving(address indexed key, address indexed operator);
    event Joined(address indexed key, address indexed operator, Pool pool, bytes32 family, bytes32 program);
    event StakeChanged(address indexed key, uint256 stake);
    event TicketChanged(address indexed account, bool held);
    event PersonOut(address indexed account, uint40 until);

    function admitFamily(bytes32 family, uint32 cluster) external;
    function serve(address operator) external;
    function joinAsPerson(uint128 stake) external;
    function joinAsProgram(address key, bytes32 family, bytes32 program, uint128 stake) external;
    function joinByPerson() external;
    function leaveByPerson() external;
    function addStake(address key, uint128 amount) external;
    function withdrawStake(address key, uint128 amount) external;
    // --- of the panels ---
    function snapshot(Pool pool) external returns (Snapshot memory);
    function lock(address key, uint128 amount) external returns (bool);
    function unlock(address key, uint128 amount, uint128 lost) external;
    function seatPerson(address account) external returns (bool);
    function releasePerson(address account) external;
    function putOut(address account, uint40 until) external;

    function registry() external view returns (IPersonRegistry);
    function jurorOf(address key) external view returns (Juror memory);
    function personOf(address account) external view returns (Person memory);
    function clusterOf(bytes32 family) external view returns (uint32);
    function drawn(Pool pool, Snapshot calldata snap, uint256 point) external view returns (address);
}
