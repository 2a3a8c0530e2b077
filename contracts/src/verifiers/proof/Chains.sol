// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice How the quotients of a layer are looked up: alone (no clamp acts), in one row with the values, or in two steps:
/// quotient − base = 2^k·upper + lower, and 2^k·clipped + lower, clipped being the upper part within −2 .. 1, in one row with
/// the values. `packages/proofs/src/zk/plan/stages.ts`.
enum Kind {
    Value,
    Clamped,
    Clipped
}

/// @notice A layer: `clamp((W·x + b + half) >> shift)`. All its sizes are powers of two.
/// @param shift Bits that are rounded away.
/// @param limbs Parts of the remainders.
/// @param column Number of the block of its values; behind it are, of two steps, lower and clipped parts, then remainders.
/// @param weights Where W begins in the matrix of constants; the bias, if any, at `biases`.
struct Layer {
    uint256 inputVars;
    uint256 outputVars;
    Kind kind;
    bool bias;
    uint256 shift;
    uint256 k;
    int256 base;
    uint256 limbs;
    uint256 column;
    uint256 weights;
    uint256 biases;
}

/// @notice A table: `rows` integers from `first` on, and where `clamp` is set beside each what a clamp makes of it plus an offset.
struct Table {
    uint256 vars;
    uint256 rows;
    int256 first;
    bool clamp;
    int256 offset;
    int256 low;
    int256 high;
}

/// @notice What a proof is made of, from its key.
/// @param vars By block: bits of its index. Blocks are the values and parts of the layers, then how often each row of each table is
/// looked up. Columns of the lookups are as many as the former, in an order of their own, of the same sizes.
/// @param offsets By block: where it lies in the witness, and the column or table of that number in the tree of lookups.
/// @param tags By column: number of its table, from 1.
struct Chain {
    bytes32 architecture;
    bytes32 weightsRoot;
    bytes32 plan;
    uint256 rowVars;
    uint8 inputType;
    int256 inputLow;
    int256 inputHigh;
    uint8 outputType;
    uint256 limbBits;
    Layer[] layers;
    Table[] tables;
    uint256[] vars;
    uint256[] offsets;
    uint256[] tags;
    uint256 treeVars;
    uint256 weightsRows;
    uint256 witnessRows;
}

