/** The interface of a program (spec 12.6): what a contract needs of its header, in binary. */
import type { Program } from '../program.ts';
import { DTYPE_CODE } from '../tensor.ts';

/** Types and ranges of inputs, values of outputs, pairs of states; the second leaf of the graph's tree. */
export const encodeInterface = ({ inputs, outputs, states }: Program): Uint8Array => {
  const ranks = inputs.reduce((sum, { shape }) => sum + shape.length, 0);
  const bytes = new Uint8Array(3 + 10 * inputs.length + 4 * ranks + 4 * outputs.length + 2 * states.length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const u8 = (n: number): void => view.setUint8(at++, n);
  const word = (n: number): void => {
    view.setInt32(at, n);
    at += 4;
  };
  u8(inputs.length);
  for (const { dtype, shape, low, high } of inputs) {
    u8(DTYPE_CODE[dtype]);
    u8(shape.length);
    for (const size of shape) word(size);
    word(low);
    word(high);
  }
  u8(outputs.length);
  for (const { value } of outputs) word(value);
  u8(states.length);
  for (const { input, output } of states) {
    u8(input);
    u8(output);
  }
  return bytes;
};
