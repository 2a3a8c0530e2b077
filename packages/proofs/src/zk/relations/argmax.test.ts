/** Margins tell the first of the largest from every other index. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tensor } from '@surety/programs';
import { Random } from '../../../../programs/test/random.ts';
import { known } from '../channel/form.ts';
import { OpenVerifier } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { marginsOf } from './argmax.ts';
import { checkingBy } from './checking.ts';
import { contextOf } from './context.ts';
import { verifyMargin } from './relation.ts';

test('no margin is negative for the first of the largest, and one is for any other index', () => {
  const random = new Random(9);
  for (let round = 0; round < 300; round++) {
    const values = Array.from({ length: random.int(1, 9) }, () => random.int(-3, 3));
    const right = values.indexOf(Math.max(...values));
    const x = tensor('i8', [values.length], values);
    for (const index of values.keys()) {
      const lowest = Math.min(...marginsOf(x, tensor('i32', [], [index])));
      assert.equal(lowest >= 0, index === right, `${values} at ${index}`);
    }
  }
});

test('an index beyond the operand is refused', async () => {
  const memory = await ProofMemory.create();
  const context = {
    ...contextOf(memory, () => null),
    types: [
      { dtype: 'i8', shape: [3] },
      { dtype: 'i32', shape: [] },
    ] as const,
    place: () => null,
    relus: () => [],
  };
  const node = { node: { form: { op: 'argmax', x: 0 }, dtype: 'i32', stage: null }, id: 1 } as const;
  for (const index of [-1, 3]) {
    const channel = new OpenVerifier(new Transcript(), new Uint8Array());
    const check = () =>
      verifyMargin(checkingBy(channel, context), node, tensor('i32', [], [index]), [ZERO, ZERO], known(ZERO));
    assert.throws(check, ProofError);
  }
});
