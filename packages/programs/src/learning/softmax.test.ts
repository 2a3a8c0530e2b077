import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { runReference } from '../reference.ts';
import { StepBuilder } from '../step-builder.ts';
import { tensor } from '../tensor.ts';
import { encodingOfBits, formatsOf, LOGIT_BITS } from './formats.ts';
import { softmax } from './softmax.ts';

const PROBABILITY_BITS = 13;
const FORMATS = formatsOf({ widths: [2, 2], batch: 1, rateBits: 0, momentum32nds: 0 });

test('probabilities are within a thousandth of the real ones, for few classes and many, near and far apart', () => {
  const random = new Random(5);
  for (const classes of [2, 10, 128]) {
    const b = new StepBuilder();
    const port = { dtype: 'i16', shape: [40, classes], low: -16_384, high: 16_384 } as const;
    const x = b.input({ name: 'x', ...port, encoding: encodingOfBits(LOGIT_BITS) });
    b.output('p', softmax(b, x, PROBABILITY_BITS, FORMATS), encodingOfBits(PROBABILITY_BITS));
    const program = unwrap(b.finish());
    const logits = Array.from({ length: 40 }, (_, row) => {
      const reach = 2 ** (row % 15);
      return Array.from({ length: classes }, () => random.int(-reach, reach));
    });
    const [out] = program.outputs;
    const { values } = runReference(program, [tensor('i16', port.shape, logits.flat())])[out!.value]!;
    for (const [row, list] of logits.entries()) {
      const powers = list.map((q) => Math.exp((q - Math.max(...list)) / 2 ** LOGIT_BITS));
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const [i, power] of powers.entries()) {
        const off = Math.abs(values[row * classes + i]! / 2 ** PROBABILITY_BITS - power / total);
        assert.ok(off < 0.001, `${classes} classes, row ${row}: ${off}`);
      }
    }
  }
});
