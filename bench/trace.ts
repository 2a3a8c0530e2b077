/**
 * `trace`: what committing to every value of a run adds to it, for the network of 18.9 million weights; and what a claim about
 * it costs on a local chain. Published: Agatha 3 %, TAO 0.3 % of a run on a GPU; a virtual machine in the manner of a processor
 * at least 600 times the run: their networks and machines, not this one.
 */
import { sameBytes, unwrap } from '@surety/core';
import { createEngine, createHasher, type EngineRun, listRoot, traceId } from '@surety/programs';
import { openProgram, openRun } from '@surety/proofs';
import { anyInput, MLP_WIDTHS, mlpProgram, randomLayers } from '../packages/programs/test/networks.ts';
import { shownAhead } from './disputes/claims.ts';
import { openCourt, WINDOW_SECONDS } from './disputes-gas/court.ts';
import type { Figure } from './figure.ts';
import { takeTurns } from './inference/turns.ts';

const BATCH = 64;
const OVERHEAD_PERCENT = 10;
const CLAIM_GAS = 250_000;
const PUBLISHED = 'Agatha 3 %, TAO 0.3 %, processor-style machine >= 600 ×';

const program = mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1));
const samples = Array.from({ length: BATCH }, (_, i) => anyInput(program, i));

const book = openProgram(program, { hash: await createHasher() });

/** Plain and traced runs in turns. */
const overhead = async (): Promise<Figure[]> => {
  const engine = unwrap(await createEngine(program));
  const hash = await createHasher();
  const inputs = samples.map((tensors) => listRoot(tensors, hash));
  const plain = async (count: number): Promise<readonly EngineRun[]> =>
    unwrap(await engine.runMany(samples.slice(0, count)));
  const traced = async (count: number) => {
    const runs = unwrap(await engine.runMany(samples.slice(0, count), { trace: true }));
    return runs.map(({ outputs, trace }, i) => ({
      outputs,
      trace: traceId(book.id, inputs[i]!, program.nodes.length, trace!.root),
    }));
  };
  // What every answer with a receipt names, traced or not, is hashed outside of the engine.
  const claimed = async (count: number) => {
    const runs = await traced(count);
    return runs.map(({ outputs, trace }, i) => {
      return { input: listRoot(samples[i]!, hash), output: listRoot(outputs, hash), trace };
    });
  };
  // Before anything is timed: these are the claims of a run that can be disputed, and the outputs of a plain one.
  const [claims, outputs] = [await claimed(BATCH), await plain(BATCH)];
  for (const i of [0, BATCH - 1]) {
    const { run, close } = unwrap(await openRun(book, samples[i]!));
    const given = { program: book.id, ...claims[i]! };
    for (const id of ['program', 'input', 'output', 'trace'] as const) {
      if (!sameBytes(run[id], given[id])) throw new RangeError(`the ${id} of sample ${i} is another`);
    }
    if (!sameBytes(listRoot(outputs[i]!.outputs, hash), run.output))
      throw new RangeError('the plain run gave another output');
    await close();
  }
  const contenders = [
    { name: 'plain', run: plain },
    { name: 'traced', run: traced },
  ];
  const figures: Figure[] = [];
  for (const [batch, rounds, all] of [
    [1, 301, [...contenders, { name: 'claimed', run: claimed }]],
    [BATCH, 41, contenders],
  ] as const) {
    const times = await takeTurns(all, batch, rounds);
    const without = times.get('plain')!;
    const row = (name: string, ms: number | undefined, limit: number | null, peer: string): Figure[] => {
      if (ms === undefined) return [];
      const percent = 100 * (ms / without - 1);
      return [
        {
          name: `${name}, batch ${batch}`,
          value: percent,
          unit: '%',
          goal: limit === null ? '' : `<= ${limit}`,
          holds: limit === null ? null : percent <= limit,
          peer: `${ms.toFixed(2)} ms, plain ${without.toFixed(2)} ms${peer}`,
        },
      ];
    };
    figures.push(
      ...row('committed trace on top of a run', times.get('traced'), OVERHEAD_PERCENT, `; ${PUBLISHED}`),
      ...row('the same with the ids of input and output', times.get('claimed'), null, ''),
    );
  }
  return figures;
};

/** Gas of claiming a true run and of making it final, with and without answers in advance. */
const claims = async (): Promise<Figure[]> => {
  const run = unwrap(await openRun(book, samples[0]!));
  const { court, parties } = await openCourt(1);
  const [provider] = parties;
  const figures: Figure[] = [];
  try {
    // A first claim fills the slots that every later one finds filled: nonces, and what is owed.
    const warm = await provider!.claim(run.run);
    await court.pass(WINDOW_SECONDS + 1);
    await provider!.finalise(warm);
    const [all, top] = [await shownAhead(run, run.inputTensors), await shownAhead(run)];
    for (const [name, ahead, goal] of [
      ['nothing shown with it', [], CLAIM_GAS],
      ['top of the trace shown', top, null],
      ['top of the trace and input of 1,536 bytes shown', all, null],
    ] as const) {
      const claimed = await provider!.claim(run.run, ahead);
      await court.pass(WINDOW_SECONDS + 1);
      const final = await provider!.finalise(claimed);
      if ((await court.stateOf(claimed)) !== 'final') throw new RangeError('the claim is not final');
      const gas = claimed.sent.gas + final.gas;
      figures.push({
        name: `claim and finalise, ${name}`,
        value: gas,
        unit: 'gas',
        goal: goal === null ? '' : `<= ${goal}`,
        holds: goal === null ? null : gas <= goal,
        peer: `${claimed.sent.gas} and ${final.gas}`,
      });
    }
  } finally {
    await court.close();
    await run.close();
  }
  return figures;
};

export const run = async (): Promise<Figure[]> => [...(await overhead()), ...(await claims())];
