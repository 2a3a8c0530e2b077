/** What a record costs its provider, and checking it beside running the program again, with the same ids compared. */
import { type Result, unwrap } from '@surety/core';
import {
  type CheckedProgram,
  costOf,
  createEngine,
  createListHasher,
  type IntegerForm,
  listRoot,
  Machine,
  ProgramBuilder,
  traceId,
} from '@surety/programs';
import {
  type Batch,
  type Beacon,
  boundBits,
  checkEntries,
  encodeRecord,
  PUBLIC_VECTORS,
  questionBatch,
  SECRET_VECTORS,
  sumsBound,
  type Verdict,
} from '@surety/proofs/statistical';
import { anyInput, MLP_WIDTHS, mlpProgram, randomLayers } from '../../packages/programs/test/networks.ts';
import { Random } from '../../packages/programs/test/random.ts';
import { checkOne, pairOf, seedOf } from '../../packages/proofs/test/statistical.ts';
import type { Figure } from '../figure.ts';
import { cpuTurns } from './cpu-turns.ts';

const BATCH = 64;
const EXTRA_MS = 5;
const COMMITTED_AT = 1_800_000_000;
const UNIT = { mantissa: 1, exponent: 0 };

const mlp = (widths: readonly number[]): CheckedProgram => mlpProgram(widths, randomLayers(widths, 1));

/** Four convolutions of 3 × 3 over an image of 32 × 32, of 0.97 million weights, each but the first in strides of 2. */
const convolutions = (): CheckedProgram => {
  const random = new Random(3);
  const b = new ProgramBuilder();
  let x = b.input({ name: 'x', dtype: 'i8', shape: [1, 32, 32, 16], low: -128, high: 127, encoding: UNIT });
  const channels = [16, 64, 128, 256, 256];
  for (let layer = 0; layer + 1 < channels.length; layer++) {
    const [from, to] = [channels[layer]!, channels[layer + 1]!];
    const values = Int8Array.from({ length: to * 9 * from }, () => random.int(-32, 31));
    const stride = layer === 0 ? 1 : 2;
    const form: IntegerForm = {
      op: 'conv',
      x,
      w: b.constant('i8', [to, 3, 3, from], () => values),
      bias: null,
      strides: [stride, stride],
      dilations: [1, 1],
      pads: [1, 1, 1, 1],
      groups: 1,
    };
    const shift = Math.round(Math.log2((18.5 * (layer === 0 ? 74 : 14) * Math.sqrt(9 * from)) / 20));
    x = unwrap(b.node({ form, dtype: 'i8', stage: { shift, low: 0, high: 127 } }));
  }
  b.output('y', x, UNIT);
  return unwrap(b.finish());
};

