/** Lists of tensors as files: what a claim's input is kept as, so that it can be defended or checked after a restart. */
import { fromBase64, ok, type Problem, type Result, refuse, toBase64 } from '@surety/core';
import { valueBytes } from './file/file.ts';
import { allocate, DTYPE_BYTES, type Dtype, elements, MAX_ELEMENTS, MAX_RANK, type Tensor } from './tensor.ts';

type Written = { readonly dtype: string; readonly shape: readonly number[]; readonly values: string };

const DTYPES: ReadonlySet<string> = new Set(Object.keys(DTYPE_BYTES));

/** JSON of tensors; values are base64 of little-endian integers. */
export const writeTensors = (tensors: readonly Tensor[]): string =>
  `${JSON.stringify({ tensors: tensors.map(({ dtype, shape, values }) => ({ dtype, shape, values: toBase64(valueBytes(values)) })) })}\n`;

const malformed = (message: string): { readonly ok: false; readonly problem: Problem } =>
  refuse({
    code: 'input.malformed',
    message,
    next: 'Write the file again with "surety run", or take it from whoever made the claim.',
    field: 'tensors',
  });

const readOne = ({ dtype, shape, values }: Written, at: number): Result<Tensor> => {
  const shaped =
    Array.isArray(shape) &&
    shape.length <= MAX_RANK &&
    shape.every((size) => Number.isInteger(size) && size > 0) &&
    elements(shape) <= MAX_ELEMENTS;
  if (!DTYPES.has(dtype) || !shaped || typeof values !== 'string') return malformed(`Tensor ${at} has no type.`);
  const bytes = fromBase64(values);
  if (!bytes.ok) return bytes;
  const wanted = elements(shape) * DTYPE_BYTES[dtype as Dtype];
  if (bytes.value.length !== wanted)
    return malformed(`Tensor ${at} has ${bytes.value.length} bytes; [${shape.join(', ')}] has ${wanted}.`);
  const array = allocate(dtype as Dtype, elements(shape));
  valueBytes(array).set(bytes.value);
  return ok({ dtype: dtype as Dtype, shape, values: array });
};

/** The tensors that {@link writeTensors} wrote, or `input.malformed`. Whether they are the ones wanted, their id says. */
export const readTensors = (text: string): Result<readonly Tensor[]> => {
  let written: readonly Written[];
  try {
    written = (JSON.parse(text) as { readonly tensors: readonly Written[] }).tensors;
  } catch (error) {
    return malformed(`The file is no JSON: ${error instanceof Error ? error.message : ''}.`);
  }
  if (!Array.isArray(written)) return malformed('The file holds no list of tensors.');
  const tensors: Tensor[] = [];
  for (const [i, each] of written.entries()) {
    const read = readOne(each as Written, i);
    if (!read.ok) return read;
    tensors.push(read.value);
  }
  return ok(tensors);
};
