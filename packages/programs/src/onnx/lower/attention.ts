/** Attention as ONNX defines it, with a key-value cache, and rotary embeddings. */
import { malformed } from '../problems.ts';
import type { Call, Lowering } from './call.ts';
import { type Ops, range, type Val } from './ops.ts';
import { softmaxRows } from './softmax.ts';

/** `[B, S, H·D]` as `[B, H, S, D]`; four dimensions stay as they are. */
const heads = (call: Call, x: Val, count: number): Val => {
  const { g } = call;
  const shape = g.shape(x);
  if (shape.length === 4) return x;
  const [batch, length, width] = shape as [number, number, number];
  if (shape.length !== 3 || count < 1 || width % count !== 0) {
    throw malformed(call.where, `${call.where}: [${shape}] has no ${count} heads.`, shape);
  }
  return g.transpose(g.reshape(x, [batch, length, count, width / count]), [0, 2, 1, 3]);
};

/** Each key head once for all the query heads that share it. */
const repeated = (g: Ops, x: Val, count: number): Val => {
  const own = g.shape(x)[1]!;
  return own === count
    ? x
    : g.pickAxis(
        x,
        1,
        range(count).map((i) => Math.floor(i / (count / own))),
      );
};

/** Which positions may be looked at: 0 or 1 `[S, T]`, the queries standing after `past` cached keys. */
const causal = (g: Ops, queries: number, keys: number, past: number): Val =>
  g.constant(
    [queries, keys],
    range(queries * keys).map((at) => (at % keys <= Math.floor(at / keys) + past ? 1 : 0)),
    'bool',
  );

const attention: Lowering = (call) => {
  const { g } = call;
  if (call.has(6)) throw call.refuse('it takes lengths of the padded keys.', 'Give a mask instead.');
  const flat = call.shape(0).length === 3;
  const q = heads(call, call.x(0), call.int('q_num_heads', 0));
  const cached = (fresh: Val, operand: number): Val =>
    call.has(operand) ? g.concat([call.x(operand), fresh], 2) : fresh;
  const k = cached(heads(call, call.x(1), call.int('kv_num_heads', 0)), 4);
  const v = cached(heads(call, call.x(2), call.int('kv_num_heads', 0)), 5);
  const [, count, queries, width] = g.shape(q) as [number, number, number, number];
  const keys = g.shape(k)[2]!;
  const scale = call.float('scale', 1 / Math.sqrt(width));
  const raw = g.scale(g.matmul(q, g.swapLast(repeated(g, k, count))), scale);
  const given = call.maybe(3);
  const past = call.has(4) ? call.shape(4)[2]! : 0;
  // Operator set 23 was published twice, with other results: heads cut out of unlike axes, key heads repeated in another
  // order, scores capped after the mask. What both agree on is taken.
  const early = call.opset < 24;
  if (
    early &&
    (flat || count !== g.shape(k)[1] || (call.float('softcap', 0) !== 0 && (given !== null || call.flag('is_causal'))))
  ) {
    const next = 'Use operator set 24, or four dimensions, equal numbers of heads, and no softcap beside a mask.';
    throw call.refuse('operator set 23 has two definitions of this.', next, call.opset);
  }
  const masks: Val[] = call.flag('is_causal') ? [causal(g, queries, keys, past)] : [];
  if (given?.type === 'bool') masks.push(given);
  const softcap = call.float('softcap', 0);
  const capped = (x: Val): Val =>
    softcap === 0 ? x : g.smooth(x, `softcap ${softcap}`, (s) => softcap * Math.tanh(s / softcap));
  const limited = capped(raw);
  const scores = given === null || given.type === 'bool' ? limited : g.add(limited, given);
  const mask = masks.length === 0 ? null : masks.reduce((a, b) => g.mul(a, b));
  const weights = softmaxRows(g, scores, mask);
  const y = g.matmul(weights, repeated(g, v, count));
  const mode = call.int('qk_matmul_output_mode', 0);
  if (call.wants(3) && mode !== 0 && mode !== 3 && mask !== null) {
    throw call.refuse('it returns masked scores, which are infinite.', 'Leave that output unused.', mode);
  }
  const shown = [raw, scores, scores, weights][mode];
  if (shown === undefined) throw malformed(call.where, `${call.where}: there is no output mode ${mode}.`, mode);
  const [batch, , , depth] = g.shape(y) as [number, number, number, number];
  const out = flat ? g.reshape(g.transpose(y, [0, 2, 1, 3]), [batch, queries, count * depth]) : y;
  return [out, k, v, shown];
};

/** Pairs of numbers turned by an angle that grows with the position. */
const rotary: Lowering = (call) => {
  const { g } = call;
  const flat = call.shape(0).length === 3;
  const x = heads(call, call.x(0), call.int('num_heads', 0));
  const [batch, , length, width] = g.shape(x) as [number, number, number, number];
  const rotated = call.int('rotary_embedding_dim', 0) || width;
  const half = rotated / 2;
  const spread = (table: Val): Val => g.reshape(table, [g.size(table) === length * half ? 1 : batch, 1, length, half]);
  const cache = (operand: number): Val => {
    const table = call.has(3) ? g.gather(call.x(operand), call.x(3)) : call.x(operand);
    const size = g.shape(table).at(-1)!;
    // Tables for all of the head serve a part of it too.
    if (size > half) return spread(g.sliceAxis(table, g.shape(table).length - 1, 0, half));
    if (size !== half) throw malformed(call.where, `${call.where}: caches are ${size} wide, not ${half}.`, size);
    return spread(table);
  };
  const [cos, sin] = [cache(1), cache(2)];
  const turning = g.sliceAxis(x, 3, 0, rotated);
  const interleaved = call.flag('interleaved');
  const first = interleaved ? g.sliceAxis(turning, 3, 0, half, 2) : g.sliceAxis(turning, 3, 0, half);
  const second = interleaved ? g.sliceAxis(turning, 3, 1, half, 2) : g.sliceAxis(turning, 3, half, half);
  const real = g.sub(g.mul(first, cos), g.mul(second, sin));
  const imaginary = g.add(g.mul(first, sin), g.mul(second, cos));
  const widen = (part: Val): Val => g.reshape(part, [...g.shape(part), 1]);
  const turned = interleaved
    ? g.reshape(g.concat([widen(real), widen(imaginary)], 4), g.shape(turning))
    : g.concat([real, imaginary], 3);
  const rest = rotated === width ? [] : [g.sliceAxis(x, 3, rotated, width - rotated)];
  const out = g.concat([turned, ...rest], 3);
  return flat ? g.reshape(g.transpose(out, [0, 2, 1, 3]), call.shape(0)) : out;
};

export const ATTENTION: Readonly<Record<string, Lowering>> = { Attention: attention, RotaryEmbedding: rotary };
