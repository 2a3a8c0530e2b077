/** What every operator's quantisation shares: where real values ended up as integers, and how to bring one to fewer bits. */
import { type Problem, SuretyError, show } from '@surety/core';
import { halfOf } from '../bounds.ts';
import { ProgramBuilder } from '../build.ts';
import { roundHalfEven } from '../encoding.ts';
import type { IntegerForm, Stage, ValueId } from '../program.ts';
import type { RealGraph, RealValue } from '../real/graph.ts';
import {
  allocate,
  DTYPE_RANGE,
  type Dtype,
  elements,
  I32_MAX,
  type Interval,
  magnitude,
  type Values,
} from '../tensor.ts';
import { release, transient } from '../transient.ts';
import { type Multipliers, multiplierErrors, multipliersOf } from './multipliers.ts';
import type { Observation } from './observe.ts';
import { largest, type Policy } from './policy.ts';

/** Integers standing for real numbers: `q · unit`. Exact values (integers, truth values) have unit 1. */
export type Quantised = { readonly id: ValueId; readonly unit: number };

/** Why a model cannot become a program, as a thrown problem that the importer catches and returns. */
export const refuseModel = (origin: string, message: string, next: string, value: unknown, limit?: string): never => {
  const problem: Problem = {
    code: 'model.unsupported',
    message: `${origin}: ${message}`,
    next,
    field: origin,
    value: show(value),
    ...(limit === undefined ? {} : { limit }),
  };
  throw new SuretyError(problem);
};

/** The narrowest dtype that holds a range. */
export const dtypeFor = (range: Interval): Dtype =>
  magnitude(range) <= 127 || (range.low >= -128 && range.high <= 127)
    ? 'i8'
    : range.low >= -32_768 && range.high <= 32_767
      ? 'i16'
      : 'i32';

/** Integers from −largest to +largest: the same on both sides, so that negation never overflows. */
export const symmetric = (bits: number): Interval => ({ low: -largest(bits), high: largest(bits) });

/** The narrowest dtype of so many bits. */
export const dtypeOfBits = (bits: number): Dtype => (bits <= 8 ? 'i8' : bits <= 16 ? 'i16' : 'i32');

/** Most bytes of weights that are kept as integers; those beyond are made from the model again whenever they are read. */
const KEPT_BYTES = 2 ** 26;

/** Most that rounding a multiplier may move a result, in units of the result, before its operand is shifted first. */
const MOST_LOST = 0.25;

export class Context {
  readonly builder = new ProgramBuilder();
  readonly graph: RealGraph;
  readonly observed: readonly Observation[];
  readonly policy: Policy;
  /** By number of the real value; filled as the quantiser goes. */
  readonly out: (Quantised | undefined)[] = [];
  /** Bits that the consumers of each real value can use. */
  readonly wanted: readonly number[];
  private readonly narrowed = new Map<string, Quantised>();
  private readonly tables = new Map<string, ValueId>();
  private keptBytes = 0;

  constructor(graph: RealGraph, observed: readonly Observation[], policy: Policy, wanted: readonly number[]) {
    this.graph = graph;
    this.observed = observed;
    this.policy = policy;
    this.wanted = wanted;
  }

  value(id: ValueId): RealValue {
    return this.graph.values[id]!;
  }

  /** Whether a value's numbers are exact: never scaled, never rounded. */
  exact(id: ValueId): boolean {
    return this.value(id).numeric !== 'real';
  }

  /** The unit in which a value of so many bits covers what was observed. */
  unitFor(id: ValueId, bits: number): number {
    const { amplitude, clip } = this.observed[id]!;
    const reach = bits <= 8 && this.policy.clips ? clip : amplitude;
    return this.snap(reach === 0 ? 1 : reach / largest(bits));
  }

  /** A unit as the policy allows it: as it is, or the next power of two. */
  snap(unit: number): number {
    const least = Math.max(unit, Number.MIN_VALUE);
    return this.policy.dyadic ? 2 ** Math.ceil(Math.log2(least) - 1e-12) : least;
  }

  /** Adds a node; what cannot be bounded is a problem of the model, named by its origin. */
  node(origin: string, form: IntegerForm, dtype: Dtype, stage: Stage | null): ValueId {
    const added = this.builder.node({ form, dtype, stage });
    if (added.ok) return added.value;
    throw new SuretyError({ ...added.problem, message: `${origin}: ${added.problem.message}`, field: origin });
  }

  /** Adds an arithmetic node whose exact result is kept whole, in the narrowest dtype that holds it. */
  whole(origin: string, form: IntegerForm): ValueId {
    const stage = { shift: 0, ...DTYPE_RANGE.i32 };
    const range = this.builder.probe({ form, dtype: 'i32', stage });
    if (!range.ok)
      throw new SuretyError({ ...range.problem, message: `${origin}: ${range.problem.message}`, field: origin });
    const dtype = dtypeFor(range.value);
    return this.node(origin, form, dtype, { shift: 0, ...DTYPE_RANGE[dtype] });
  }

  /** The integers of a real value, quantising constants at first use. */
  operand(id: ValueId): Quantised {
    const known = this.out[id];
    if (known !== undefined) return known;
    const value = this.value(id);
    if (value.kind !== 'constant')
      return refuseModel(value.origin, 'is read before it is computed.', 'Report this.', id);
    const reals = value.read();
    const made = this.exact(id) ? this.exactConstant(value, reals) : this.realConstant(id, value, reals);
    this.out[id] = made;
    release(reals);
    return made;
  }

