/** Steps that hold a tensor of the data against an id of the run (spec 12.7), and evaluate its extension. */
import { concatBytes, utf8 } from '@surety/core';
import {
  bigEndian,
  chunkCount,
  chunkSpan,
  DTYPE_BYTES,
  DTYPE_CODE,
  elements,
  type Interval,
  type TensorType,
  tensorPrefix,
} from '@surety/programs';
import { bitsOf } from '../../field/multilinear.ts';
import type { ProgramWriter, Ref, Register, StepWriter } from './writer.ts';
import { words } from './writer.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const LIST_OF_ONE = concatBytes(utf8('surety:tensors:v1\0'), bigEndian([1]));

/** Integers that one step folds. */
const PIECE_VARS = 6;

const hashed = (step: StepWriter, before: Uint8Array, ...registers: readonly Register[]): Register => {
  step.putConstant(before);
  for (const register of registers) step.putRegister(register);
  return step.digest();
};

/** Shows that the list of the one tensor whose values begin at `offset` of the data is what the run names. */
export const bindTensor = (
  book: ProgramWriter,
  type: TensorType,
  offset: number,
  idIn: (step: StepWriter) => Register,
): void => {
  const count = chunkCount(type);
  // Roots of complete subtrees, the largest first: one for each bit of the number of chunks so far.
  let known: readonly Ref[] = [];
  for (let i = 0; i < count; i++) {
    const before = known;
    let left = 0;
    const record = book.step((step) => {
      const span = chunkSpan(type, i);
      step.putConstant(LEAF);
      step.putData(offset + span.offset, span.length);
      const stack = before.map((root) => step.get(root));
      stack.push(step.digest());
      for (let full = i; full % 2 === 1; full = Math.floor(full / 2)) {
        const right = stack.pop()!;
        stack.push(hashed(step, NODE, stack.pop()!, right));
      }
      left = stack.length;
      return stack;
    });
    known = words(record, 0, left);
  }
  book.step((step) => {
    const root = known.map((each) => step.get(each)).reduceRight((right, one) => hashed(step, NODE, one, right));
    const tensor = hashed(step, tensorPrefix(type), root);
    step.same(hashed(step, LIST_OF_ONE, hashed(step, LEAF, tensor)), idIn(step));
    return [];
  });
};

/**
 * The extension of a tensor's values at a point, each dimension padded to a power of two.
 * @param type of two dimensions
 * @param range the values have to lie in
 */
export const evaluateTensorSteps = (
  book: ProgramWriter,
  { dtype, shape }: TensorType,
  range: Interval,
  offset: number,
  point: readonly Ref[],
): Ref => {
  const size = shape.at(-1)!;
  const rows = elements(shape) / size;
  const vars = Math.min(bitsOf(size), PIECE_VARS);
  const each = 2 ** vars;
  let sum: Ref | null = null;
  for (let row = 0; row < rows; row++) {
    for (let piece = 0; piece * each < size; piece++) {
      const before = sum;
      const index = row * 2 ** (bitsOf(size) - vars) + piece;
      const first = row * size + piece * each;
      const record = book.step((step) => {
        const count = Math.min(each, size - piece * each);
        const at = offset + first * DTYPE_BYTES[dtype];
        const own = step.integers(point.slice(0, vars), DTYPE_CODE[dtype], range, count, at);
        const part = step.mul(own, step.equalIndex(point.slice(vars), index));
        return [before === null ? part : step.add(step.get(before), part)];
      });
      sum = { record, word: 0 };
    }
  }
  return sum!;
};
