/** Small programs and probes for tests: three classes out of four inputs, by weights that are given. */
import { concatBytes, toHex, unwrap } from '@surety/core';
import {
  type CheckedProgram,
  checkProgram,
  commitProgram,
  type ProbeSet,
  probeSetBytes,
  probeSetId,
  tensor,
  writeProgram,
} from '@surety/programs';
import type { Bytes } from '@surety/sdk/models';

export type TestFile = { readonly id: string; readonly bytes: Uint8Array; readonly file: Bytes };

const fileOf = (id: Uint8Array, bytes: Uint8Array): TestFile => ({
  id: toHex(id),
  bytes,
  file: { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) },
});

const ENCODING = { mantissa: 1, exponent: -4 };

export const programOf = (weights: readonly number[]): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [1, 4], low: -100, high: 100, encoding: ENCODING }],
      constants: [{ dtype: 'i8', shape: [3, 4], read: () => tensor('i8', [3, 4], weights).values }],
      nodes: [
        {
          form: { op: 'matmul', a: 0, b: 1, bias: null },
          dtype: 'i16',
          stage: { shift: 0, low: -32_768, high: 32_767 },
        },
      ],
      outputs: [{ name: 'scores', value: 2, encoding: { mantissa: 1, exponent: -8 } }],
      states: [],
    }),
  );

export const programFile = (weights: readonly number[]): TestFile => {
  const program = programOf(weights);
  return fileOf(commitProgram(program).id, concatBytes(...writeProgram(program)));
};

export const PROBES: ProbeSet = {
  type: 'surety/probes/v1',
  inputs: [{ dtype: 'i8', shape: [1, 4], encoding: ENCODING }],
  probes: [[[100, 0, 0, 0]], [[0, 100, 0, 0]], [[0, 0, 100, 0]], [[1, 2, 3, 4]]],
};

export const probesFile = (): TestFile => fileOf(probeSetId(PROBES), probeSetBytes(PROBES));

/** Weights by which class i answers to input i. */
export const PLAIN = [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0];
/** As {@link PLAIN}, with the first two classes the other way round. */
export const SWAPPED = [0, 2, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0];
