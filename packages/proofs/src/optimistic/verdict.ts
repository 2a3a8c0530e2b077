/** What a judge says of a proof (`IExecutionVerifier.Holds`); the optimistic route never doubts. */
import { NO_RECORD } from './partials.ts';

export type Verdict = {
  /** `shown`: an answer is one. `refuted`: the run is wrong. */
  readonly holds: 'shown' | 'refuted' | 'not-shown';
  /** What refutations in the same dispute may build on; 32 zero bytes for nothing. */
  readonly record: Uint8Array;
  /** Why nothing is shown, in words; null otherwise. */
  readonly why: string | null;
};

export const verdict = (holds: Verdict['holds'], why: string | null = null, record = NO_RECORD): Verdict => ({
  holds,
  record,
  why,
});
