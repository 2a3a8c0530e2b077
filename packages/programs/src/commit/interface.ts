/** The interface of a program (spec 12.6): what a contract needs of its header, in binary. */
import type { Program } from '../program.ts';
import { DTYPE_CODE, type Dtype, type Interval, type TensorType } from '../tensor.ts';

export type Interface = {
  readonly inputs: readonly (TensorType & Interval)[];
  /** Values. */
  readonly outputs: readonly number[];
  readonly states: Program['states'];
};

const DTYPE_OF = new Map(Object.entries(DTYPE_CODE).map(([dtype, code]) => [code, dtype as Dtype]));

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

/** The interface of bytes, or null where they are none. Whether a program has such a one is not asked. */
export const decodeInterface = (bytes: Uint8Array): Interface | null => {
  let at = 0;
  /** Whether everything that was read was there, and was something. */
  let whole = true;
  const list = <T>(read: () => T): T[] => Array.from({ length: u8() }, read);
  const u8 = (): number => {
    const byte = bytes[at++];
    whole &&= byte !== undefined;
    return byte ?? 0;
  };
  const word = (): number => (u8() << 24) | (u8() << 16) | (u8() << 8) | u8();
  const dtype = (): Dtype => {
    const read = DTYPE_OF.get(u8());
    whole &&= read !== undefined;
    return read ?? 'i8';
  };
  const inputs = list(() => ({ dtype: dtype(), shape: list(() => word() >>> 0), low: word(), high: word() }));
  const outputs = list(() => word() >>> 0);
  const states = list(() => ({ input: u8(), output: u8() }));
  return whole && at === bytes.length ? { inputs, outputs, states } : null;
};
