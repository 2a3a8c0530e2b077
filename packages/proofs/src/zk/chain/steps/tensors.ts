/** Steps that hold a tensor of the data against an id of the run (spec 12.7). */
import { concatBytes, utf8 } from '@surety/core';
import { bigEndian, chunkCount, chunkSpan, type TensorType, tensorPrefix } from '@surety/programs';
import type { ProgramWriter, Ref, Register, StepWriter } from './writer.ts';
import { words } from './writer.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const LIST_OF_ONE = concatBytes(utf8('surety:tensors:v1\0'), bigEndian([1]));

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
