/** Juror's vote: this program voted so under the claim's abstention rule. Program link, by running it again. */
import type { Claim } from '../claim.ts';
import type { JurorVote } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { isSureEnough, sureOfTwo } from '../votes.ts';
import { notRun, runAgain } from './about-claim.ts';
import type { EvidenceContext } from './context.ts';
import { findingOf, percent } from './finding-of.ts';

/** How a vote departs from the claim's own rule, or `null`. Only two outcomes have one probability. */
const broken = (claim: Claim, vote: JurorVote): string | null => {
  const { outcome, probabilityPpm } = vote;
  if (claim.rule.kind !== 'panel') return 'the claim names no panel';
  const { lossGainRatio } = claim.rule;
  if (outcome === null) {
    const hidden =
      probabilityPpm !== null && claim.outcomes.length === 2 && sureOfTwo(probabilityPpm, lossGainRatio) !== null;
    return hidden ? 'it was sure enough to vote, and its vote is left out' : null;
  }
  if (outcome >= claim.outcomes.length) return 'it is for an outcome that the claim does not have';
  if (probabilityPpm === null) return 'it states no probability, and so was not sure of anything';
  if (claim.outcomes.length !== 2) return 'one probability does not decide among more than two outcomes';
  const own = outcome === 0 ? probabilityPpm : 1_000_000 - probabilityPpm;
  if (isSureEnough(own, lossGainRatio)) return null;
  return `it was only ${percent(own)} sure, where the rule asks for more than ${lossGainRatio}/${lossGainRatio + 1}`;
};

export const verifyJurorVote = (claim: Claim, evidence: JurorVote, context: EvidenceContext): Finding => {
  const { juror, program, operator, outcome } = evidence;
  const vote = outcome === null ? 'abstained' : `voted “${claim.outcomes[outcome] ?? `outcome ${outcome}`}”`;
  const departs = broken(claim, evidence);
  const doesNotProve = [
    'that the vote is right',
    'that this subject is like those on which its probability was measured',
    `that ${operator} runs no other juror or player`,
  ] as const;
  if (departs !== null) {
    return findingOf('program', evidence, {
      holds: 'refuted',
      summary: `The juror ${juror} ${vote} against the rule of the claim: ${departs}.`,
      doesNotProve,
    });
  }
  const run = runAgain(claim, evidence, context);
  if (run.kind !== 'reading') {
    return findingOf('program', evidence, {
      holds: 'not-shown',
      summary: `The juror ${juror} ${vote}; the program ${program} ${notRun(run)}.`,
      assumes: [`${operator} ran ${program} and reported its vote`],
      doesNotProve,
    });
  }
  if (run.probabilityPpm !== evidence.probabilityPpm) {
    return findingOf('program', evidence, {
      holds: 'refuted',
      summary: `The juror ${juror} ${vote}, but ${program}, run again here, does not give the probability it states.`,
      doesNotProve,
    });
  }
  return findingOf('program', evidence, {
    holds: 'shown',
    summary: `Run again here, the juror ${juror} gives the probability on which it ${vote}.`,
    proves: [{ property: 'reproducibility', of: `the reading of ${program} on the subject of this claim` }],
    assumes: ['SHA-256 names one program only'],
    doesNotProve,
  });
};
