/**
 * Provers of a false combination or value that go through levels, as far as they can: each gets past all checks but one, which it
 * takes to stop it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Change,
  checkRow,
  committedFar,
  farFromCode,
  type Heard,
  memory,
  openRow,
  plus,
  rowOf,
  SCENES,
  type Scene,
  withKernels,
} from '../../../test/levels-scene.ts';
import { extBytes, extsOf } from '../channel/open.ts';
import { add, type Ext, inverse, mul, neg, ONE, P, scale, sub } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import type { ProofKernels } from '../memory.ts';
import { drawWeights } from './batch.ts';
import { levelsOf } from './levels.ts';
import { factorsAt } from './places.ts';
import { codeLength } from './shape.ts';
import { radius } from './soundness.ts';

const [one, two, lean] = SCENES as [Scene, Scene, Scene];
const [level] = levelsOf(one.code) as [ReturnType<typeof levelsOf>[number]];
const [first, second] = levelsOf(two.code) as [typeof level, typeof level];

const VALUE = { message: 'the combined row has another value' };
const CODE_WORD = { message: 'opened columns do not agree with the combined row' };
const ROOT = { message: 'opened columns are not those committed to' };

/** Messages of one level: root, sample, columns and nodes of the matrix, rounds, the row that is left, its columns and nodes. */
const LAST_ROW = 4 + level.foldVars;
const LAST_COLUMNS = LAST_ROW + 1;

const released = (work: () => void): void => {
  const mark = memory.mark();
  work();
  memory.release(mark);
};

test('the value of another combination is no value of this one: its columns are joined to the claim', () => {
  for (const scene of SCENES) {
    released(() => {
      const other = rowOf(scene, (u) => plus(u, [ONE]));
      assert.throws(() => checkRow(scene, other.value, openRow(scene, other).proof), VALUE);
    });
  }
});

test('a wrong value of the right combination is stopped by the last row', () => {
  for (const scene of SCENES) {
    released(() => {
      const row = rowOf(scene);
      assert.throws(() => checkRow(scene, add(row.value, ONE), openRow(scene, row).proof), VALUE);
    });
  }
});

/** The weights of the first claim, and of the first coefficient of the last row, once its places and challenges are known. */
const lastWeights = ({ challenges, places }: Heard): { readonly claim: Ext; readonly coefficient: Ext } => {
  const sample = challenges.slice(0, one.code.rowVars);
  let drawn = one.code.rowVars;
  const [claim, second, ...others] = drawWeights({ challenge: () => challenges[drawn++]! }, 2 + places[0]!.length);
  const rounds = challenges.slice(drawn).reverse();
  const size = 2 ** level.shape.rowVars;
  const codeVars = Math.log2(codeLength(one.code));
  const factors = places[0]!.map((place) => factorsAt(codeVars, place, one.code.rowVars));
  const rows = Array.from({ length: 2 ** level.foldVars }, (_, i) => {
    const own = others.map((weight, j) => {
      const bits = factors[j]!.slice(level.shape.rowVars).filter((_, k) => (i >> k) % 2 === 1);
      return bits.reduce(scale, weight);
    });
    const points = add(mul(claim!, eqAt(one.point, i * size)), mul(second!, eqAt(sample, i * size)));
    const whole = own.reduce(add, points);
    return mul(whole, eqAt(rounds, i));
  });
  return { claim: claim!, coefficient: rows.reduce(add) };
};

let added: Ext = ONE;

/** Makes the last row have the value that is left of one that is larger by one. */
const bendRow: Change = (bytes, part, heard) => {
  if (part !== LAST_ROW) return bytes;
  const { claim, coefficient } = lastWeights(heard);
  const halves = Array.from({ length: level.foldVars }, () => 2 ** 30);
  added = mul(halves.reduce(scale, claim), inverse(coefficient));
  const [own, ...others] = extsOf(bytes);
  return extBytes([add(own!, added), ...others]);
};

/** And the columns of the level combine to its code word, which has grown by the same everywhere: the first function is 1. */
const bendColumns: Change = (bytes, part, heard) => {
  if (part !== LAST_COLUMNS) return bendRow(bytes, part, heard);
  const rounds = heard.challenges.slice(-level.foldVars).reverse();
  const steps = mul(added, inverse(eqAt(rounds, 0)));
  const words = new Uint32Array(bytes.slice().buffer);
  const count = heard.places[1]!.length;
  return new Uint8Array(words.map((word, i) => (word + (steps[Math.floor(i / count)] ?? 0)) % P).buffer);
};

