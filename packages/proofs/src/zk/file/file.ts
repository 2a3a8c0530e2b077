/** The file of a proof: what it is about, then the proof. Lengths follow from the program, so none are read. */
import { concatBytes, ok, type Result, sameBytes, utf8 } from '@surety/core';
import {
  allocate,
  DTYPE_BYTES,
  DTYPE_RANGE,
  elements,
  extent,
  type Tensor,
  type TensorType,
  valueBytes,
} from '@surety/programs';
import { Cursor, malformed } from './bytes.ts';

/** The program that a proof names: P of a public one, or the id of an architecture and the root of hidden constants. */
export type Named =
  | { readonly kind: 'public'; readonly id: Uint8Array }
  | { readonly kind: 'private'; readonly architecture: Uint8Array; readonly weights: Uint8Array };

export type ProofFile = {
  readonly program: Named;
  /** Inputs, or the root that they are committed to by. */
  readonly input: readonly Tensor[] | Uint8Array;
  readonly outputs: readonly Tensor[];
  readonly proof: Uint8Array;
};

const MAGIC = utf8('SRTYZKP1');
const HASH_BYTES = 32;

const FLAG = { hiddenWeights: 1, hiddenInput: 2 } as const;

const valuesOf = (tensors: readonly Tensor[]): Uint8Array[] => tensors.map(({ values }) => valueBytes(values));

export const encodeProof = ({ program, input, outputs, proof }: ProofFile): Uint8Array => {
  const hiddenInput = input instanceof Uint8Array;
  const flags = (program.kind === 'private' ? FLAG.hiddenWeights : 0) | (hiddenInput ? FLAG.hiddenInput : 0);
  return concatBytes(
    MAGIC,
    Uint8Array.of(flags),
    ...(program.kind === 'public' ? [program.id] : [program.architecture, program.weights]),
    ...(hiddenInput ? [input] : valuesOf(input)),
    ...valuesOf(outputs),
    proof,
  );
};

/** What a file names, before anything is known of that program; and where the rest begins. */
export const decodeNamed = (
  bytes: Uint8Array,
): Result<{ readonly program: Named; readonly hidesInput: boolean; readonly rest: Uint8Array }> => {
  const cursor = new Cursor(bytes);
  const magic = cursor.take(MAGIC.length);
  if (magic === null || !sameBytes(magic, MAGIC)) return malformed('file', 'The file does not begin as a proof does.');
  const flags = cursor.number(1);
  if (flags === null || flags > (FLAG.hiddenWeights | FLAG.hiddenInput)) {
    return malformed('file.flags', 'The file says of what it hides what no proof says.');
  }
  const first = cursor.take(HASH_BYTES);
  const second = flags & FLAG.hiddenWeights ? cursor.take(HASH_BYTES) : new Uint8Array();
  if (first === null || second === null) return malformed('file.program', 'The file ends before its program is named.');
  const program: Named =
    second.length === 0 ? { kind: 'public', id: first } : { kind: 'private', architecture: first, weights: second };
  return ok({ program, hidesInput: (flags & FLAG.hiddenInput) !== 0, rest: cursor.rest() });
};

/** Tensors of these types, whose values have to be ones of their dtypes. */
const takeTensors = (cursor: Cursor, types: readonly TensorType[], field: string): Result<readonly Tensor[]> => {
  const tensors: Tensor[] = [];
  for (const [i, { dtype, shape }] of types.entries()) {
    const bytes = cursor.take(elements(shape) * DTYPE_BYTES[dtype]);
    if (bytes === null) return malformed(`${field}[${i}]`, `The file ends before ${field}[${i}] does.`);
    const values = allocate(dtype, elements(shape));
    valueBytes(values).set(bytes);
    const range = extent(values);
    const limit = DTYPE_RANGE[dtype];
    if (range.low < limit.low || range.high > limit.high) {
      return malformed(`${field}[${i}]`, `${field}[${i}] holds a value that no ${dtype} has.`);
    }
    tensors.push({ dtype, shape, values });
  }
  return ok(tensors);
};

/** The rest of a file, of a program with these types. */
export const decodeRest = (
  rest: Uint8Array,
  hidesInput: boolean,
  inputs: readonly TensorType[],
  outputs: readonly TensorType[],
): Result<Omit<ProofFile, 'program'>> => {
  const cursor = new Cursor(rest);
  const input = hidesInput ? ok(cursor.take(HASH_BYTES)) : takeTensors(cursor, inputs, 'inputs');
  if (!input.ok) return input;
  if (input.value === null) return malformed('input', 'The file ends before its input is named.');
  const given = takeTensors(cursor, outputs, 'outputs');
  if (!given.ok) return given;
  return ok({ input: input.value, outputs: given.value, proof: cursor.rest() });
};
