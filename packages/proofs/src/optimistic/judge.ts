/**
 * The readable judge, twin of `contracts/src/verifiers/TensorVerifier.sol`: the same verdicts on the same bytes (spec 15.5).
 * Where the contract reverts, nothing is shown.
 */
import type { Run } from '../run.ts';
import { judgeAnswer } from './answer-judge.ts';
import { Reader, Unreadable } from './bytes.ts';
import { judgeRefutation } from './refutation-judge.ts';
import type { Notes } from './statement.ts';
import { type Verdict, verdict } from './verdict.ts';

/**
 * What a proof shows of a run.
 * @param question empty where the proof stands alone
 * @param record of the last answer in the dispute; zeros for none
 * @param notes told of what an answer shows
 */
export const judge = (
  run: Run,
  question: Uint8Array,
  record: Uint8Array,
  proof: Uint8Array,
  notes: Notes | null = null,
): Verdict => {
  try {
    if (question.length > 0) return judgeAnswer(run, question, record, proof, notes);
    return judgeRefutation(run, record, new Reader(proof));
  } catch (error) {
    if (error instanceof Unreadable) return verdict('not-shown', error.message);
    throw error;
  }
};
