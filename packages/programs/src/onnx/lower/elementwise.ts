/** Operators of several operands, element by element. */
import { isFloat, type OnnxType, rangeOf, wrapTo } from '../decode/types.ts';
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import type { Ops, Val } from './ops.ts';

/** Distinct constants that one function may be specialised to. */
const MAX_DISTINCT = 16;

/** Operators whose second operand may start at an axis. */
export const AXIS_BROADCAST: ReadonlySet<string> = new Set(['Add', 'Sub', 'Mul', 'Div']);

/** Before operator set 7 the second operand could start at an axis of the first. */
const second = (call: Call): Val => {
  const b = call.masked(1);
  if (call.opset >= 7 || !call.hasAttribute('axis')) return b;
  const rank = call.shape(0).length;
  const after = rank - call.axis(call.int('axis', 0), rank) - call.g.shape(b).length;
  return call.g.reshape(b, [...call.g.shape(b), ...new Array<number>(Math.max(after, 0)).fill(1)]);
};

/** Small integer types drop high bits; of larger ones a program proves that nothing overflows. */
export const wrapped = (g: Ops, x: Val): Val => {
  const limits = rangeOf(x.type);
  if (limits === null || limits.high >= 2 ** 31 - 1) return x;
  return g.unary(x, `wrap ${x.type}`, (v) => wrapTo(x.type, v));
};

/**
 * `f(x, c)` for a constant c: one function of x for each distinct number in c, each kept where c holds it.
 * @param operand position of c, for messages
 */
export const specialised = (
  call: Call,
  x: Val,
  operand: number,
  f: (x: number, c: number) => number,
  type: OnnxType = x.type,
): Val => {
  const { g } = call;
  const values = call.constant(operand);
  const shape = call.shape(operand);
  const distinct = [...new Set(values)];
  const of = (c: number): Val => g.unary(x, `${call.operator} ${operand} ${x.type} ${type} ${c}`, (v) => f(v, c), type);
  if (distinct.length === 1) return g.broadcastTo(of(distinct[0]!), g.common(x, call.x(operand)));
  if (distinct.length > MAX_DISTINCT) {
    const next = `Use at most ${MAX_DISTINCT} different numbers there.`;
    throw call.refuse(`operand ${operand} holds ${distinct.length} different numbers.`, next, distinct.length);
  }
  const parts = distinct.map((c) => {
    const mask = g.constant(
      shape,
      values.map((v) => (v === c ? 1 : 0)),
      'bool',
    );
    return g.mul(of(c), mask, type);
  });
  return g.affine(
    parts,
    parts.map(() => 1),
  );
};

const isConstant = (call: Call, i: number): boolean => call.g.builder.isConstant(call.x(i).id);

/** With one operand constant, a function of the other. */
const oneConstant = (call: Call, f: (a: number, b: number) => number, type?: OnnxType): Val => {
  if (!isConstant(call, 1) && isConstant(call, 0)) return specialised(call, call.x(1), 0, (b, a) => f(a, b), type);
  return specialised(call, call.x(0), 1, f, type);
};

const sumOf = (call: Call): Val => {
  const parts = call.all();
  return call.g.affine(
    parts,
    parts.map(() => 1),
  );
};

const div: Lowering = (call) => {
  const { g } = call;
  const [a, b] = [call.x(0), second(call)];
  if (!isFloat(a.type)) return oneConstant(call, (x, c) => Math.trunc(x / c));
  const known = g.known(b);
  if (known !== null && known.length === 1) {
    return g.broadcastTo(g.scale(a, 1 / known[0]!), g.common(a, b));
  }
  return g.mul(a, g.reciprocal(b));
};

const pythonMod = (x: number, c: number): number => x - Math.floor(x / c) * c;

const mod: Lowering = (call) => oneConstant(call, call.flag('fmod') ? (x, c) => x % c : pythonMod);

