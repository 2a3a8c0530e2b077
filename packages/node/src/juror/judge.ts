/** What a built-in juror votes on a case of a contract, and why, in words. */
import type { NameAnalyst } from '@surety/analysts';
import { builtInVote } from '@surety/analysts/court';
import { OUTCOME } from '@surety/core';
import { readingOf } from '@surety/court';
import type { ClaimText } from './claim-text.ts';

type Hex = `0x${string}`;

export type Judgement = {
  /** An outcome of the claim, or 252 to abstain. */
  readonly vote: number;
  /** Digest of what it rests on. */
  readonly reading: Hex;
  readonly why: string;
};

/** Never votes on what it has not read: without the claim's text it abstains, and says so. */
export const judge = (juror: NameAnalyst, text: ClaimText, lossToGain: number): Judgement => {
  if (text.kind === 'missing')
    return { vote: OUTCOME.abstain, reading: readingOf(text.why) as Hex, why: `Abstained. ${text.why}` };
  const { outcome, probabilityPpm, reading } = builtInVote(juror, { claim: text.claim }, lossToGain);
  const sure =
    probabilityPpm === null ? 'It has nothing to say to such a question.' : `${probabilityPpm / 10_000} % sure.`;
  const why =
    outcome === OUTCOME.abstain
      ? `Abstained. ${sure}`
      : `“${text.claim.outcomes[outcome] ?? outcome}”, ${sure} Right counts 1 and wrong ${lossToGain}.`;
  return { vote: outcome, reading: `0x${reading}`, why };
};
