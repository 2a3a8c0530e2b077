/**
 * Fixed-point formats of a training step: how many bits each value has, chosen so that every sum of the forward and the
 * backward pass stays within 2^30 (spec 12.4). A format of f fraction bits stands for integers times 2^−f.
 */
import { type Problem, show } from '@surety/core';
import { type Encoding, LIMITS } from '../program.ts';
import { I32_MAX } from '../tensor.ts';

/** A perceptron and how it is trained. Every number is part of the program, so its id commits to all of them. */
export type TrainingShape = {
  /** Numbers of a sample, units of each hidden layer, classes. Two widths are a logistic regression. */
  readonly widths: readonly number[];
  /** Samples a step: a power of two, so that a mean is a shift. */
  readonly batch: number;
  /** The learning rate is 2^−rateBits: 0 .. 6. */
  readonly rateBits: number;
  /** Momentum in 32nds: 0 .. 31; 29 is 0.906. */
  readonly momentum32nds: number;
  /**
   * Fraction bits of the weights that are kept from step to step: 11 .. 20 + rateBits, the latter unless stated, which loses
   * no bit of an update. The passes read 11 of them whatever is kept.
   */
  readonly weightBits?: number;
  /**
   * Whether the step has to be provable in zero knowledge: then no stage gives more than 16 bits and no sum has more than 30, so
   * all formats are narrower (`weightBits` is at most 13, and that unless stated), and nothing is counted but what moves.
   */
  readonly provable?: boolean;
};

/** Fraction bits of inputs, which lie in −1 .. 1: sixteen shades. */
export const INPUT_BITS = 4;
/** Fraction bits of the weights that the passes read. */
export const READ_BITS = 11;
/** Fraction bits of gradients and momentum of a step that need not be provable. */
export const GRADIENT_BITS = 20;
/** Momentum is a number of 2^−5. */
export const MOMENTUM_BITS = 5;
/** Fraction bits of its logits. */
export const LOGIT_BITS = 8;

/** What formats are made from. A reach of r bits is a range of −2^r .. 2^r. */
type Precision = {
  readonly weightReach: number;
  readonly gradientBits: number;
  readonly gradientReach: number;
  readonly momentumReach: number;
  readonly logitBits: number;
  readonly logitReach: number;
  /** Bits of the whole part of activations of hidden layers, which are not negative. */
  readonly hiddenReach: number;
  /** Their fraction bits, at most. */
  readonly hiddenBits: number;
  /** Fraction bits of differences of probabilities, at most. */
  readonly deltaBits: number;
  /** Fraction bits of exponentials and of 1/x, and the most entries of the table of 1/x. */
  readonly powerBits: number;
  readonly inverses: number;
  /** Sums of products stay below; and backward ones, where no bias is added. */
  readonly forwardSum: number;
  readonly backwardSum: number;
  /** Bits that a stage may give before its clamp. */
  readonly stageBits: number;
  /** What the ranges of states leave out at their ends, so that they have 2^n values. */
  readonly spare: 0 | 1;
};

/** As precise as sums of 31 bits allow. */
const FINE: Precision = {
  weightReach: 2,
  gradientBits: GRADIENT_BITS,
  gradientReach: 2,
  momentumReach: 3,
  logitBits: LOGIT_BITS,
  logitReach: 6,
  hiddenReach: 3,
  hiddenBits: 12,
  deltaBits: 14,
  powerBits: 14,
  inverses: LIMITS.table,
  forwardSum: 2 ** 29,
  backwardSum: I32_MAX - 2 ** 24,
  stageBits: 31,
  spare: 0,
};

/** What a proof can look up: tables of all that a stage may give, each of which costs time and length. */
const PROVABLE: Precision = {
  weightReach: 1,
  gradientBits: 11,
  gradientReach: 2,
  momentumReach: 3,
  logitBits: LOGIT_BITS,
  logitReach: 4,
  hiddenReach: 2,
  hiddenBits: 7,
  deltaBits: 12,
  powerBits: 12,
  inverses: 2 ** 13,
  forwardSum: 2 ** 28,
  backwardSum: 2 ** 28,
  stageBits: 16,
  spare: 1,
};

const MOST_PROVABLE_WEIGHT_BITS = 13;

const precisionOf = ({ provable }: Pick<TrainingShape, 'provable'>): Precision => (provable ? PROVABLE : FINE);

export type Formats = {
  /** Fraction bits of what each layer reads: the input, then the activations of each hidden layer. */
  readonly reads: readonly number[];
  /** Fraction bits of the gradient by each layer's sums, and its largest magnitude. */
  readonly deltas: readonly { readonly bits: number; readonly limit: number }[];
  /** Largest activation of each hidden layer. */
  readonly hiddenLimits: readonly number[];
  readonly weightBits: number;
  readonly weightLimit: number;
  /** Largest weight as the passes read it. */
  readonly readLimit: number;
  readonly weightReach: number;
  readonly meanBits: number;
  readonly gradientBits: number;
  readonly gradientReach: number;
  readonly momentumLimit: number;
  readonly logitBits: number;
  readonly logitLimit: number;
  readonly powerBits: number;
  readonly inverses: number;
};

