/** One NumPy array in a file (NEP 1, format versions 1 to 3): how calibration samples come. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import { elements, type Shape } from '../tensor.ts';

export type NumericArray = { readonly shape: Shape; readonly values: Float64Array; readonly integer: boolean };

/** Most numbers of all arrays of a file together; each takes 8 bytes once it is read. */
export const MAX_NUMBERS = 2 ** 26;

/** Far more than the header of any array of plain numbers. */
const MAX_HEADER_BYTES = 4_096;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const problem = (field: string, message: string, next: string, value: unknown, limit?: string): Problem => ({
  code: 'input.malformed',
  message: `${field}: ${message}`,
  next,
  field,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

type Reader = (view: DataView, at: number, little: boolean) => number;

const READERS: Readonly<Record<string, { readonly bytes: number; readonly integer: boolean; readonly read: Reader }>> =
  {
    b1: { bytes: 1, integer: true, read: (v, at) => v.getUint8(at) },
    i1: { bytes: 1, integer: true, read: (v, at) => v.getInt8(at) },
    u1: { bytes: 1, integer: true, read: (v, at) => v.getUint8(at) },
    i2: { bytes: 2, integer: true, read: (v, at, little) => v.getInt16(at, little) },
    u2: { bytes: 2, integer: true, read: (v, at, little) => v.getUint16(at, little) },
    i4: { bytes: 4, integer: true, read: (v, at, little) => v.getInt32(at, little) },
    u4: { bytes: 4, integer: true, read: (v, at, little) => v.getUint32(at, little) },
    i8: { bytes: 8, integer: true, read: (v, at, little) => Number(v.getBigInt64(at, little)) },
    u8: { bytes: 8, integer: true, read: (v, at, little) => Number(v.getBigUint64(at, little)) },
    f2: { bytes: 2, integer: false, read: (v, at, little) => v.getFloat16(at, little) },
    f4: { bytes: 4, integer: false, read: (v, at, little) => v.getFloat32(at, little) },
    f8: { bytes: 8, integer: false, read: (v, at, little) => v.getFloat64(at, little) },
  };

const HEADER =
  /^\{\s*'descr':\s*'([<>|=])([a-z]\d)',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*$/;

/**
 * The array of an `.npy` file. Integers beyond 2^53 lose their last digits; no model here has a use for them.
 * @param field name used in problems
 * @param most how many numbers it may hold
 */
export const readNpy = (bytes: Uint8Array, field: string, most = MAX_NUMBERS): Result<NumericArray> => {
  const bad = (message: string, value: unknown, next = 'Save it anew with numpy.save.'): Result<never> =>
    refuse(problem(field, message, next, value));
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) return bad('is no NumPy array.', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  if (bytes[6]! < 1 || bytes[6]! > 3 || bytes.length < 12) return bad('has an unknown format version.', bytes[6]);
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (start + length > bytes.length) return bad('ends within its header.', length);
  if (length > MAX_HEADER_BYTES) return bad('has a header too long for plain numbers.', length);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const match = HEADER.exec(header);
  const reader = match === null ? undefined : READERS[match[2]!];
  if (match === null || reader === undefined) {
    return bad('does not hold plain numbers.', header, 'Save booleans, integers or floats of up to 8 bytes.');
  }
  if (match[3] === 'True') return bad('is in Fortran order.', header, 'Save numpy.ascontiguousarray of it.');
  const shape = match[4]!
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const count = elements(shape);
  if (!shape.every(Number.isSafeInteger)) return bad('has no shape of whole numbers.', match[4]);
  if (count > most) {
    const message = `holds ${count} numbers, where ${most} are left of the limit.`;
    return refuse(problem(field, message, 'Use fewer samples.', shape, `${MAX_NUMBERS} numbers`));
  }
  const at = start + length;
  if (bytes.length !== at + count * reader.bytes) return bad('is shorter or longer than its shape.', bytes.length);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = reader.read(view, at + i * reader.bytes, match[1] !== '>');
  return ok({ shape, values, integer: reader.integer });
};
