/** Products of matrices, of reals and of integers. */
import { elements } from '../../tensor.ts';
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import type { Val } from './ops.ts';
import { channelwise, requantised, withoutZeroPoint } from './quantize.ts';

/** NumPy's matmul: vectors are matrices of one row or column whose axis goes again. */
export const numpyMatmul = (call: Call, a: Val, b: Val, type = a.type): Val => {
  const { g } = call;
  const [left, right] = [g.shape(a), g.shape(b)];
  if (left.length === 0 || right.length === 0) throw malformed(call.where, `${call.where} multiplies a single number.`);
  const wideA = left.length === 1 ? g.reshape(a, [1, left[0]!]) : a;
  const wideB = right.length === 1 ? g.reshape(b, [right[0]!, 1]) : b;
  const out = g.matmul(wideA, wideB, type);
  const shape = g.shape(out);
  if (left.length > 1 && right.length > 1) return out;
  const kept = shape.filter(
    (_, i) => !(i === shape.length - 2 && left.length === 1) && !(i === shape.length - 1 && right.length === 1),
  );
  return g.reshape(out, kept);
};

const gemm: Lowering = (call) => {
  const { g } = call;
  const a = call.flag('transA') ? g.swapLast(call.x(0)) : call.x(0);
  const b = call.flag('transB') ? call.x(1) : g.swapLast(call.x(1));
  const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
  // Scaling the weights is done once, at import.
  const [left, right] = g.builder.isConstant(b.id) ? [a, g.scale(b, alpha)] : [g.scale(a, alpha), b];
  const c = call.maybe(2);
  if (c === null || beta === 0) return g.rows(left, right, null);
  const [rows, columns] = [g.shape(left)[0]!, g.shape(right)[0]!];
  const scaled = g.scale(c, beta);
  const size = elements(g.shape(c));
  const perColumn = size === 1 || (size === columns && g.shape(c).at(-1) === columns);
  if (perColumn && g.builder.isConstant(c.id)) {
    const bias = g.reshape(g.broadcastTo(scaled, [...(g.shape(c).length > 1 ? [1] : []), columns]), [columns]);
    return g.rows(left, right, bias);
  }
  const out = g.add(g.rows(left, right, null), scaled);
  if (g.shape(out)[0] !== rows) throw malformed(call.where, `${call.where}: C does not broadcast.`, g.shape(c));
  return out;
};

const integerMatmul: Lowering = (call) =>
  numpyMatmul(
    call,
    withoutZeroPoint(call, call.x(0), 2, 'rows'),
    withoutZeroPoint(call, call.x(1), 3, 'columns'),
    'int32',
  );

/** `a, a scale, a zero point, b, b scale, b zero point, y scale, y zero point`. */
const qlinear: Lowering = (call) => {
  const a = withoutZeroPoint(call, call.x(0), 2, 'rows');
  const b = withoutZeroPoint(call, call.x(3), 5, 'columns');
  const product = numpyMatmul(call, a, b, 'int32');
  const scale = channelwise(call, [1, 4], 6);
  return requantised(call, product, scale, 7, 'last');
};

export const MATMUL: Readonly<Record<string, Lowering>> = {
  MatMul: (call) => numpyMatmul(call, call.x(0), call.x(1)),
  Gemm: gemm,
  MatMulInteger: integerMatmul,
  QLinearMatMul: qlinear,
};
