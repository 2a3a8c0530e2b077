/** What is found of other programs under a program's name, and of as few changed elements as turn its answer. */
import { unwrap } from '@surety/core';
import { type CheckedProgram, executeNode, Machine, type Tensor, throughStage } from '@surety/programs';
import {
  type Checker,
  encodeRecord,
  type Key,
  missChance,
  perE18,
  replayedElements,
  type SumsRecord,
} from '@surety/proofs/statistical';
import { checkOne, type Pair, pairOf, seedOf } from '../../packages/proofs/test/statistical.ts';
import type { Figure } from '../figure.ts';
import { integerInput, integerProgram } from './integer-models.ts';
import { commitLie } from './lies.ts';
import type { Family } from './models.ts';

const SAMPLES = 300;
const DRAWS = 20;

/** Nodes of the programs: three layers with tables between them, then the place of the largest. */
const NODE = { table1: 1, hidden: 2, table2: 3, logits: 4, digit: 5 } as const;

type Scene = Pair & { readonly key: Key; readonly samples: readonly (readonly Tensor[])[] };

/** Every value of a run whose node `at` gives something else: later nodes go on from it. */
const runWith = (
  program: CheckedProgram,
  inputs: readonly Tensor[],
  changes: ReadonlyMap<number, Tensor>,
): Tensor[] => {
  const values: Tensor[] = [...inputs];
  for (const { dtype, shape, read } of program.constants) values.push({ dtype, shape, values: read() });
  for (const [at, node] of program.nodes.entries()) {
    const own = executeNode(node, program.types[values.length]!.shape, (id) => values[id]!);
    values.push(changes.get(at) ?? own);
  }
  return values;
};

const nodesFrom = ({ inputs, constants }: CheckedProgram): number => inputs.length + constants.length;

/**
 * The fewest elements of the last table's values that turn the answer, each set to what turns it most: for every other digit the
 * elements by how much they can gain, until the sums have passed. No choice of fewer does, for the sums are linear in them.
 */
const fewest = (
  program: CheckedProgram,
  values: readonly Tensor[],
): { readonly changed: Tensor; readonly count: number } => {
  const from = nodesFrom(program);
  const hidden = values[from + NODE.table2]!;
  const logits = values[from + NODE.logits]!.values;
  const won = values[from + NODE.digit]!.values[0]!;
  const form = program.nodes[NODE.logits]!.form as { readonly b: number };
  const w = values[form.b]!.values;
  const k = hidden.values.length;
  let best: { changed: Tensor; count: number } | null = null;
  for (let rival = 0; rival < logits.length; rival++) {
    if (rival === won) continue;
    const gains = Array.from(hidden.values, (h, i) => {
      const slope = w[rival * k + i]! - w[won * k + i]!;
      const to = slope > 0 ? 127 : 0;
      return { i, to, gain: slope * (to - h) };
    }).sort((a, b) => b.gain - a.gain);
    // Of equal sums the first wins.
    let margin = logits[won]! - logits[rival]! + (rival < won ? 0 : 1);
    const next = hidden.values.slice();
    let count = 0;
    for (; margin > 0 && count < k && gains[count]!.gain > 0; count++) {
      margin -= gains[count]!.gain;
      next[gains[count]!.i] = gains[count]!.to;
    }
    if (margin <= 0 && (best === null || count < best.count)) best = { changed: { ...hidden, values: next }, count };
  }
  if (best === null) throw new RangeError('no change of these elements turns the answer');
  return best;
};

/** The record of a run that goes wrong on purpose: everything else in it follows, its ids included. */
const lieOf = (scene: Scene, inputs: readonly Tensor[], values: readonly Tensor[]): Uint8Array => {
  const { program, checker, id } = scene;
  const from = nodesFrom(program);
  const { folded, replayed } = checker.parts;
  const sums = folded.map(({ form, node }) => {
    const exact = executeNode(
      { form, dtype: 'i32', stage: { shift: 0, low: -(2 ** 30) + 1, high: 2 ** 30 - 1 } },
      program.types[from + node]!.shape,
      (value) => values[value]!,
    );
    return fitted(program, node, exact, values[from + node]!);
  });
  const record: SumsRecord = {
    run: commitLie(program, id, inputs, values),
    gain: checker.parts.gain,
    sums,
    values: replayed.map((node) => values[from + node]!),
  };
  return encodeRecord(checker.parts, record);
};

/** Sums moved no further than to give the claimed values: a liar's own stage holds. */
const fitted = (program: CheckedProgram, node: number, sums: Tensor, claimed: Tensor): Tensor => {
  const { shift, low, high } = program.nodes[node]!.stage as { shift: number; low: number; high: number };
  const values = sums.values.map((sum, i) => {
    const wanted = claimed.values[i]!;
    return throughStage(sum, shift, low, high) === wanted ? sum : wanted * 2 ** shift;
  }) as Int32Array;
  return { ...sums, values };
};

const rate = (name: string, found: number, tried: number, goal: boolean, peer = ''): Figure => ({
  name,
  value: (100 * found) / tried,
  unit: '%',
  goal: goal ? '= 100' : '',
  holds: goal ? found === tried : null,
  peer: `${found} of ${tried}${peer}`,
});

const rejected = async (checker: Checker, key: Key, record: Uint8Array, inputs: readonly Tensor[]): Promise<boolean> =>
  unwrap(await checkOne(checker, record, inputs, key)).wrong !== null;

