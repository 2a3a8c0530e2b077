/** What a record costs its provider, and checking it beside running the program again, with the same ids compared. */
import { hash } from 'node:crypto';
import { type Result, unwrap } from '@surety/core';
import {
  type CheckedProgram,
  costOf,
  createEngine,
  createListHasher,
  listRoot,
  Machine,
  traceId,
} from '@surety/programs';
import {
  type Batch,
  type Beacon,
  boundBits,
  type Checker,
  checkEntries,
  createChecker,
  encodeRecord,
  type HashMessages,
  PUBLIC_VECTORS,
  type Questioned,
  questionBatch,
  SECRET_VECTORS,
  sumsBound,
  type Verdict,
} from '@surety/proofs/statistical';
import { anyInput, MLP_WIDTHS } from '../../packages/programs/test/networks.ts';
import { checkOne, pairOf, seedOf } from '../../packages/proofs/test/statistical.ts';
import type { Figure } from '../figure.ts';
import { convolutions, mlp } from './cost-programs.ts';
import { cpuTurns } from './cpu-turns.ts';

const EXTRA_MS = 5;
const COMMITTED_AT = 1_800_000_000;

/** SHA-256 as Node has it. */
const native: HashMessages = (messages) => messages.map((each) => hash('sha256', each, 'buffer'));

type Of = {
  readonly program: CheckedProgram;
  readonly runs: number;
  readonly rounds: number;
  /** Whether its provider is held to a limit. */
  readonly goal: boolean;
};

type Measured = { readonly single: readonly Figure[]; readonly batched: readonly Figure[] };

