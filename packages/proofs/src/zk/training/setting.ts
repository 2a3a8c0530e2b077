/** What a proof of training is about, as everybody knows it: programs, and how they hang together. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import {
  type AuditShape,
  type CheckedProgram,
  labelCounts,
  parityCounts,
  type TrainingShape,
  trainingStep,
} from '@surety/programs';
import { type Link, planLink } from './link.ts';
import { roomFor } from './room.ts';

export type TrainingSetting = {
  readonly shape: Pick<TrainingShape, 'widths' | 'batch' | 'rateBits' | 'momentum32nds'>;
  /** The training set is so many batches, each committed to by itself: 1 .. 32. */
  readonly batches: number;
  /** Step t reads batch t modulo `batches`: 1 .. 2016, and fewer for each batch than `openings`. */
  readonly steps: number;
  /** Proofs that may open each matrix, as it was committed to: 2 .. 64. */
  readonly openings: number;
  readonly audit: AuditShape;
  /** Millionths that the groups' rates of positive decisions are stated to be apart at most; null for no such statement. */
  readonly parityPpm: number | null;
};

export type Training = {
  readonly setting: TrainingSetting;
  readonly step: Link;
  readonly balance: Link;
  readonly audit: Link;
  /** The batch that each step reads. */
  readonly batchOf: (step: number) => number;
};

/** Weights of all layers: what a verifier plans for stays within seconds. */
const MOST_WEIGHTS = 2 ** 20;
/** Numbers of all samples of the training set. */
const MOST_NUMBERS = 2 ** 24;
const MOST_PPM = 1_000_000;
/** Each is two inputs of the program that counts labels. */
const MOST_BATCHES = 32;

const outside = (field: string, value: number, low: number, high: number): Problem => ({
  code: 'proof.unsupported',
  message: `A proof of training cannot have ${value} ${field}.`,
  next: NEXT[field] ?? 'Train a smaller model, on fewer samples.',
  field,
  value: `${value}`,
  limit: `${low} .. ${high}`,
});

const NEXT: Readonly<Record<string, string>> = {
  steps: 'Train in fewer steps, on more and smaller batches, or commit to the data set for more proofs.',
  parityPpm: 'State the bound in millionths, or none.',
};

/** How often each batch is opened at most: by its steps, and by the count of labels. */
export const openingsOfBatch = ({ steps, batches }: Pick<TrainingSetting, 'steps' | 'batches'>): number =>
  Math.ceil(steps / batches) + 1;

const settingProblem = (setting: TrainingSetting): Problem | null => {
  const { shape, batches, steps, openings, parityPpm } = setting;
  const { widths, batch } = shape;
  const weights = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  const bounds: readonly (readonly [string, number, number, number])[] = [
    ['batches', batches, 1, MOST_BATCHES],
    ['steps', steps, 1, batches * (openings - 1)],
    ['weights', weights, 1, MOST_WEIGHTS],
    ['numbers', batches * batch * widths[0]!, 1, MOST_NUMBERS],
    ['parityPpm', parityPpm ?? 0, 0, MOST_PPM],
  ];
  const wrong = bounds.find(([, value, low, high]) => !Number.isSafeInteger(value) || value < low || value > high);
  return wrong === undefined ? null : outside(...wrong);
};

/** Inputs that are states, in one matrix, and the others, in another. */
const parts = ({ inputs, states }: CheckedProgram): readonly (readonly number[])[] => {
  const own = states.map(({ input }) => input).sort((a, b) => a - b);
  return [own, [...inputs.keys()].filter((i) => !own.includes(i))];
};

/**
 * The programs of a setting and how each is proved.
 * Problems: `proof.unsupported`, and those of the programs.
 */
export const planTraining = async (setting: TrainingSetting): Promise<Result<Training>> => {
  const { widths, batch, rateBits, momentum32nds } = setting.shape;
  const shape = { widths, batch, rateBits, momentum32nds, provable: true };
  const { batches, openings } = setting;
  const room = roomFor(openings);
  if (!room.ok) return room;
  const wrong = settingProblem(setting);
  if (wrong !== null) return refuse(wrong);
  const program = trainingStep(shape);
  if (!program.ok) return program;
  const counts = labelCounts(shape, batches);
  if (!counts.ok) return counts;
  const parity = parityCounts(shape, setting.audit);
  if (!parity.ok) return parity;
  const inputs = parts(program.value);
  const outputs = program.value.states.map(({ output }) => output);
  // The matrix of outputs has to be the one that the next step takes as input: the same values in the same order.
  const ordered = inputs[0]!.map((input) => outputs[program.value.states.findIndex((state) => state.input === input)]!);
  const step = await planLink(program.value, { inputs, outputs: ordered }, room.value);
  if (!step.ok) return step;
  const pairs = Array.from({ length: batches }, (_, i) => [2 * i, 2 * i + 1]);
  const balance = await planLink(counts.value, { inputs: pairs, outputs: [] }, room.value);
  if (!balance.ok) return balance;
  const own = inputs[0]!.length;
  const audit = await planLink(
    parity.value,
    { inputs: [[...Array(own).keys()], [own, own + 1]], outputs: [] },
    room.value,
  );
  if (!audit.ok) return audit;
  return ok({
    setting,
    step: step.value,
    balance: balance.value,
    audit: audit.value,
    batchOf: (at) => at % batches,
  });
};
