/**
 * What an opening shows of hidden values, counted: with the challenges held fixed all that is sent is linear in the values and
 * in what is random. Values are hidden perfectly if and only if everything they add to what is sent is something that the
 * random part could have added as well.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankOf } from '../../../test/rank.ts';
import type { Form } from '../channel/form.ts';
import { HiddenProver } from '../channel/hidden.ts';
import { Transcript } from '../channel/transcript.ts';
import { type Ext, mul1, neg, ONE, P } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts } from '../random.ts';
import { commitMatrix } from './commit.ts';
import { BLINDING_ROWS } from './hidden.ts';
import { open } from './open.ts';
import type { Place } from './place.ts';
import { LEAST_ROW_VARS } from './shape.ts';
import { evaluateClaim } from './value.ts';

const SIZE = 2 ** LEAST_ROW_VARS;
const VALUE_ROWS = 3;
const PAD_ROWS = 1;
const ROWS = VALUE_ROWS + PAD_ROWS + BLINDING_ROWS;
const RANDOMNESS = 7;
const PLACES: readonly Place[] = [
  { matrix: 0, offset: 0, vars: LEAST_ROW_VARS + 2, rows: VALUE_ROWS },
  { matrix: 0, offset: SIZE, vars: 3 },
  { matrix: 0, offset: VALUE_ROWS * SIZE, vars: LEAST_ROW_VARS },
];

/** Challenges and columns that do not depend on what is sent. */
class Fixed extends Transcript {
  private drawn = 0;

  override challenge(): Ext {
    return DRAWN[this.drawn++]!;
  }

  override indices(): number[] {
    return [0, 1, 17, 30, 41, 44, 63];
  }
}

const DRAWN = randomExts(40);
const POINTS = PLACES.map(({ vars }) => randomExts(vars));
const memory = await ProofMemory.create();

/** Words of the matrix that are values, and those that are random; then each row's own random ones. */
const VALUES = VALUE_ROWS * SIZE;
const RANDOM = (ROWS - VALUE_ROWS) * SIZE;
const INPUTS = VALUES + RANDOM + ROWS * RANDOMNESS;

/** All words sent, but for salts and nodes of the tree. */
const sent = (inputs: readonly number[]): number[] => {
  const mark = memory.mark();
  let at = VALUES + RANDOM;
  const random = (count: number): Uint32Array => {
    const words = new Uint32Array(count);
    if (count === RANDOMNESS) words.set(inputs.slice(at, at + count));
    at += count;
    return words;
  };
  const shape = { rows: ROWS, rowVars: LEAST_ROW_VARS, randomness: RANDOMNESS };
  const fill = (row: number, words: Uint32Array): void => words.set(inputs.slice(row * SIZE, (row + 1) * SIZE));
  const stack = [commitMatrix(memory, shape, fill, random)];
  const pads = Array.from({ length: SIZE / 4 }, (_, k) => inputs.slice(VALUES + 4 * k, VALUES + 4 * k + 4));
  const channel = new HiddenProver(new Fixed(), pads as unknown as Ext[]);
  const claims = PLACES.map((place, l) => {
    const claim = { place, point: POINTS[l]! };
    return { ...claim, value: evaluateClaim(memory, stack, claim) };
  });
  channel.send(claims.map(({ value }) => value));
  const forms = new Uint32Array(channel.bytes().buffer);
  const values = claims.map(
    (_, l): Form => ({
      constant: [...forms.slice(4 * l, 4 * l + 4)] as unknown as Ext,
      terms: [{ pad: l, coefficient: neg(ONE) }],
    }),
  );
  open(channel, memory, stack, claims, {
    hidden: {
      pads: { matrix: 0, row: VALUE_ROWS, rows: PAD_ROWS },
      blinding: { matrix: 0, row: VALUE_ROWS + PAD_ROWS },
      statements: [],
      values,
    },
  });
  memory.release(mark);
  const words = 4 * (3 + 1 + 2 * LEAST_ROW_VARS + SIZE + RANDOMNESS) + ROWS * 7;
  return [...new Uint32Array(channel.bytes().buffer, 0, words)];
};

const unit = (i: number): number[] => Array.from({ length: INPUTS }, (_, j) => (j === i ? 1 : 0));

/** Rows: what each input alone sends. */
const all = Array.from({ length: INPUTS }, (_, i) => sent(unit(i)));

test('what is sent is linear in the values and in what is random', () => {
  const inputs = Array.from({ length: INPUTS }, (_, i) => mul1(i + 1, 0x12345678) % 1000);
  const expected = all[0]!.map((_, j) => inputs.reduce((sum, x, i) => (sum + mul1(x, all[i]![j]!)) % P, 0));
  assert.deepEqual(sent(inputs), expected);
});

const dimensions = (inputs: readonly number[]): number => rankOf(inputs.map((i) => [...all[i]!]));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const values = range(0, VALUES);
const random = range(VALUES, INPUTS);

test('values add nothing to what is sent that randomness could not', () => {
  assert.equal(dimensions([...random, ...values]), dimensions(random));
});

test('none of pads, blinding and random coefficients could be left out', () => {
  const padWords = range(VALUES, VALUES + PAD_ROWS * SIZE);
  const firstVector = range(VALUES + PAD_ROWS * SIZE, VALUES + (PAD_ROWS + 4) * SIZE);
  const coefficients = range(VALUES + RANDOM, VALUES + RANDOM + VALUE_ROWS * RANDOMNESS);
  for (const left of [padWords, firstVector, coefficients]) {
    const rest = random.filter((i) => !left.includes(i));
    assert.notEqual(dimensions([...rest, ...values]), dimensions(rest));
  }
});
