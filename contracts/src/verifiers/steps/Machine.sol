// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Channel, Channels} from "../proof/Channel.sol";
import {Codes} from "../proof/Codes.sol";
import {Points} from "../proof/Points.sol";
import {QM31} from "../proof/QM31.sol";
import {Blocks} from "./Blocks.sol";

/// @notice A step that is carried out. Places are in calldata.
/// @param registers 256 words: bytes, or elements whose lanes are below p.
/// @param message Where in memory the bytes to be hashed begin, and how many there are.
struct Machine {
    uint256[] registers;
    uint256 constants;
    uint256 constantsLength;
    uint256 stretch;
    uint256 stretchLength;
    bytes32 input;
    bytes32 output;
    uint256 message;
    uint256 messageLength;
}

/// @title Machines
/// @notice The instructions that a proof's verifier consists of: `spec/20-proofs-on-chain.md`, 20.7. Twin of
/// `packages/proofs/src/zk/chain/steps/run.ts`.
library Machines {
    using Channels for Channel;

    uint256 internal constant INSTRUCTION_BYTES = 8;
    uint256 internal constant REGISTERS = 256;
    uint256 private constant MESSAGE_BYTES = 2048;
    uint256 private constant MASK = 0xffffffff;

    /// @notice An instruction cannot be carried out: what the step states does not hold.
    /// @param instruction Its number in the step.
    error StepFails(uint256 instruction);
    /// @notice An instruction reads or writes where there is nothing, or is none.
    error StepUnfit(uint256 instruction);

    function create(bytes32 input, bytes32 output) internal pure returns (Machine memory m) {
        m.registers = new uint256[](REGISTERS);
        (m.input, m.output) = (input, output);
        bytes memory message = new bytes(MESSAGE_BYTES);
        assembly ("memory-safe") {
            mstore(add(m, 224), add(message, 32))
        }
    }

    /// @notice Carries out `count` instructions that lie in calldata from `code` on.
    function run(Machine memory m, uint256 code, uint256 count) internal view {
        for (uint256 i = 0; i < count; ++i) {
            uint256 word;
            assembly ("memory-safe") {
                word := shr(192, calldataload(add(code, mul(i, 8))))
            }
            uint256 op = word >> 56;
            (uint256 to, uint256 a, uint256 b) = ((word >> 48) & 0xff, (word >> 40) & 0xff, (word >> 32) & 0xff);
            bool fits = true;
            if (op < 8) fits = _field(m, op, to, a, b, word & MASK, i);
            else if (op < 16) fits = _bytes(m, op, to, a, word & MASK);
            else if (op < 20) fits = _draw(m, op, to, a, word & MASK, i);
            else if (op < 24) fits = _points(m, op, to, a, b, word & MASK);
            else fits = _sums(m, op, to, a, b, word & MASK, i);
            if (!fits) revert StepUnfit(i);
        }
    }

    function _set(Machine memory m, uint256 to, uint256 element) private pure {
        m.registers[to] = QM31.canonical(element);
    }

    /// @dev Whether so many registers lie from `from` on.
    function _within(uint256 from, uint256 count) private pure returns (bool) {
        return from + count <= REGISTERS;
    }

    function _inStretch(Machine memory m, uint256 offset, uint256 length) private pure returns (bool) {
        return offset + length <= m.stretchLength;
    }

    /// @dev Registers as a list.
    function _slice(Machine memory m, uint256 from, uint256 count) private pure returns (uint256[] memory list) {
        if (!_within(from, count)) revert StepUnfit(from);
        list = new uint256[](count);
        uint256[] memory registers = m.registers;
        assembly ("memory-safe") {
            mcopy(add(list, 32), add(add(registers, 32), shl(5, from)), shl(5, count))
        }
    }

    // --- one element from others ------------------------------------------------------------------

    function _field(Machine memory m, uint256 op, uint256 to, uint256 a, uint256 b, uint256 immediate, uint256 i)
        private
        pure
        returns (bool)
    {
        uint256 x = m.registers[a];
        uint256 y = m.registers[b];
        if (op == 0) _set(m, to, QM31.add(x, y));
        else if (op == 1) _set(m, to, QM31.sub(x, y));
        else if (op == 2) _set(m, to, QM31.mul(x, y));
        else if (op == 3) _set(m, to, QM31.scale(x, immediate));
        else if (op == 4) m.registers[to] = immediate << 192;
        else if (op == 7) m.registers[to] = x;
        else if (op == 5) {
            if (x == 0) revert StepFails(i);
            _set(m, to, QM31.inverse(x));
        } else if (x != y) {
            revert StepFails(i);
        }
        return true;
    }

    // --- bytes and hashes -------------------------------------------------------------------------

    function _bytes(Machine memory m, uint256 op, uint256 to, uint256 a, uint256 immediate)
        private
        view
        returns (bool)
    {
        if (op == 8) return immediate + 32 <= m.constantsLength && _load(m, to, m.constants + immediate);
        if (op == 9) {
            m.registers[to] = uint256(immediate == 0 ? m.input : m.output);
            return immediate < 2;
        }
        if (op == 10) {
            if (!_inStretch(m, immediate, 16)) return false;
            m.registers[to] = QM31.read(m.stretch + immediate);
            return true;
        }
        if (op == 11) return _inStretch(m, immediate, 32) && _load(m, to, m.stretch + immediate);
        if (op == 12) {
            uint256 word = m.registers[a];
            uint256 place = _room(m, 32);
            assembly ("memory-safe") {
                mstore(place, word)
            }
            return true;
        }
        if (op == 15) return _digest(m, to);
        (uint256 offset, uint256 length) = (immediate >> 16, immediate & 0xffff);
        if (op == 13) return offset + length <= m.constantsLength && _copy(m, m.constants + offset, length);
        return _inStretch(m, offset, length) && _copy(m, m.stretch + offset, length);
    }

    function _load(Machine memory m, uint256 to, uint256 place) private pure returns (bool) {
        uint256 word;
        assembly ("memory-safe") {
            word := calldataload(place)
        }
        m.registers[to] = word;
        return true;
    }

    /// @dev Where so many bytes more of the message go.
    function _room(Machine memory m, uint256 length) private pure returns (uint256 place) {
        place = m.message + m.messageLength;
        m.messageLength += length;
        if (m.messageLength > MESSAGE_BYTES) revert StepUnfit(m.messageLength);
    }

    function _copy(Machine memory m, uint256 from, uint256 length) private pure returns (bool) {
        uint256 place = _room(m, length);
        assembly ("memory-safe") {
            calldatacopy(place, from, length)
        }
        return true;
    }

    function _digest(Machine memory m, uint256 to) private view returns (bool done) {
        (uint256 from, uint256 length) = (m.message, m.messageLength);
        uint256 hash;
        assembly ("memory-safe") {
            done := staticcall(gas(), 2, from, length, 0, 32)
            hash := mload(0)
        }
        // INVARIANT: without gas for a hash nothing goes on.
        require(done);
        (m.registers[to], m.messageLength) = (hash, 0);
    }

    // --- what is drawn ----------------------------------------------------------------------------

    function _draw(Machine memory m, uint256 op, uint256 to, uint256 a, uint256 immediate, uint256 i)
        private
        view
        returns (bool)
    {
        if (op == 16) {
            if (m.messageLength % Blocks.BLOCK_BYTES != 0) return false;
            uint256 blocks = m.messageLength / Blocks.BLOCK_BYTES;
            m.registers[to] = uint256(Blocks.compress(bytes32(m.registers[a]), m.message, blocks));
            m.messageLength = 0;
            return true;
        }
        if (op == 19) {
            m.registers[to] = (m.registers[(a + immediate / 8) & 0xff] >> (224 - 32 * (immediate % 8))) & MASK;
            return true;
        }
        Channel memory c;
        c.state = bytes32(m.registers[a]);
        if (op == 18) return _positions(m, c, to, immediate >> 16, immediate & 0xffff);
        if (immediate == 0) return false;
        c.draws = immediate - 1;
        m.registers[to] = c.challenge();
        if (c.draws != immediate) revert StepFails(i);
        return true;
    }

    /// @dev So many different positions, ascending, eight to a register.
    function _positions(Machine memory m, Channel memory c, uint256 to, uint256 count, uint256 bits)
        private
        view
        returns (bool)
    {
        if (bits > 20 || count > 1 << bits || !_within(to, (count + 7) / 8)) return false;
        uint256[] memory seen = new uint256[](bits < 8 ? 1 : 1 << (bits - 8));
        unchecked {
            for (uint256 left = count; left > 0;) {
                uint256 words = c.draw();
                for (uint256 k = 8; k > 0 && left > 0;) {
                    uint256 position = (words >> (32 * --k)) & ((1 << bits) - 1);
                    uint256 flag = 1 << (position & 0xff);
                    uint256 flags = seen[position >> 8];
                    if (flags & flag != 0) continue;
                    seen[position >> 8] = flags | flag;
                    --left;
                }
            }
            _pack(m, to, seen);
        }
        return true;
    }

    /// @dev Which bits are set, ascending, as words of 32 bits.
    function _pack(Machine memory m, uint256 to, uint256[] memory seen) private pure {
        uint256 packed = 0;
        uint256 shift = 256;
        uint256 words = seen.length;
        unchecked {
            for (uint256 w = 0; w < words; ++w) {
                uint256 flags;
                assembly ("memory-safe") {
                    flags := mload(add(add(seen, 32), shl(5, w)))
                }
                while (flags != 0) {
                    shift -= 32;
                    packed |= ((w << 8) | _bitOf(flags & (~flags + 1))) << shift;
                    flags &= flags - 1;
                    if (shift == 0) (m.registers[to++], packed, shift) = (packed, 0, 256);
                }
            }
        }
        if (shift != 256) m.registers[to] = packed;
    }

    /// @dev Which bit a power of two is.
    function _bitOf(uint256 power) private pure returns (uint256 bit_) {
        assembly ("memory-safe") {
            bit_ := shl(7, lt(0xffffffffffffffffffffffffffffffff, power))
            bit_ := or(bit_, shl(6, lt(0xffffffffffffffff, shr(bit_, power))))
            bit_ := or(bit_, shl(5, lt(0xffffffff, shr(bit_, power))))
            bit_ := or(bit_, shl(4, lt(0xffff, shr(bit_, power))))
            bit_ := or(bit_, shl(3, lt(0xff, shr(bit_, power))))
            bit_ := or(bit_, shl(2, lt(0xf, shr(bit_, power))))
            bit_ := or(bit_, shl(1, lt(3, shr(bit_, power))))
            bit_ := or(bit_, lt(1, shr(bit_, power)))
        }
    }

    // --- points -----------------------------------------------------------------------------------

    function _points(Machine memory m, uint256 op, uint256 to, uint256 a, uint256 b, uint256 immediate)
        private
        pure
        returns (bool)
    {
        if (op == 20) {
            if (immediate == 0 || immediate > 20 || !_within(to, immediate)) return false;
            uint256[] memory factors = Codes.factorsAt(m.registers[a] & MASK, immediate);
            for (uint256 k = 0; k < immediate; ++k) m.registers[to + k] = (factors[k] % QM31.P) << 192;
            return true;
        }
        uint256[] memory point = _slice(m, a, b);
        if (op == 21) {
            _set(m, to, Points.eqAt(point, 0, b, immediate));
            return true;
        }
        if (op == 23) {
            if (!_within(to, 2)) return false;
            (uint256 count, uint256 index) = Points.below(point, b, immediate);
            _set(m, to, count);
            _set(m, to + 1, index);
            return true;
        }
        uint256[] memory other = _slice(m, immediate, b);
        uint256 product = QM31.ONE;
        for (uint256 j = 0; j < b; ++j) product = QM31.mul(product, Points.eqOne(point[j], other[j]));
        _set(m, to, product);
        return true;
    }

    // --- sums over many ---------------------------------------------------------------------------

    function _sums(
        Machine memory m,
        uint256 op,
        uint256 to,
        uint256 a,
        uint256 b,
        uint256 immediate,
        uint256 i
    ) private view returns (bool) {
        if (op == 28) return _dot(m, to, a, b, immediate, i);
        if (op == 30) {
            m.registers[to] = uint256(_path(m, bytes32(m.registers[a]), m.registers[b] & MASK, immediate));
            return true;
        }
        uint256[] memory point = _slice(m, a, b);
        if (op == 24) {
            uint256 product = QM31.ONE;
            for (uint256 j = 0; j < b; ++j) if ((immediate >> j) & 1 == 1) product = QM31.mul(product, point[j]);
            _set(m, to, product);
            return true;
        }
        if (op == 27) return _integers(m, to, point, immediate, i);
        if (b > 8) return false;
        if (op == 29) return _equalTable(m, to, point, immediate);
        if (op > 26 || !_inStretch(m, immediate, 16 << b)) return false;
        uint256[] memory values = _elements(m.stretch + immediate, 1 << b);
        _set(m, to, _fold(values, point, op == 26));
        return true;
    }

    function _elements(uint256 place, uint256 count) private pure returns (uint256[] memory values) {
        values = new uint256[](count);
        unchecked {
            for (uint256 k = 0; k < count; ++k) {
                uint256 element = QM31.read(place);
                assembly ("memory-safe") {
                    mstore(add(add(values, 32), shl(5, k)), element)
                }
                place += 16;
            }
        }
    }

    /// @dev `Σ_i eq(point, i)·values[i]`, or with powers `Σ_i Π_j point[j]^(bit j of i)·values[i]` of a point of the base field.
    /// Uses the values up.
    function _fold(uint256[] memory values, uint256[] memory point, bool powers) private pure returns (uint256) {
        unchecked {
            for (uint256 j = point.length; j-- > 0;) {
                uint256 bytesOfHalf = 32 << j;
                uint256 r = powers ? point[j] >> 192 : point[j];
                for (uint256 k = 32; k <= bytesOfHalf; k += 32) {
                    uint256 low;
                    uint256 high;
                    assembly ("memory-safe") {
                        low := mload(add(values, k))
                        high := mload(add(add(values, k), bytesOfHalf))
                    }
                    low = QM31.add(low, powers ? QM31.scale(high, r) : QM31.mul(r, QM31.sub(high, low)));
                    assembly ("memory-safe") {
                        mstore(add(values, k), low)
                    }
                }
            }
        }
        return values[0];
    }

    function _equalTable(Machine memory m, uint256 to, uint256[] memory point, uint256 weight)
        private
        pure
        returns (bool)
    {
        if (weight >= REGISTERS || !_within(to, 1 << point.length)) return false;
        uint256[] memory table = Points.eqTable(point, 0, point.length, m.registers[weight]);
        for (uint256 k = 0; k < table.length; ++k) _set(m, to + k, QM31.add(m.registers[to + k], table[k]));
        return true;
    }

    function _dot(Machine memory m, uint256 to, uint256 a, uint256 count, uint256 offset, uint256 i)
        private
        pure
        returns (bool)
    {
        if (!_within(a, count) || !_inStretch(m, offset, 4 * count)) return false;
        uint256 sum = m.registers[to];
        uint256 place = m.stretch + offset;
        for (uint256 k = 0; k < count; ++k) {
            uint256 word;
            assembly ("memory-safe") {
                word := shr(224, calldataload(add(place, shl(2, k))))
            }
            if (word >= QM31.P) revert StepFails(i);
            sum = QM31.add(sum, QM31.scale(m.registers[a + k], word));
        }
        _set(m, to, sum);
        return true;
    }

    /// @dev `Σ_i eq(point, i)·integer i`, as constants say: dtype u8, low i32, high i32, count u16, offset u16.
    function _integers(Machine memory m, uint256 to, uint256[] memory point, uint256 from, uint256 i)
        private
        pure
        returns (bool)
    {
        if (from + 13 > m.constantsLength || point.length > 8) return false;
        uint256 word;
        uint256 place = m.constants + from;
        assembly ("memory-safe") {
            word := shr(152, calldataload(place))
        }
        uint256 bytesEach = 1 << ((word >> 96) - 1);
        (int256 low, int256 high) = (int32(uint32(word >> 64)), int32(uint32(word >> 32)));
        (uint256 count, uint256 offset) = ((word >> 16) & 0xffff, word & 0xffff);
        if (bytesEach > 4 || count > 1 << point.length || !_inStretch(m, offset, count * bytesEach)) return false;
        uint256[] memory table = Points.eqTable(point, 0, point.length, QM31.ONE);
        uint256 sum = 0;
        for (uint256 k = 0; k < count; ++k) {
            int256 x = _integer(m.stretch + offset + k * bytesEach, bytesEach);
            if (x < low || x > high) revert StepFails(i);
            sum = QM31.add(sum, QM31.scale(table[k], QM31.fromInteger(x) >> 192));
        }
        _set(m, to, sum);
        return true;
    }

    /// @dev A little-endian integer of 1, 2 or 4 bytes.
    function _integer(uint256 place, uint256 size) private pure returns (int256 x) {
        assembly ("memory-safe") {
            for { let k := size } k {} {
                k := sub(k, 1)
                x := or(shl(8, x), byte(0, calldataload(add(place, k))))
            }
            x := signextend(sub(size, 1), x)
        }
    }

    /// @dev The root of a tree in which a leaf is at a position, by the nodes beside its way.
    function _path(Machine memory m, bytes32 node, uint256 position, uint256 immediate)
        private
        view
        returns (bytes32)
    {
        (uint256 levels, uint256 place) = (immediate >> 16, immediate & 0xffff);
        if (!_inStretch(m, place, 32 * levels)) revert StepUnfit(levels);
        place += m.stretch;
        bool done = true;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore8(p, 1)
            for { let level := 0 } lt(level, levels) { level := add(level, 1) } {
                let right := and(shr(level, position), 1)
                mstore(add(add(p, 1), shl(5, right)), node)
                mstore(add(add(p, 33), sub(0, shl(5, right))), calldataload(add(place, shl(5, level))))
                done := and(done, staticcall(gas(), 2, p, 65, 0, 32))
                node := mload(0)
            }
        }
        require(done);
        return node;
    }
}
