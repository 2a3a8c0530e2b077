/** Random elements of the fields of the proofs, the edges among them. */
import fc from 'fast-check';
import { P } from '../src/zk/field/ext.ts';

export const anyElement = fc.oneof(
  fc.integer({ min: 0, max: P - 1 }),
  fc.constantFrom(0, 1, P - 1, P - 2, 0xffff, 0x10000),
);
export const anyExt = fc.tuple(anyElement, anyElement, anyElement, anyElement);
