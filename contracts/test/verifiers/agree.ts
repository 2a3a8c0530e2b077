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

/** Numbers at which counts, sizes and places change their kind. */
const WORDS = [0, 1, 2, 3, 63, 64, 127, 255, 1_023, 1_024, 65_535, 2 ** 28, 2 ** 30, 2 ** 31, 2 ** 32 - 1];

/** A proof with one bit, one byte, one number or its length changed, or with some of its bytes twice or missing. */
export const changed = (proof: Uint8Array, random: Random): Uint8Array => {
  const bytes = proof.slice();
  const place = random.int(0, bytes.length - 1);
  const some = random.pick([1, 4, 8, 32, 64]);
  switch (random.int(0, 8)) {
    case 0:
      return bytes.slice(0, place);
    case 1:
      return Uint8Array.of(...bytes.subarray(0, place), random.int(0, 255), ...bytes.subarray(place));
    case 2:
      return Uint8Array.of(...bytes.subarray(0, place), ...bytes.subarray(place + some));
    case 3:
      return Uint8Array.of(...bytes.subarray(0, place + some), ...bytes.subarray(place));
    case 4:
    case 5: {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(random.pick(WORDS));
      bytes.set(number.subarray(0, bytes.length - place), place);
      return bytes;
    }
    default:
      bytes[place]! ^= 1 << random.int(0, 7);
      return bytes;
  }
};
