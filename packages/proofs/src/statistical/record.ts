/** What a provider reveals of a run (spec 19.4), and its one encoding. */
import { concatBytes, ok, type Result, refuserOf, sameBytes, utf8 } from '@surety/core';
import { allocate, DTYPE_BYTES, elements, I32_MAX, type Tensor, type TensorType, valueBytes } from '@surety/programs';
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
const HEAD_BYTES = TAG.length + 2 + 128;

const FORM = { sums: 1, values: 2 } as const;

const refused = refuserOf<'statistical.malformed'>();

const malformed = (field: string, message: string, limit: string) =>
  refused('statistical.malformed', field, message, 'Get the record again from whoever ran the program.', { limit });

export const encodeRecord = ({ run, gain, sums, values }: SumsRecord): Uint8Array =>
  concatBytes(
    TAG,
    Uint8Array.of(values === null ? FORM.sums : FORM.values, gain),
    runBytes(run),
    ...[...sums, ...(values ?? [])].map((tensor) => valueBytes(tensor.values)),
  );

/** Values as they lie in the bytes, which may begin at any of them. */
const tensorAt = (bytes: Uint8Array, at: number, type: TensorType): Tensor => {
  const values = allocate(type.dtype, elements(type.shape));
  new Uint8Array(values.buffer).set(bytes.subarray(at, at + values.byteLength));
  return { ...type, values };
};

const sizeOf = ({ dtype, shape }: TensorType): number => elements(shape) * DTYPE_BYTES[dtype];

const firstBeyond = (values: Tensor['values']): number => {
  for (let i = 0; i < values.length; i++) if (values[i]! > I32_MAX || values[i]! < -I32_MAX) return i;
  return -1;
};

/** Types of what a record holds, in its order. */
const typesOf = ({ program, folded, replayed }: Parts, withValues: boolean): TensorType[] => {
  const nodesFrom = program.inputs.length + program.constants.length;
  return [
    ...folded.map(({ type }) => type),
    ...(withValues ? replayed.map((node): TensorType => program.types[nodesFrom + node]!) : []),
  ];
};

/**
 * The record of bytes, or `statistical.malformed`. Its lengths follow from the program, so no others are read.
 * @param parts of the program, as the caller folds it; a record of another gain is read by that
 */
export const decodeRecord = (
  parts: Parts,
  bytes: Uint8Array,
): Result<{ readonly record: SumsRecord; readonly parts: Parts }> => {
  if (bytes.length < HEAD_BYTES || !sameBytes(bytes.subarray(0, TAG.length), TAG)) {
    return malformed(
      'record',
      `The record of ${bytes.length} bytes does not begin as one.`,
      `${HEAD_BYTES} bytes or more`,
    );
  }
  const [form, gain] = [bytes[TAG.length]!, bytes[TAG.length + 1]!];
  if (form !== FORM.sums && form !== FORM.values) {
    return malformed('record.form', `The record is of form ${form}.`, `${FORM.sums} or ${FORM.values}`);
  }
  const own = gain === parts.gain ? parts : partsOf(parts.program, gain);
  const types = typesOf(own, form === FORM.values);
  const length = types.reduce((sum, type) => sum + sizeOf(type), HEAD_BYTES);
  if (bytes.length !== length) {
    return malformed('record', `The record has ${bytes.length} bytes.`, `${length} bytes for this program`);
  }
  const id = (i: number): Uint8Array => bytes.slice(TAG.length + 2 + 32 * i, TAG.length + 34 + 32 * i);
  const run = { program: id(0), input: id(1), output: id(2), trace: id(3) };
  const tensors: Tensor[] = [];
  let at = HEAD_BYTES;
  for (const type of types) {
    tensors.push(tensorAt(bytes, at, type));
    at += sizeOf(type);
  }
  const sums = tensors.slice(0, own.folded.length);
  for (const [i, { values }] of sums.entries()) {
    const beyond = firstBeyond(values);
    if (beyond >= 0) {
      return malformed(`record.sums[${i}][${beyond}]`, `A sum is ${values[beyond]}.`, `${-I32_MAX} .. ${I32_MAX}`);
    }
  }
  const values = form === FORM.values ? tensors.slice(own.folded.length) : null;
  return ok({ record: { run, gain, sums, values }, parts: own });
};
