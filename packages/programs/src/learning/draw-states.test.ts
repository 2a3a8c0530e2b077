import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { admitInputs } from '../admit.ts';
import { tensor } from '../tensor.ts';
import { drawStates } from './draw-states.ts';
import { trainingStep } from './training-step.ts';

test('weights are drawn within their range about 0, of variance 1 / fan-in; biases and momentum are 0', () => {
  for (const provable of [false, true]) {
    const step = unwrap(
      trainingStep({
        widths: [75, 64, 3],
        batch: 4,
        rateBits: 3,
        momentum32nds: 16,
        ...(provable ? { provable } : {}),
      }),
    );
    const random = new Random(1);
    const states = drawStates(step, (count) => Uint32Array.from({ length: count }, () => random.bits()));
    const x = [tensor('i8', [4, 75], []), tensor('i8', [4], [])];
    unwrap(admitInputs(step, [...states, ...x]));
    const [first, bias] = states;
    const unit = 2 ** (provable ? -13 : -23);
    const square = Array.from(first!.values).reduce((sum, w) => sum + (w * unit) ** 2, 0) / first!.values.length;
    assert.ok(Math.abs(square * 75 - 1) < 0.05, `${square * 75}`);
    assert.ok(first!.values.some((w) => w < 0) && first!.values.some((w) => w > 0));
    assert.deepEqual(first!.shape, [64, 75]);
    for (const zero of [bias!, ...states.slice(4)]) assert.ok(zero.values.every((value) => value === 0));
  }
});
