/** What can be known before anybody pays: whether some juror would vote on such a question at all. */
import { hostParts, speaksTo } from '@surety/analysts';
import type { QuestionClaim } from '@surety/core';
import type { Seat } from './context.ts';

const THEN = 'Expect a price by the players, then "undecided" and your budget back, unless people decide.';

/** Warnings for the reading. On shared hosting the built-in site jurors keep silent; a language model may still vote. */
export const panelWarnings = (
  claim: Pick<QuestionClaim, 'rule' | 'subject' | 'predicate'>,
  jurors: readonly Pick<Seat, 'analyst'>[],
): readonly string[] => {
  if (claim.rule.kind !== 'panel') return [];
  const seated = jurors.filter(({ analyst }) => speaksTo(analyst, claim));
  if (seated.length < claim.rule.quorum) return [`Too few independent jurors read such questions. ${THEN}`];
  if (claim.subject.kind !== 'site') return [];
  const { sharedHosting, suffix } = hostParts(claim.subject.host);
  const readers = seated.filter(({ analyst }) => !analyst.needs.every((need) => need === 'name'));
  if (!sharedHosting || readers.length >= claim.rule.quorum) return [];
  return [
    `Anybody publishes under ${suffix}: readers of names know hardly an honest one there, so their price leans to "scam" and the jurors keep silent. ${THEN}`,
  ];
};
