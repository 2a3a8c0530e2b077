/** Softmax and its kin along one axis; before operator set 13 along all axes from one on. */
import type { Call, Lowering } from './call.ts';
import { type Ops, range, type Val } from './ops.ts';

const widen = (g: Ops, x: Val): Val => g.reshape(x, [...g.shape(x), 1]);

const exp = (g: Ops, x: Val): Val => g.smooth(x, 'Exp', Math.exp);

/** Differences to the maximum of the last axis: all at most 0. */
const centred = (g: Ops, x: Val): Val => g.sub(x, widen(g, g.reduceMax(x)));

/** Along the last axis. Where a mask (0, 1) is given, only what it lets through takes part. */
export const softmaxRows = (g: Ops, x: Val, mask: Val | null = null): Val => {
  const powers = exp(g, centred(g, x));
  const kept = mask === null ? powers : g.mul(powers, mask);
  return g.mul(kept, g.reciprocal(widen(g, g.reduceSum(kept))));
};

const logSoftmaxRows = (g: Ops, x: Val): Val => {
  const shifted = centred(g, x);
  return g.sub(shifted, g.smooth(widen(g, g.reduceSum(exp(g, shifted))), 'Log', Math.log));
};

/** 1 at the first largest, 0 elsewhere. */
const hardmaxRows = (g: Ops, x: Val): Val => {
  const size = g.shape(x).at(-1)!;
  const place = widen(g, g.argmax(x));
  const difference = g.sub(place, g.constant([size], range(size), 'int64'));
  return g.unary(difference, 'is zero', (d) => (d === 0 ? 1 : 0), x.type);
};

const alongAxis =
  (rows: (g: Ops, x: Val) => Val): Lowering =>
  (call: Call) => {
    const { g } = call;
    const shape = call.shape(0);
    const old = call.opset < 13;
    const axis = call.axis(call.int('axis', old ? 1 : -1), shape.length);
    if (old) {
      const outer = shape.slice(0, axis).reduce((n, size) => n * size, 1);
      return g.reshape(rows(g, g.reshape(call.x(0), [outer, g.size(call.x(0)) / outer])), shape);
    }
    const rank = shape.length;
    const swap = range(rank).map((i) => (i === axis ? rank - 1 : i === rank - 1 ? axis : i));
    return g.transpose(rows(g, g.transpose(call.x(0), swap)), swap);
  };

/** What is minus infinity takes no part. */
const softmax: Lowering = (call) => {
  const { mask, ...x } = call.masked(0);
  if (mask === undefined) return alongAxis((g, rows) => softmaxRows(g, rows))(call);
  const { g } = call;
  const rank = g.shape(x).length;
  const axis = call.axis(call.int('axis', -1), rank);
  if (call.opset < 13 || axis !== rank - 1)
    throw call.refuse('its mask is not along the last axis.', 'Use the last axis.', axis);
  return softmaxRows(g, x, g.broadcastTo(mask, g.shape(x)));
};

export const SOFTMAX: Readonly<Record<string, Lowering>> = {
  Softmax: softmax,
  LogSoftmax: alongAxis(logSoftmaxRows),
  Hardmax: alongAxis(hardmaxRows),
};
