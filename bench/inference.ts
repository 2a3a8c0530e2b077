/**
 * `inference`: a matmul-heavy network of 18.9 million weights, int8, beside onnxruntime (native and WASM) with the same
 * weights in float and in int8; and how much of what a core can multiply is used. All contenders take turns, and what is
 * compared is the median of each.
 */
import { unwrap } from '../packages/core/src/index.ts';
import { startNodeThread } from '../packages/programs/src/engine/node-threads.ts';
import { createEngine, type Engine, type Tensor } from '../packages/programs/src/index.ts';
import { anyInput, MLP_WIDTHS, mlpProgram, randomLayers } from '../packages/programs/test/networks.ts';
import { compileAssembly } from '../scripts/kernels.ts';
import type { Figure } from './figure.ts';
import { floatModel, int8Model } from './inference/onnx-mlp.ts';
import { installPeers, type Peer, peer } from './inference/peers.ts';
import { takeTurns } from './inference/turns.ts';

const BATCH = 64;
const MACS = MLP_WIDTHS.slice(1).reduce((sum, width, i) => sum + width * MLP_WIDTHS[i]!, 0);

const layers = randomLayers(MLP_WIDTHS, 1);
const program = mlpProgram(MLP_WIDTHS, layers);
const samples = Array.from({ length: BATCH }, (_, i) => anyInput(program, i));

/** The first samples, as onnxruntime takes them. */
const feed = (count: number, type: 'float32' | 'uint8'): Float32Array | Uint8Array => {
  const values = samples.slice(0, count).flatMap(([x]) => [...x!.values]);
  return type === 'float32' ? Float32Array.from(values) : Uint8Array.from(values, (v) => v + 128);
};

type Contender = { readonly name: string; readonly run: ((batch: number) => Promise<unknown>) | null };

/** A peer once its results were compared with ours: float loses no rounding, and int8 rounds ties to even. */
const compared = async (name: string, made: Peer | null, type: 'float32' | 'uint8', ours: readonly Tensor[]) => {
  if (made === null) return { name, run: null };
  const inputs = new Map([1, BATCH].map((count) => [count, feed(count, type)]));
  const theirs = await made(inputs.get(BATCH)!, BATCH);
  const own = ours.flatMap(({ values }) => [...values]);
  const offset = type === 'uint8' ? 128 : 0;
  const off = own.reduce((sum, value, i) => sum + Math.abs(value - (theirs[i]! - offset)), 0) / own.length;
  if (!(off < 1)) throw new Error(`${name} is off by ${off} a value: not the same network.`);
  process.stderr.write(`inference: ${name} differs by ${off.toFixed(4)} a value\n`);
  return { name, run: (batch: number) => made(inputs.get(batch)!, batch) };
};

const own = (name: string, engine: Engine): Contender => ({
  name,
  run: async (batch) => unwrap(await engine.runMany(samples.slice(0, batch))),
});

/** Rounds of the loop without memory that take about as long as a batch, so that both lose as much to other processes. */
const PEAK_ROUNDS = 10_000_000;
const PEAK_MACS = PEAK_ROUNDS * 64;

const peakLoop = async (): Promise<Contender> => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const module = (await compileAssembly('programs', 'peak.ts')) as BufferSource;
  const { instance } = await WebAssembly.instantiate(module, { env: { memory } });
  const peak = instance.exports.peak as (rounds: number, m: number, n: number) => number;
  return { name: 'peak', run: async () => peak(PEAK_ROUNDS, 3, 5) };
};

export const run = async (): Promise<Figure[]> => {
  const engine = unwrap(await createEngine(program));
  const two = unwrap(await createEngine(program, { machine: { threads: 2, startThread: startNodeThread } }));
  const ours = unwrap(await engine.runMany(samples)).map(({ outputs }) => outputs[0]!);
  const there = installPeers();
  const fp32 = there ? floatModel(MLP_WIDTHS, layers) : new Uint8Array();
  const int8 = there ? int8Model(MLP_WIDTHS, layers) : new Uint8Array();
  const load = async (name: 'onnxruntime-node' | 'onnxruntime-web', type: 'float32' | 'uint8', threads: number) => {
    const made = there ? await peer(name, type === 'uint8' ? int8 : fp32, type, threads) : null;
    return compared(`${name} ${type === 'uint8' ? 'int8' : 'fp32'} ${threads}`, made, type, ours);
  };
  const contenders: Contender[] = [
    own('one', engine),
    own('two', two),
    await load('onnxruntime-node', 'float32', 1),
    await load('onnxruntime-node', 'float32', 2),
    await load('onnxruntime-node', 'uint8', 1),
    await load('onnxruntime-node', 'uint8', 2),
    await load('onnxruntime-web', 'float32', 1),
    await load('onnxruntime-web', 'uint8', 1),
  ];
  const single = await takeTurns(contenders, 1, 51);
  const batch = await takeTurns([...contenders, await peakLoop()], BATCH, 7);
  await two.close();

  const ms = (name: string, times: ReadonlyMap<string, number>): number | null => times.get(name) ?? null;
  const time = (label: string, name: string, times: ReadonlyMap<string, number>): Figure => {
    return { name: label, value: ms(name, times), unit: 'ms', goal: '', holds: null, peer: '' };
  };
  const against = (
    label: string,
    mine: string,
    other: string,
    times: ReadonlyMap<string, number>,
    limit: number | null,
  ) => {
    const [a, b] = [ms(mine, times), ms(other, times)];
    const value = a === null || b === null ? null : a / b;
    const goal = limit === null ? '' : `<= ${limit}`;
    const holds = value === null || limit === null ? null : value <= limit;
    return { name: label, value, unit: '×', goal, holds, peer: b === null ? 'n/a' : `${other}: ${b.toFixed(2)} ms` };
  };
  const rate = (macs: number, milliseconds: number): number => macs / milliseconds / 1e6;
  const gmacs = rate(BATCH * MACS, batch.get('one')!);
  const most = rate(PEAK_MACS, batch.get('peak')!);
  return [
    time('batch 1, one thread', 'one', single),
    time('batch 1, two threads', 'two', single),
    against('batch 1, one thread, time of float', 'one', 'onnxruntime-node fp32 1', single, 1),
    against('batch 1, two threads, time of float', 'two', 'onnxruntime-node fp32 2', single, 1),
    against('batch 1, one thread, time of int8', 'one', 'onnxruntime-node int8 1', single, 2),
    against('batch 1, two threads, time of int8', 'two', 'onnxruntime-node int8 2', single, 2),
    time('batch 64, one thread', 'one', batch),
    time('batch 64, two threads', 'two', batch),
    against('batch 64, one thread, time of float in WASM', 'one', 'onnxruntime-web fp32 1', batch, 1),
    against('batch 64, one thread, time of int8 in WASM', 'one', 'onnxruntime-web int8 1', batch, 1),
    against('batch 64, one thread, time of native float', 'one', 'onnxruntime-node fp32 1', batch, null),
    against('batch 64, one thread, time of native int8', 'one', 'onnxruntime-node int8 1', batch, null),
    {
      name: 'batch 64, per core',
      value: 2 * gmacs,
      unit: 'GOPS',
      goal: '',
      holds: null,
      peer: `peak ${(2 * most).toFixed(1)} GOPS`,
    },
    {
      name: 'batch 64, share of the peak of 128-bit WASM',
      value: (100 * gmacs) / most,
      unit: '%',
      goal: '',
      holds: null,
      peer: '',
    },
  ];
};
