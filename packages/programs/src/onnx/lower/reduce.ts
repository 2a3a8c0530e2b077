/** Reductions over axes, the extremes' places, and running sums. */
import { isFloat } from '../decode/types.ts';
import type { Call, Lowering } from './call.ts';
import { listed, type Ops, range, type Val } from './ops.ts';

/** Most factors of a product: each costs a node. */
const MAX_FACTORS = 1024;

type Rows = (g: Ops, rows: Val, call: Call) => Val;

/** Axes come as an attribute before operator set 18 (13 for sums), then as an operand. */
const reduction =
  (f: Rows): Lowering =>
  (call) => {
    const x = call.x(0);
    const rank = call.g.shape(x).length;
    const given = call.attributeOrOperand('axes', 1) ?? [];
    if (given.length === 0 && call.flag('noop_with_empty_axes'))
      return f(call.g, call.g.reshape(x, [...call.g.shape(x), 1]), call);
    const axes = given.length === 0 ? range(rank) : call.axes(given, rank);
    return call.g.over(x, axes, call.flag('keepdims', true), (rows) => f(call.g, rows, call));
  };

const sumOf = (g: Ops, rows: Val): Val => g.reduceSum(rows);
/** Integers are divided towards zero. */
const averaged = (g: Ops, sum: Val, count: number): Val =>
  isFloat(sum.type) ? g.scale(sum, 1 / count) : g.unary(sum, `divided by ${count}`, (v) => Math.trunc(v / count));

const root = (g: Ops, x: Val): Val => g.smooth(x, 'Sqrt', Math.sqrt);
const log = (g: Ops, x: Val): Val => g.smooth(x, 'Log', Math.log);
const lastSize = (g: Ops, x: Val): number => g.shape(x).at(-1)!;

/** Halves multiplied with halves. */
const product: Rows = (g, rows, call) => {
  const size = lastSize(g, rows);
  if (size > MAX_FACTORS) throw call.refuse(`it multiplies ${size} numbers.`, `Use at most ${MAX_FACTORS}.`, size);
  const axis = g.shape(rows).length - 1;
  let x = rows;
  for (let left = size; left > 1; left = Math.ceil(left / 2)) {
    const half = Math.floor(left / 2);
    const paired = g.mul(g.sliceAxis(x, axis, 0, half), g.sliceAxis(x, axis, half, half));
    x = left % 2 === 0 ? paired : g.concat([paired, g.sliceAxis(x, axis, left - 1, 1)], axis);
  }
  return g.reshape(x, g.shape(x).slice(0, -1));
};

/** `m + log Σ exp(x − m)` with the maximum m, so that nothing overflows. */
const logSumExp: Rows = (g, rows) => {
  const most = g.reduceMax(rows);
  const spread = g.sub(rows, g.reshape(most, [...g.shape(most), 1]));
  return g.add(log(g, g.reduceSum(g.smooth(spread, 'Exp', Math.exp))), most);
};

const extreme =
  (sign: 1 | -1): Lowering =>
  (call) => {
    const { g } = call;
    const x = sign === 1 ? call.x(0) : g.neg(call.x(0));
    const rank = g.shape(x).length;
    const axis = call.axis(call.int('axis', 0), rank);
    return g.over(x, [axis], call.flag('keepdims', true), (rows) => {
      if (!call.flag('select_last_index')) return g.argmax(rows);
      const size = lastSize(g, rows);
      const back = g.sliceAxis(rows, g.shape(rows).length - 1, size - 1, size, -1);
      return g.affine([g.argmax(back)], [-1], size - 1);
    });
  };

const cumsum: Lowering = (call) => {
  const { g } = call;
  const shape = call.shape(0);
  const axis = call.axis(call.scalar(1), shape.length);
  const size = shape[axis]!;
  listed(size * size);
  const [exclusive, reverse] = [call.flag('exclusive'), call.flag('reverse')];
  const counts = (to: number, from: number): boolean =>
    (reverse ? from >= to : from <= to) && !(exclusive && from === to);
  const matrix = range(size).flatMap((to) => range(size).map((from) => (counts(to, from) ? 1 : 0)));
  return g.alongAxis(call.x(0), axis, size, matrix);
};

export const REDUCE: Readonly<Record<string, Lowering>> = {
  ReduceSum: reduction((g, rows) => g.reduceSum(rows)),
  ReduceMean: reduction((g, rows) => averaged(g, g.reduceSum(rows), lastSize(g, rows))),
  ReduceMax: reduction((g, rows) => g.reduceMax(rows)),
  ReduceMin: reduction((g, rows) =>
    rows.type === 'bool'
      ? g.affine([g.reduceMax(g.affine([rows], [-1], 1))], [-1], 1)
      : g.neg(g.reduceMax(g.neg(rows))),
  ),
  ReduceProd: reduction(product),
  ReduceL1: reduction((g, rows) => sumOf(g, g.unary(rows, 'Abs', Math.abs))),
  ReduceL2: reduction((g, rows) => root(g, sumOf(g, g.square(rows)))),
  ReduceSumSquare: reduction((g, rows) => sumOf(g, g.square(rows))),
  ReduceLogSum: reduction((g, rows) => log(g, sumOf(g, rows))),
  ReduceLogSumExp: reduction(logSumExp),
  ArgMax: extreme(1),
  ArgMin: extreme(-1),
  CumSum: cumsum,
};
