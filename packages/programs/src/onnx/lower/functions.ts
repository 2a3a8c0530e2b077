/** Operators that are one function of one number, parameters aside. */
import type { Call, Lowering } from './call.ts';
import type { Val } from './ops.ts';

/** Functions that make integers of integers. */
const EXACT: ReadonlySet<string> = new Set(['Abs', 'Ceil', 'Floor', 'Round', 'Sign']);

/** `f` of the operand, its name with the parameters that make it another function. */
const apply = (call: Call, parameters: readonly number[], f: (x: number) => number): Val => {
  const name = [call.operator, ...parameters].join(' ');
  return EXACT.has(call.operator) ? call.g.unary(call.x(0), name, f) : call.g.smooth(call.x(0), name, f);
};

const plain =
  (f: (x: number) => number): Lowering =>
  (call) =>
    apply(call, [], f);

/** The error function, to about 1e-15: its series near 0, a continued fraction of its complement beyond. */
export const erf = (x: number): number => {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 2.5) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = size;
  for (let n = 60; n >= 1; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-size * size) / (fraction * Math.sqrt(Math.PI)));
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const gelu = (x: number): number => 0.5 * x * (1 + erf(x / Math.SQRT2));
const geluTanh = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

/** To the nearest integer, halves to the even one, as ONNX rounds. */
export const halfToEven = (x: number): number => {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
};

const clipTo = (low: number, high: number) => (x: number) => Math.min(Math.max(x, low), high);

/** `max` and `min`, which may each be absent; attributes before operator set 11. */
const clip: Lowering = (call) => {
  const { g } = call;
  const low = call.hasAttribute('min') ? g.scalar(call.float('min', 0), call.x(0).type) : call.maybe(1);
  const high = call.hasAttribute('max') ? g.scalar(call.float('max', 0), call.x(0).type) : call.maybe(2);
  const bounds = [low, high].map((bound) => (bound === null ? null : (g.known(bound)?.[0] ?? Number.NaN)));
  if (!bounds.some(Number.isNaN)) {
    const [least, most] = [bounds[0] ?? Number.NEGATIVE_INFINITY, bounds[1] ?? Number.POSITIVE_INFINITY];
    return g.clip(call.x(0), least, most);
  }
  const raised = low === null ? call.x(0) : g.max(call.x(0), low);
  return high === null ? raised : g.min(raised, high);
};

export const FUNCTIONS: Readonly<Record<string, Lowering>> = {
  Abs: plain(Math.abs),
  Acos: plain(Math.acos),
  Acosh: plain(Math.acosh),
  Asin: plain(Math.asin),
  Asinh: plain(Math.asinh),
  Atan: plain(Math.atan),
  Atanh: plain(Math.atanh),
  Ceil: plain(Math.ceil),
  Cos: plain(Math.cos),
  Cosh: plain(Math.cosh),
  Erf: plain(erf),
  Exp: plain(Math.exp),
  Floor: plain(Math.floor),
  HardSwish: plain((x) => x * clipTo(0, 1)(x / 6 + 0.5)),
  Log: plain(Math.log),
  Mish: plain((x) => x * Math.tanh(softplus(x))),
  Reciprocal: (call) => call.g.reciprocal(call.x(0)),
  Round: plain(halfToEven),
  Sigmoid: plain(sigmoid),
  Sign: plain(Math.sign),
  Sin: plain(Math.sin),
  Sinh: plain(Math.sinh),
  Softplus: plain(softplus),
  Softsign: plain((x) => x / (1 + Math.abs(x))),
  Sqrt: plain(Math.sqrt),
  Tan: plain(Math.tan),
  Tanh: plain(Math.tanh),
  Clip: clip,
  Neg: (call) => call.g.neg(call.x(0)),
  Relu: (call) => call.g.relu(call.x(0)),
  Affine: (call) => call.g.scale(call.x(0), call.float('alpha', 1), call.float('beta', 0)),
  Celu: (call) => {
    const alpha = call.float('alpha', 1);
    return apply(call, [alpha], (x) => Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha)));
  },
  Elu: (call) => {
    const alpha = call.float('alpha', 1);
    return apply(call, [alpha], (x) => (x < 0 ? alpha * Math.expm1(x) : x));
  },
  Gelu: (call) => {
    const tanh = call.text('approximate', 'none') === 'tanh';
    return tanh ? call.g.smooth(call.x(0), 'gelu tanh', geluTanh) : call.g.smooth(call.x(0), 'gelu', gelu);
  },
  HardSigmoid: (call) => {
    const [alpha, beta] = [call.float('alpha', 0.2), call.float('beta', 0.5)];
    return apply(call, [alpha, beta], (x) => clipTo(0, 1)(alpha * x + beta));
  },
  LeakyRelu: (call) => {
    const alpha = call.float('alpha', 0.01);
    return apply(call, [alpha], (x) => (x < 0 ? alpha * x : x));
  },
  ScaledTanh: (call) => {
    const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
    return apply(call, [alpha, beta], (x) => alpha * Math.tanh(beta * x));
  },
  ParametricSoftplus: (call) => {
    const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
    return apply(call, [alpha, beta], (x) => alpha * softplus(beta * x));
  },
  Selu: (call) => {
    const [alpha, gamma] = [call.float('alpha', 1.6732631921768188), call.float('gamma', 1.0507010221481323)];
    return apply(call, [alpha, gamma], (x) => gamma * (x > 0 ? x : alpha * Math.expm1(x)));
  },
  Shrink: (call) => {
    const [bias, lambd] = [call.float('bias', 0), call.float('lambd', 0.5)];
    return apply(call, [bias, lambd], (x) => (x < -lambd ? x + bias : x > lambd ? x - bias : 0));
  },
  Swish: (call) => {
    const alpha = call.float('alpha', 1);
    return apply(call, [alpha], (x) => x * sigmoid(alpha * x));
  },
  ThresholdedRelu: (call) => {
    const alpha = call.float('alpha', 1);
    return apply(call, [alpha], (x) => (x > alpha ? x : 0));
  },
};