/** Other programs under the id of one. */
const substitutes = async (
  { others, heldOut }: Family,
  scene: Scene,
  machine: Machine,
  own: Family['model'],
): Promise<Figure[]> => {
  const figures: Figure[] = [];
  const kinds = [
    ...others.map(({ name, model }) => ({ name, program: integerProgram(model, 8, heldOut.inputs.slice(0, 100)) })),
    { name: 'the same weights in 6 bits', program: integerProgram(own, 6, heldOut.inputs.slice(0, 100)) },
  ];
  for (const { name, program } of kinds) {
    const { provider } = await pairOf(program, machine, { gain: 0, withValues: true });
    const proven = unwrap(await provider.prove(scene.samples));
    let [found, same] = [0, 0];
    for (const [i, { record, outputs }] of proven.entries()) {
      const claimed = encodeRecord(scene.checker.parts, { ...record, run: { ...record.run, program: scene.id } });
      if (await rejected(scene.checker, scene.key, claimed, scene.samples[i]!)) found++;
      const mine = unwrap(await scene.provider.prove([scene.samples[i]!]))[0]!;
      if (mine.outputs[0]!.values[0] === outputs[0]!.values[0]) same++;
    }
    const peer = `; ${same} of them with the same answer`;
    figures.push(rate(`exact: found, ${name}`, found, proven.length, true, peer));
  }
  return figures;
};

/** Lies of few elements, at each place where they can be told. */
const changes = async (scene: Scene): Promise<Figure[]> => {
  const { program, checker, key, samples } = scene;
  const from = nodesFrom(program);
  const elements = replayedElements(checker.parts);
  const counts: number[] = [];
  let [layer, table, digit, sampledTable, sampledDigit, expectedTable] = [0, 0, 0, 0, 0, 0];
  for (const [i, inputs] of samples.entries()) {
    const honest = runWith(program, inputs, new Map());
    const { changed, count } = fewest(program, honest);
    counts.push(count);
    // The answer itself: one element, the last.
    const other = {
      ...honest[from + NODE.digit]!,
      values: Int32Array.of((honest[from + NODE.digit]!.values[0]! + 1) % 10),
    };
    const lies = {
      // What the table gives, though its operand is right.
      table: runWith(program, inputs, new Map([[NODE.table2, changed]])),
      // What the layer before gives, so that the table is right again.
      layer: runWith(program, inputs, new Map([[NODE.hidden, changed]])),
      digit: runWith(program, inputs, new Map([[NODE.digit, other]])),
    };
    for (const lie of Object.values(lies)) {
      if (lie[from + NODE.digit]!.values[0] === honest[from + NODE.digit]!.values[0])
        throw new RangeError('the answer stands');
    }
    const records = {
      table: lieOf(scene, inputs, lies.table),
      layer: lieOf(scene, inputs, lies.layer),
      digit: lieOf(scene, inputs, lies.digit),
    };
    if (await rejected(checker, key, records.table, inputs)) table++;
    if (await rejected(checker, key, records.layer, inputs)) layer++;
    if (await rejected(checker, key, records.digit, inputs)) digit++;
    const sample = { seed: seedOf(i), draws: DRAWS };
    const afresh = { seed: seedOf(SAMPLES + i), draws: DRAWS };
    if (unwrap(await checkOne(checker, records.table, inputs, key, { sample })).wrong !== null) sampledTable++;
    if (unwrap(await checkOne(checker, records.digit, inputs, key, { sample: afresh })).wrong !== null) sampledDigit++;
    expectedTable += 1 - Number(perE18(missChance(elements, count, DRAWS))) / 1e18;
  }
  counts.sort((a, b) => a - b);
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  const of = `; ${elements} elements replayed`;
  const one = (100 * (1 - Number(perE18(missChance(elements, 1, DRAWS))) / 1e18)).toFixed(1);
  return [
    {
      name: 'fewest of 32 hidden elements that turn an answer',
      value: mean,
      unit: 'elements',
      goal: '',
      holds: null,
      peer: `mean; ${counts[0]} .. ${counts.at(-1)} over ${counts.length} samples`,
    },
    rate('exact: found, fewest elements of a layer changed', layer, samples.length, true),
    rate('exact: found, fewest elements of a table changed', table, samples.length, true),
    rate('exact: found, the answer itself changed', digit, samples.length, true),
    rate(
      `${DRAWS} draws: found, fewest elements of a table changed`,
      sampledTable,
      samples.length,
      false,
      `${of}, expected ${((100 * expectedTable) / samples.length).toFixed(1)} %`,
    ),
    rate(
      `${DRAWS} draws: found, the answer itself changed`,
      sampledDigit,
      samples.length,
      false,
      `${of}, expected ${one} %`,
    ),
  ];
};

export const detection = async (family: Family): Promise<Figure[]> => {
  const machine = await Machine.create();
  const program = integerProgram(family.model, 8, family.heldOut.inputs.slice(0, 100));
  const pair = await pairOf(program, machine, { gain: 0, withValues: true });
  const samples = family.heldOut.inputs.slice(0, SAMPLES).map(integerInput);
  const scene: Scene = { ...pair, samples, key: await pair.checker.key(seedOf(1), 2) };
  const right = unwrap(await pair.provider.prove(samples)).filter(
    ({ outputs }, i) => outputs[0]!.values[0] === family.heldOut.labels[i],
  );
  const figures: Figure[] = [
    {
      name: 'digits read rightly by the exact program',
      value: (100 * right.length) / samples.length,
      unit: '%',
      goal: '',
      holds: null,
      peer: `${family.accuracyPercent.toFixed(1)} % by its model in floats`,
    },
  ];
  return [...figures, ...(await substitutes(family, scene, machine, family.model)), ...(await changes(scene))];
};
