/** A table as what a training step reads: numbers −1 .. 1 in sixteenths, labels from 0, groups 0 and 1. */
import { ok, type Result, refuse } from '@surety/core';
import { type Tensor, tensor, toIntegers } from '@surety/programs';
import type { AuditSet, Batch } from '@surety/proofs/zk';
import { type NumberTable, tableProblem } from './csv.ts';

/** What becomes −1 and what becomes 1 of a column, in numbers of the file. */
export type Scale = { readonly low: number; readonly high: number };

export type Column = Scale & { readonly name: string };

export type SampleOptions = {
  /** Column of labels; `label`, else `labels`, unless stated. */
  readonly label?: string;
  /** Column of groups; `group` unless stated. */
  readonly group?: string;
  /** Scales by column; `''` is that of all others. −1 .. 1 where there is none. */
  readonly scales?: ReadonlyMap<string, Scale>;
};

const UNIT: Scale = { low: -1, high: 1 };
const SIXTEENTHS = { mantissa: 1, exponent: -4 };
const RANGE = { low: -16, high: 16 };
const MOST_LABEL = 127;

export type Samples = {
  /** What a sample is made of, in order. */
  readonly columns: readonly Column[];
  readonly rows: number;
  /** So many rows from some row on. */
  readonly x: (from: number, rows: number) => Tensor;
  readonly labels: Int8Array | null;
  readonly groups: Int8Array | null;
  /** Numbers beyond their scale, which were set to its end. */
  readonly clamped: number;
};

const wholes = (name: string, values: Float64Array, most: number): Result<Int8Array> => {
  const at = values.findIndex((value) => !Number.isInteger(value) || value < 0 || value > most);
  if (at < 0) return ok(Int8Array.from(values));
  const limit = `whole numbers 0 .. ${most}`;
  const message = `${name} holds ${values[at]} in sample ${at}.`;
  return refuse(tableProblem(name, message, `Give ${limit}, or name another column.`, values[at], limit));
};

const scaled = (
  name: string,
  values: Float64Array,
  scale: Scale | undefined,
): Result<ReturnType<typeof toIntegers>> => {
  const { low, high } = scale ?? UNIT;
  if (!(low < high && Number.isFinite(high - low))) {
    return refuse(tableProblem(`scale ${name}`, `The scale of ${name} is empty.`, 'Give LOW:HIGH.', [low, high]));
  }
  const reals = values.map((value) => ((value - low) / (high - low)) * 2 - 1);
  const made = toIntegers(reals, SIXTEENTHS, RANGE);
  if (scale !== undefined || made.clamped === 0) return ok(made);
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const message = `${name} holds numbers ${least} .. ${most}; a step of training reads -1 .. 1.`;
  const next = `State what becomes -1 and 1, the same for every set: --scale ${name}=${least}:${most}`;
  return refuse(tableProblem(name, message, next, [least, most], '-1 .. 1'));
};

/**
 * Reads samples out of a table: columns of labels and groups are no part of them.
 * Problems: `input.malformed`, which names the column.
 */
export const samplesOf = ({ columns, rows }: NumberTable, options: SampleOptions = {}): Result<Samples> => {
  const { scales = new Map<string, Scale>() } = options;
  const label = options.label ?? (columns.has('label') ? 'label' : 'labels');
  const group = options.group ?? 'group';
  const lost = [options.label, options.group, ...scales.keys()].find((name) => name && !columns.has(name));
  if (lost !== undefined) {
    const next = `Its columns are: ${[...columns.keys()].slice(0, 12).join(', ')}.`;
    return refuse(tableProblem('columns', `There is no column ${lost}.`, next, lost));
  }
  const taken: Column[] = [];
  const numbers: (readonly number[])[] = [];
  let clamped = 0;
  for (const [name, values] of columns) {
    if (name === label || name === group) continue;
    const scale = scales.get(name) ?? scales.get('');
    const made = scaled(name, values, scale);
    if (!made.ok) return made;
    taken.push({ name, ...(scale ?? UNIT) });
    numbers.push(made.value.integers);
    clamped += made.value.clamped;
  }
  if (taken.length === 0) {
    const next = 'Give each sample one number at least beside label and group.';
    return refuse(tableProblem('columns', 'Samples have no numbers.', next, [...columns.keys()]));
  }
  const [labelled, grouped] = [columns.get(label), columns.get(group)];
  const labels = labelled === undefined ? ok(null) : wholes(label, labelled, MOST_LABEL);
  if (!labels.ok) return labels;
  const groups = grouped === undefined ? ok(null) : wholes(group, grouped, 1);
  if (!groups.ok) return groups;
  const x = (from: number, count: number): Tensor => {
    const values = new Int8Array(count * taken.length);
    for (const [i, column] of numbers.entries()) {
      for (let row = 0; row < count; row++) values[row * taken.length + i] = column[from + row]!;
    }
    return { dtype: 'i8', shape: [count, taken.length], values };
  };
  return ok({ columns: taken, rows, x, labels: labels.value, groups: groups.value, clamped });
};

/**
 * The data set of labelled samples: whole batches, in the order of the rows; rows that fill no batch are left out.
 * Problems: `input.malformed`.
 */
export const batchesOf = ({ x, rows, labels }: Samples, batch: number): Result<readonly Batch[]> => {
  if (labels === null) {
    return refuse(tableProblem('label', 'There is no column of labels.', 'Name it: --label COLUMN', 'label'));
  }
  const count = Math.floor(rows / batch);
  if (count < 1) {
    const next = 'Use a smaller batch, or more samples.';
    return refuse(tableProblem('batch', `${rows} samples fill no batch of ${batch}.`, next, batch, `${rows}`));
  }
  return ok(
    Array.from({ length: count }, (_, i) => ({
      x: x(i * batch, batch),
      labels: tensor('i8', [batch], labels.subarray(i * batch, (i + 1) * batch)),
    })),
  );
};

/** The audit set of grouped samples. Problems: `input.malformed`, for a group without samples too. */
export const auditOf = ({ x, rows, groups }: Samples): Result<AuditSet> => {
  if (groups === null) {
    return refuse(tableProblem('group', 'There is no column of groups.', 'Name it: --group COLUMN', 'group'));
  }
  const ones = groups.filter((group) => group === 1).length;
  if (ones === 0 || ones === rows) {
    const message = `Group ${ones === 0 ? 1 : 0} has no samples.`;
    return refuse(
      tableProblem('group', message, 'Give samples of both groups, or there are no rates to compare.', ones),
    );
  }
  return ok({ x: x(0, rows), group: tensor('i8', [rows], groups) });
};
