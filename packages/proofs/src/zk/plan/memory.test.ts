/** What a proof is said to take holds what lies in memory at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { checkProgram, type Node } from '@surety/programs';
import { commitmentBytes } from '../commit/commit.ts';
import { graphOf } from '../graph/from-program.ts';
import { treeBytes } from '../lookup/bytes.ts';
import { RESERVED_BYTES } from '../memory.ts';
import { shapesOf } from './hiding.ts';
import { keepsCodeWords, lookupsOf, provingBytes, SMALL_BYTES } from './memory.ts';
import { planned } from './pads.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** Elements that are scaled and clamped, several times over. */
const scalings = (size: number, times: number) =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [size], low: -128, high: 127, encoding: UNIT }],
      constants: [],
      nodes: Array.from(
        { length: times },
        (_, i): Node => ({
          form: { op: 'affine', x: [i], c: [77], d: 5 },
          dtype: 'i8',
          stage: { shift: 6, low: -128, high: 127 },
        }),
      ),
      outputs: [{ name: 'y', value: times, encoding: UNIT }],
      states: [],
    }),
  );

test('the combined rows of a sample lie beside the tree of lookups', async () => {
  // More lookups than a whole tree is kept of: its bytes are then stated with nothing to spare.
  const plan = unwrap(await planned(graphOf(scalings(2 ** 18, 9), false), { hideInput: false, proofs: 0 }));
  const [shape] = shapesOf(plan);
  assert.equal(shape!.lean, true);
  const keep = keepsCodeWords(plan);
  const tree = treeBytes(lookupsOf(plan));
  const derived = plan.derived.reduce((sum, { vars }) => sum + 2 ** vars, 0);
  const words = 4 * (shape!.rows * 2 ** plan.rowVars + derived);
  const together = RESERVED_BYTES + words + commitmentBytes(shape!, { keep }) + tree + 16 * 2 ** plan.rowVars;
  const stated = provingBytes(plan, { products: { points: 1, rows: 0 }, joinedBytes: 0 });
  assert.ok(stated >= together && stated <= together + SMALL_BYTES, `${stated} for ${together}`);
  assert.ok(16 * 2 ** plan.rowVars > SMALL_BYTES);
});
