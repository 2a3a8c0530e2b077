/** One verdict of two judges: the contract, and the readable judge of `packages/proofs`. */
import assert from 'node:assert/strict';
import { to0x } from '@surety/core';
import { judge, type Run } from '@surety/proofs';
import type { Random } from '../../../packages/programs/test/random.ts';
import { openTensorVerifier, type Said } from './harness.ts';

export const NONE = new Uint8Array(0);

const contract = await openTensorVerifier();

export const close = (): Promise<void> => contract.close();

/**
 * What both say.
 * @throws {assert.AssertionError} when they differ
 */
export const agreed = async (
  run: Run,
  question: Uint8Array,
  record: Uint8Array,
  proof: Uint8Array,
  what: string,
): Promise<Said> => {
  const readable = judge(run, question, record, proof);
  const said = await contract.verify(run, question, record, proof);
  assert.equal(said.holds, readable.holds, `${what}: ${readable.why}`);
  assert.equal(to0x(said.record), to0x(readable.record), `${what}: record`);
  return said;
};

/** A proof with one bit, one byte or its length changed. */
export const changed = (proof: Uint8Array, random: Random): Uint8Array => {
  const bytes = proof.slice();
  const place = random.int(0, bytes.length - 1);
  switch (random.int(0, 4)) {
    case 0:
      return bytes.slice(0, place);
    case 1:
      return Uint8Array.of(...bytes.subarray(0, place), random.int(0, 255), ...bytes.subarray(place));
    default:
      bytes[place]! ^= 1 << random.int(0, 7);
      return bytes;
  }
};
