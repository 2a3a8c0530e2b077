/** From real numbers to integers: a graph and what calibration showed of it become a program that cannot overflow. */
import { type Problem, SuretyError } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { encodingOf } from '../encoding.ts';
import type { ValueId } from '../program.ts';
import { realOperands } from '../real/evaluate.ts';
import type { RealForm, RealGraph, RealValue } from '../real/graph.ts';
import { DTYPE_RANGE, type Interval } from '../tensor.ts';
import { Context, dtypeFor, dtypeOfBits, type Quantised, refuseModel, symmetric } from './context.ts';
import { quantiseAffine, quantiseMul, quantiseSum } from './elementwise.ts';
import { quantiseLinear, type Target } from './linear.ts';
import { quantiseArgmax, quantiseConcat, quantiseGather, quantiseMovement } from './movement.ts';
import type { Observation } from './observe.ts';
import type { Policy } from './policy.ts';
import { quantiseUnary } from './tables.ts';
import { wantedBits } from './wanted.ts';

export type QuantiseOptions = {
  readonly policy: Policy;
  /** Ranges of exact inputs, by name, where they are wider than what calibration showed. */
  readonly ranges?: Readonly<Record<string, Interval>>;
};

/** The clip that is a value's only use, if its own node can do it: it then costs nothing. */
const clipAfter = (graph: RealGraph): Map<ValueId, ValueId> => {
  const uses = new Map<ValueId, ValueId[]>();
  graph.values.forEach((value, id) => {
    if (value.kind !== 'node') return;
    for (const x of realOperands(value.form)) uses.set(x, [...(uses.get(x) ?? []), id]);
  });
  const outputs = new Set(graph.outputs.map(({ value }) => value));
  const found = new Map<ValueId, ValueId>();
  for (const [id, users] of uses) {
    const user = graph.values[users[0]!]!;
    const value = graph.values[id]!;
    if (users.length !== 1 || outputs.has(id) || value.kind !== 'node' || user.kind !== 'node') continue;
    if (user.form.op !== 'unary' || user.form.clip === undefined || value.numeric !== 'real') continue;
    if (['matmul', 'conv', 'affine', 'mul'].includes(value.form.op)) found.set(id, users[0]!);
  }
  return found;
};

const addInput = (
  ctx: Context,
  id: ValueId,
  value: RealValue & { kind: 'input' },
  ranges: Readonly<Record<string, Interval>>,
) => {
  const { name, shape } = value;
  if (value.numeric !== 'real') {
    const seen = ctx.observed[id]!.range;
    const range = ranges[name] ?? (value.numeric === 'boolean' ? { low: 0, high: 1 } : seen);
    const limit = DTYPE_RANGE.i32;
    if (range.low < limit.low || range.high > limit.high) {
      refuseModel(
        name,
        `ranges over ${range.low} .. ${range.high}.`,
        'Use smaller integers.',
        range.high,
        `±${limit.high}`,
      );
    }
    const spec = { name, dtype: dtypeFor(range), shape, ...range, encoding: { mantissa: 1, exponent: 0 } };
    return { id: ctx.builder.input(spec), unit: 1 };
  }
  const state = ctx.graph.states.find(({ input }) => input === name);
  const bits = state === undefined ? Math.min(16, ctx.wanted[id]!) : 16;
  // A state holds what comes out of a step as well as what goes into the first, which may be all zeros.
  const next = ctx.graph.outputs.find((output) => output.name === state?.output)?.value ?? id;
  const seen = [id, next].filter((each) => ctx.observed[each]!.amplitude > 0);
  const unit = Math.max(...(seen.length === 0 ? [id] : seen).map((each) => ctx.unitFor(each, bits)));
  const spec = { name, dtype: dtypeOfBits(bits), shape, ...symmetric(bits), encoding: encodingOf(unit) };
  return { id: ctx.builder.input(spec), unit };
};

const quantiseForm = (ctx: Context, form: RealForm, origin: string, target: Target): Quantised => {
  switch (form.op) {
    case 'matmul':
    case 'conv':
      return quantiseLinear(ctx, form, origin, target);
    case 'affine':
      return quantiseAffine(ctx, form, origin, target);
    case 'mul':
      return quantiseMul(ctx, form, origin, target);
    case 'reduce_sum':
    case 'sum_pool':
      return quantiseSum(ctx, form, origin, target);
    case 'unary':
      return quantiseUnary(ctx, form, origin, target);
    case 'argmax':
      return quantiseArgmax(ctx, form.x, origin);
    case 'gather':
      return quantiseGather(ctx, form, origin);
    case 'concat':
      return quantiseConcat(ctx, form, origin, target.id);
    default:
      return quantiseMovement(ctx, form, origin);
  }
};

