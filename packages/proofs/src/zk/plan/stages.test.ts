/** Stages as their tables see them: what honest values give is in the tables, and nothing else gives the same element. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import fc from 'fast-check';
import { P } from '../field/ext.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { isExact, planStages, type Quotients, type Stage } from './stages.ts';
import { MAX_TABLE_VARS, rowsOf, type TableSpec } from './tables.ts';

const graph = { inputs: [], constants: [], nodes: [], hidden: new Set() } as unknown as ProofGraph;

/** A shift, quotients that its sums allow, and a clamp. */
const anyStage: fc.Arbitrary<Stage> = fc.nat(24).chain((shift) => {
  const most = Math.floor((2 ** 30 - 1) / 2 ** shift);
  return fc
    .record({
      low: fc.integer({ min: -most, max: most }),
      size: fc.nat(2 * most),
      clampLow: fc.integer({ min: -32_768, max: 0 }),
      clampHigh: fc.integer({ min: 0, max: 32_767 }),
      rows: fc.constantFrom(1, 64, 32_768),
    })
    .map(({ low, size, clampLow, clampHigh, rows }) => ({
      id: 0,
      shifts: [shift],
      quotient: { low, high: Math.min(low + size, most) },
      low: clampLow,
      high: clampHigh,
      rows,
    }));
});

const holds = (spec: TableSpec, first: number, second?: number): boolean => {
  if (spec.kind === 'range') return first >= spec.low && first <= spec.high && second === undefined;
  if (spec.kind !== 'clamp') return false;
  const clamped = Math.min(Math.max(first + spec.offset, spec.low), spec.high);
  return first >= spec.from && first <= spec.to && second === clamped;
};

/** Whether the parts of a quotient are in the tables, with the value that the clamp gives. */
const looksUp = (quotients: Quotients, p: number, value: number): boolean => {
  if (quotients.kind === 'value') return holds(quotients.table, p);
  if (quotients.kind === 'clamped') return holds(quotients.table, p, value);
  const { k } = quotients;
  const rest = quotients.kind === 'clipped' ? p - quotients.base : p;
  const upper = Math.floor(rest / 2 ** k);
  const lower = rest - upper * 2 ** k;
  if (quotients.kind === 'split') return holds(quotients.upper, upper) && holds(quotients.lower, lower);
  const clipped = Math.min(Math.max(upper, -2), 1);
  return (
    holds(quotients.upper, upper, clipped) &&
    holds(quotients.lower, lower) &&
    holds(quotients.table, clipped * 2 ** k + lower, value)
  );
};

const tablesOf = (quotients: Quotients): TableSpec[] =>
  Object.values(quotients).filter((part): part is TableSpec => typeof part === 'object');

test('every quotient that is declared is looked up with its clamped value, in tables that are short enough', () => {
  fc.assert(
    fc.property(
      fc.array(anyStage, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, at) => {
        const stages = all.map((stage, id) => ({ ...stage, id }));
        const planned = planStages(graph, stages);
        if (!planned.ok) return assert.equal(planned.problem.code, 'proof.unsupported');
        for (const { id, quotient, low, high } of stages) {
          const { quotients } = planned.value.get(id)!;
          for (const spec of tablesOf(quotients)) assert.ok(rowsOf(graph, spec) <= 2 ** MAX_TABLE_VARS);
          const middle = Math.floor(quotient.low + at * (quotient.high - quotient.low));
          for (const p of [quotient.low, middle, quotient.high]) {
            const value = Math.min(Math.max(p, low), high);
            assert.ok(looksUp(quotients, p, value), `${p} clamped to ${value}`);
            if (quotients.kind !== 'value' && quotients.kind !== 'split') assert.ok(!looksUp(quotients, p, value + 1));
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('stages of one clamp share a table where that is cheaper, and take two steps where it is not', () => {
  const stage = (rows: number): Stage => ({
    id: 0,
    shifts: [8],
    quotient: { low: -8192, high: 8191 },
    low: -128,
    high: 127,
    rows,
  });
  const kindOf = (rows: number) => unwrap(planStages(graph, [stage(rows)])).get(0)!.quotients.kind;
  assert.equal(kindOf(2 ** 16), 'clamped');
  assert.equal(kindOf(16), 'clipped');
});

test('remainders of long shifts lie in parts', () => {
  const stage = { id: 0, shifts: [0, 22], quotient: { low: -128, high: 127 }, low: -128, high: 127, rows: 2 ** 15 };
  const { limbs } = unwrap(planStages(graph, [stage])).get(0)!;
  assert.equal(limbs.length, 2);
  assert.deepEqual(
    limbs.map(({ bits }) => bits[0]),
    [0, 0],
  );
  assert.equal(
    limbs.reduce((sum, { bits }) => sum + bits[1]!, 0),
    22,
  );
});

test('sums are exact as long as their difference is no multiple of 2^31 − 1', () => {
  const declared = { low: -(2 ** 20), high: 2 ** 20 - 1 };
  assert.ok(isExact(declared, declared, [9]));
  assert.ok(!isExact(declared, declared, [10]));
  // What tables allow beyond what is declared counts once.
  assert.ok(isExact({ low: -400_000, high: 400_000 }, declared, [10]));
  assert.equal(2 ** 10 * 2 ** 21 > P, true);
});
