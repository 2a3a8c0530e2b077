/** What a provider reveals of a run (spec 19.4), and its one encoding. */
import { concatBytes, ok, type Result, refuserOf, utf8 } from '@surety/core';
import {
  allocate,
  bigEndian,
  DTYPE_BYTES,
  elements,
  I32_MAX,
  type Tensor,
  type TensorType,
  valueBytes,
} from '@surety/programs';
import { type Run, runBytes } from '../run.ts';
import { type Parts, partsOf } from './parts.ts';

export type SumsRecord = {
  readonly run: Run;
  /** Which nodes are folded depends on it. */
  readonly gain: number;
  /** Exact sums of the folded nodes, in their order. */
  readonly sums: readonly Tensor[];
  /** Values of the replayed nodes, where a checker is to look at some of their elements only. */
  readonly values: readonly Tensor[] | null;
};

const TAG = utf8('surety:sums:v1\0');

/** What stands before the values: tag, whether values of replayed nodes follow, gain, the four ids of the run. */
const HEAD_BYTES = TAG.length + 5 + 128;

const FORM = { sums: 1, values: 2 } as const;

const refused = refuserOf<'statistical.malformed'>();

const malformed = (field: string, message: string, limit: string) =>
  refused('statistical.malformed', field, message, 'Get the record again from whoever ran the program.', { limit });

export const encodeRecord = ({ run, gain, sums, values }: SumsRecord): Uint8Array =>
  concatBytes(
    TAG,
    Uint8Array.of(values === null ? FORM.sums : FORM.values),
    bigEndian([gain]),
    runBytes(run),
    ...[...sums, ...(values ?? [])].map((tensor) => valueBytes(tensor.values)),
  );

const sizeOf = ({ dtype, shape }: TensorType): number => elements(shape) * DTYPE_BYTES[dtype];

/** Values that lie in some bytes one after the other, copied once: they may begin at any byte there. */
const tensorsIn = (bytes: Uint8Array, types: readonly TensorType[]): Tensor[] =>
  types.map((type) => {
    const { dtype, shape } = type;
    const values = allocate(dtype, elements(shape));
    new Uint8Array(values.buffer).set(bytes.subarray(0, values.byteLength));
    bytes = bytes.subarray(values.byteLength);
    return { dtype, shape, values };
  });

/** The numbers that bytes hold, in place where they begin at a multiple of four. */
const numbersIn = (bytes: Uint8Array): Int32Array => {
  const { buffer, byteOffset } = byteOffsetIsWhole(bytes) ? bytes : bytes.slice();
  return new Int32Array(buffer, byteOffset, bytes.length / 4);
};

const byteOffsetIsWhole = ({ byteOffset }: Uint8Array): boolean => byteOffset % 4 === 0;

/** Index of the first sum beyond what a program can have, or -1: below and above by one comparison of unsigned numbers. */
const firstBeyond = (sums: Int32Array): number => {
  for (let i = 0; i < sums.length; i++) if ((sums[i]! + I32_MAX) >>> 0 > 2 * I32_MAX) return i;
  return -1;
};

/** Types of the replayed values of a record, in its order. */
const valueTypes = ({ program, replayed }: Parts): TensorType[] => {
  const nodesFrom = program.inputs.length + program.constants.length;
  return replayed.map((node) => program.types[nodesFrom + node]!);
};

/** All sums of a record, one after the other. */
export const joinedSums = (sums: readonly Tensor[]): Int32Array => {
  const all = new Int32Array(sums.reduce((count, { values }) => count + values.length, 0));
  let at = 0;
  for (const { values } of sums) {
    all.set(values, at);
    at += values.length;
  }
  return all;
};

/** The list whose L is Z: what binds a provider to its sums before they are asked for. */
export const sumsList = (all: Int32Array): readonly Tensor[] =>
  all.length === 0 ? [] : [{ dtype: 'i32', shape: [all.length], values: all }];

export type Decoded = {
  readonly record: SumsRecord;
  /** As {@link joinedSums} gives them: the record's sums are parts of it. */
  readonly allSums: Int32Array;
};

/**
 * The record of bytes, or `statistical.malformed`. Its lengths follow from the program, so no others are read.
 * @param parts of the program, as the caller folds it; a record of another gain is read by that
 */
export const decodeRecord = (parts: Parts, bytes: Uint8Array): Result<Decoded> => {
  if (bytes.length < HEAD_BYTES || !TAG.every((byte, i) => byte === bytes[i])) {
    return malformed(
      'record',
      `The record of ${bytes.length} bytes does not begin as one.`,
      `${HEAD_BYTES} bytes or more`,
    );
  }
  const form = bytes[TAG.length]!;
  const gain = new DataView(bytes.buffer, bytes.byteOffset).getUint32(TAG.length + 1);
  if (form !== FORM.sums && form !== FORM.values) {
    return malformed('record.form', `The record is of form ${form}.`, `${FORM.sums} or ${FORM.values}`);
  }
  const own = gain === parts.gain ? parts : partsOf(parts.program, gain);
  const rest = form === FORM.values ? valueTypes(own) : [];
  const sumsEnd = HEAD_BYTES + 4 * own.sums;
  const length = rest.reduce((sum, type) => sum + sizeOf(type), sumsEnd);
  if (bytes.length !== length) {
    return malformed('record', `The record has ${bytes.length} bytes.`, `${length} bytes for this program`);
  }
  const allSums = numbersIn(bytes.subarray(HEAD_BYTES, sumsEnd));
  const beyond = firstBeyond(allSums);
  if (beyond >= 0) {
    return malformed(`record.sums[${beyond}]`, `A sum is ${allSums[beyond]}.`, `${-I32_MAX} .. ${I32_MAX}`);
  }
  let at = 0;
  const sums = own.folded.map(({ type: { dtype, shape } }): Tensor => {
    const from = at;
    at += elements(shape);
    return { dtype, shape, values: allSums.subarray(from, at) };
  });
  const id = (i: number): Uint8Array => bytes.slice(TAG.length + 5 + 32 * i, TAG.length + 37 + 32 * i);
  const run = { program: id(0), input: id(1), output: id(2), trace: id(3) };
  const values = form === FORM.values ? tensorsIn(bytes.subarray(sumsEnd), rest) : null;
  return ok({ record: { run, gain, sums, values }, allSums });
};
