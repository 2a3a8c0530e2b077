/** Programs whose runs are checked and run again: layers, and convolutions. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, type IntegerForm, ProgramBuilder } from '@surety/programs';
import { mlpProgram, randomLayers } from '../../packages/programs/test/networks.ts';
import { Random } from '../../packages/programs/test/random.ts';

const UNIT = { mantissa: 1, exponent: 0 };

export const mlp = (widths: readonly number[]): CheckedProgram => mlpProgram(widths, randomLayers(widths, 1));

/** Four convolutions of 3 × 3 over an image of 32 × 32, of 0.97 million weights, each but the first in strides of 2. */
export const convolutions = (): CheckedProgram => {
  const random = new Random(3);
  const b = new ProgramBuilder();
  let x = b.input({ name: 'x', dtype: 'i8', shape: [1, 32, 32, 16], low: -128, high: 127, encoding: UNIT });
  const channels = [16, 64, 128, 256, 256];
  for (let layer = 0; layer + 1 < channels.length; layer++) {
    const [from, to] = [channels[layer]!, channels[layer + 1]!];
    const values = Int8Array.from({ length: to * 9 * from }, () => random.int(-32, 31));
    const stride = layer === 0 ? 1 : 2;
    const form: IntegerForm = {
      op: 'conv',
      x,
      w: b.constant('i8', [to, 3, 3, from], () => values),
      bias: null,
      strides: [stride, stride],
      dilations: [1, 1],
      pads: [1, 1, 1, 1],
      groups: 1,
    };
    const shift = Math.round(Math.log2((18.5 * (layer === 0 ? 74 : 14) * Math.sqrt(9 * from)) / 20));
    x = unwrap(b.node({ form, dtype: 'i8', stage: { shift, low: 0, high: 127 } }));
  }
  b.output('y', x, UNIT);
  return unwrap(b.finish());
};
