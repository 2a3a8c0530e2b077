// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Arbiter} from "../../src/arbiter/Arbiter.sol";
import {DevDollar} from "../../src/DevDollar.sol";
import {Claim, ClaimState, ClaimStatus, Dispute, Request, Turn} from "../../src/interfaces/IArbiter.sol";
import {TestBase} from "../support/TestBase.sol";
import {TruthVerifier} from "../support/TruthVerifier.sol";

/// @notice A world in which everybody who may cheat does so at random, in any order and at any time, while four keep to their
/// rules: a provider that answers each question within a 32nd of its clock, a watcher that goes after every wrong
/// claim within its window, a requester, and a consumer that reserves cover. After each step `check` says that money is
/// conserved and that none of the four has lost anything.
/// @dev The honest ones move as late as they may: time stops at each of their duties on its way.
contract ArbiterWorld is TestBase {
    // The honest ones.
    address internal constant PROVIDER = address(0xA001);
    address internal constant WATCHER = address(0xA002);
    address internal constant RELIER = address(0xA003);
    uint256 public constant ASKER_KEY = 0xA51;
    // The others are one coalition.
    address internal constant LIAR = address(0xB001);
    address internal constant GRIEFER = address(0xB002);
    address internal constant FRIEND = address(0xB003);
    address internal constant BUYER = address(0xB004);
    uint256 public constant COLLUDER_KEY = 0xB51;
    address internal constant STRANGER = address(0xC001);

    /// @dev What each account has in the arbiter to begin with.
    uint256 public constant START = 100_000;
    uint256 public constant ACCOUNTS = 10;
    uint256 public constant BOND = 1000;
    uint256 private constant PRICE = 50;
    uint256 private constant STAKE = 100;
    uint32 private constant WINDOW = 3600;
    uint32 private constant CLOCK = 3200;
    uint256 private constant SHARE_OF_CLOCK = CLOCK / 32;
    uint256 private constant PREPAID = 1e15;
    uint256 private constant MAX_CLAIMS = 3;
    uint32 private constant MAX_DISPUTES = 5;

    bytes private constant OPEN = hex"01";
    bytes private constant HIDDEN = hex"02";
    bytes private constant NONSENSE = hex"ff";

    /// @param right Whether the run is right; the claims of the honest provider are.
    /// @param watchAt When the watcher goes after it at the latest.
    /// @param relied What the honest consumer reserved.
    /// @param watched Number of the watcher's dispute; 0 for none.
    struct Posted {
        Claim c;
        bytes32 id;
        bool right;
        bool honest;
        bool asked;
        uint40 windowEnd;
        uint40 watchAt;
        uint32 watched;
        uint32 disputes;
        uint256 relied;
        bytes signed;
        ClaimState state;
    }

    DevDollar private dollar;
    Arbiter private arbiter;
    TruthVerifier private route;
    address private asker;
    address private colluder;
    address[ACCOUNTS] public accounts;

    uint256 public time = 1_000_000;
    uint256 public count;
    /// @notice Calls that took effect.
    uint256 public moves;
    mapping(uint256 index => Posted) private _posted;
    /// @dev Who opened a dispute, what was asked last and when.
    mapping(uint256 index => mapping(uint32 disputeId => address)) private _challenger;
    mapping(uint256 index => mapping(uint32 disputeId => bytes1)) private _question;
    mapping(uint256 index => mapping(uint32 disputeId => uint256)) private _openedAt;
    mapping(uint256 index => mapping(uint32 disputeId => uint256)) private _movedAt;
    mapping(uint256 index => mapping(uint32 disputeId => bool)) private _closed;
    bytes[] private _noneAhead;
    uint256 private _nonce;
    uint256 private _premiums;

    /// @param keyed Addresses of the asker's and of the colluder's key.
    constructor(DevDollar dollar_, Arbiter arbiter_, TruthVerifier route_, address[2] memory keyed) {
        (dollar, arbiter, route) = (dollar_, arbiter_, route_);
        (asker, colluder) = (keyed[0], keyed[1]);
        accounts = [PROVIDER, WATCHER, RELIER, asker, LIAR, GRIEFER, FRIEND, BUYER, colluder, STRANGER];
    }

    // --- one step -----------------------------------------------------------------------------------

    /// @notice Does whatever `r` says. Most of what it says is what a coalition might try.
    function step(uint256 r) external {
        uint256 kind = r % 24;
        r >>= 8;
        if (count == 0 || (kind < 3 && count < MAX_CLAIMS)) return _post(r);
        uint256 index = (r >> 8) % count;
        r >>= 16;
        if (kind < 6) return _wait(r);
        Posted storage p = _posted[index];
        if (kind < 10) return _disturb(p, index, r);
        if (kind < 12) return _reserve(p, r);
        if (kind == 12) return _try(LIAR, 0, abi.encodeCall(Arbiter.finalise, (p.c)));
        if (kind == 13) return _try(FRIEND, 0, abi.encodeCall(Arbiter.refute, (p.c, _any(p, r), _proof(r))));
        if (kind == 14) return _prove(p, r);
        if (kind == 15) return _usurp(p, r);
        if (kind == 16) return _collect(p, r);
        if (p.disputes == 0) return _disturb(p, index, r);
        uint32 d = 1 + uint32((r >> 8) % p.disputes);
        r >>= 16;
        if (kind == 17) return _try(_villain(r), 0, abi.encodeCall(Arbiter.expire, (p.c, d)));
        if (kind == 18) return _try(_villain(r), 0, abi.encodeCall(Arbiter.settle, (p.c, d)));
        if (kind == 19) return _lie(p, index, d);
        if (kind == 20) return _barrage(p, index, d);
        _disturbOn(p, index, d, r);
    }

    /// @notice Runs to the end: every claim is decided by what anybody may do, and all money is somebody's again.
    function finish() external {
        _advance(time + WINDOW + 2 * CLOCK + 2);
        for (uint256 i = 0; i < count; i++) {
            Posted storage p = _posted[i];
            for (uint32 d = 1; d <= p.disputes; d++) {
                if (_isOpen(p) && _turnOf(p, d) != Turn.Closed) _must(abi.encodeCall(Arbiter.expire, (p.c, d)));
            }
            if (_isOpen(p)) _must(abi.encodeCall(Arbiter.finalise, (p.c)));
            for (uint32 d = 1; d <= p.disputes; d++) {
                if (_turnOf(p, d) != Turn.Closed) _must(abi.encodeCall(Arbiter.settle, (p.c, d)));
            }
            ClaimState state = arbiter.stateOf(p.id);
            // Nobody owes the proof of an honest claim here: then it is paid for if somebody brings one.
            if (p.honest && !p.c.request.proofRequired) assertTrue(state == ClaimState.Final, "an honest claim is final");
            bool doubtful = p.c.trace == route.DOUBTFUL();
            assertTrue(state != ClaimState.Annulled || doubtful || p.c.request.proofRequired, "annulled for nothing");
            if (!p.right) assertTrue(state == ClaimState.Void, "a wrong claim is void");
            if (state == ClaimState.Void) _collect(p, 0);
        }
        check();
        uint256 total = arbiter.burnt().raw();
        for (uint256 i = 0; i < ACCOUNTS; i++) total += arbiter.balanceOf(accounts[i]).raw();
        assertEq(total, START * ACCOUNTS, "all that is not burnt is somebody's");
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            if (arbiter.owedNative(accounts[i]) == 0) continue;
            vm.prank(accounts[i]);
            arbiter.withdrawNative(accounts[i]);
        }
        assertEq(address(arbiter).balance, 0, "and all native currency");
    }

    // --- what always holds --------------------------------------------------------------------------

    function check() public {
        uint256 locked = arbiter.burnt().raw();
        uint256 prepaid = 0;
        uint256 providers = arbiter.balanceOf(PROVIDER).raw();
        uint256 watchers = arbiter.balanceOf(WATCHER).raw();
        uint256 askers = arbiter.balanceOf(asker).raw();
        uint256 reliers = arbiter.balanceOf(RELIER).raw() + _premiums;
        uint256 relied = START;
        for (uint256 i = 0; i < count; i++) {
            Posted storage p = _posted[i];
            ClaimStatus memory status = arbiter.statusOf(p.id);
            _checkState(p, status);
            bool open = status.state == ClaimState.Open;
            if (open) locked += BOND + PRICE;
            if (status.state == ClaimState.Void) {
                locked += status.covered.raw();
                reliers += arbiter.coverOf(p.id, RELIER).raw();
                relied += p.relied;
            }
            if (p.honest && open) providers += BOND;
            if (p.honest && status.state == ClaimState.Final) providers -= PRICE;
            if (p.asked && (open || status.state == ClaimState.Final)) askers += PRICE;
            for (uint32 d = 1; d <= p.disputes; d++) {
                if (_closed[i][d]) continue;
                Dispute memory found = arbiter.disputeOf(p.id, d);
                // What was closed once is not looked at again: money that moved in it would be missing elsewhere.
                if (found.turn == Turn.Closed) {
                    _closed[i][d] = true;
                    continue;
                }
                (locked, prepaid) = (locked + STAKE, prepaid + found.prepaid);
                if (d == p.watched) watchers += STAKE;
                // Both clocks together are two, however often the move passed; so a claim is decided at the latest two
                // clocks after its window.
                uint256 openedAt = _openedAt[i][d];
                assertEq(uint256(found.deadline) + found.otherSeconds, openedAt + 2 * CLOCK, "both clocks");
                assertTrue(openedAt <= p.windowEnd, "disputed after its window");
            }
        }
        assertTrue(providers >= START, "the honest provider has lost");
        assertTrue(watchers >= START, "the watcher has lost");
        assertEq(askers, START, "the requester has paid for nothing");
        assertEq(reliers, relied, "the consumer is not paid what it reserved");
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            locked += arbiter.balanceOf(accounts[i]).raw();
            prepaid += arbiter.owedNative(accounts[i]);
        }
        assertEq(dollar.balanceOf(address(arbiter)), locked, "tokens held");
        assertEq(locked, START * ACCOUNTS, "tokens there are");
        assertEq(address(arbiter).balance, prepaid, "native currency held");
    }

    function _checkState(Posted storage p, ClaimStatus memory status) private {
        ClaimState state = status.state;
        if (p.state != ClaimState.Open) assertTrue(state == p.state, "a decision was changed");
        assertEq(status.windowEnd, p.windowEnd, "a window was moved");
        if (state == p.state) return;
        p.state = state;
        bool unproved = p.c.request.proofRequired && state == ClaimState.Annulled;
        if (p.honest) assertTrue(state == ClaimState.Final || unproved, "an honest claim came to nothing");
        if (p.c.request.proofRequired && state == ClaimState.Final) assertTrue(status.proved, "paid without a proof");
        if (!p.right) assertTrue(state == ClaimState.Void, "a wrong claim came to something");
    }

    // --- what the coalition does --------------------------------------------------------------------

    function _post(uint256 r) private {
        bool honest = r % 2 == 0;
        bool asked = (r >> 1) % 2 == 0;
        bool right = honest || (r >> 2) % 4 == 0;
        bytes32 trace = honest ? bytes32(0) : bytes32((r >> 4) % (right ? 3 : 2));
        Request memory request = Request({
            requester: asked ? asker : colluder,
            provider: address(0),
            program: "program",
            input: bytes32(r >> 128),
            verifier: address(route),
            price: usd(PRICE),
            bond: usd(BOND),
            deadline: uint64(time),
            window: WINDOW,
            clock: CLOCK,
            premiumPpm: 10_000,
            proofRequired: (r >> 96) % 4 == 0,
            callback: address(0),
            nonce: _nonce++
        });
        bytes32 output = right ? route.outputOf(request.program, request.input) : bytes32("wrong");
        bytes memory signed = signature(asked ? ASKER_KEY : COLLUDER_KEY, arbiter.requestDigest(request));
        address provider = honest ? PROVIDER : LIAR;
        vm.prank(provider);
        bytes32 id = arbiter.claim(request, signed, output, trace, _noneAhead, _noneAhead);
        Posted storage p = _posted[count++];
        (p.c, p.signed) = (Claim(request, provider, output, trace), signed);
        (p.id, p.right, p.honest, p.asked) = (id, right, honest, asked);
        (p.windowEnd, p.state) = (uint40(time) + WINDOW, ClaimState.Open);
        p.watchAt = right ? 0 : uint40(time + (r >> 64) % WINDOW);
        moves++;
    }

    function _disturb(Posted storage p, uint256 index, uint256 r) private {
        if (p.disputes == MAX_DISPUTES) return;
        _dispute(p, index, _villain(r), _anyQuestion(r >> 8));
    }

    function _dispute(Posted storage p, uint256 index, address who, bytes memory question) private returns (bool) {
        uint256 before = moves;
        _try(who, PREPAID, abi.encodeCall(Arbiter.dispute, (p.c, question)));
        if (moves == before) return false;
        uint32 d = ++p.disputes;
        (_challenger[index][d], _question[index][d]) = (who, question[0]);
        (_openedAt[index][d], _movedAt[index][d]) = (time, time);
        return true;
    }

    /// @dev On a dispute of the coalition: asks on, or gives up.
    function _disturbOn(Posted storage p, uint256 index, uint32 d, uint256 r) private {
        address who = _challenger[index][d];
        if (who == WATCHER) return;
        if (r % 4 == 0) return _try(who, 0, abi.encodeCall(Arbiter.concede, (p.c, d)));
        _askOn(p, index, d, _anyQuestion(r >> 2));
    }

    function _askOn(Posted storage p, uint256 index, uint32 d, bytes memory question) private {
        uint256 before = moves;
        _try(_challenger[index][d], PREPAID, abi.encodeCall(Arbiter.ask, (p.c, d, question)));
        if (moves != before) (_question[index][d], _movedAt[index][d]) = (question[0], time);
    }

    /// @dev Questions as fast as may be, each answered as late as the honest provider answers.
    function _barrage(Posted storage p, uint256 index, uint32 d) private {
        if (!p.honest || _challenger[index][d] == WATCHER) return;
        for (uint256 i = 0; i < 4; i++) {
            _advance(time + SHARE_OF_CLOCK);
            _askOn(p, index, d, HIDDEN);
        }
    }

    function _lie(Posted storage p, uint256 index, uint32 d) private {
        if (p.honest) return;
        bytes memory question = abi.encodePacked(_question[index][d]);
        uint256 before = moves;
        _try(LIAR, 0, abi.encodeCall(Arbiter.answer, (p.c, d, question, question)));
        if (moves != before) _movedAt[index][d] = time;
    }

    function _reserve(Posted storage p, uint256 r) private {
        bool honest = r % 2 == 0;
        uint256 amount = 1 + (r >> 1) % 600;
        uint256 before = moves;
        _try(honest ? RELIER : BUYER, 0, abi.encodeCall(Arbiter.reserveCover, (p.c, usd(amount))));
        if (honest && moves != before) (_premiums, p.relied) = (_premiums + (amount + 99) / 100, p.relied + amount);
    }

    function _prove(Posted storage p, uint256 r) private {
        if (r % 4 == 0) _try(_villain(r), 0, abi.encodeCall(Arbiter.prove, (p.c, hex"03")));
    }

    /// @dev Moves in another's name, which must not be taken.
    function _usurp(Posted storage p, uint256 r) private {
        uint256 before = moves;
        uint32 d = _any(p, r);
        _try(STRANGER, 0, abi.encodeCall(Arbiter.answer, (p.c, d, OPEN, OPEN)));
        _try(STRANGER, PREPAID, abi.encodeCall(Arbiter.ask, (p.c, d, OPEN)));
        _try(STRANGER, 0, abi.encodeCall(Arbiter.concede, (p.c, d)));
        // A request that was answered already, with its own signature.
        bytes memory again =
            abi.encodeCall(Arbiter.claim, (p.c.request, p.signed, p.c.output, "again", _noneAhead, _noneAhead));
        _try(LIAR, 0, again);
        assertEq(moves, before, "a stranger moved for somebody");
    }

    function _collect(Posted storage p, uint256) private {
        _try(RELIER, 0, abi.encodeCall(Arbiter.takeCover, (p.id)));
        _try(BUYER, 0, abi.encodeCall(Arbiter.takeCover, (p.id)));
    }

    /// @dev The honest ones at once, or after some time.
    function _wait(uint256 r) private {
        _advance(time + (r % 3 == 0 ? (r >> 8) % 4000 : (r >> 8) % 150));
    }

    // --- what the honest ones do --------------------------------------------------------------------

    /// @dev On its way, time stops at every duty of the honest ones.
    function _advance(uint256 to) private {
        while (true) {
            (uint256 due, uint256 index, uint32 d) = _nextDuty();
            if (due > to) break;
            if (due > time) _warp(due);
            _do(_posted[index], index, d);
        }
        if (to > time) _warp(to);
    }

    function _warp(uint256 to) private {
        time = to;
        vm.warp(to);
    }

    /// @return due When; the end of time for nothing.
    /// @return index Of which claim.
    /// @return d Of which dispute; 0 for going after a wrong claim.
    function _nextDuty() private view returns (uint256 due, uint256 index, uint32 d) {
        due = type(uint256).max;
        for (uint256 i = 0; i < count; i++) {
            Posted storage p = _posted[i];
            if (p.state != ClaimState.Open || !_isOpen(p)) continue;
            if (p.watchAt != 0 && p.watched == 0 && p.watchAt < due) (due, index, d) = (p.watchAt, i, 0);
            for (uint32 k = 1; k <= p.disputes; k++) {
                uint256 next = _dueOn(p, i, k);
                if (next < due) (due, index, d) = (next, i, k);
            }
        }
    }

    function _dueOn(Posted storage p, uint256 index, uint32 d) private view returns (uint256) {
        if (_closed[index][d] || (!p.honest && d != p.watched)) return type(uint256).max;
        Dispute memory found = arbiter.disputeOf(p.id, d);
        if (p.honest) return found.turn == Turn.Provider ? _movedAt[index][d] + SHARE_OF_CLOCK : type(uint256).max;
        // The watcher refutes once it has an answer, and collects once there is none.
        if (found.turn == Turn.Challenger) return _movedAt[index][d] + SHARE_OF_CLOCK;
        return found.turn == Turn.Provider ? found.deadline + 1 : type(uint256).max;
    }

    /// @dev A revert here is a duty that could not be done, and fails the run.
    function _do(Posted storage p, uint256 index, uint32 d) private {
        if (d == 0) return _goAfter(p, index);
        if (p.honest) {
            bytes memory question = abi.encodePacked(_question[index][d]);
            vm.prank(PROVIDER);
            arbiter.answer(p.c, d, question, question);
            _movedAt[index][d] = time;
        } else {
            vm.prank(WATCHER);
            if (_turnOf(p, d) == Turn.Challenger) arbiter.refute(p.c, d, hex"02");
            else arbiter.expire(p.c, d);
        }
        moves++;
    }

    function _goAfter(Posted storage p, uint256 index) private {
        bool deep = p.c.trace == route.DEEP();
        if (!deep && uint256(p.id) % 2 == 0) {
            vm.prank(WATCHER);
            arbiter.refute(p.c, 0, hex"01");
            moves++;
            return;
        }
        assertTrue(_dispute(p, index, WATCHER, deep || uint256(p.id) % 4 == 1 ? OPEN : HIDDEN), "cannot dispute");
        p.watched = p.disputes;
    }

    // --- inside -------------------------------------------------------------------------------------

    function _try(address who, uint256 value, bytes memory call_) private {
        vm.prank(who);
        (bool done,) = address(arbiter).call{value: value}(call_);
        if (done) moves++;
    }

    function _must(bytes memory call_) private {
        vm.prank(STRANGER);
        (bool done,) = address(arbiter).call(call_);
        assertTrue(done, "nobody can bring a claim to its end");
    }

    function _isOpen(Posted storage p) private view returns (bool) {
        return arbiter.stateOf(p.id) == ClaimState.Open;
    }

    function _turnOf(Posted storage p, uint32 d) private view returns (Turn) {
        return arbiter.disputeOf(p.id, d).turn;
    }

    function _any(Posted storage p, uint256 r) private view returns (uint32) {
        return uint32((r >> 16) % (p.disputes + 1));
    }

    function _villain(uint256 r) private pure returns (address) {
        return r % 3 == 0 ? LIAR : r % 3 == 1 ? GRIEFER : FRIEND;
    }

    function _anyQuestion(uint256 r) private pure returns (bytes memory) {
        return r % 3 == 0 ? OPEN : r % 3 == 1 ? HIDDEN : NONSENSE;
    }

    function _proof(uint256 r) private pure returns (bytes memory) {
        return abi.encodePacked(bytes1(uint8(1 + r % 4)));
    }
}
