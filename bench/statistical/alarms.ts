/** Honest runs of random programs over all operators: none may be found wrong, whatever key, form and sample. */
import { unwrap } from '@surety/core';
import { Machine } from '@surety/programs';
import { encodeRecord } from '@surety/proofs/statistical';
import { randomInputs, randomProgram } from '../../packages/programs/test/random-program.ts';
import { checkOne, pairOf, seedOf } from '../../packages/proofs/test/statistical.ts';
import type { Figure } from '../figure.ts';

const PROGRAMS = 1_000;
const RUNS = 100;
/** Every so many runs are checked by samples too. */
const SAMPLED = 10;

export const falseAlarms = async (): Promise<Figure[]> => {
  const machine = await Machine.create();
  let [runs, alarms, folded, convolutions, sums] = [0, 0, 0, 0, 0];
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const program = randomProgram(seed, 6);
    const { provider, checker } = await pairOf(program, machine, { gain: 0, withValues: true });
    const inputs = Array.from({ length: RUNS }, (_, i) => randomInputs(program, seed * RUNS + i));
    const proven = unwrap(await provider.prove(inputs));
    const key = await checker.key(seedOf(seed), 2);
    for (const [i, { record }] of proven.entries()) {
      const bytes = encodeRecord(provider.parts, record);
      runs++;
      if (unwrap(await checkOne(checker, bytes, inputs[i]!, key)).wrong !== null) alarms++;
      if (i % SAMPLED > 0) continue;
      const sample = { seed: seedOf(runs), draws: 50 };
      if (unwrap(await checkOne(checker, bytes, inputs[i]!, key, { sample })).wrong !== null) alarms++;
    }
    folded += checker.parts.folded.length;
    sums += RUNS * checker.parts.sums;
    convolutions += checker.parts.folded.filter(({ form }) => form.op === 'conv').length;
  }
  return [
    {
      name: 'false alarms, honest runs of random exact programs',
      value: alarms,
      unit: `of ${runs}`,
      goal: '= 0 of >= 100000',
      holds: alarms === 0 && runs >= 100_000,
      peer: `${PROGRAMS} programs, ${folded} nodes by their sums (${convolutions} conv), ${sums} sums`,
    },
  ];
};