const measure = async (name: string, { program, runs, rounds, goal }: Of): Promise<Measured> => {
  const pair = await pairOf(program, await Machine.create());
  const { checker, id } = pair;
  // A provider beside one who runs the program and nothing else: each on a machine of its own.
  const provider = (await pairOf(program, await Machine.create())).provider;
  const engine = unwrap(await createEngine(program));
  const hashLists = await createListHasher();
  const samples = Array.from({ length: runs }, (_, i) => anyInput(program, i));
  const proven = unwrap(await provider.prove(samples));
  const records = proven.map(({ record }) => encodeRecord(provider.parts, record));
  const secret = await checker.key(seedOf(1), SECRET_VECTORS);
  const entries = proven.map(({ record: { run }, sumsId }) => {
    return { input: run.input, output: run.output, trace: run.trace, sums: sumsId };
  });
  const batch: Batch = { program: id, entries };
  const beacon: Beacon = { source: 'bench', round: 1, value: seedOf(7), atSeconds: COMMITTED_AT + 1 };
  const question = async (by: Checker) =>
    unwrap(await questionBatch(by, id, { batch, beacon, committedAtSeconds: COMMITTED_AT }));
  const questioned = await question(checker);
  const ofNode = await createChecker(program, id, { machine: await Machine.create(), hashMessages: native });
  const questionedByNode = await question(ofNode);
  const held = samples[0]!;

  // Before anything is timed: each of these comes to the same outputs, and all agree.
  const again = unwrap(await engine.run(held)).outputs;
  const asked = records.map((record, index) => ({ index, record, inputs: samples[index]! }));
  for (const verdict of [
    unwrap(await checkOne(checker, records[0]!, held, secret)),
    unwrap((await checkEntries(checker, questioned, asked))[0]!),
    unwrap((await checkEntries(ofNode, questionedByNode, asked))[0]!),
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
    const all = unwrap(await engine.runMany(samples, { trace }));
    const inputs = hashLists(samples);
    hashLists(all.map(({ outputs }) => outputs));
    for (const [i, { trace: hashes }] of all.entries())
      if (hashes !== null) traceId(id, inputs[i]!, program.nodes.length, hashes.root);
  };
  const right = (verdict: Result<Verdict>): void => {
    if (unwrap(verdict).wrong !== null) throw new RangeError('an honest record is called wrong');
  };
  const checked = (trace: boolean) => async () => {
    for (const verdict of await checker.check([{ record: records[0]!, inputs: held }], secret, { trace }))
      right(verdict);
  };
  type How = { readonly by?: Checker; readonly of?: Questioned; readonly trace?: boolean; readonly held?: boolean };
  const checkAll =
    ({ by = checker, of = questioned, ...options }: How) =>
    async () => {
      for (const verdict of await checkEntries(by, of, asked, { trace: false, ...options })) right(verdict);
    };
  const node = { by: ofNode, of: questionedByNode };
  const outputs = asked.map(() => again);
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
      { name: 'batch', run: checkAll({}) },
      { name: 'batch traced', run: checkAll({ trace: true }) },
      { name: 'batch of Node', run: checkAll(node) },
      { name: 'batch of Node traced', run: checkAll({ ...node, trace: true }) },
      { name: 'batch in hand', run: checkAll({ held: true }) },
      { name: 'key', run: () => question(checker) },
      { name: 'ids', run: async () => [hashLists(samples), hashLists(outputs)] },
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
    peer: `running it again ${other.toFixed(4)}`,
  });
  const secretBits = boundBits(sumsBound(checker.parts, SECRET_VECTORS));
  const publicBits = boundBits(sumsBound(checker.parts, PUBLIC_VECTORS));
  const ofBatch = (what: string, checking: string, traced: '' | ' traced'): Figure => {
    const together = ms(`all again${traced}`) / runs;
    return {
      ...beside(`${runs} runs, ${what} (2^-${publicBits}), a run`, (ms(checking) + ms('key')) / runs, together),
      peer: `running all again together ${together.toFixed(4)}, one by one ${ms(`rerun${traced}`).toFixed(4)}`,
    };
  };
  const committed = records[0]!.length;
  const hashed = (of: string): number => Math.max(0, ms(of) - ms('batch in hand'));
  const part = (value: number): string => (value / runs).toFixed(4);
  const rate = (of: string): string => ((runs * committed) / hashed(of) / 1e6).toFixed(2);
  /**
   * A check costs so much a sum, and folding so much a weight once a batch; running again so much a product. They are even where
   * the products of a sum come to more than it costs.
   */
  const even = (how: string, running: number): Figure => {
    const { sums } = checker.parts;
    const gained = (running - ms('key') / runs) / multiplyAccumulates;
    return {
      name: `${name}: products a sum from which ${runs} runs are cheaper to check than to run again ${how}`,
      value: gained > 0 ? ms('batch') / runs / sums / gained : null,
      unit: 'multiply-accumulates',
      goal: '',
      holds: null,
      peer: `it has ${(multiplyAccumulates / sums).toFixed(0)}`,
    };
  };
  const single: Figure[] = [
    {
      name: `${name}: extra of the provider, trace and record`,
      value: extra,
      unit: 'ms of CPU',
      goal: goal ? `<= ${EXTRA_MS}` : '',
      holds: goal ? extra <= EXTRA_MS : null,
      peer: `${ms('prove').toFixed(3)} beside ${ms('plain').toFixed(3)} of a run; ${size}; record ${committed} bytes`,
    },
    beside(`secret key (2^-${secretBits}), input and output`, ms('check'), ms('rerun')),
    beside(`secret key (2^-${secretBits}), trace too`, ms('check traced'), ms('rerun traced')),
    {
      name: `${name}: drawing and folding a key`,
      value: ms('key'),
      unit: 'ms of CPU',
      goal: '',
      holds: null,
      peer: 'once a model, or once a batch',
    },
  ];
  const batched: Figure[] = [
    ofBatch('public seed, input and output', 'batch', ''),
    ofBatch('public seed, trace too', 'batch traced', ' traced'),
    ofBatch('public seed, SHA-256 of Node, input and output', 'batch of Node', ''),
    ofBatch('public seed, SHA-256 of Node, trace too', 'batch of Node traced', ' traced'),
    ofBatch('in hand before the seed, input and output', 'batch in hand', ''),
    {
      name: `${name}: ${runs} runs, of it the least, to hash a record once`,
      value: hashed('batch') / runs,
      unit: 'ms of CPU',
      goal: '',
      holds: null,
      peer: `${rate('batch')} GB/s in lanes; ${part(hashed('batch of Node'))} by Node, ${rate('batch of Node')} GB/s. Folding weights ${part(ms('key'))}, ids of input and output ${part(ms('ids'))}, sums and all else ${part(ms('batch in hand') - ms('ids'))}`,
    },
    even('together', ms('all again') / runs),
    even('one by one', ms('rerun')),
  ];
  return { single, batched };
};

const layers = mlp([512, 512, 512, 512, 512]);

const both = ({ single, batched }: Measured): Figure[] => [...single, ...batched];

export const costs = async (): Promise<Figure[]> => [
  ...both(await measure('MLP 1 M, 4 layers of 512', { program: layers, runs: 64, rounds: 31, goal: true })),
  ...(await measure('MLP 1 M, 4 layers of 512', { program: layers, runs: 256, rounds: 15, goal: true })).batched,
  ...both(
    await measure('MLP 1 M, 2 layers of 1,024 by 512', {
      program: mlp([1024, 512, 1024]),
      runs: 64,
      rounds: 31,
      goal: true,
    }),
  ),
  ...both(
    await measure('MLP 4.2 M, 2 layers of 2,048 by 1,024', {
      program: mlp([2048, 1024, 2048]),
      runs: 64,
      rounds: 15,
      goal: false,
    }),
  ),
  ...both(await measure('CNN 1 M', { program: convolutions(), runs: 64, rounds: 11, goal: true })),
  ...both(await measure('MLP 18.9 M', { program: mlp(MLP_WIDTHS), runs: 64, rounds: 11, goal: false })),
];
