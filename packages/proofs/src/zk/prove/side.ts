/** The prover's steps where claims are passed on. */
import type { ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import type { Place } from '../commit/place.ts';
import { EXTENSION } from '../field/arithmetic.ts';
import { add, type Ext, ext, mul, neg, ONE, powers, ZERO } from '../field/ext.ts';
import { nodeOf } from '../graph/graph.ts';
import type { ExtVector } from '../memory.ts';
import { type ProofPlan, stagedTie } from '../plan/plan.ts';
import type { ProverContext } from '../relations/context.ts';
import { contract, evaluate } from '../relations/contract.ts';
import { proveProductSum } from '../relations/product.ts';
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

const merged = (proving: Proving, id: ValueId, claims: readonly ValueClaim<Ext>[]): ValueClaim<Ext> => {
  const { channel, context } = proving;
  const { memory } = context;
  const weights = claims.length === 1 ? [ONE] : powers(channel.challenge(), claims.length);
  const mark = memory.mark();
  const value = lifted(memory, context.padded(id));
  const joint = zeros(memory, value.length);
  for (const [i, { point }] of claims.entries()) {
    const inner = memory.mark();
    addScaled(proving, joint, eqVector(memory, point), weights[i]!);
    memory.release(inner);
  }
  const claim = combined(claims.map(({ value: each }, i) => [each, weights[i]!]));
  const { point, b } = proveProductSum(channel, memory, claim, joint, value);
  memory.release(mark);
  return { point, value: b };
};

const perChannel = (proving: Proving, id: ValueId, { point, value }: ValueClaim<Ext>): SumClaim<Ext> => {
  const { channel, plan, run, witness, context } = proving;
  const { memory } = context;
  const { shifts, limbs } = stagedTie(plan, id);
  const places = plan.stages.get(id)!.limbs;
  const mark = memory.mark();
  const { own, rest, weights, halves, box } = channelsAt(memory, plan.graph.types[id]!.shape, shifts, point);
  const runs = [{ bound: rest }, { free: own.length }];
  const difference = contract(memory, padTensor(memory, run.sums(id)), runs);
  addScaled(proving, difference, lifted(memory, halves), box);
  for (const [i, { from }] of limbs.entries()) {
    addScaled(proving, difference, contract(memory, witness.words(places[i]!), runs), neg(ext(2 ** from)));
  }
  const { point: rho, b } = proveProductSum(channel, memory, value, weights, difference);
  const half = mul(box, inner(memory, halves, eqVector(memory, rho)));
  const at = [...rho, ...rest];
  const values = places.map((place) => evaluate(memory, witness.words(place), at));
  channel.send(values);
  memory.release(mark);
  return { point: at, sum: combined(sumParts(EXTENSION, (x: Ext) => x, b, half, limbs, values)), limbs: values };
};

export const proverSide = (proving: Proving): Side<Ext> => {
  const { channel, plan, context, reached } = proving;
  return {
    arithmetic: EXTENSION,
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
