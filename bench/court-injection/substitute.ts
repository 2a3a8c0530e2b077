/**
 * An attacker who cannot look inside: asks a panel about names of his own, learns from the votes that it reveals, and picks
 * the names that his substitute likes best. What he is allowed to ask is limited.
 */
import { scoreSite } from '../../packages/analysts/src/model/site-model.ts';
import { hostParts } from '../../packages/analysts/src/pure.ts';
import { example } from '../../packages/analysts/training/example.ts';
import { fitSiteModel } from '../../packages/analysts/training/pipeline.ts';
import { ballotOf, type Panel } from '../selective/panels.ts';
import type { Target } from './targets.ts';

/** Host to a score that rises with the votes it expects against itself; `null` where no vote told anything. */
export const substituteOf = (
  asked: readonly Target[],
  { members }: Panel,
  lossToGain: number,
): ((host: string) => number) | null => {
  const examples = asked.flatMap(({ host, stated }) =>
    members.map((member) => example(host, ballotOf(stated[member] ?? null, lossToGain) === 1)),
  );
  if (new Set(examples.map(({ scam }) => scam)).size < 2) return null;
  const fit = { epochs: 8, learningRate: 0.3, l2: 1e-6, seed: 91 };
  const model = fitSiteModel(examples, { views: [{ hashing: { view: 'grams', bits: 14, salt: 92 }, fit }] });
  return (host) => scoreSite(model, hostParts(host)).logitMilli;
};
