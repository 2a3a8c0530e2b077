/** The prover: all steps of a proof, in the order of spec 18. */
import type { Tensor, ValueId } from '@surety/programs';
import type { ProverChannel } from '../channel/channel.ts';
import { Transcript } from '../channel/transcript.ts';
import type { Committed } from '../commit/commit.ts';
import type { Claim } from '../commit/place.ts';
import { evaluateClaim } from '../commit/value.ts';
import type { Ext } from '../field/ext.ts';
import { proveLookups } from '../lookup/prove.ts';
import type { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { keepsCodeWords } from '../plan/memory.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import { randomWords } from '../random.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { Router } from '../route/route.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import { listen } from '../verify/listen.ts';
import type { Listen } from '../verify/opened.ts';
import type { Run } from '../witness/run.ts';
import { makeWitness } from '../witness/witness.ts';
import { proverContext } from './context.ts';
import { commitPlanned, drawPads, proveOpened, type Random } from './opened.ts';
import { proverSide } from './side.ts';

/** A part of a proof that is done, for whoever waits. */
export type Step = 'witness' | 'lookups' | 'relations' | 'opening';

export type Steps = {
  /** Called when a part begins, and for each value whose claims are passed on; may throw to stop. */
  readonly at: (step: Step, id: ValueId | null) => Promise<void>;
};

/** What hides. Drawn afresh unless stated. */
export type Randomness = {
  /** Of a matrix that other proofs open too; undefined of one that none does. */
  readonly shared: (matrix: number) => Random | undefined;
  /** Of this proof alone: of pads, blinding and witness, once its statement is known. */
  readonly own: (statement: Uint8Array) => Random;
};

const FRESH: Randomness = { shared: () => undefined, own: () => randomWords };

/**
 * Proves a run.
 * @param name what the statement says of program and input; the input's root where it is hidden, and all roots but of weights
 *   and witness
 * @param weights the commitment to the hidden constants, in the same memory
 * @param random where it follows from a secret, the same run and secret give the same proof, byte by byte
 */
export const proveRun = async (
  memory: ProofMemory,
  plan: ProofPlan,
  run: Run,
  name: (inputRoot: Uint8Array | null, roots: readonly Uint8Array[]) => Statement,
  weights: Committed | null,
  steps: Steps,
  random: Randomness = FRESH,
): Promise<{ readonly statement: Statement; readonly proof: Uint8Array }> => {
  await steps.at('witness', null);
  const tables = lookupTables(plan);
  const witness = makeWitness(memory, plan, tables, run);
  const { hiding } = plan;
  const shapes = shapesOf(plan);
  const keep = keepsCodeWords(plan);
  const commit = (i: number, words: Random | undefined): Committed =>
    plan.matrices[i]!.kind === 'weights'
      ? weights!
      : commitPlanned(memory, shapes[i]!, witness.matrix(i), words, { keep });
  const isOwn = plan.matrices.map(({ kind }) => kind === 'witness');
  const named = isOwn.flatMap((own, i) => (own ? [] : [commit(i, random.shared(i))]));
  const input = plan.matrices.findIndex(({ kind }) => kind === 'input');
  const statement = name(
    named[input]?.root ?? null,
    named.filter((_, i) => ['input', 'output'].includes(plan.matrices[i]!.kind)).map(({ root }) => root),
  );
  const stated = statementBytes(plan, statement);
  const own = random.own(stated);
  const pads = hiding === null ? [] : drawPads(memory, plan, hiding, witness.matrix(plan.matrices.length - 1), own);
  const committed = [...named, ...isOwn.flatMap((mine, i) => (mine ? [commit(i, own)] : []))];
  const begun = (): Transcript => {
    const transcript = new Transcript();
    transcript.absorb(stated);
    return transcript;
  };
  const at = (tensor: Tensor, point: Parameters<typeof evaluateTensor>[2]) => evaluateTensor(memory, tensor, point);
  const talk = async (channel: ProverChannel): Promise<readonly Claim<Ext>[]> => {
    await steps.at('lookups', null);
    const looked =
      plan.columns.length === 0 ? [] : proveLookups(channel, memory, plan.columns, tables, witness.words).claims;
    const side = proverSide({
      channel,
      plan,
      run,
      witness,
      context: proverContext(memory, plan, run, witness),
      evaluateWeights: (place, point) => evaluateClaim(memory, committed, { place, point }),
      reached: (id) => steps.at('relations', id),
    });
    const claims = await new Router(plan, side).run(looked, run.outputs, at);
    await steps.at('opening', null);
    return claims;
  };
  const known = { open: (id: ValueId) => run.value(id), outputs: run.outputs, reached: async () => undefined };
  const heard: Listen = (channel) => listen(channel, memory, plan, known);
  const proof = await proveOpened(memory, plan, committed, { begun, pads, talk, listen: heard });
  return { statement, proof };
};
