/** The errors of whole proofs, recomputed: of a small program, of a large one, and of every kind of program. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, ProgramBuilder } from '@surety/programs';
import { MLP_WIDTHS, mlpProgram, randomLayers, VGG16, vggProgram } from '../../../programs/test/networks.ts';
import { randomProgram } from '../../../programs/test/random-program.ts';
import type { VerifierChannel } from './channel/channel.ts';
import { stackCode } from './commit/batch.ts';
import { levelsOf } from './commit/levels.ts';
import {
  bitsOfError,
  columnError,
  fraction,
  joinError as joinErrorOf,
  queriesOf,
  queryError,
  radius,
  rowError,
  SECURITY_BITS,
  sampleError,
} from './commit/soundness.ts';
import { termOf } from './commit/terms.ts';
import { ext, inverse, ONE, P, ZERO } from './field/ext.ts';
import { graphOf } from './graph/from-program.ts';
import { leavesOf } from './lookup/leaves.ts';
import { shapesOf } from './plan/hiding.ts';
import { planned, rehearse } from './plan/pads.ts';
import { isLean } from './plan/plan.ts';
import { lookupTables } from './plan/tables.ts';
import { addErrors, Counting, productsError, soundnessOf } from './soundness.ts';

const FIELD = BigInt(P) ** 4n;

/** Squares of the 4 by 16 results of a matrix of 32 columns. */
const squared = (): CheckedProgram => {
  const builder = new ProgramBuilder();
  const x = builder.input({
    name: 'x',
    dtype: 'i8',
    shape: [4, 32],
    low: -8,
    high: 7,
    encoding: { mantissa: 1, exponent: 0 },
  });
  const w = builder.constant('i8', [16, 32], () => new Int8Array(512).fill(3));
  const stage = { shift: 4, low: -128, high: 127 };
  const sum = unwrap(builder.node({ form: { op: 'matmul', a: x, b: w, bias: null }, dtype: 'i8', stage }));
  const square = unwrap(builder.node({ form: { op: 'mul', a: sum, b: sum }, dtype: 'i8', stage }));
  builder.output('y', square, { mantissa: 1, exponent: 0 });
  return unwrap(builder.finish());
};

/** The sum of all errors, in bits. */
const sumBits = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }): number => {
  const scaled = (numerator << 160n) / denominator;
  return 160 - Math.log2(Number(scaled));
};

test('a small program of 20 to 12 to 10, shown: every challenge by hand', async () => {
  const graph = graphOf(mlpProgram([20, 12, 10], randomLayers([20, 12, 10], 1)), false);
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const { rounds, bits, worst } = await soundnessOf(plan);
  const { rows, vars } = leavesOf(plan.columns, lookupTables(plan));
  const counted = new Map(rounds.map(({ what, count, error }) => [what, [count, error] as const]));
  const over = (numerator: bigint) => fraction(numerator, FIELD);
  assert.deepEqual(counted.get('lookups: alpha, beta and gamma'), [1, over(BigInt(rows) + 1n)]);
  assert.deepEqual(counted.get('lookups: lambda of a layer'), [vars, over(1n)]);
  assert.deepEqual(counted.get('lookups: round of the sumcheck of the leaves'), [vars - 1, over(2n)]);
  // 10 values, padded to 16.
  assert.deepEqual(counted.get('relations: coordinate of an output'), [4, over(1n)]);
  // 20 and 12 inputs of the two layers, padded to 32 and 16, of one sumcheck.
  assert.deepEqual(counted.get('relations: joining 2 sumchecks'), [1, over(1n)]);
  assert.deepEqual(counted.get('relations: round of a sumcheck'), [5, over(2n)]);
  // 73 rows of 16 values, decoded to lists: code words of 64 that share more than 16 places with another are it.
  const code = { rowVars: 4, randomness: 0, blowupVars: 2, lean: true } as const;
  assert.deepEqual(shapesOf(plan), [{ ...code, rows: 73 }]);
  const agreement = BigInt(64 - radius(code));
  const bad = fraction(65n * 64n ** 3n, (agreement ** 3n - 16n * 64n ** 2n) * FIELD);
  const list = (64n * (agreement - 16n)) / (agreement ** 2n - 64n * 16n);
  const pairs = (list * (list - 1n)) / 2n;
  // 73 rows, padded to 128.
  assert.deepEqual(counted.get('sample: coordinate of its point'), [4 + 7, addErrors(over(pairs), bad)]);
  // The largest block is a table of 2^9 rows.
  assert.deepEqual(counted.get('claims: coordinate of rows'), [9 - 4, addErrors(over(2n), bad)]);
  const round = addErrors(bad, over(2n * list));
  const [count, error] = counted.get('opening: round of the sumcheck over columns')!;
  assert.equal(count, 4);
  assert.equal(error.numerator * round.denominator, round.numerator * error.denominator);
  // As many columns as a word near none shares with no row at all: nothing is left to chance.
  assert.equal(queriesOf(code), Number(agreement));
  assert.deepEqual(counted.get('opening: columns')![1].numerator, 0n);
  assert.deepEqual([worst.what, bits], ['opening: round of the sumcheck over columns', 111]);
});