const pow: Lowering = (call) => {
  const { g } = call;
  const exponent = g.known(call.x(1));
  if (exponent?.length === 1 && exponent[0] === 2 && g.shape(call.x(1)).length <= call.shape(0).length) {
    return g.square(call.x(0));
  }
  const type = call.x(0).type;
  const power = isFloat(type) ? (x: number, c: number) => x ** c : (x: number, c: number) => Math.trunc(x ** c);
  if (!isConstant(call, 1) && isConstant(call, 0)) return specialised(call, call.x(1), 0, (c, x) => power(x, c), type);
  return specialised(call, call.x(0), 1, power, type);
};

const folded = (call: Call, f: (a: Val, b: Val) => Val): Val => call.all().reduce(f);

const prelu: Lowering = (call) => {
  const { g } = call;
  const [x, given] = [call.x(0), call.x(1)];
  // Before operator set 7 a slope was one a channel; since then it broadcasts like anything else.
  const channels = call.opset < 7 && g.size(given) > 1;
  const after = channels ? new Array<number>(Math.max(g.shape(x).length - 2, 0)).fill(1) : [];
  const slope = channels ? g.reshape(given, [g.size(given), ...after]) : given;
  const known = g.known(slope);
  if (known?.length === 1) {
    const alpha = known[0]!;
    return g.unary(x, `LeakyRelu ${alpha}`, (v) => (v < 0 ? alpha * v : v));
  }
  const below = g.unary(x, 'min 0', (v) => Math.min(v, 0));
  return g.add(g.relu(x), g.mul(below, slope));
};

/** Minus infinity of one side stays a mask. */
const where: Lowering = (call) => {
  const { g } = call;
  const types = [0, 1, 2].map((i) => call.masked(i).type);
  if (types[0] !== 'bool' || types[1] !== types[2]) {
    throw malformed(call.where, `${call.where} chooses by ${types[0]} between ${types[1]} and ${types[2]}.`, types);
  }
  const value = g.select(call.x(0), finite(call.masked(1)), finite(call.masked(2)));
  const masked = call.masked(1).mask !== undefined || call.masked(2).mask !== undefined;
  return masked ? { ...value, mask: g.select(call.x(0), call.maskOf(1), call.maskOf(2)) } : value;
};

const finite = ({ id, type }: Val): Val => ({ id, type });

const add: Lowering = (call) => {
  const { g } = call;
  const sum = wrapped(g, g.add(finite(call.masked(0)), finite(second(call))));
  const masked = call.masked(0).mask !== undefined || call.masked(1).mask !== undefined;
  return masked ? { ...sum, mask: g.mul(call.maskOf(0), call.maskOf(1)) } : sum;
};

const bits = (call: Call, f: (a: bigint, b: bigint) => bigint): Val => {
  const { type } = call.x(0);
  return oneConstant(call, (a, b) => wrapTo(type, Number(f(BigInt(a), BigInt(b)))));
};

export const ELEMENTWISE: Readonly<Record<string, Lowering>> = {
  Add: add,
  Sub: (call) => wrapped(call.g, call.g.sub(call.x(0), second(call))),
  Mul: (call) => wrapped(call.g, call.g.mul(call.x(0), second(call))),
  Div: div,
  Mod: mod,
  Pow: pow,
  PRelu: prelu,
  Sum: sumOf,
  Mean: (call) => call.g.scale(sumOf(call), 1 / call.count),
  Max: (call) => folded(call, (a, b) => call.g.max(a, b)),
  Min: (call) => folded(call, (a, b) => call.g.min(a, b)),
  Where: where,
  BitShift: (call) => {
    const left = call.text('direction', '') === 'LEFT';
    return bits(call, left ? (a, b) => a << b : (a, b) => a >> b);
  },
  BitwiseAnd: (call) => bits(call, (a, b) => a & b),
  BitwiseOr: (call) => bits(call, (a, b) => a | b),
  BitwiseXor: (call) => bits(call, (a, b) => a ^ b),
  BitwiseNot: (call) => {
    const { type } = call.x(0);
    return wrapped(call.g, call.g.affine([call.x(0)], [-1], -1, type));
  },
};