test('a wrong sample of a level is stopped by the last row', () => {
  const change: Change = (bytes, part) => (part === 1 ? extBytes(extsOf(bytes).map((y) => add(y, ONE))) : bytes);
  released(() => {
    const row = rowOf(one);
    assert.throws(() => checkRow(one, row.value, openRow(one, row, change).proof), VALUE);
  });
});

test('a last row of the right value is stopped by its code word', () => {
  released(() => {
    const row = rowOf(one);
    assert.throws(() => checkRow(one, add(row.value, ONE), openRow(one, row, bendRow).proof), CODE_WORD);
  });
});

test('columns of the level that agree with it are stopped by its root', () => {
  released(() => {
    const row = rowOf(one);
    assert.throws(() => checkRow(one, add(row.value, ONE), openRow(one, row, bendColumns).proof), ROOT);
  });
});

test('columns of the matrix that are not its own are stopped by its root', () => {
  const change: Change = (bytes, part) => (part === 2 ? bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) : bytes);
  released(() => {
    const row = rowOf(one);
    assert.throws(() => checkRow(one, row.value, openRow(one, row, change).proof), ROOT);
  });
});

test('a level that is no code word is stopped, though everything else is right', () => {
  // Before another level its columns are joined to the claim; the last one is held against the row that is sent.
  for (const [scene, { shape }, refused] of [
    [one, level, CODE_WORD],
    [two, first, VALUE],
    [two, second, CODE_WORD],
  ] as const) {
    released(() => {
      const row = rowOf(scene);
      assert.throws(
        () => checkRow(scene, row.value, openRow(scene, row, undefined, farFromCode(shape)).proof),
        refused,
      );
    });
  }
});

test('a lean matrix that is no code word is stopped, and so are its levels', () => {
  // Further than words of rate 1/8 are decoded uniquely.
  assert.ok(16 * radius(lean.code) > 7 * codeLength(lean.code));
  for (const [i, shape] of levelsOf(lean.code)
    .map(({ shape }) => shape)
    .entries()) {
    released(() => {
      const row = rowOf(lean);
      const refused = i + 1 < lean.levels ? VALUE : CODE_WORD;
      assert.throws(() => checkRow(lean, row.value, openRow(lean, row, undefined, farFromCode(shape)).proof), refused);
    });
  }
  released(() => {
    const far = { ...lean, committed: committedFar(lean) };
    const row = rowOf(far);
    assert.throws(() => checkRow(far, row.value, openRow(far, row).proof), VALUE);
  });
});

test('a level that is not the combination of the rows of the one before is stopped, whatever its value', () => {
  let row: Parameters<ProofKernels['foldExt']> | null = null;
  const another = withKernels({
    foldExt: (address, stride, half, r) => {
      memory.kernels.foldExt(address, stride, half, r);
      // Of the last variable that the first level binds, first the row and then its weights.
      if (half !== 2 ** first.shape.rowVars) return;
      if (row === null) {
        row = [address, stride, half, r];
        return;
      }
      const weights = { address, stride, length: half };
      const steps = [memory.entry(weights, 1), neg(memory.entry(weights, 0))];
      plus({ address: row[0], stride: row[1], length: half }, steps);
    },
  });
  released(() => {
    const honest = rowOf(two);
    const { proof } = openRow(two, honest, undefined, another);
    assert.ok(row !== null);
    assert.throws(() => checkRow(two, honest.value, proof), VALUE);
  });
});

test('what a level commits to is absorbed before the columns that it is held against are drawn', () => {
  const change: Change = (bytes, part) => (part === 0 ? bytes.map((byte) => byte ^ 1) : bytes);
  released(() => {
    const [a, b] = [openRow(one, rowOf(one)), openRow(one, rowOf(one), change)];
    assert.deepEqual(
      a.messages[0],
      b.messages[0]!.map((byte) => byte ^ 1),
    );
    assert.notDeepEqual(a.challenges[0], b.challenges[0]);
    assert.notDeepEqual(a.places[0], b.places[0]);
    // And so is the row that is sent.
    const last: Change = (bytes, part) => (part === LAST_ROW ? extBytes(extsOf(bytes).map((x) => sub(x, ONE))) : bytes);
    const c = openRow(one, rowOf(one), last);
    assert.deepEqual(a.places[0], c.places[0]);
    assert.notDeepEqual(a.places[1], c.places[1]);
  });
});