test('the network of 18.9 million weights, shown or hidden', async () => {
  const program = mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1));
  for (const [hide, proofs] of [
    [false, 0],
    [true, 0],
    [true, 16],
  ] as const) {
    const graph = graphOf(program, hide);
    const plan = unwrap(await planned(graph, { hideInput: hide && proofs > 0, proofs }));
    const { rounds, worst, bits, sum } = await soundnessOf(plan);
    assert.match(worst.what, COLUMNS);
    assert.equal(bits, SECURITY_BITS);
    const columns = rounds.filter(({ what }) => COLUMNS.test(what)).map(({ error }) => error);
    const code = stackCode(shapesOf(plan));
    assert.equal(columns.length, 1 + levelsOf(code).length);
    const others = rounds.filter(({ what }) => !COLUMNS.test(what)).map(({ error }) => bitsOfError(error));
    assert.equal(code.lean, hide ? undefined : true);
    if (code.lean) {
      // Some forty challenges may each err half as much: spec 18.8.
      assert.ok(sumBits(sum) > 91.9);
      assert.ok(Math.min(...others) > SECURITY_BITS, `${others}`);
      continue;
    }
    // Beside the columns, of the matrices and of each level, little counts: the sum is as good to a bit.
    assert.ok(Math.abs(sumBits(sum) - sumBits(columns.reduce(addErrors))) < 1);
    assert.ok(Math.min(...others) >= SECURITY_BITS + 3, `${others}`);
  }
});

const COLUMNS = /: columns$/;

test('sumchecks that are joined: every challenge by hand', async () => {
  // Squares of 16 values by 32 weights each: claims on the product and on both sums before it are known at once.
  const graph = graphOf(squared(), false);
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const { rounds } = await soundnessOf(plan);
  const counted = new Map(rounds.map(({ what, count, error }) => [what, [count, error] as const]));
  const over = (numerator: bigint) => fraction(numerator, FIELD);
  assert.deepEqual(counted.get('relations: joining 2 sumchecks'), [1, over(1n)]);
  // The product has 6 variables, all weighted; the matrix 5.
  assert.deepEqual(counted.get('relations: round of joint sumchecks'), [6, over(3n)]);
  assert.equal(counted.has('relations: round of a sumcheck'), false);
  // Some of those choose rows as well.
  const row = rowError(stackCode(shapesOf(plan)));
  assert.deepEqual(counted.get('claims: coordinate of rows')![1], addErrors(over(3n), row));
});

test('the VGG of 15 million weights, shown: more coordinates, and so more errors together', async () => {
  const graph = graphOf(vggProgram(VGG16, 32, 1), false);
  const { rounds, bits, sum } = await soundnessOf(unwrap(await planned(graph, { hideInput: false, proofs: 0 })));
  assert.equal(bits, SECURITY_BITS);
  assert.ok(sumBits(sum) > 90.9);
  // Of all lean witnesses 29 at most, for their words lie in memory twice: before they are committed to, and as rows.
  const { count, error } = rounds.find(({ what }) => what === 'sample: coordinate of its point')!;
  assert.equal(count, 20);
  assert.ok(sumBits(error) - Math.log2(29) > 92.1);
});

