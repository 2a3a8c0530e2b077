/**
 * The model before quantisation: the operators of spec 12.5 over real numbers, with any function of one number in place of
 * tables. ONNX operators are lowered to it, calibration data run through it, and the quantiser turns it into integers.
 */
import type { Form, ValueId } from '../program.ts';
import type { Shape } from '../tensor.ts';

/**
 * What a value's numbers are. Integers and truth values (0, 1) are exact all the way and never scaled; reals are what
 * quantisation approximates.
 */
export type Numeric = 'real' | 'integer' | 'boolean';

/**
 * `f` of each element; `name` is for people and for sharing tables (`gelu`, `leaky-relu 0.1`): one name, one function.
 * `clip` is given where f is `min(max(x, low), high)` (relu: 0 .. Infinity), which needs no table.
 */
export type Unary = {
  readonly op: 'unary';
  readonly x: ValueId;
  readonly name: string;
  readonly f: (x: number) => number;
  readonly clip?: { readonly low: number; readonly high: number };
};

/** In real graphs the parameters of `affine` are reals too. */
export type RealForm = Form | Unary;

export type RealValue = {
  readonly shape: Shape;
  readonly numeric: Numeric;
  /** Where it comes from in the model's own words, for messages: a node's name, or its outputs'. */
  readonly origin: string;
} & (
  | { readonly kind: 'input'; readonly name: string }
  /** `read` may read from a file; it may be called again and must give the same values. */
  | { readonly kind: 'constant'; readonly read: () => Float32Array | Float64Array }
  | { readonly kind: 'node'; readonly form: RealForm }
);

export type RealGraph = {
  /** By number; a node reads values of lower number only. Inputs stand in the model's order. */
  readonly values: readonly RealValue[];
  readonly outputs: readonly { readonly name: string; readonly value: ValueId }[];
  /** Names of inputs, and of the outputs that become them in the next step. */
  readonly states: readonly { readonly input: string; readonly output: string }[];
};
