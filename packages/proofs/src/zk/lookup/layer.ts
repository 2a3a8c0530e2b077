/**
 * One layer of the tree of fractions, on the prover's side: from claims on a layer at a point to claims on the one below. With
 * λ drawn, `p + λ·q` above is the sum over the halves below of `eq·(p0·q1 + p1·q0 + λ·q0·q1) = eq·(p0·q1 + (p1 + λ·q1)·q0)`.
 */
import type { ProverChannel } from '../channel/channel.ts';
import { add, type Ext, mul, sub } from '../field/ext.ts';
import type { ProofMemory } from '../memory.ts';
import { proveSumcheck } from '../sumcheck/prove.ts';
import { joinLayer, type LargeLayer, type SmallLayer } from './fractions.ts';
import { largeRounds } from './large-rounds.ts';
import { type Rounds, smallFactors, smallRounds } from './rounds.ts';
import { type StripedLayer, stripedRounds } from './striped-rounds.ts';

/** What is claimed of a layer at a point, lowest variable first. */
export type FractionClaim<Value> = { readonly point: readonly Ext[]; readonly p: Value; readonly q: Value };

const roundsOf = (
  memory: ProofMemory,
  layer: SmallLayer | LargeLayer | StripedLayer,
  lambda: Ext,
  point: readonly Ext[],
): Rounds => {
  if ('strips' in layer) return stripedRounds(memory, layer, lambda, point);
  if ('p' in layer) return smallRounds(smallFactors(layer, lambda), point);
  joinLayer(memory, layer, lambda);
  return largeRounds(memory, layer, lambda, point);
};

/**
 * Proves claims on a layer from the one below it, which it uses up.
 * @returns claims on the layer below, whose highest variable is the last of the point
 */
export const proveLayer = (
  channel: ProverChannel,
  memory: ProofMemory,
  claim: FractionClaim<Ext>,
  layer: SmallLayer | LargeLayer | StripedLayer,
): FractionClaim<Ext> => {
  const mark = memory.mark();
  const vars = claim.point.length;
  const lambda = channel.challenge();
  const rounds = roundsOf(memory, layer, lambda, claim.point);
  const summed = add(claim.p, mul(lambda, claim.q));
  const { point } = proveSumcheck(channel, summed, vars, claim.point, rounds.round);
  const [[p0], [q0], [joined], [q1]] = rounds.end(point[0] ?? null) as [[Ext], [Ext], [Ext], [Ext]];
  const p1 = sub(joined, mul(lambda, q1));
  channel.send([p0, p1, q0, q1]);
  channel.product(p0, q1);
  channel.product(joined, q0);
  memory.release(mark);
  const upper = channel.challenge();
  const between = (low: Ext, high: Ext): Ext => add(low, mul(upper, sub(high, low)));
  return { point: [...point, upper], p: between(p0, p1), q: between(q0, q1) };
};
