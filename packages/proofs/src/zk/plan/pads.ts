/** Plans of proofs that hide, which need to know how much such a proof says. */
import { ok, type Result } from '@surety/core';
import { allocate, elements, type Tensor, type TensorType, type ValueId } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import { CountingVerifier } from '../channel/counting.ts';
import type { Form } from '../channel/form.ts';
import { groupTerms } from '../commit/groups.ts';
import type { ProductCounts } from '../commit/parameters.ts';
import type { Claim, Evaluation } from '../commit/place.ts';
import { termOf } from '../commit/terms.ts';
import { constantOf, type ProofGraph } from '../graph/graph.ts';
import { ProofMemory } from '../memory.ts';
import { TABLE_VARS } from '../relations/product.ts';
import { listen } from '../verify/listen.ts';
import { hearSample } from '../verify/sample.ts';
import type { VerifierSide } from '../verify/side.ts';
import { shapesOf, withHiding } from './hiding.ts';
import { isLean, type Layout, type PlanOptions, type ProofPlan } from './plan.ts';
import { planProof } from './plan-proof.ts';

const filled = ({ dtype, shape }: TensorType, value: number): Tensor => ({
  dtype,
  shape,
  values: allocate(dtype, elements(shape)).fill(value),
});

/** The verifier's steps before the opening, but none that may take long: what a channel needs that counts. */
export const rehearse = async (
  channel: VerifierChannel,
  plan: ProofPlan,
  around: (side: VerifierSide) => VerifierSide = (side) => side,
): Promise<readonly Claim<Form>[]> => {
  const { graph } = plan;
  const open = (id: ValueId): Tensor => {
    const input = graph.inputs[id];
    // Not 0 where it need not be: a public factor that is 0 at a random point saves messages.
    if (input !== undefined) return filled(input, Math.min(Math.max(1, input.low), input.high));
    const { dtype, shape, read } = constantOf(graph, id);
    return { dtype, shape, values: read() };
  };
  const outputs = graph.outputs.map(({ value }) => filled(graph.types[value]!, 0));
  const known = { open, outputs, reached: async () => undefined };
  return ProofMemory.lend(undefined, (memory) =>
    listen(channel, memory, plan, known, (side) => around({ ...side, open: () => undefined })),
  );
};

export type Heard = {
  /** Values that a proof sends: where it hides, as many pads. */
  readonly sent: number;
  /** Bytes of the vectors of the sumchecks of relations that are joined, at most. */
  readonly joinedBytes: number;
  /** Products that its opening sums. */
  readonly products: ProductCounts;
};

/** Two vectors of the extension, and weights of runs of them. */
const productBytes = (variables: number): number =>
  2 * vectorBytes(variables) + vectorBytes(Math.min(variables, TABLE_VARS)) + 64;

const vectorBytes = (variables: number): number => 16 * 2 ** variables + 320;

/** The products that an opening of claims sums. */
export const productsOf = (layout: Layout, claims: readonly Evaluation[]): ProductCounts => {
  const shapes = shapesOf(layout);
  const { points, rows } = groupTerms(claims, (claim) => termOf(claim, shapes));
  return { points: points.length, rows: rows.length };
};

const listenFor = async (plan: ProofPlan): Promise<Heard> => {
  const counting = new CountingVerifier({ leaves: isLean(plan) });
  let joinedBytes = 0;
  const around = (side: VerifierSide): VerifierSide => ({
    ...side,
    sums: (asks) => {
      const bytes = asks.reduce((sum, { variables }) => sum + productBytes(variables), 0);
      joinedBytes = Math.max(joinedBytes, isLean(plan) ? bytes : 0);
      return side.sums(asks);
    },
  });
  const claims = [...hearSample(counting, plan), ...(await rehearse(counting, plan, around))];
  return { sent: counting.pads, joinedBytes, products: productsOf(plan, [...claims, ...counting.leftValues]) };
};

const heardBefore = new WeakMap<ProofPlan, Promise<Heard>>();

/** What a proof by a plan says, without what hiding adds to it; listened for once. */
export const heard = (plan: ProofPlan): Promise<Heard> => {
  const known = heardBefore.get(plan) ?? listenFor(plan);
  heardBefore.set(plan, known);
  return known;
};

const made = new WeakMap<ProofGraph, Map<string, ProofPlan>>();

/** The plan of proofs of a graph, made once for each of its options; or `proof.unsupported`. */
export const planned = async (graph: ProofGraph, options: PlanOptions): Promise<Result<ProofPlan>> => {
  const plans = made.get(graph) ?? new Map<string, ProofPlan>();
  made.set(graph, plans);
  const key = `${options.hideInput} ${options.proofs} ${JSON.stringify(options.shared)}`;
  const known = plans.get(key);
  if (known !== undefined) return ok(known);
  const plan = planProof(graph, options);
  if (!plan.ok) return plan;
  const whole = plan.value.randomness === 0 ? plan.value : withHiding(plan.value, (await heard(plan.value)).sent);
  if (whole !== plan.value) heardBefore.set(whole, heard(plan.value));
  plans.set(key, whole);
  return ok(whole);
};
