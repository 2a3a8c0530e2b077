/** The prover's steps where claims are passed on. */
import type { ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import type { Place } from '../commit/place.ts';
import { EXTENSION } from '../field/arithmetic.ts';
import { add, type Ext, ext, mul, neg, ONE, powers, ZERO } from '../field/ext.ts';
import { nodeOf } from '../graph/graph.ts';
import type { ExtVector } from '../memory.ts';
import { isLean, type ProofPlan, stagedTie } from '../plan/plan.ts';
import { askProduct, type ProverAsking } from '../relations/asking.ts';
import type { ProverContext } from '../relations/context.ts';
import { contract, evaluate } from '../relations/contract.ts';
import { type ProductClaim, type ProductSum, proveProductSum, proveProductSums } from '../relations/product.ts';
import { proveChoice, proveDifference, proveKey, proveMargin, proveRelation } from '../relations/relation.ts';
import { eqVector, inner, lifted, padTensor, zeros } from '../relations/vectors.ts';
import { channelsAt, sumParts } from '../route/channels.ts';
import type { Side, SumClaim, ValueClaim } from '../route/side.ts';
import type { Run } from '../witness/run.ts';
import type { Witness } from '../witness/witness.ts';

const combined = (parts: readonly (readonly [Ext, Ext])[]): Ext =>
  parts.reduce((sum, [value, by]) => add(sum, mul(value, by)), ZERO);

export type Proving = {
  readonly channel: ProverChannel;
  readonly plan: ProofPlan;
  readonly run: Run;
  readonly witness: Witness;
  readonly context: ProverContext;
  /** What a place of the hidden constants takes at a point. */
  readonly evaluateWeights: (place: Place, point: readonly Ext[]) => Ext;
  readonly reached: (id: ValueId) => Promise<void>;
};

/** `out += vector·by`. */
const addScaled = ({ context: { memory } }: Proving, out: ExtVector, vector: ExtVector, by: Ext): void => {
  const mark = memory.mark();
  const at = memory.take(16);
  memory.put(at, [by]);
  memory.kernels.addScaled(out.address, out.stride, vector.address, vector.stride, at, out.length);
  memory.release(mark);
};

function* merged(proving: Proving, id: ValueId, claims: readonly ValueClaim<Ext>[]): ProverAsking<ValueClaim<Ext>> {
  const { channel, context } = proving;
  const { memory } = context;
  const weights = claims.length === 1 ? [ONE] : powers(channel.challenge(), claims.length);
  const vectors = () => {
    const value = lifted(memory, context.padded(id));
    const joint = zeros(memory, value.length);
    for (const [i, { point }] of claims.entries()) {
      const inner = memory.mark();
      addScaled(proving, joint, eqVector(memory, point), weights[i]!);
      memory.release(inner);
    }
    return [joint, value] as const;
  };
  const claim = combined(claims.map(({ value: each }, i) => [each, weights[i]!]));
  const { point, b } = yield* askProduct({ claim, weights: [], vectors });
  return { point, value: b };
}

function* perChannel(proving: Proving, id: ValueId, { point, value }: ValueClaim<Ext>): ProverAsking<SumClaim<Ext>> {
  const { channel, plan, run, witness, context } = proving;
  const { memory } = context;
  const { shifts, limbs } = stagedTie(plan, id);
  const places = plan.stages.get(id)!.limbs;
  const channels = () => channelsAt(memory, plan.graph.types[id]!.shape, shifts, point);
  const vectors = () => {
    const { own, rest, weights, halves, box } = channels();
    const runs = [{ bound: rest }, { free: own.length }];
    const difference = zeros(memory, 2 ** own.length);
    const inner = memory.mark();
    addScaled(proving, difference, contract(memory, padTensor(memory, run.sums(id)), runs), ONE);
    addScaled(proving, difference, lifted(memory, halves), box);
    for (const [i, { from }] of limbs.entries()) {
      addScaled(proving, difference, contract(memory, witness.words(places[i]!), runs), neg(ext(2 ** from)));
    }
    memory.release(inner);
    return [weights, difference] as const;
  };
  const { point: rho, b } = yield* askProduct({ claim: value, weights: [], vectors });
  const mark = memory.mark();
  const { rest, halves, box } = channels();
  const half = mul(box, inner(memory, halves, eqVector(memory, rho)));
  const at = [...rho, ...rest];
  const values = places.map((place) => evaluate(memory, witness.words(place), at));
  if (!channel.leaves) channel.send(values);
  memory.release(mark);
  return { point: at, sum: combined(sumParts(EXTENSION, (x: Ext) => x, b, half, limbs, values)), limbs: values };
}

export type ProverSide = Side<Ext, ProductClaim, ProductSum>;

export const proverSide = (proving: Proving): ProverSide => {
  const { channel, plan, context, reached } = proving;
  const { memory } = context;
  return {
    arithmetic: EXTENSION,
    sums: (asks) =>
      isLean(plan) ? proveProductSums(channel, memory, asks) : asks.map((ask) => proveProductSum(channel, memory, ask)),
    challenges: (count) => Array.from({ length: count }, channel.challenge),
    known: (value) => value,
    combined,
    relation: (id, { point, value }) =>
      proveRelation(channel, context, { node: nodeOf(plan.graph, id)!, id }, point, value),
    difference: (id, level, { point, value }) =>
      proveDifference(channel, context, { node: nodeOf(plan.graph, id)!, id }, level, point, value),
    margin: (id, indices, { point, value }) =>
      proveMargin(channel, context, { node: nodeOf(plan.graph, id)!, id }, indices, point, value),
    choice: (id, point, values) => proveChoice(channel, context, { node: nodeOf(plan.graph, id)!, id }, point, values),
    key: (id, { point, value }) => proveKey(channel, context, { node: nodeOf(plan.graph, id)!, id }, point, value),
    merged: (id, claims) => merged(proving, id, claims),
    perChannel: (id, claim) => perChannel(proving, id, claim),
    open: () => undefined,
    shown: () => undefined,
    alike: () => undefined,
    strips: (places, points) => {
      const values = places.map((place, i) => proving.evaluateWeights(place, points[i]!));
      channel.send(values);
      return values;
    },
    zero: () => undefined,
    reached,
  };
};
