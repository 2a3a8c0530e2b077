/**
 * What the court's AI rounds make of an answer that the market's panel gave, if somebody challenges it: the jurors of that panel
 * sit on none, and the first round is drawn from the voices that are left.
 */
import { type Ballot, ballotOf, quorumOf, ruledBy, ruling, twoRounds } from './panels.ts';
import type { Question } from './questions.ts';

/** Seats of a market's panel: the first jurors in their fixed order. */
const MARKET_SEATS = 3;

/** Answers of one kind, and parts of them (some draws rule) that the court upholds and overturns. */
export type Challenged = { readonly answers: number; readonly upheld: number; readonly overturned: number };

/** Answers that were right, and those that were wrong, at one ratio of loss to gain. */
export const challenged = (
  questions: readonly Question[],
  clusters: readonly (readonly number[])[],
  lossToGain: number,
): { readonly right: Challenged; readonly wrong: Challenged } => {
  const left = clusters
    .map((voice) => voice.filter((juror) => juror >= MARKET_SEATS))
    .filter((voice) => voice.length > 0);
  const panels = twoRounds(left);
  const counts = { right: { answers: 0, upheld: 0, overturned: 0 }, wrong: { answers: 0, upheld: 0, overturned: 0 } };
  for (const { bad, stated } of questions) {
    const ballots = stated.map((ppm): Ballot => ballotOf(ppm, lossToGain));
    const answer = ruling(ballots.slice(0, MARKET_SEATS), quorumOf(MARKET_SEATS));
    if (answer === 0) continue;
    const count = counts[answer > 0 === bad ? 'right' : 'wrong'];
    count.answers += 1;
    for (const panel of panels) {
      const ruled = ruledBy(panel, ballots);
      if (ruled !== 0) count[ruled === answer ? 'upheld' : 'overturned'] += panel.share;
    }
  }
  return counts;
};