const addNode = (ctx: Context, id: ValueId, form: RealForm, clips: ReadonlyMap<ValueId, ValueId>): void => {
  if (ctx.out[id] !== undefined) return;
  const { origin } = ctx.value(id);
  const clip = clips.get(id);
  const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const bounds = clip === undefined ? unbounded : (ctx.value(clip) as { form: { clip: Interval } }).form.clip;
  const target = { id: clip ?? id, ...bounds };
  const made = quantiseForm(ctx, form, origin, target);
  // Products of such units leave the range of doubles.
  if (!(made.unit > 0 && Number.isFinite(made.unit))) {
    refuseModel(origin, 'its numbers are too small or too large to be scaled.', 'Scale the model.', made.unit);
  }
  ctx.out[target.id] = made;
};

/** Gives a state's output the very numbers of the input that it becomes. */
const asState = (ctx: Context, name: string, value: ValueId): Quantised => {
  const x = ctx.operand(value);
  const input = ctx.graph.states.find(({ output }) => output === name)?.input;
  const id = ctx.graph.values.findIndex((v) => v.kind === 'input' && v.name === input);
  if (id < 0) return x;
  const to = ctx.out[id]!;
  const [from, range] = [ctx.builder.range(x.id), ctx.builder.range(to.id)];
  const dtype = ctx.builder.dtype(to.id);
  const inside = from.low >= range.low && from.high <= range.high;
  if (x.unit === to.unit && ctx.builder.dtype(x.id) === dtype && inside) return x;
  if (ctx.exact(value) && !inside) {
    const limit = `${range.low} .. ${range.high}`;
    const next = `State a range of ${input} that holds all its steps.`;
    return refuseModel(name, `ranges over ${from.low} .. ${from.high}, and becomes ${input}.`, next, from, limit);
  }
  return ctx.rescale(name, x, to.unit, range, dtype);
};

/** Why a graph has no program: everything that stands in the way, the first of it apart. */
export type Refused = { readonly ok: false; readonly problem: Problem; readonly problems: readonly Problem[] };

export type Quantisation = { readonly ok: true; readonly value: CheckedProgram } | Refused;

/** Takes one step after the other; what one refuses is noted, and whatever needs its result is passed over. */
class Steps {
  readonly problems: Problem[] = [];
  private readonly failed = new Set<ValueId>();

  /** @param needs values without which the step cannot be taken */
  take(makes: readonly ValueId[], needs: readonly ValueId[], step: () => void): void {
    const stuck = needs.some((id) => this.failed.has(id));
    if (!stuck) {
      try {
        step();
        return;
      } catch (error) {
        if (!(error instanceof SuretyError)) throw error;
        this.problems.push(error.problem);
      }
    }
    for (const id of makes) this.failed.add(id);
  }
}

/**
 * The program of a graph. Problems: `model.unsupported` names what cannot be done in integers, `program.unbounded` what
 * cannot be proved to stay in range; all of them at once.
 */
export const quantise = (
  graph: RealGraph,
  observed: readonly Observation[],
  { policy, ranges = {} }: QuantiseOptions,
): Quantisation => {
  const ctx = new Context(graph, observed, policy, wantedBits(graph, observed, policy));
  const clips = clipAfter(graph);
  const steps = new Steps();
  for (const name of Object.keys(ranges)) {
    steps.take([], [], () => {
      const known = graph.values.some((v) => v.kind === 'input' && v.name === name && v.numeric !== 'real');
      if (!known)
        refuseModel(name, 'a range is stated, but no input of integers has this name.', 'Leave it out.', name);
    });
  }
  for (const [id, value] of graph.values.entries()) {
    if (value.kind === 'input') {
      steps.take([id], [], () => {
        ctx.out[id] = addInput(ctx, id, value, ranges);
      });
    }
    if (value.kind === 'node') {
      const clip = clips.get(id);
      steps.take(clip === undefined ? [id] : [id, clip], realOperands(value.form), () =>
        addNode(ctx, id, value.form, clips),
      );
    }
  }
  for (const { name, value } of graph.outputs) {
    steps.take([], [value], () => {
      const { id, unit } = asState(ctx, name, value);
      ctx.builder.output(name, id, encodingOf(unit));
    });
  }
  const [problem] = steps.problems;
  if (problem !== undefined) return { ok: false, problem, problems: steps.problems };
  for (const { input, output } of graph.states) ctx.builder.state(input, output);
  const finished = ctx.builder.finish();
  return finished.ok ? finished : { ...finished, problems: [finished.problem] };
};