test('a combination opened through levels: every challenge by hand', async () => {
  const program = mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1));
  const plan = unwrap(await planned(graphOf(program, true), { hideInput: false, proofs: 2 }));
  const { rounds } = await soundnessOf(plan);
  const counted = new Map(rounds.map(({ what, count, error }) => [what, [count, error] as const]));
  const over = (numerator: bigint) => fraction(numerator, FIELD);
  // Rows of 2^15 and what hides behind, so combinations of up to 2^16, 142 columns; at most 16 rows of 2^12, 73 columns; 8 rows of 2^9, which are sent. Lists have three words, and two.
  assert.equal(plan.rowVars, 15);
  const first = { rowVars: 12, randomness: 0, blowupVars: 4 };
  const second = { rowVars: 9, randomness: 0, blowupVars: 5 };
  assert.deepEqual(counted.get('opening, level 1: point of a sample'), [1, over(3n * 16n)]);
  assert.deepEqual(counted.get('opening, level 1: weights of the columns'), [8, over(3n)]);
  assert.deepEqual(counted.get('opening, level 1: round of the sumcheck over rows'), [4, columnError(first)]);
  assert.deepEqual(counted.get('opening, level 1: columns'), [1, queryError(first, 73)]);
  assert.deepEqual(counted.get('opening, level 2: point of a sample'), [1, sampleError(second, 12)]);
  assert.deepEqual(counted.get('opening, level 2: weights of the columns'), [7, joinErrorOf(second)]);
  assert.deepEqual(counted.get('opening, level 2: round of the sumcheck over rows'), [3, columnError(second)]);
  assert.deepEqual(counted.get('opening, level 2: columns'), [1, queryError(second, queriesOf(second))]);
  assert.equal(counted.has('opening, level 3: columns'), false);
});

test('every proof has 96 bits round by round', async () => {
  let checked = 0;
  for (let seed = 0; seed < 120; seed++) {
    const program = randomProgram(seed, 5);
    for (const [hide, hideInput, proofs] of [
      [false, false, 0],
      [false, true, 0],
      [true, true, 2],
    ] as const) {
      const plan = await planned(graphOf(program, hide), { hideInput, proofs });
      if (!plan.ok || plan.value.matrices.length === 0) continue;
      const { bits, rounds } = await soundnessOf(plan.value);
      assert.ok(bits >= SECURITY_BITS, `seed ${seed}`);
      assert.ok(rounds.every(({ count }) => Number.isSafeInteger(count) && count > 0));
      checked++;
    }
  }
  assert.ok(checked > 100);
});

/** Coordinates that are no challenges: of rows that are chosen, and of sums. */
const FIXED = new Set([ZERO, ONE, inverse(ext(2))].map(String));

test('rows are combined by challenges, by each once at most; what is decoded to lists is one witness that hides nothing', async () => {
  let [lean, rows] = [0, 0];
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram(seed, 5);
    for (const [hide, hideInput, proofs] of [
      [false, false, 0],
      [false, true, 0],
      [true, false, 0],
      [true, true, 2],
    ] as const) {
      const made = await planned(graphOf(program, hide), { hideInput, proofs });
      if (!made.ok || made.value.matrices.length === 0) continue;
      const plan = made.value;
      if (plan.blowupVars !== undefined) {
        lean++;
        const { matrices, hiding, hidesWeights, randomness } = plan;
        assert.deepEqual(matrices.map(({ kind }) => kind).join(), 'witness');
        assert.deepEqual({ hiding, hidesWeights, randomness }, { hiding: null, hidesWeights: false, randomness: 0 });
      }
      const counting = new Counting({ leaves: isLean(plan) });
      const drawn = new Set<string>();
      const challenge = () => {
        const own = counting.challenge();
        drawn.add(String(own));
        return own;
      };
      const channel: VerifierChannel = { ...counting, challenge };
      for (const claim of [...(await rehearse(channel, plan)), ...counting.leftValues]) {
        const free = termOf(claim, shapesOf(plan))
          .rowPoint.map(String)
          .filter((own) => !FIXED.has(own));
        assert.ok(free.every((own) => drawn.has(own)) && new Set(free).size === free.length, `seed ${seed}`);
        rows += free.length;
      }
    }
  }
  assert.ok(lean > 10 && rows > 250, `${lean} ${rows}`);
});

test('products: one of m is false', () => {
  assert.deepEqual(productsError(10), fraction(41n, FIELD));
  assert.equal(bitsOfError(productsError(1_000)), 112);
  // No query at all convinces anybody of anything.
  assert.equal(bitsOfError(queryError({ rowVars: 4, randomness: 0 }, 0)), 0);
});
