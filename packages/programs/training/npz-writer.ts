/** Writes NumPy arrays as `numpy.savez_compressed` does: what sample files here are made with. The same bytes at each run. */
import { strToU8, zipSync } from 'fflate';

export type Column = {
  readonly shape: readonly number[];
  /** `f2` keeps real numbers to 11 bits, `i1` whole numbers −128 .. 127. */
  readonly type: 'f2' | 'i1';
  readonly values: ArrayLike<number>;
};

const npy = ({ shape, type, values }: Column): Uint8Array => {
  const descr = type === 'i1' ? '|i1' : '<f2';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // Header and magic end at a multiple of 64 bytes.
  const header = strToU8(`${text.padEnd(117)}\n`);
  const width = type === 'i1' ? 1 : 2;
  const bytes = new Uint8Array(10 + header.length + values.length * width);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(header, 10);
  const view = new DataView(bytes.buffer, 10 + header.length);
  for (let i = 0; i < values.length; i++) {
    if (type === 'i1') view.setInt8(i, values[i]!);
    else view.setFloat16(2 * i, values[i]!, true);
  }
  return bytes;
};

export const writeNpz = (columns: Readonly<Record<string, Column>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${name}.npy`, npy(column)])), {
    level: 9,
    mtime: new Date(1980, 0, 1),
  });
