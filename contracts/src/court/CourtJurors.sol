// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICourt} from "../interfaces/ICourt.sol";
import {ICourtJurors, Juror, Person, Pool, Snapshot} from "../interfaces/ICourtJurors.sol";
import {IPersonRegistry} from "../interfaces/IPersonRegistry.sol";
import {StakeTree} from "./StakeTree.sol";

/// @title Jurors of a court
/// @notice Who may be drawn, and with what stake. The money itself lies in the court; here is whose it is.
/// @dev What a juror says of itself (family, program, operator) nobody can check on chain. The curator says which families err
/// together, and so who may sit beside whom; it can neither move money nor keep anybody out of the people's panels.
contract CourtJurors is ICourtJurors {
    using StakeTree for StakeTree.Tree;

    ICourt public immutable court;
    address public immutable panels;
    /// @notice Admits families of AI jurors and says which err together.
    address public immutable curator;
    /// @notice What joining takes at least, so that the tree is not filled with nobody.
    uint128 public immutable leastStake;
    /// @notice Says who is one person; 0 where nobody is drawn by person.
    IPersonRegistry public immutable registry;

    mapping(address key => Juror) private _jurors;
    mapping(address account => Person) private _persons;
    /// @notice Whom a key lets register it.
    mapping(address key => address) public operatorFor;
    mapping(bytes32 family => uint32) public clusterOf;
    mapping(Pool => StakeTree.Tree) private _trees;
    mapping(Pool => mapping(uint32 leaf => address key)) private _keys;

    constructor(ICourt court_, address panels_, address curator_, uint128 leastStake_, IPersonRegistry registry_) {
        (court, panels, curator, leastStake, registry) = (court_, panels_, curator_, leastStake_, registry_);
    }

    modifier onlyPanels() {
        if (msg.sender != panels) revert PanelsOnly(msg.sender);
        _;
    }

    // --- joining ----------------------------------------------------------------------------------

    /// @notice Lets jurors of a family join, as one cluster (1 to 255) with those it errs together with. For ever: a change
    /// could put two of a kind into one panel.
    function admitFamily(bytes32 family, uint32 cluster) external {
        if (msg.sender != curator) revert CuratorOnly(msg.sender);
        if (cluster == 0 || cluster > 255 || clusterOf[family] != 0) revert FamilyClustered(family, cluster);
        clusterOf[family] = cluster;
        emit FamilyAdmitted(family, cluster);
    }

    /// @notice The caller, a key that votes for a program, lets an operator register it.
    function serve(address operator) external {
        operatorFor[msg.sender] = operator;
        emit Serving(msg.sender, operator);
    }

    /// @notice The caller joins the people, with a stake out of its balance at the court.
    function joinAsPerson(uint128 stake) external {
        _join(msg.sender, Pool.People, 0, 0, stake);
    }

    /// @notice The caller, as operator, registers an AI juror that votes by `key`. The stake comes out of the caller's balance at
    /// the court, and what the juror earns goes there.
    function joinAsProgram(address key, bytes32 family, bytes32 program, uint128 stake) external {
        // INVARIANT: nobody is registered by somebody else, and so kept from joining by himself.
        if (operatorFor[key] != msg.sender) revert KeyServesAnother(key, operatorFor[key]);
        if (clusterOf[family] == 0) revert FamilyUnknown(family);
        _join(key, Pool.AI, family, program, stake);
    }

    /// @notice The caller, one person by the registry, takes its ticket for rounds that draw by person. It stakes nothing, and
    /// may have a stake beside it.
    function joinByPerson() external {
        if (!_isPerson(msg.sender)) revert PersonUnknown(msg.sender);
        Person storage p = _persons[msg.sender];
        if (p.drawable) revert TicketTaken(msg.sender);
        if (!p.known) (p.known, p.leaf) = (true, _newLeaf(Pool.Persons, msg.sender));
        _setTicket(p, true);
    }

    /// @notice The caller gives its ticket back, and can take it again. A seat that it has stays its own.
    function leaveByPerson() external {
        Person storage p = _persons[msg.sender];
        if (!p.drawable) revert TicketMissing(msg.sender);
        _setTicket(p, false);
    }

    function addStake(address key, uint128 amount) external {
        Juror storage j = _operated(key);
        court.takeStake(msg.sender, amount);
        _setStake(key, j, j.stake + amount);
    }

    /// @notice Takes back what no open seat can take, into the caller's balance at the court.
    function withdrawStake(address key, uint128 amount) external {
        Juror storage j = _operated(key);
        // INVARIANT: what a seat can lose is there until its case has ended.
        if (amount > j.stake - j.locked) revert StakeLocked(j.stake - j.locked, amount);
        _setStake(key, j, j.stake - amount);
        court.giveStake(msg.sender, amount);
    }

    // --- of the panels ----------------------------------------------------------------------------

    /// @inheritdoc ICourtJurors
    function snapshot(Pool pool) external onlyPanels returns (Snapshot memory) {
        return _trees[pool].snapshot();
    }

    /// @notice Sets aside what a seat can lose; false, and nothing, where so much is not free.
    function lock(address key, uint128 amount) external onlyPanels returns (bool) {
        Juror storage j = _jurors[key];
        if (j.stake - j.locked < amount) return false;
        j.locked += amount;
        return true;
    }

    /// @notice Frees what a seat could lose, less what it lost. The court has taken the money already.
    function unlock(address key, uint128 amount, uint128 lost) external onlyPanels {
        Juror storage j = _jurors[key];
        j.locked -= amount;
        if (lost != 0) _setStake(key, j, j.stake - lost);
    }

    /// @notice Seats somebody who was drawn by person; false, and nothing, for whoever left, sits elsewhere, is out, or is no
    /// person any more.
    function seatPerson(address account) external onlyPanels returns (bool) {
        Person storage p = _persons[account];
        if (!p.drawable || p.sitting || block.timestamp < p.outUntil || !_isPerson(account)) return false;
        p.sitting = true;
        return true;
    }

    /// @notice Its seat is struck, or its vote was shown.
    function releasePerson(address account) external onlyPanels {
        _persons[account].sitting = false;
    }

    /// @notice Nothing is locked that it could lose: so it is not drawn for a time.
    function putOut(address account, uint40 until) external onlyPanels {
        Person storage p = _persons[account];
        if (until <= p.outUntil) return;
        p.outUntil = until;
        emit PersonOut(account, until);
    }

    // --- what there is ----------------------------------------------------------------------------

    function jurorOf(address key) external view returns (Juror memory) {
        return _jurors[key];
    }

    function personOf(address account) external view returns (Person memory) {
        return _persons[account];
    }

    /// @notice Whose stretch of the pool's stakes, in the order of joining, holds `point`.
    function drawn(Pool pool, Snapshot calldata snap, uint256 point) external view returns (address) {
        return _keys[pool][_trees[pool].find(snap, point)];
    }

    // --- internals --------------------------------------------------------------------------------

    /// @dev A registry that fails keeps the draw from being made; the panel then stays empty, and the case goes on.
    function _isPerson(address account) private view returns (bool) {
        return address(registry) != address(0) && registry.isHuman(account);
    }

    function _join(address key, Pool pool, bytes32 family, bytes32 program, uint128 stake) private {
        if (stake < leastStake) revert StakeTooLow(stake, leastStake);
        // INVARIANT: a key has one leaf, so that nobody is drawn twice by being registered twice.
        if (key == address(0) || _jurors[key].operator != address(0)) revert KeyTaken(key);
        court.takeStake(msg.sender, stake);
        _jurors[key] = Juror(msg.sender, _newLeaf(pool, key), pool, family, program, 0, 0);
        emit Joined(key, msg.sender, pool, family, program);
        _setStake(key, _jurors[key], stake);
    }

    function _setStake(address key, Juror storage j, uint128 stake) private {
        j.stake = stake;
        _setWeight(j.pool, j.leaf, stake);
        emit StakeChanged(key, stake);
    }

    function _newLeaf(Pool pool, address key) private returns (uint32 leaf) {
        leaf = _trees[pool].add();
        _keys[pool][leaf] = key;
    }

    /// @dev INVARIANT: one person is one ticket.
    function _setTicket(Person storage p, bool drawable) private {
        p.drawable = drawable;
        _setWeight(Pool.Persons, p.leaf, drawable ? 1 : 0);
        emit TicketChanged(msg.sender, drawable);
    }

    function _setWeight(Pool pool, uint32 leaf, uint128 weight) private {
        _trees[pool].set(leaf, weight);
    }

    function _operated(address key) private view returns (Juror storage j) {
        j = _jurors[key];
        if (j.operator != msg.sender) revert OperatorOnly(msg.sender, j.operator);
    }
}
