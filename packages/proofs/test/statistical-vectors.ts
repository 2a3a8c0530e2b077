/** What `vectors/statistical.json` holds: drawn elements, folded weights, records, a batch and its seed (spec 19). */
import { toHex, unwrap } from '@surety/core';
import { type CheckedProgram, Machine } from '@surety/programs';
import { randomInputs, randomProgram } from '../../programs/test/random-program.ts';
import { drawElements, drawIndices, drawProducts } from '../src/statistical/draw.ts';
import {
  type Batch,
  type Beacon,
  batchId,
  batchSeed,
  encodeBatch,
  encodeFingerprint,
  fingerprintOf,
  partsOf,
} from '../src/statistical/index.ts';
import { pairOf, seedOf } from './statistical.ts';

/** Seeds of random programs with a folded node, conv and matmul among them. */
export const vectorPrograms = (): readonly { readonly seed: number; readonly program: CheckedProgram }[] =>
  Array.from({ length: 200 }, (_, seed) => ({ seed, program: randomProgram(seed, 6) }))
    .filter(({ program }) => {
      const { sums } = partsOf(program, 0);
      return sums > 0 && sums < 200;
    })
    .slice(0, 8);

const BEACON: Beacon = { source: 'drand quicknet', round: 2 ** 32 + 5, value: seedOf(9), atSeconds: 1 };

export const statisticalVectors = async () => {
  const machine = await Machine.create();
  const records = [];
  let batch: Batch | null = null;
  for (const { seed, program } of vectorPrograms()) {
    const { prove, id, checker } = await pairOf(program, machine, { gain: 0, withValues: seed % 2 === 0 });
    const inputs = randomInputs(program, seed);
    const { bytes, sumsId, record } = await prove(inputs);
    const { input, output, trace } = record.run;
    batch ??= { program: id, entries: [{ input, output, trace, sums: sumsId }] };
    const key = await checker.key(seedOf(1), 1);
    records.push({
      program: seed,
      id: toHex(id),
      record: toHex(bytes),
      sums: toHex(sumsId),
      // Of each folded node: its folded weights, where they are constants.
      folded: key.nodes.map(({ folded, checks: [check] }) => ({
        node: folded.node,
        weights: check!.weights?.map((row) => [...row]) ?? null,
        bias: check!.bias,
      })),
    });
  }
  const c = batchId(batch!);
  return {
    draws: {
      seed: toHex(seedOf(1)),
      purpose: [3, 1, 0],
      elements: [...drawElements(seedOf(1), [3, 1, 0], 10)],
      products: [...drawProducts(seedOf(1), [3, 1, 0], 10)],
      below: 1_000_000,
      indices: [...drawIndices(seedOf(1), [0xffff_ffff], 10, 1_000_000)],
    },
    records,
    batch: {
      bytes: toHex(encodeBatch(batch!)),
      id: toHex(c),
      source: BEACON.source,
      round: BEACON.round,
      value: toHex(BEACON.value),
      seed: toHex(batchSeed(c, BEACON)),
    },
    fingerprint: {
      rows: [[0.5, -3, 2.25, 0, 1]],
      count: 3,
      bytes: toHex(encodeFingerprint(unwrap(fingerprintOf([[0.5, -3, 2.25, 0, 1]], 3)))),
    },
  };
};
