/** The prover of all that is proved by opening matrices: see verify/opened.ts. */
import type { ProverChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import { HiddenProver, HiddenVerifier } from '../channel/hidden.ts';
import { OpenProver, OpenVerifier } from '../channel/open.ts';
import type { Transcript } from '../channel/transcript.ts';
import { type CommitOptions, type Committed, commitMatrix } from '../commit/commit.ts';
import { BLINDING_ROWS } from '../commit/hidden.ts';
import type { LeftProof } from '../commit/left.ts';
import { open } from '../commit/open.ts';
import type { Claim } from '../commit/place.ts';
import { type MatrixShape, width } from '../commit/shape.ts';
import { evaluateClaim } from '../commit/value.ts';
import type { Ext } from '../field/ext.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';
import { hiddenPart, padPlace } from '../plan/hiding.ts';
import { type Hiding, isLean, type Layout } from '../plan/plan.ts';
import { randomWords } from '../random.ts';
import { type Listen, listenHidden, ROOT_BYTES } from '../verify/opened.ts';
import { hearSample } from '../verify/sample.ts';
import { saySample } from './sample.ts';

/** Gives so many uniform elements that nobody can guess. */
export type Random = (count: number) => Uint32Array;

export const commitPlanned = (
  memory: ProofMemory,
  shape: MatrixShape,
  words: BaseVector,
  random?: Random,
  options?: CommitOptions,
): Committed => {
  const size = width(shape);
  const fill = (row: number, out: Uint32Array): void =>
    out.set(memory.words({ address: words.address + 4 * row * size, length: size }));
  return commitMatrix(memory, shape, fill, random, options);
};

/** Fills the rows of pads and of blinding; the pads. */
export const drawPads = (
  memory: ProofMemory,
  { rowVars }: Layout,
  { pads, padRow, padRows }: Hiding,
  witness: BaseVector,
  random: Random = randomWords,
): readonly Ext[] => {
  const words = random((padRows + BLINDING_ROWS) * 2 ** rowVars);
  memory.words({ address: witness.address + 4 * padRow * 2 ** rowVars, length: words.length }).set(words);
  return Array.from({ length: pads }, (_, k): Ext => [...words.subarray(4 * k, 4 * k + 4)] as unknown as Ext);
};

export type Saying = {
  /** A transcript that has absorbed the statement, each time it is called. */
  readonly begun: () => Transcript;
  readonly pads: readonly Ext[];
  /** Says what there is to say before the opening; the claims that this leaves. */
  readonly talk: (channel: ProverChannel) => Promise<readonly Claim<Ext>[]>;
  /** What the verifier hears in it. */
  readonly listen: Listen;
};

/** @param committed the matrices of the layout, in order */
export const proveOpened = async (
  memory: ProofMemory,
  layout: Layout,
  committed: readonly Committed[],
  { begun, pads, talk, listen }: Saying,
): Promise<Uint8Array> => {
  const { hiding, matrices } = layout;
  const channel =
    hiding === null ? new OpenProver(begun(), { leaves: isLean(layout) }) : new HiddenProver(begun(), pads);
  const own = matrices.flatMap(({ kind }, i) => (kind === 'witness' ? [committed[i]!.root] : []));
  for (const root of own) channel.publish(root);
  const { claims: samples, folds } = saySample(channel, memory, layout, committed);
  const claims = [...samples, ...(await talk(channel))];
  if (hiding === null || !(channel instanceof HiddenProver)) {
    if (committed.length === 0) return channel.bytes();
    const left = isLean(layout) ? { left: await hearLeft(begun(), channel.bytes(), layout, listen) } : {};
    open(channel, memory, committed, claims, { folds, ...left });
    return channel.bytes();
  }
  const claim = claimPads(channel, memory, layout, hiding, committed);
  channel.close();
  // What the verifier will know of every claim's value: found by listening to the proof as far as it goes.
  const heard = new HiddenVerifier(begun(), channel.bytes(), hiding.pads);
  heard.published(ROOT_BYTES * own.length);
  const forms = await listenHidden(heard, layout, hiding, listen);
  const part = hiddenPart(layout, hiding, heard.statements);
  const hidden = { ...part, values: forms.map(({ value }) => value) };
  open(channel, memory, committed, [...claims, claim], { hidden });
  return channel.bytes();
};

/** What was left to the opening: found by listening to the proof as far as it goes. */
const hearLeft = async (
  transcript: Transcript,
  proof: Uint8Array,
  layout: Layout,
  listen: Listen,
): Promise<LeftProof> => {
  const heard = new OpenVerifier(transcript, proof, { leaves: true });
  // Whether what it says is right is for the verifier to see.
  const zero = (form: Form): void => {
    if (form.terms.length > 0) heard.statements.push(form);
  };
  heard.published(ROOT_BYTES);
  const claims = [...hearSample(heard, layout), ...(await listen({ ...heard, zero }))];
  return { values: heard.leftValues, statements: heard.statements, claimed: claims.map(({ value }) => value) };
};

/** Claims the pads at a random point. */
const claimPads = (
  channel: HiddenProver,
  memory: ProofMemory,
  layout: Layout,
  hiding: Hiding,
  committed: readonly Committed[],
): Claim<Ext> => {
  const place = padPlace(layout, hiding);
  const point = Array.from({ length: place.vars }, channel.challenge);
  const value = evaluateClaim(memory, committed, { place, point });
  channel.send([value]);
  return { place, point, value };
};