  private exactConstant(value: RealValue, reals: ArrayLike<number>): Quantised {
    const limit = DTYPE_RANGE.i32;
    let range = { low: 0, high: 0 };
    for (let i = 0; i < reals.length; i++) {
      const x = reals[i]!;
      if (!Number.isInteger(x) || x < limit.low || x > limit.high) {
        return refuseModel(value.origin, `holds the integer ${x}.`, 'Keep integers small.', x, `±${limit.high}`);
      }
      range = { low: Math.min(range.low, x), high: Math.max(range.high, x) };
    }
    const dtype = dtypeFor(range);
    const values = allocate(dtype, reals.length);
    values.set(reals);
    return { id: this.builder.constant(dtype, value.shape, () => values), unit: 1 };
  }

  private realConstant(id: ValueId, value: RealValue, reals: ArrayLike<number>): Quantised {
    const bits = Math.min(16, this.policy.elementwiseBits);
    let amplitude = 0;
    for (let i = 0; i < reals.length; i++) {
      const size = Math.abs(reals[i]!);
      if (!Number.isFinite(size))
        return refuseModel(value.origin, `holds ${reals[i]}.`, 'Use finite weights.', reals[i]);
      if (size > amplitude) amplitude = size;
    }
    const unit = this.snap(amplitude === 0 ? 1 : amplitude / largest(bits));
    const length = elements(value.shape);
    const read = () => {
      const source = (this.value(id) as RealValue & { kind: 'constant' }).read();
      const integers = allocate(dtypeOfBits(bits), length);
      for (let i = 0; i < length; i++) integers[i] = roundHalfEven(source[i]! / unit);
      release(source);
      return transient(integers);
    };
    return { id: this.builder.constant(dtypeOfBits(bits), value.shape, read, symmetric(bits)), unit };
  }

  /**
   * Multipliers for operands in units of the result, and the operands that they are for. One with so many bits that its
   * multiplier has too few is shifted to 16 first. `null` when the operands leave the accumulator.
   */
  scaled(
    origin: string,
    operands: readonly Quantised[],
    factors: readonly number[],
    unit: number,
    offset: number,
  ): (Multipliers & { readonly operands: readonly Quantised[] }) | null {
    const inUnits = operands.map((x, i) => (factors[i]! * x.unit) / unit);
    const magnitudes = operands.map(({ id }) => magnitude(this.builder.range(id)));
    const made = multipliersOf(inUnits, magnitudes, offset);
    const lost = made === null ? [] : multiplierErrors(made, inUnits, magnitudes);
    const better = operands.map((x, i) => (lost[i]! > MOST_LOST ? this.shifted(origin, x) : x));
    if (better.every((x, i) => x === operands[i])) return made && { ...made, operands };
    return this.scaled(origin, better, factors, unit, offset);
  }

  /** A value of more than 16 bits brought to 16 by a shift alone; as it is where that cannot be done. */
  private shifted(origin: string, x: Quantised): Quantised {
    const reach = magnitude(this.builder.range(x.id));
    let shift = 0;
    while (Math.floor((reach + halfOf(shift)) / 2 ** shift) > largest(16)) shift++;
    if (shift === 0 || reach > I32_MAX - halfOf(shift)) return x;
    const known = this.narrowed.get(`${x.id}`);
    if (known !== undefined) return known;
    const form = { op: 'affine', x: [x.id], c: [1], d: 0 } as const;
    const made = { id: this.node(origin, form, 'i16', { shift, ...symmetric(16) }), unit: x.unit * 2 ** shift };
    this.narrowed.set(`${x.id}`, made);
    return made;
  }

  /** A quantised value in another unit, rounded and clamped to a range. */
  rescale(origin: string, x: Quantised, unit: number, clamp: Interval, dtype: Dtype): Quantised {
    const made = this.scaled(origin, [x], [1], unit, 0);
    if (made === null)
      return refuseModel(origin, 'leaves the accumulator when rescaled.', 'Scale the model down.', unit);
    const form = { op: 'affine', x: made.operands.map(({ id }) => id), c: made.c, d: made.d } as const;
    return { id: this.node(origin, form, dtype, { shift: made.shift, ...clamp }), unit };
  }

  /**
   * A real value in at most so many bits, as small a dtype as these fit. As it is where it already fits.
   * @param widest the widest dtype that will do as it is
   */
  narrow(id: ValueId, bits: number, widest: 'i16' | 'i32' = 'i16'): Quantised {
    const x = this.operand(id);
    const range = this.builder.range(x.id);
    const dtype = this.builder.dtype(x.id);
    if (magnitude(range) <= largest(bits) && (dtype !== 'i32' || widest === 'i32')) return x;
    const key = `${x.id} ${bits}`;
    const known = this.narrowed.get(key);
    if (known !== undefined) return known;
    const exact = magnitude(range) <= largest(bits);
    if (!exact && this.exact(id)) {
      const limit = `±${largest(bits)}`;
      return refuseModel(
        this.value(id).origin,
        `integers of ${show(range)} do not fit.`,
        'State a range.',
        range,
        limit,
      );
    }
    const unit = exact ? x.unit : Math.max(this.unitFor(id, bits), x.unit);
    const made = this.rescale(this.value(id).origin, x, unit, symmetric(bits), dtypeOfBits(bits));
    this.narrowed.set(key, made);
    return made;
  }

  /** What reads weights: those at hand where there is room to keep them, else made again by `make`. */
  kept(values: Values, make: () => Values): () => Values {
    if (this.keptBytes + values.byteLength > KEPT_BYTES) return make;
    this.keptBytes += values.byteLength;
    return () => values;
  }

  /** A table, once for all its uses. */
  table(key: string, dtype: Dtype, values: Values): ValueId {
    const known = this.tables.get(key);
    if (known !== undefined) return known;
    const id = this.builder.constant(dtype, [values.length], () => values);
    this.tables.set(key, id);
    return id;
  }
}
