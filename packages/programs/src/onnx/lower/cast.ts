/** Casts between reals, integers and truth values. */
import { MINIFLOATS, type MinifloatName, nearest } from '../decode/minifloat.ts';
import { bitsOf, isFloat, nameOfCode, type OnnxType, rangeOf, typeOfCode, wrapTo } from '../decode/types.ts';
import type { Call, Lowering } from './call.ts';
import type { Val } from './ops.ts';

const truth = (v: number): number => (v === 0 ? 0 : 1);

export const castTo = (call: Call, x: Val, type: OnnxType): Val => {
  const { g } = call;
  if (type === x.type) return x;
  if (type === 'bool') return g.unary(x, 'not zero', truth, 'bool');
  if (isFloat(type)) {
    // Reals are approximated by the program anyway; types of 8 bits and fewer are coarser than it is.
    if (bitsOf(type) > 8) return g.affine([x], [1], 0, type);
    if (!call.flag('saturate', true)) {
      throw call.refuse('it makes infinities or NaN of large numbers.', 'Set saturate to 1.');
    }
    const format = MINIFLOATS[type as MinifloatName];
    return g.unary(x, `to ${type}`, (v) => nearest(v, format), type);
  }
  const exact = isFloat(x.type) ? g.unary(x, 'truncate', Math.trunc, 'int64') : x;
  if (isFloat(x.type) && bitsOf(type) < 8) {
    const { low, high } = rangeOf(type)!;
    return g.unary(exact, `clamp ${type}`, (v) => Math.min(Math.max(v, low), high), type);
  }
  if (bitsOf(type) >= 32) return g.affine([exact], [1], 0, type);
  return g.unary(exact, `wrap ${type}`, (v) => wrapTo(type, v), type);
};

const cast: Lowering = (call) => {
  const type = typeOfCode(call.int('to', 0));
  if (type === null) {
    const name = nameOfCode(call.int('to', 0));
    throw call.refuse(`it makes ${name}.`, 'Cast to numbers or truth values.', name);
  }
  return castTo(call, call.x(0), type);
};

export const CAST: Readonly<Record<string, Lowering>> = {
  Cast: cast,
  CastLike: (call) => castTo(call, call.x(0), call.x(1).type),
};
