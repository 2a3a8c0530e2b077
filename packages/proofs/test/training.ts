/** Small real training runs, and their files taken apart. */
import { concatBytes, type Result, unwrap } from '@surety/core';
import { elements, tensor } from '@surety/programs';
import { Random } from '../../programs/test/random.ts';
import {
  type ByteSource,
  planTraining,
  proveTraining,
  settleTraining,
  type Training,
  type TrainingData,
  type TrainingOptions,
  type TrainingRun,
  type TrainingSecret,
  type TrainingSetting,
} from '../src/zk/index.ts';
import { decodeHeader, encodeHeader, type TrainingHeader } from '../src/zk/training/header.ts';
import { encodeRecord, readRecord, recordsOf, type TrainingRecord } from '../src/zk/training/records.ts';
import { readerOf } from '../src/zk/training/source.ts';

export const SETTING: TrainingSetting = {
  shape: { widths: [5, 2], batch: 8, rateBits: 1, momentum32nds: 16 },
  batches: 3,
  steps: 5,
  openings: 4,
  audit: { samples: 20, positive: 1 },
  parityPpm: 1_000_000,
};

/** Points on two sides of a plane, and two groups that lie alike. */
export const drawn = ({ step, setting }: Training, seed: number): TrainingData => {
  const random = new Random(seed);
  const { widths, batch } = setting.shape;
  const [width] = widths as [number];
  const samples = (rows: number) => {
    const x = Array.from({ length: rows * width }, () => random.int(-16, 16));
    const labels = Array.from({ length: rows }, (_, i) => (x[i * width]! + x[i * width + 1]! > 0 ? 1 : 0));
    return { x: tensor('i8', [rows, width], x), labels: tensor('i8', [rows], labels) };
  };
  const kept = step.program.inputs.filter((_, i) => step.program.states.some(({ input }) => input === i));
  const states = kept.map(({ dtype, shape, name }) => {
    const values = Array.from({ length: elements(shape) }, () =>
      name.startsWith('layer') ? random.int(-4_000, 4_000) : 0,
    );
    return tensor(dtype, shape, values);
  });
  const { x } = samples(setting.audit.samples);
  const groups = Array.from({ length: setting.audit.samples }, (_, i) => i % 2);
  const group = tensor('i8', [setting.audit.samples], groups);
  return { states, batches: Array.from({ length: setting.batches }, () => samples(batch)), audit: { x, group } };
};

export const SECRET: TrainingSecret = {
  dataSet: new Uint8Array(32).fill(1),
  auditSet: new Uint8Array(32).fill(2),
  model: new Uint8Array(32).fill(3),
};

export const settled = async (setting: TrainingSetting, seed: number, secret = SECRET): Promise<TrainingRun> => {
  const training = unwrap(await planTraining(setting));
  return unwrap(await settleTraining(training, drawn(training, seed), secret));
};

/** Bytes as they come in, in pieces of some length. */
export async function* inPieces(bytes: Uint8Array, length = 60_000): ByteSource {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** A file that takes what is written where it belongs. */
export const fileOf = (begun: Uint8Array = new Uint8Array()) => {
  let bytes = begun;
  const write = (piece: Uint8Array, at: number): void => {
    const longer = new Uint8Array(Math.max(bytes.length, at + piece.length));
    longer.set(bytes);
    longer.set(piece, at);
    bytes = longer;
  };
  return { write, bytes: () => bytes };
};

/** The whole file of a run, and its last states. */
export const proved = async (run: TrainingRun, options: TrainingOptions = {}) => {
  const file = fileOf();
  const { states, whole } = unwrap(await proveTraining(run, file.write, options));
  return { file: file.bytes(), states, whole };
};

export type Taken = { readonly header: TrainingHeader; readonly records: readonly TrainingRecord[] };

/** A whole file, taken apart. */
export const taken = async (training: Training, file: Uint8Array): Promise<Taken> => {
  const { take } = readerOf(inPieces(file));
  const header = unwrap(await decodeHeader(take));
  const records: TrainingRecord[] = [];
  while (records.length < recordsOf(training)) {
    records.push(unwrap(await readRecord(training, records.length, take))!);
  }
  return { header, records };
};

export const joined = ({ header, records }: Taken): Uint8Array =>
  concatBytes(encodeHeader(header), ...records.map(encodeRecord));

export const codeOf = <T>(result: Result<T>): string =>
  result.ok ? 'accepted' : `${result.problem.code} ${result.problem.field}`;
