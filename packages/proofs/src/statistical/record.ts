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
import { packed, unpacked, type Width } from './packed.ts';
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

const TAG = utf8('surety:sums:v2\0');

/** What stands before the values: tag, whether values of replayed nodes follow, gain, the four ids of the run. */
const HEAD_BYTES = TAG.length + 5 + 128;

const FORM = { sums: 1, values: 2 } as const;

const refused = refuserOf<'statistical.malformed'>();

const malformed = (field: string, message: string, limit: string) =>
  refused('statistical.malformed', field, message, 'Get the record again from whoever ran the program.', { limit });

/** What a provider is bound to before it is asked: the record up to the end of its sums. */
export const committedBytes = (parts: Parts, { run, gain, sums, values }: SumsRecord): Uint8Array =>
  concatBytes(
    TAG,
    Uint8Array.of(values === null ? FORM.sums : FORM.values),
    bigEndian([gain]),
    runBytes(run),
    ...sums.map((tensor, i) => packed(tensor.values, parts.folded[i]!.bytes)),
  );

/** @param parts of the program at the record's gain: in how many bytes a sum is written depends on its node */
export const encodeRecord = (parts: Parts, record: SumsRecord): Uint8Array =>
  concatBytes(committedBytes(parts, record), ...(record.values ?? []).map(({ values }) => valueBytes(values)));

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

/** Index of the first sum of four bytes beyond what a program can have, or -1; fewer bytes hold no such sum. */
const firstBeyond = (sums: Uint8Array, bytes: Width): number =>
  bytes < 4 ? -1 : unpacked(sums, bytes).findIndex((sum) => Math.abs(sum) > I32_MAX);

/** Types of the replayed values of a record, in its order. */
const valueTypes = ({ program, replayed }: Parts): TensorType[] => {
  const nodesFrom = program.inputs.length + program.constants.length;
  return replayed.map((node) => program.types[nodesFrom + node]!);
};

/** A record in its bytes. */
export type PackedRecord = Omit<SumsRecord, 'sums'> & {
  /** Sums of each folded node, packed. */
  readonly sums: readonly Uint8Array[];
  /** As {@link committedBytes} gives them. */
  readonly committed: Uint8Array;
};

/**
 * The record of bytes, read in place, or `statistical.malformed`. Its lengths follow from the program, so no others are read.
 * @param parts of the program, as the caller folds it; a record of another gain is read by that
 */
export const readRecord = (parts: Parts, bytes: Uint8Array): Result<PackedRecord> => {
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
  const sumsEnd = HEAD_BYTES + own.sumsBytes;
  const length = rest.reduce((sum, type) => sum + sizeOf(type), sumsEnd);
  if (bytes.length !== length) {
    return malformed('record', `The record has ${bytes.length} bytes.`, `${length} bytes for this program`);
  }
  let at = HEAD_BYTES;
  const sums: Uint8Array[] = [];
  for (const [i, { bytes: width, type }] of own.folded.entries()) {
    const from = at;
    at += elements(type.shape) * width;
    const part = bytes.subarray(from, at);
    const beyond = firstBeyond(part, width);
    if (beyond >= 0) {
      return malformed(
        `record.sums[${i}][${beyond}]`,
        'A sum is beyond what a program has.',
        `${-I32_MAX} .. ${I32_MAX}`,
      );
    }
    sums.push(part);
  }
  const id = (i: number): Uint8Array => bytes.slice(TAG.length + 5 + 32 * i, TAG.length + 37 + 32 * i);
  const run = { program: id(0), input: id(1), output: id(2), trace: id(3) };
  const values = form === FORM.values ? tensorsIn(bytes.subarray(sumsEnd), rest) : null;
  return ok({ run, gain, sums, committed: bytes.subarray(0, sumsEnd), values });
};

/** The record of bytes with its sums as numbers; problems as {@link readRecord} has them. */
export const decodeRecord = (parts: Parts, bytes: Uint8Array): Result<SumsRecord> => {
  const read = readRecord(parts, bytes);
  if (!read.ok) return read;
  const { run, gain, values } = read.value;
  const { folded } = gain === parts.gain ? parts : partsOf(parts.program, gain);
  const sums = read.value.sums.map((part, i): Tensor => {
    const { type, bytes: width } = folded[i]!;
    return { dtype: 'i32', shape: type.shape, values: unpacked(part, width) };
  });
  return ok({ run, gain, sums, values });
};
