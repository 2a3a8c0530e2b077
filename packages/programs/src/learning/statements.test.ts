/** What is said of data and of a model is what is counted by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { runReference } from '../reference.ts';
import { tensor } from '../tensor.ts';
import { labelCounts } from './statements.ts';

const SHAPE = { widths: [2, 3], batch: 4, rateBits: 4, momentum32nds: 0, provable: true };

test('labels are counted over as many batches as a program has inputs for', () => {
  const random = new Random(1);
  for (const batches of [1, 2, 16, 17, 32]) {
    const program = unwrap(labelCounts(SHAPE, batches));
    const counts = [0, 0, 0];
    const inputs = Array.from({ length: batches }, () => {
      const labels = Array.from({ length: 4 }, () => random.int(0, 2));
      for (const label of labels) counts[label]! += 1;
      return [tensor('i8', [4, 2], []), tensor('i8', [4], labels)];
    }).flat();
    const values = runReference(program, inputs);
    assert.deepEqual([...values[program.outputs[0]!.value]!.values], counts, `${batches} batches`);
  }
  const many = labelCounts(SHAPE, 33);
  assert.equal(!many.ok && many.problem.field, 'inputs');
});
