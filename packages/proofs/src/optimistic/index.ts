/**
 * The optimistic route (spec 15): a claim about a run stands unless somebody shows one element of it to be wrong.
 *
 * The main path: a provider and a watcher run the program themselves (`openRun`, run-book.ts). A provider answers questions
 * from its run (`answer`, answer.ts), a watcher moves (`nextMove`, next-move.ts), and whoever holds the same bytes as the
 * contract comes to its verdict (`judge`, judge.ts). What may be claimed is said by admit.ts, what a claim shows by finding.ts.
 */
export { admitOptimistic, type Subject } from './admit.ts';
export { questionsInAdvance } from './advance.ts';
export { answer } from './answer.ts';
export {
  type ExplainedAnswer,
  type ExplainedRefutation,
  explainAnswer,
  explainRefutation,
} from './explain.ts';
export { type ClaimInChain, type ClaimStanding, optimisticFinding } from './finding.ts';
export { inputsShown, nextMoveAgainstInputs, questionsForInputs } from './inputs.ts';
export { judge } from './judge.ts';
export type { Exchange, NextMove, Wrong } from './move.ts';
export { type MoveOptions, nextMove } from './next-move.ts';
export { NO_RECORD } from './partials.ts';
export { openProgram, type ProgramBook } from './program-book.ts';
export { type Blocks, decodeQuestion, encodeQuestion, type Place, type Question } from './question.ts';
export { openRun, type RunBook, type RunOptions } from './run-book.ts';
export type { Verdict } from './verdict.ts';
