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

export type TrainingSetting = {
  /** Widths, batch, rate and momentum; `provable` whatever is stated. */
  readonly shape: TrainingShape;
  /** The training set is so many batches, each committed to by itself: 1 .. 64. */
  readonly batches: number;
  /** Step t reads batch t modulo `batches`: 1 .. 4096, and no more than 63 for each batch. */
  readonly steps: number;
  readonly audit: AuditShape;
};

export type Training = {
  readonly setting: TrainingSetting;
  readonly step: Link;
  readonly balance: Link;
  readonly audit: Link;
  /** The batch that each step reads. */
  readonly batchOf: (step: number) => number;
};

/** With every proof that opens a batch, rows that hide it get longer. */
const MOST = { batches: 64, steps: 4_096, openings: 64 } as const;

const outside = (field: 'batches' | 'steps' | 'openings', value: number): Problem => ({
  code: 'proof.unsupported',
  message: `A proof of training cannot have ${value} ${field}.`,
  next: 'Train in fewer steps, or on more and smaller batches.',
  field,
  value: `${value}`,
  limit: `1 .. ${MOST[field]}`,
});

/** Inputs that are states, in one matrix, and the others, in another. */
const parts = ({ inputs, states }: CheckedProgram): readonly (readonly number[])[] => {
  const own = states.map(({ input }) => input).sort((a, b) => a - b);
  return [own, [...inputs.keys()].filter((i) => !own.includes(i))];
};

/**
 * The programs of a setting and how each is proved.
 * Problems: `proof.unsupported`, and those of the programs.
 */
export const planTraining = async (given: TrainingSetting): Promise<Result<Training>> => {
  const setting = { ...given, shape: { ...given.shape, provable: true } };
  const { shape, batches, steps } = setting;
  for (const field of ['batches', 'steps'] as const) {
    const value = setting[field];
    if (!Number.isSafeInteger(value) || value < 1 || value > MOST[field]) return refuse(outside(field, value));
  }
  // A state goes out of one proof and into another; a batch into its steps, and into the count of its labels.
  const openings = Math.max(2, Math.ceil(steps / batches) + 1);
  if (openings > MOST.openings) return refuse(outside('openings', openings));
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
  const step = await planLink(program.value, { inputs, outputs: ordered }, { openings });
  if (!step.ok) return step;
  const common = { openings, rowVars: step.value.plan.rowVars };
  const pairs = Array.from({ length: batches }, (_, i) => [2 * i, 2 * i + 1]);
  const balance = await planLink(counts.value, { inputs: pairs, outputs: [] }, common);
  if (!balance.ok) return balance;
  const own = inputs[0]!.length;
  const audit = await planLink(parity.value, { inputs: [[...Array(own).keys()], [own, own + 1]], outputs: [] }, common);
  if (!audit.ok) return audit;
  return ok({
    setting,
    step: step.value,
    balance: balance.value,
    audit: audit.value,
    batchOf: (at) => at % batches,
  });
};