/** The most bits b of a factor for which `terms · 2^other · 2^b` leaves room for a bias and for rounding. */
const roomFor = (terms: number, otherBits: number, budget: number): number =>
  Math.floor(Math.log2(budget / terms)) - otherBits;

const wrong = (field: string, value: unknown, limit: string): Problem => ({
  code: 'program.invalid',
  message: `A training step cannot have ${field} ${show(value)}.`,
  next: `Use ${limit}.`,
  field,
  value: show(value),
  limit,
});

const whole = (n: number, low: number, high: number): boolean => Number.isSafeInteger(n) && n >= low && n <= high;

/** With so many bits an update rounds nothing, unless it has to be proved. */
const mostWeightBits = (shape: TrainingShape): number => {
  const exact = precisionOf(shape).gradientBits + shape.rateBits;
  return shape.provable ? Math.min(exact, MOST_PROVABLE_WEIGHT_BITS) : exact;
};

/** What is wrong with a shape, or `null`. */
export const shapeProblem = (shape: TrainingShape): Problem | null => {
  const { widths, batch, rateBits, momentum32nds, weightBits } = shape;
  if (widths.length < 2 || widths.length > 8 || !widths.every((n) => whole(n, 1, 4_096)) || widths.at(-1)! < 2) {
    return wrong('widths', widths, '2 .. 8 widths of 1 .. 4096, the last of at least 2 classes');
  }
  if (widths.at(-1)! > 128) return wrong('widths', widths, 'at most 128 classes');
  if (!whole(batch, 1, 1_024) || !Number.isInteger(Math.log2(batch))) {
    return wrong('batch', batch, 'a power of two, 1 .. 1024');
  }
  if (!whole(rateBits, 0, 6)) return wrong('rateBits', rateBits, '0 .. 6');
  if (!whole(momentum32nds, 0, 31)) return wrong('momentum32nds', momentum32nds, '0 .. 31');
  const most = mostWeightBits(shape);
  if (weightBits !== undefined && !whole(weightBits, READ_BITS, most)) {
    return wrong('weightBits', weightBits, `${READ_BITS} .. ${most}`);
  }
  return null;
};

/** The formats of a shape that {@link shapeProblem} finds nothing wrong with. */
export const formatsOf = (shape: TrainingShape): Formats => {
  const { widths, batch, weightBits } = shape;
  const precision = precisionOf(shape);
  const { weightReach, hiddenReach, logitReach, stageBits, spare, gradientBits, momentumReach } = precision;
  const layers = widths.length - 1;
  const factorBits = READ_BITS + weightReach;
  /** Fraction bits of the sums of layer i, of whatever its inputs are, that a stage may give. */
  const staged = (i: number): number => {
    const reach = (widths[i]! * 2 ** (i === 0 ? 0 : hiddenReach) + 1) * 2 ** weightReach;
    return stageBits - 1 - Math.ceil(Math.log2(reach));
  };
  const hidden = (i: number): number =>
    Math.min(precision.hiddenBits, roomFor(widths[i]!, factorBits, precision.forwardSum) - hiddenReach, staged(i - 1));
  const reads = widths.slice(0, layers).map((_, i) => (i === 0 ? INPUT_BITS : hidden(i)));
  const deltas = Array.from({ length: layers }, (_, i) => {
    // The first layer's goes no further back, so that nothing is multiplied by it but what the layer read.
    const room = i === 0 ? 15 : Math.min(15, roomFor(widths[i + 1]!, factorBits, precision.backwardSum));
    // Differences of probabilities stay within ±1; those behind a hidden layer are clipped at ±2.
    if (i === layers - 1) {
      const bits = Math.min(precision.deltaBits, room);
      return { bits, limit: 2 ** bits };
    }
    const reach = widths[i + 2]! * 2 ** (weightReach + (i === layers - 2 ? 0 : 1));
    const bits = Math.min(room - 1, stageBits - 1 - Math.ceil(Math.log2(reach)));
    return { bits, limit: Math.min(32_767, 2 ** (bits + 1)) };
  });
  const kept = weightBits ?? mostWeightBits(shape);
  const logitBits = Math.min(precision.logitBits, staged(layers - 1));
  return {
    reads,
    deltas,
    hiddenLimits: reads.slice(1).map((bits) => 2 ** (bits + hiddenReach) - 1),
    weightBits: kept,
    weightLimit: 2 ** (kept + weightReach) - spare,
    readLimit: 2 ** factorBits,
    weightReach,
    meanBits: Math.log2(batch),
    gradientBits,
    gradientReach: precision.gradientReach,
    momentumLimit: 2 ** (gradientBits + momentumReach) - spare,
    logitBits,
    logitLimit: 2 ** (logitBits + logitReach) - spare,
    powerBits: precision.powerBits,
    inverses: precision.inverses,
  };
};

export const encodingOfBits = (bits: number): Encoding => ({ mantissa: 1, exponent: 0 - bits });
