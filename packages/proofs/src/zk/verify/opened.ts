/** The verifier of all that is proved by opening matrices: what is said about them first, then the opening. */
import { assertInvariant } from '@surety/core';
import type { VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import { HiddenVerifier } from '../channel/hidden.ts';
import { OpenVerifier } from '../channel/open.ts';
import type { Transcript } from '../channel/transcript.ts';
import { checkOpening } from '../commit/check.ts';
import type { Claim } from '../commit/place.ts';
import type { ProofMemory } from '../memory.ts';
import { hiddenPart, padPlace, shapesOf } from '../plan/hiding.ts';
import { type Hiding, isLean, type Layout } from '../plan/plan.ts';
import { hearSample } from './sample.ts';

export const ROOT_BYTES = 32;

/** What a verifier reads and checks before the opening, and the claims that this leaves. */
export type Listen = (channel: VerifierChannel) => Promise<readonly Claim<Form>[]>;

/**
 * As `listen` where something is hidden: then the pads are claimed too, and the products brought down to statements. Nothing is
 * sampled: what hides is decoded uniquely.
 */
export const listenHidden = async (
  channel: HiddenVerifier,
  layout: Layout,
  hiding: Hiding,
  listen: Listen,
): Promise<readonly Claim<Form>[]> => {
  assertInvariant(layout.blowupVars === undefined, 'Matrices that hide are decoded uniquely.');
  const claims = await listen(channel);
  const place = padPlace(layout, hiding);
  const point = Array.from({ length: place.vars }, channel.challenge);
  const [value] = channel.receive(1);
  channel.close();
  return [...claims, { place, point, value: value! }];
};

/**
 * Checks a proof to its last byte.
 * @param transcript that has absorbed the statement
 * @param roots of all matrices but the witness, in order: the statement names them, the proof that of the witness
 * @throws ProofError unless all that is said is true of the matrices
 */
export const verifyOpened = async (
  memory: ProofMemory,
  layout: Layout,
  transcript: Transcript,
  roots: readonly Uint8Array[],
  proof: Uint8Array,
  listen: Listen,
): Promise<void> => {
  const { hiding } = layout;
  const channel =
    hiding === null
      ? new OpenVerifier(transcript, proof, { leaves: isLean(layout) })
      : new HiddenVerifier(transcript, proof, hiding.pads);
  const named = [...roots];
  const stack = shapesOf(layout).map((shape, i) => ({
    root: layout.matrices[i]!.kind === 'witness' ? channel.published(ROOT_BYTES) : named.shift()!,
    shape,
  }));
  if (channel instanceof OpenVerifier) {
    const claims = [...hearSample(channel, layout), ...(await listen(channel))];
    const { leftValues: values, statements } = channel;
    if (stack.length > 0) checkOpening(channel, memory, stack, claims, { left: { values, statements } });
    else assertInvariant(claims.length + statements.length === 0, 'Something is claimed of no matrix.');
  } else {
    const claims = await listenHidden(channel, layout, hiding!, listen);
    checkOpening(channel, memory, stack, claims, { hidden: hiddenPart(layout, hiding!, channel.statements) });
  }
  channel.end();
};
