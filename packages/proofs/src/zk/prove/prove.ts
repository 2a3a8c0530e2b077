/** The prover: all steps of a proof, in the order of spec 18. */
import type { Tensor, ValueId } from '@surety/programs';
import { HiddenProver, HiddenVerifier } from '../channel/hidden.ts';
import { OpenProver } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { type CommitOptions, type Committed, commitMatrix } from '../commit/commit.ts';
import { BLINDING_ROWS } from '../commit/hidden.ts';
import { open } from '../commit/open.ts';
import type { Claim } from '../commit/place.ts';
import { type MatrixShape, width } from '../commit/shape.ts';
import { evaluateClaim } from '../commit/value.ts';
import type { Ext } from '../field/ext.ts';
import { proveLookups } from '../lookup/prove.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';
import { hiddenPart, padPlace, shapesOf } from '../plan/hiding.ts';
import { keepsCodeWords } from '../plan/memory.ts';
import type { Hiding, ProofPlan } from '../plan/plan.ts';
import { lookupTables } from '../plan/tables.ts';
import { randomWords } from '../random.ts';
import { evaluateTensor } from '../relations/fold.ts';
import { Router } from '../route/route.ts';
import { type Statement, statementBytes } from '../statement/statement.ts';
import { listenHidden, ROOT_BYTES } from '../verify/listen.ts';
import type { Run } from '../witness/run.ts';
import { makeWitness } from '../witness/witness.ts';
import { proverContext } from './context.ts';
import { proverSide } from './side.ts';

/** A part of a proof that is done, for whoever waits. */
export type Step = 'witness' | 'lookups' | 'relations' | 'opening';

export type Steps = {
  /** Called when a part begins, and for each value whose claims are passed on; may throw to stop. */
  readonly at: (step: Step, id: ValueId | null) => Promise<void>;
};

const commitPlanned = (
  memory: ProofMemory,
  shape: MatrixShape,
  words: BaseVector,
  random: Words | undefined,
  options: CommitOptions,
): Committed => {
  const size = width(shape);
  const fill = (row: number, out: Uint32Array): void =>
    out.set(memory.words({ address: words.address + 4 * row * size, length: size }));
  return commitMatrix(memory, shape, fill, random, options);
};

/** Gives so many uniform elements that nobody can guess. */
export type Words = (count: number) => Uint32Array;

/** What hides. Drawn afresh unless stated. */
export type Randomness = {
  /** Of a matrix that other proofs open too; undefined of one that none does. */
  readonly shared: (matrix: number) => Words | undefined;
  /** Of this proof alone: of pads, blinding and witness, once its statement is known. */
  readonly own: (statement: Uint8Array) => Words;
};

const FRESH: Randomness = { shared: () => undefined, own: () => randomWords };

/** Fills the rows of pads and of blinding; the pads. */
const drawPads = (
  memory: ProofMemory,
  { rowVars }: ProofPlan,
  { pads, padRow, padRows }: Hiding,
  witness: BaseVector,
  random: Words,
): readonly Ext[] => {
  const words = random((padRows + BLINDING_ROWS) * 2 ** rowVars);
  memory.words({ address: witness.address + 4 * padRow * 2 ** rowVars, length: words.length }).set(words);
  return Array.from({ length: pads }, (_, k): Ext => [...words.subarray(4 * k, 4 * k + 4)] as unknown as Ext);
};

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
  const commit = (i: number, words: Words | undefined): Committed =>
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
  const channel = hiding === null ? new OpenProver(begun()) : new HiddenProver(begun(), pads);
  for (const [i, { kind }] of plan.matrices.entries()) {
    if (kind === 'witness') channel.publish(committed[i]!.root);
  }

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
  const at = (tensor: Tensor, point: Parameters<typeof evaluateTensor>[2]) => evaluateTensor(memory, tensor, point);
  const claims = await new Router(plan, side).run(looked, run.outputs, at);

  await steps.at('opening', null);
  if (hiding === null || !(channel instanceof HiddenProver)) {
    if (committed.length > 0) open(channel, memory, committed, claims);
    return { statement, proof: channel.bytes() };
  }
  const claim = claimPads(channel, memory, plan, hiding, committed);
  channel.close();
  // What the verifier will know of every claim's value: found by listening to the proof as far as it goes.
  const heard = new HiddenVerifier(begun(), channel.bytes(), hiding.pads);
  heard.published(ROOT_BYTES);
  const known = { open: (id: ValueId) => run.value(id), outputs: run.outputs, reached: async () => undefined };
  const forms = await listenHidden(heard, memory, plan, hiding, known);
  const part = hiddenPart(plan, hiding, heard.statements);
  const hidden = { ...part, values: forms.map(({ value }) => value) };
  open(channel, memory, committed, [...claims, claim], { hidden });
  return { statement, proof: channel.bytes() };
};

/** Claims the pads at a random point. */
const claimPads = (
  channel: HiddenProver,
  memory: ProofMemory,
  plan: ProofPlan,
  hiding: Hiding,
  committed: readonly Committed[],
): Claim<Ext> => {
  const place = padPlace(plan, hiding);
  const point = Array.from({ length: place.vars }, channel.challenge);
  const value = evaluateClaim(memory, committed, { place, point });
  channel.send([value]);
  return { place, point, value };
};