/// @title Chains
/// @notice Reads the key of a program, `spec/20-proofs-on-chain.md`, 20.2, and lays out its proofs as
/// `packages/proofs/src/zk/plan` does.
/// @dev A program's id is the hash of its key: what a key says is what proofs under that id are about.
library Chains {
    uint256 internal constant HEAD_BYTES = 111;
    uint256 internal constant LAYER_BYTES = 14;
    uint256 internal constant TABLE_BYTES = 20;
    uint256 private constant MAX_LAYERS = 8;
    uint256 private constant MAX_TABLES = 32;
    uint256 private constant MAX_WIDTH_VARS = 9;
    uint256 private constant MAX_TABLE_VARS = 14;
    uint256 private constant MAX_SHIFT = 30;
    uint256 private constant LEAST_ROW_VARS = 4;
    uint256 private constant MOST_ROW_VARS = 9;
    uint256 private constant LEAST_TREE_VARS = 4;
    /// @dev Integers of a key have smaller magnitudes.
    int256 private constant MAX_INTEGER = 1 << 30;

    /// @notice Byte `place` of a key, or what begins there, is none of a program that can be proved here.
    error KeyUnfit(uint256 place);

    function _require(bool holds, uint256 place) private pure {
        if (!holds) revert KeyUnfit(place);
    }

    /// @notice Bytes of the key that begins here.
    function lengthOf(bytes calldata proof) internal pure returns (uint256 length) {
        _require(proof.length >= HEAD_BYTES, 0);
        length = HEAD_BYTES + LAYER_BYTES * uint8(proof[107]) + TABLE_BYTES * uint8(proof[108]);
        _require(proof.length >= length, 107);
    }

    function read(bytes calldata key) internal pure returns (Chain memory c) {
        c.architecture = bytes32(key[0:32]);
        c.weightsRoot = bytes32(key[32:64]);
        c.plan = bytes32(key[64:96]);
        c.rowVars = uint8(key[96]);
        _require(c.rowVars >= LEAST_ROW_VARS && c.rowVars <= MOST_ROW_VARS, 96);
        c.inputType = uint8(key[97]);
        _require(c.inputType >= 1 && c.inputType <= 3, 97);
        (c.inputLow, c.inputHigh) = (_integer(key, 98), _integer(key, 102));
        c.outputType = uint8(key[106]);
        _require(c.outputType >= 1 && c.outputType <= 3, 106);
        (uint256 layers, uint256 tables) = (uint8(key[107]), uint8(key[108]));
        _require(layers >= 1 && layers <= MAX_LAYERS, 107);
        _require(tables >= 1 && tables <= MAX_TABLES, 108);
        c.limbBits = uint8(key[109]);
        _require(c.limbBits >= 1 && c.limbBits <= MAX_TABLE_VARS, 109);
        uint256 vars = uint8(key[110]);
        _require(vars <= MAX_WIDTH_VARS, 110);
        c.layers = new Layer[](layers);
        c.tables = new Table[](tables);
        uint256 place = HEAD_BYTES;
        for (uint256 l = 0; l < layers; ++l) {
            c.layers[l] = _layer(key, place, vars, c.limbBits);
            vars = c.layers[l].outputVars;
            place += LAYER_BYTES;
        }
        for (uint256 t = 0; t < tables; ++t) {
            c.tables[t] = _table(key, place);
            place += TABLE_BYTES;
        }
        _layColumns(key, c);
        _layWitness(c);
        _layWeights(c);
    }

    function _integer(bytes calldata key, uint256 place) private pure returns (int256 x) {
        x = int32(uint32(bytes4(key[place:place + 4])));
        _require(x < MAX_INTEGER && x > -MAX_INTEGER, place);
    }

    function _layer(bytes calldata key, uint256 place, uint256 inputVars, uint256 limbBits)
        private
        pure
        returns (Layer memory x)
    {
        x.inputVars = inputVars;
        x.outputVars = uint8(key[place]);
        _require(x.outputVars <= MAX_WIDTH_VARS, place);
        uint256 kind = uint8(key[place + 1]);
        _require(kind <= uint256(type(Kind).max), place + 1);
        x.kind = Kind(kind);
        uint256 bias = uint8(key[place + 2]);
        _require(bias <= 1, place + 2);
        x.bias = bias == 1;
        x.shift = uint8(key[place + 3]);
        _require(x.shift <= MAX_SHIFT, place + 3);
        x.k = uint8(key[place + 4]);
        x.base = _integer(key, place + 5);
        _require(x.kind == Kind.Clipped ? x.k <= MAX_TABLE_VARS : x.k == 0 && x.base == 0, place + 4);
        x.limbs = (x.shift + limbBits - 1) / limbBits;
    }

    function _table(bytes calldata key, uint256 place) private pure returns (Table memory t) {
        uint256 kind = uint8(key[place]);
        _require(kind <= 1, place);
        t.clamp = kind == 1;
        t.first = _integer(key, place + 1);
        t.rows = uint24(bytes3(key[place + 5:place + 8]));
        _require(t.rows >= 1 && t.rows <= 1 << MAX_TABLE_VARS, place + 5);
        while (1 << t.vars < t.rows) ++t.vars;
        (t.offset, t.low, t.high) = (_integer(key, place + 8), _integer(key, place + 12), _integer(key, place + 16));
        if (!t.clamp) return _plain(t, place);
        int256 from = t.first + t.offset;
        // INVARIANT: what a clamp does not act on is not said of it, so that no program has two keys.
        _require(t.low >= from && t.low <= t.high && t.high < from + int256(t.rows), place + 12);
    }

    function _plain(Table memory t, uint256 place) private pure returns (Table memory) {
        _require(t.offset == 0 && t.low == 0 && t.high == 0, place + 8);
        return t;
    }

    /// @notice Columns of the quotients of a layer, and blocks: the values, and of two steps lower and clipped parts.
    function partsOf(Layer memory x) internal pure returns (uint256) {
        return x.kind == Kind.Clipped ? 3 : 1;
    }

    /// @dev Columns and their tables, layer by layer; sizes of all blocks.
    function _layColumns(bytes calldata key, Chain memory c) private pure {
        uint256 columns = 0;
        for (uint256 l = 0; l < c.layers.length; ++l) {
            c.layers[l].column = columns;
            columns += partsOf(c.layers[l]) + c.layers[l].limbs;
        }
        c.tags = new uint256[](columns);
        c.vars = new uint256[](columns + c.tables.length);
        c.offsets = new uint256[](columns + c.tables.length);
        for (uint256 l = 0; l < c.layers.length; ++l) _tagLayer(key, c, l);
        for (uint256 t = 0; t < c.tables.length; ++t) c.vars[columns + t] = c.tables[t].vars;
    }

    function _tagLayer(bytes calldata key, Chain memory c, uint256 l) private pure {
        Layer memory x = c.layers[l];
        uint256 place = HEAD_BYTES + LAYER_BYTES * l + 9;
        bool two = x.kind == Kind.Clipped;
        uint256 table = _tag(key, c, place, true, x.kind != Kind.Value);
        uint256 upper = _tag(key, c, place + 1, two, true);
        uint256 lower = _tag(key, c, place + 2, two, false);
        uint256 next = x.column;
        if (two) (c.tags[next], c.tags[next + 1], next) = (upper, lower, next + 2);
        c.tags[next++] = table;
        uint256 full = _tag(key, c, place + 3, x.limbs > 1, false);
        uint256 last = _tag(key, c, place + 4, x.limbs > 0, false);
        for (uint256 limb = 1; limb <= x.limbs; ++limb) c.tags[next++] = limb < x.limbs ? full : last;
        for (uint256 k = x.column; k < next; ++k) c.vars[k] = x.outputVars;
    }

    /// @dev The number of a table of one or of two columns, where there is to be one.
    function _tag(bytes calldata key, Chain memory c, uint256 place, bool given, bool clamp)
        private
        pure
        returns (uint256 tag)
    {
        tag = uint8(key[place]);
        if (given) _require(tag >= 1 && tag <= c.tables.length && c.tables[tag - 1].clamp == clamp, place);
        else _require(tag == 0, place);
    }

    /// @dev The largest first, those of one size in their order: so each begins at a multiple of its size.
    function _layWitness(Chain memory c) private pure {
        uint256 offset = 0;
        for (uint256 left = MAX_TABLE_VARS + 1; left > 0; --left) {
            for (uint256 k = 0; k < c.vars.length; ++k) {
                if (c.vars[k] != left - 1) continue;
                c.offsets[k] = offset;
                offset += 1 << (left - 1);
            }
        }
        c.treeVars = LEAST_TREE_VARS;
        while (1 << c.treeVars < offset) ++c.treeVars;
        c.witnessRows = _rowsOf(c, offset);
    }

    function _layWeights(Chain memory c) private pure {
        uint256 offset = 0;
        for (uint256 left = 2 * MAX_WIDTH_VARS + 1; left > 0; --left) {
            uint256 vars = left - 1;
            for (uint256 l = 0; l < c.layers.length; ++l) {
                Layer memory x = c.layers[l];
                if (x.inputVars + x.outputVars == vars) {
                    x.weights = offset;
                    offset += 1 << vars;
                }
                if (x.bias && x.outputVars == vars) {
                    x.biases = offset;
                    offset += 1 << vars;
                }
            }
        }
        c.weightsRows = _rowsOf(c, offset);
    }

    function _rowsOf(Chain memory c, uint256 length) private pure returns (uint256) {
        return (length + (1 << c.rowVars) - 1) >> c.rowVars;
    }
}
