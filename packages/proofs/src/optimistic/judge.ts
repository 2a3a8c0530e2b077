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

/** Notes that are held back until a proof has turned out to be one. */
const heldBack = (notes: Notes): { readonly held: Notes; readonly tell: () => void } => {
  const said: (() => void)[] = [];
  const held: Notes = {
    steps: (...all) => said.push(() => notes.steps(...all)),
    step: (...all) => said.push(() => notes.step(...all)),
    list: (...all) => said.push(() => notes.list(...all)),
    hash: (...all) => said.push(() => notes.hash(...all)),
    tensor: (...all) => said.push(() => notes.tensor(...all)),
    chunk: (...all) => said.push(() => notes.chunk(...all)),
    data: (...all) => said.push(() => notes.data?.(...all)),
    head: (...all) => said.push(() => notes.head?.(...all)),
    node: (...all) => said.push(() => notes.node?.(...all)),
    about: (...all) => said.push(() => notes.about?.(...all)),
  };
  return {
    held,
    tell: () => {
      for (const say of said) say();
    },
  };
};

/**
 * What a proof shows of a run.
 * @param question empty where the proof stands alone
 * @param record of the last answer in the dispute; zeros for none
 * @param notes told of what a proof shows, once it has turned out to show something
 */
export const judge = (
  run: Run,
  question: Uint8Array,
  record: Uint8Array,
  proof: Uint8Array,
  notes: Notes | null = null,
): Verdict => {
  try {
    const { held, tell } = notes === null ? { held: null, tell: () => {} } : heldBack(notes);
    const found =
      question.length === 0
        ? judgeRefutation(run, record, new Reader(proof), held)
        : judgeAnswer(run, question, record, proof, held);
    if (found.holds !== 'not-shown') tell();
    return found;
  } catch (error) {
    if (error instanceof Unreadable) return verdict('not-shown', error.message);
    throw error;
  }
};
