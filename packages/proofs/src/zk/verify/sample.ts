/**
 * A witness that is decoded to a list is sampled: its value at a random point is claimed before anything else is said of it, and at
 * most one of the list has that value (commit/soundness.ts).
 */
import type { VerifierChannel } from '../channel/channel.ts';
import type { Form } from '../channel/form.ts';
import type { Claim } from '../commit/place.ts';
import type { Layout } from '../plan/plan.ts';
import { wholeOf } from '../plan/whole.ts';

/** The claim; none where witnesses are decoded uniquely. */
export const hearSample = (channel: VerifierChannel, layout: Layout): readonly Claim<Form>[] => {
  if (layout.blowupVars === undefined) return [];
  const place = wholeOf(layout);
  const point = Array.from({ length: place.vars }, channel.challenge);
  const [value] = channel.receive(1);
  return [{ place, point, value: value! }];
};
