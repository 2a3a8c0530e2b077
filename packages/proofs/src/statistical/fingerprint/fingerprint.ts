/**
 * What a provider that runs a model in floats keeps of a run (spec 19.8): of each row of its last hidden activations the
 * largest few, rounded to 16 bits of the largest. Floats here are data, not proof: nothing that is slashed depends on them.
 */
import { concatBytes, ok, type Result, refuserOf, utf8 } from '@surety/core';
import { roundHalfEven } from '@surety/programs';

/** Activations of one row as a provider keeps them. */
export type Row = {
  /** Largest absolute value, rounded to a 32-bit float. */
  readonly peak: number;
  /** By index, ascending. */
  readonly entries: readonly { readonly index: number; readonly value: number }[];
};

export type Fingerprint = {
  /** Activations of a row. */
  readonly width: number;
  readonly rows: readonly Row[];
};

/** What a peak stands for: values are whole numbers of −32,767 .. 32,767. */
export const PEAK = 32_767;

export const LIMITS = { width: 65_536, rows: 65_535, entries: 255 } as const;

const TAG = utf8('surety:fingerprint:v1\0');
const HEAD_BYTES = TAG.length + 7;

const refused = refuserOf<'statistical.malformed'>();

/** Positions of the `count` largest absolute values, of equal ones the first, ascending. */
export const largest = (row: ArrayLike<number>, count: number): number[] =>
  Array.from(row, (value, index) => ({ size: Math.abs(value), index }))
    .sort((a, b) => b.size - a.size || a.index - b.index)
    .slice(0, count)
    .map(({ index }) => index)
    .sort((a, b) => a - b);

const malformed = (field: string, message: string, limit: string) =>
  refused('statistical.malformed', field, message, 'Send activations, or a fingerprint as it was made.', { limit });

/**
 * The fingerprint of some rows. Problems: `statistical.malformed` for activations that are not finite, or too many.
 * @param rows of equal length
 * @param count how many activations of each row are kept, 1 .. 255
 */
export const fingerprintOf = (rows: readonly ArrayLike<number>[], count: number): Result<Fingerprint> => {
  const width = rows[0]?.length ?? 0;
  if (rows.length < 1 || rows.length > LIMITS.rows) {
    return malformed('rows', `There are ${rows.length} rows.`, `1 .. ${LIMITS.rows}`);
  }
  if (width < 1 || width > LIMITS.width || rows.some(({ length }) => length !== width)) {
    return malformed(
      'rows',
      `A row has ${width} activations, or not all have as many.`,
      `1 .. ${LIMITS.width}, all alike`,
    );
  }
  if (!(Number.isInteger(count) && count >= 1 && count <= LIMITS.entries)) {
    return malformed('count', `${count} activations of a row cannot be kept.`, `1 .. ${LIMITS.entries}`);
  }
  const made: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const indices = largest(row, Math.min(count, width));
    const peak = Math.fround(indices.reduce((most, index) => Math.max(most, Math.abs(row[index]!)), 0));
    if (!Number.isFinite(peak) || Array.from(row).some(Number.isNaN)) {
      return malformed(`rows[${i}]`, 'An activation is no finite number.', 'finite 32-bit floats');
    }
    made.push({ peak, entries: indices.map((index) => ({ index, value: scaled(row[index]!, peak) })) });
  }
  return ok({ width, rows: made });
};

/** An activation in parts of a peak, within 16 bits. */
export const scaled = (value: number, peak: number): number =>
  peak === 0 ? 0 : Math.max(-PEAK, Math.min(PEAK, roundHalfEven((value / peak) * PEAK))) + 0;

/** `tag ‖ width u32 ‖ rows u16 ‖ count u8 ‖ (peak f32 ‖ (index u16 ‖ value i16)…)…`, big-endian. */
export const encodeFingerprint = ({ width, rows }: Fingerprint): Uint8Array => {
  const count = rows[0]!.entries.length;
  const body = new Uint8Array(7 + rows.length * (4 + 4 * count));
  const view = new DataView(body.buffer);
  view.setUint32(0, width);
  view.setUint16(4, rows.length);
  view.setUint8(6, count);
  let at = 7;
  for (const { peak, entries } of rows) {
    view.setFloat32(at, peak);
    at += 4;
    for (const { index, value } of entries) {
      view.setUint16(at, index);
      view.setInt16(at + 2, value);
      at += 4;
    }
  }
  return concatBytes(TAG, body);
};

const readRow = (view: DataView, at: number, count: number, width: number): Row | null => {
  const peak = view.getFloat32(at);
  const entries = Array.from({ length: count }, (_, i) => {
    return { index: view.getUint16(at + 4 + 4 * i), value: view.getInt16(at + 6 + 4 * i) };
  });
  const ascending = entries.every(({ index }, i) => index < width && (i === 0 || index > entries[i - 1]!.index));
  const reached = peak === 0 || entries.some(({ value }) => Math.abs(value) === PEAK);
  const whole = entries.every(({ value }) => value >= -PEAK && (peak !== 0 || value === 0));
  const positive = Number.isFinite(peak) && peak >= 0 && !Object.is(peak, -0);
  return ascending && reached && whole && positive ? { peak, entries } : null;
};

/** The fingerprint of bytes, or `statistical.malformed`. */
export const decodeFingerprint = (bytes: Uint8Array): Result<Fingerprint> => {
  if (bytes.length < HEAD_BYTES || !TAG.every((byte, i) => byte === bytes[i])) {
    return malformed(
      'fingerprint',
      `The ${bytes.length} bytes do not begin as a fingerprint.`,
      `${HEAD_BYTES} bytes or more`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + TAG.length, bytes.length - TAG.length);
  const [width, rows, count] = [view.getUint32(0), view.getUint16(4), view.getUint8(6)];
  if (width < 1 || width > LIMITS.width || rows < 1 || count < 1 || count > width) {
    return malformed(
      'fingerprint',
      `It keeps ${count} of ${width} activations in ${rows} rows.`,
      'at least 1 of at most 65,536',
    );
  }
  const length = HEAD_BYTES + rows * (4 + 4 * count);
  if (bytes.length !== length) return malformed('fingerprint', `It has ${bytes.length} bytes.`, `${length} bytes`);
  const read: Row[] = [];
  for (let i = 0; i < rows; i++) {
    const row = readRow(view, 7 + i * (4 + 4 * count), count, width);
    if (row === null)
      return malformed(
        `fingerprint.rows[${i}]`,
        'A row is none that activations give.',
        'ascending indices, one at the peak',
      );
    read.push(row);
  }
  return ok({ width, rows: read });
};