const measure = async (name: string, program: CheckedProgram, rounds: number, goal: boolean): Promise<Figure[]> => {
  const pair = await pairOf(program, await Machine.create());
  const { checker, id } = pair;
  // A provider beside one who runs the program and nothing else: each on a machine of its own.
  const provider = (await pairOf(program, await Machine.create())).provider;
  const engine = unwrap(await createEngine(program));
  const hashLists = await createListHasher();
  const samples = Array.from({ length: BATCH }, (_, i) => anyInput(program, i));
  const proven = unwrap(await provider.prove(samples));
  const records = proven.map(({ record }) => encodeRecord(provider.parts, record));
  const secret = await checker.key(seedOf(1), SECRET_VECTORS);
  const entries = proven.map(({ record: { run }, sumsId }) => {
    return { input: run.input, output: run.output, trace: run.trace, sums: sumsId };
  });
  const batch: Batch = { program: id, entries };
  const beacon: Beacon = { source: 'bench', round: 1, value: seedOf(7), atSeconds: COMMITTED_AT + 1 };
  const question = async () =>
    unwrap(await questionBatch(checker, id, { batch, beacon, committedAtSeconds: COMMITTED_AT }));
  const questioned = await question();
  const held = samples[0]!;

  // Before anything is timed: each of these comes to the same outputs, and all agree.
  const again = unwrap(await engine.run(held)).outputs;
  const asked = records.map((record, index) => ({ index, record, inputs: samples[index]! }));
  for (const verdict of [
    unwrap(await checkOne(checker, records[0]!, held, secret)),
    unwrap((await checkEntries(checker, questioned, asked))[0]!),
  ]) {
    if (verdict.wrong !== null) throw new RangeError(`an honest record is called wrong: ${verdict.wrong.part}`);
    if (listRoot(verdict.outputs!).join() !== listRoot(again).join()) throw new RangeError('another output');
  }

  const rerun = async (trace: boolean): Promise<void> => {
    const { outputs, trace: hashes } = unwrap(await engine.run(held, { trace }));
    const [input] = hashLists([held]);
    hashLists([outputs]);
    if (hashes !== null) traceId(id, input!, program.nodes.length, hashes.root);
  };
  // Whoever runs a batch again hashes together too.
  const rerunAll = async (trace: boolean): Promise<void> => {
    const runs = unwrap(await engine.runMany(samples, { trace }));
    const inputs = hashLists(samples);
    hashLists(runs.map(({ outputs }) => outputs));
    for (const [i, { trace: hashes }] of runs.entries())
      if (hashes !== null) traceId(id, inputs[i]!, program.nodes.length, hashes.root);
  };
  const right = (verdict: Result<Verdict>): void => {
    if (unwrap(verdict).wrong !== null) throw new RangeError('an honest record is called wrong');
  };
  const checked = (trace: boolean) => async () => {
    for (const verdict of await checker.check([{ record: records[0]!, inputs: held }], secret, { trace }))
      right(verdict);
  };
  const checkAll = (trace: boolean, inHand: boolean) => async () => {
    for (const verdict of await checkEntries(checker, questioned, asked, { trace, held: inHand })) right(verdict);
  };
  const times = await cpuTurns(
    [
      { name: 'plain', run: async () => unwrap(await engine.run(held)) },
      { name: 'rerun', run: () => rerun(false) },
      { name: 'rerun traced', run: () => rerun(true) },
      { name: 'prove', run: async () => unwrap(await provider.prove([held])) },
      { name: 'check', run: checked(false) },
      { name: 'check traced', run: checked(true) },
      { name: 'all again', run: () => rerunAll(false) },
      { name: 'all again traced', run: () => rerunAll(true) },
      { name: 'batch', run: checkAll(false, false) },
      { name: 'batch traced', run: checkAll(true, false) },
      { name: 'batch in hand', run: checkAll(false, true) },
      { name: 'key', run: question },
    ],
    rounds,
  );
  const ms = (of: string): number => times.get(of)!;
  const extra = ms('prove') - ms('plain');
  const { parameters, multiplyAccumulates } = costOf(program);
  const size = `${(parameters / 1e6).toFixed(2)} M parameters, ${(multiplyAccumulates / 1e6).toFixed(1)} M multiply-accumulates`;
  const beside = (label: string, value: number, other: number): Figure => ({
    name: `${name}: ${label}`,
    value,
    unit: 'ms of CPU',
    goal: '< running it again',
    holds: value < other,
    peer: `running it again ${other.toFixed(3)}`,
  });
  /** @param others running all of them again together, and one of them by itself */
  const ofBatch = (seed: string, what: string, checking: number, [together, single]: [number, number]): Figure => {
    const value = (checking + ms('key')) / BATCH;
    return {
      ...beside(`${BATCH} runs, ${seed} (2^-${publicBits}), ${what}, a run`, value, together / BATCH),
      peer: `running all again together ${(together / BATCH).toFixed(3)}, one by one ${single.toFixed(3)}`,
    };
  };
  /**
   * A check costs so much a sum, and folding so much a weight once a batch; running again so much a product. They are even where
   * the products of a sum come to more than it costs.
   */
  const even = (how: string, running: number): Figure => {
    const { sums } = checker.parts;
    const gained = (running - ms('key') / BATCH) / multiplyAccumulates;
    return {
      name: `${name}: products a sum from which ${BATCH} runs are cheaper to check than to run again ${how}`,
      value: gained > 0 ? ms('batch') / BATCH / sums / gained : null,
      unit: 'multiply-accumulates',
      goal: '',
      holds: null,
      peer: `it has ${(multiplyAccumulates / sums).toFixed(0)}`,
    };
  };
  const secretBits = boundBits(sumsBound(checker.parts, SECRET_VECTORS));
  const publicBits = boundBits(sumsBound(checker.parts, PUBLIC_VECTORS));
  return [
    {
      name: `${name}: extra of the provider, trace and record`,
      value: extra,
      unit: 'ms of CPU',
      goal: goal ? `<= ${EXTRA_MS}` : '',
      holds: goal ? extra <= EXTRA_MS : null,
      peer: `${ms('prove').toFixed(3)} beside ${ms('plain').toFixed(3)} of a run; ${size}; record ${records[0]!.length} bytes`,
    },
    beside(`secret key (2^-${secretBits}), input and output`, ms('check'), ms('rerun')),
    beside(`secret key (2^-${secretBits}), trace too`, ms('check traced'), ms('rerun traced')),
    ofBatch('public seed', 'input and output', ms('batch'), [ms('all again'), ms('rerun')]),
    ofBatch('public seed', 'trace too', ms('batch traced'), [ms('all again traced'), ms('rerun traced')]),
    ofBatch('in hand before the seed', 'input and output', ms('batch in hand'), [ms('all again'), ms('rerun')]),
    even('together', ms('all again') / BATCH),
    even('one by one', ms('rerun')),
    {
      name: `${name}: drawing and folding a key`,
      value: ms('key'),
      unit: 'ms of CPU',
      goal: '',
      holds: null,
      peer: 'once a model, or once a batch',
    },
  ];
};

export const costs = async (): Promise<Figure[]> => [
  ...(await measure('MLP 1 M, 4 layers of 512', mlp([512, 512, 512, 512, 512]), 31, true)),
  ...(await measure('MLP 1 M, 2 layers of 1,024 by 512', mlp([1024, 512, 1024]), 31, true)),
  ...(await measure('MLP 4.2 M, 2 layers of 2,048 by 1,024', mlp([2048, 1024, 2048]), 15, false)),
  ...(await measure('CNN 1 M', convolutions(), 15, true)),
  ...(await measure('MLP 18.9 M', mlp(MLP_WIDTHS), 11, false)),
];
