/** Drift (spec 13.6): how the answers of two programs differ on public probes. The same result on every machine. */
import { ok, type Result, show } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { toReals } from '../encoding.ts';
import type { ValueId } from '../program.ts';
import type { Tensor, TensorType } from '../tensor.ts';
import { checkFit, fitProbe } from './fit.ts';
import type { ProbeSet } from './probes.ts';

/** Real numbers are the shortest texts of doubles, so that the result has one canonical encoding. */
export type Drift =
  | {
      readonly kind: 'measured';
      readonly probes: number;
      /** Probes whose choice differs; `null` where no output chooses. */
      readonly argmaxChanged: number | null;
      readonly meanAbsolute: string;
      readonly maxAbsolute: string;
      /** Output values compared. */
      readonly values: number;
      /** Input values that one of the two programs cannot represent. */
      readonly clamped: number;
    }
  | { readonly kind: 'not-comparable'; readonly reason: string };

/** A program and what runs it: the reference, or an engine. */
export type Runner = {
  readonly program: CheckedProgram;
  readonly run: (samples: readonly (readonly Tensor[])[]) => Promise<Result<readonly (readonly Tensor[])[]>>;
};

/** Probes that are run at a time. */
const BATCH = 64;

const outputTypes = ({ outputs, types }: CheckedProgram): readonly TensorType[] =>
  outputs.map(({ value }) => types[value]!);

/** Whether a value is an index that `argmax` found, moved about at most. */
const isIndex = (program: CheckedProgram, value: ValueId): boolean => {
  const form = program.nodes[value - program.inputs.length - program.constants.length]?.form;
  if (form === undefined) return false;
  if (form.op === 'argmax') return true;
  return (form.op === 'reshape' || form.op === 'transpose' || form.op === 'slice') && isIndex(program, form.x);
};

const firstLargest = ({ values }: Tensor, start: number, length: number): number => {
  let best = 0;
  for (let i = 1; i < length; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
};

/** What a program chooses by an output: the index of the first largest of each row, or the indices that it gives. */
const choiceOf = (program: CheckedProgram, position: number): ((output: Tensor) => string) | null => {
  const { value } = program.outputs[position]!;
  if (isIndex(program, value)) return (output) => output.values.join();
  const width = program.types[value]!.shape.at(-1) ?? 1;
  if (width < 2) return null;
  return (output) =>
    Array.from({ length: output.values.length / width }, (_, row) => firstLargest(output, row * width, width)).join();
};

type Choice = { readonly at: number; readonly a: (output: Tensor) => string; readonly b: (output: Tensor) => string };

/** The first output by which both programs choose. */
const choiceOfBoth = (a: CheckedProgram, b: CheckedProgram): Choice | null => {
  for (let at = 0; at < a.outputs.length; at++) {
    const [left, right] = [choiceOf(a, at), choiceOf(b, at)];
    if (left !== null && right !== null) return { at, a: left, b: right };
  }
  return null;
};

/** Why two programs cannot be compared on probes, if so. */
const reasonAgainst = (a: CheckedProgram, b: CheckedProgram, set: ProbeSet): string | null => {
  for (const [name, program] of [
    ['earlier', a],
    ['later', b],
  ] as const) {
    const fit = checkFit(program, set);
    if (!fit.ok) return `The ${name} version does not take these probes: ${fit.problem.message}`;
  }
  const [left, right] = [outputTypes(a), outputTypes(b)];
  if (left.length !== right.length) return `The versions have ${left.length} and ${right.length} outputs.`;
  const i = left.findIndex(({ shape }, index) => show(shape) !== show(right[index]!.shape));
  return i < 0
    ? null
    : `Output ${i} has shape [${left[i]!.shape}] in one version and [${right[i]!.shape}] in the other.`;
};

const realsOf = ({ program }: Runner, outputs: readonly Tensor[]): readonly (readonly number[])[] =>
  outputs.map(({ values }, i) => toReals(values, program.outputs[i]!.encoding));

/**
 * Measures how `b` differs from `a`.
 * @returns the drift, `not-comparable` with the reason where there is none, or the problem that a runner met
 */
export const measureDrift = async (a: Runner, b: Runner, set: ProbeSet): Promise<Result<Drift>> => {
  const reason = reasonAgainst(a.program, b.program, set);
  if (reason !== null) return ok({ kind: 'not-comparable', reason });
  const choice = choiceOfBoth(a.program, b.program);
  let [changed, sum, max, values, clamped] = [0, 0, 0, 0, 0];
  for (let start = 0; start < set.probes.length; start += BATCH) {
    const indices = set.probes.slice(start, start + BATCH).map((_, i) => start + i);
    const fitted = [a, b].map(({ program }) => indices.map((index) => fitProbe(program, set, index)));
    for (const each of fitted.flat()) clamped += each.clamped;
    const [left, right] = [
      await a.run(fitted[0]!.map((fit) => fit.inputs)),
      await b.run(fitted[1]!.map((fit) => fit.inputs)),
    ];
    if (!left.ok) return left;
    if (!right.ok) return right;
    for (const [i, before] of left.value.entries()) {
      const after = right.value[i]!;
      if (choice !== null && choice.a(before[choice.at]!) !== choice.b(after[choice.at]!)) changed++;
      const reals = realsOf(b, after);
      for (const [o, output] of realsOf(a, before).entries()) {
        for (const [v, value] of output.entries()) {
          const distance = Math.abs(value - reals[o]![v]!);
          sum += distance;
          max = Math.max(max, distance);
        }
        values += output.length;
      }
    }
  }
  return ok({
    kind: 'measured',
    probes: set.probes.length,
    argmaxChanged: choice === null ? null : changed,
    meanAbsolute: String(sum / values),
    maxAbsolute: String(max),
    values,
    clamped,
  });
};
