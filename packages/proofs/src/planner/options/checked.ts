/** Terms of a route on which whoever relies on a result checks it himself, by something that comes along: nobody bonds anything. */
import { ceilDiv, E18, PPM } from '../integers.ts';
import type { Cost, Terms } from '../option.ts';
import type { Question } from '../question.ts';

type Checked = {
  readonly costs: readonly Cost[];
  /** From the request until it is checked. */
  readonly milliseconds: bigint;
  /** Chance that a wrong result passes, in parts of 10^18, rounded up. */
  readonly missedE18: bigint;
};

export const checkedTerms = ({ valueMicroUsd }: Question, { costs, milliseconds, missedE18 }: Checked): Terms => ({
  costs,
  latencyMilliseconds: milliseconds,
  latestMilliseconds: milliseconds,
  bondMicroUsd: 0n,
  windowSeconds: 0n,
  clockSeconds: 0n,
  coverMicroUsd: 0n,
  // No bond deters anybody from trying: each result may be a lie.
  wrongPpm: PPM,
  standsE18: missedE18,
  attackMicroUsd: null,
  expectedLossMicroUsd: ceilDiv(valueMicroUsd * missedE18, E18),
});
