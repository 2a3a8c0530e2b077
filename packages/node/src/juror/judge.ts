/** What a built-in juror votes on a case of a contract, and why, in words. */
import type { NameAnalyst } from '@surety/analysts';
import { builtInVote } from '@surety/analysts/court';
import { OUTCOME } from '@surety/core';
import { groundsText, readingOf } from '@surety/court';
import { programOf } from './built-in.ts';
import type { ClaimText } from './claim-text.ts';

type Hex = `0x${string}`;

export type Judgement = {
  /** An outcome of the claim, or 252 to abstain. */
  readonly vote: number;
  /** Digest of `grounds`. */
  readonly reading: Hex;
  /** What it rests on, as text that is published once the vote is opened. */
  readonly grounds: string;
  /** In words, for whoever runs the juror. */
  readonly why: string;
};

/** @param resting digest over program, input and output, hex */
const grounded = (juror: NameAnalyst, resting: string, reason: string): Pick<Judgement, 'reading' | 'grounds'> => {
  const { family } = juror;
  const program = programOf(juror);
  const grounds = groundsText({ type: 'surety/juror-grounds/v1', family, program, reading: resting, reason });
  return { reading: readingOf(grounds) as Hex, grounds };
};

const percent = (ppm: number): string => `${Math.round(ppm / 1_000) / 10} %`;

/** @param said the outcome that is voted for; `null` where none is likely enough */
const whyOf = (
  said: string | null,
  { probabilityPpm, lossToGain }: { readonly probabilityPpm: number; readonly lossToGain: number },
): string => {
  const least = percent(Math.floor((1_000_000 * lossToGain) / (lossToGain + 1)));
  const rule = `a vote takes more than ${least}, for a wrong one loses ${lossToGain} times what a right one earns.`;
  return said === null
    ? `Abstained: ${percent(probabilityPpm)} sure of the likelier outcome, and ${rule}`
    : `“${said}”, ${percent(probabilityPpm)} sure; ${rule}`;
};

/** Never votes on what it has not read: without the claim's text it abstains, and says so. */
export const judge = (juror: NameAnalyst, text: ClaimText, lossToGain: number): Judgement => {
  if (text.kind === 'missing') {
    // Where it looked is nobody's business.
    const reason = 'Abstained. It found no claim that has the digest of the question and as many outcomes.';
    const resting = readingOf(reason).slice(2);
    return { vote: OUTCOME.abstain, ...grounded(juror, resting, reason), why: `Abstained. ${text.why}` };
  }
  const { outcome, probabilityPpm, reading } = builtInVote(juror, { claim: text.claim }, lossToGain);
  const why =
    probabilityPpm === null
      ? 'Abstained. It has nothing to say to such a question.'
      : whyOf(outcome === OUTCOME.abstain ? null : (text.claim.outcomes[outcome] ?? String(outcome)), {
          probabilityPpm,
          lossToGain,
        });
  return { vote: outcome, ...grounded(juror, reading, why), why };
};
