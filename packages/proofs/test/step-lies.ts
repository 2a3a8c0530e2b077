/** Claims that are wrong, as whoever lies may make them, and how a challenger ends at the step that shows it. */
import assert from 'node:assert/strict';
import { sameBytes, unwrap } from '@surety/core';
import type { CheckedProgram } from '@surety/programs';
import { anyInput } from '../../programs/test/networks.ts';
import { commit } from '../src/zk/api/commit.ts';
import { prove } from '../src/zk/api/prove.ts';
import { answerStep } from '../src/zk/chain/steps/answer.ts';
import { claimOf, type StepClaimed, stepClaim } from '../src/zk/chain/steps/claim.ts';
import { StepFailure } from '../src/zk/chain/steps/failure.ts';
import { encodeStepQuestion } from '../src/zk/chain/steps/question.ts';
import { runStep } from '../src/zk/chain/steps/run.ts';
import { checkData, hashesIn, isWrong, narrowed, questionAt, wholeClaim } from '../src/zk/chain/steps/search.ts';

export type Hides = {
  /** Proofs that the commitment hides the constants in; 0, which hides nothing, unless stated. */
  readonly proofs?: number;
  readonly hideInput?: boolean;
};

/** A run of a program, proved and claimed. */
export const honestClaim = async (
  program: CheckedProgram,
  { proofs = 0, hideInput = false }: Hides = {},
): Promise<StepClaimed> => {
  const committed = unwrap(await commit(program, { proofs }));
  const { file } = unwrap(await prove(committed, anyInput(program, 3), { hideInput }));
  return unwrap(await stepClaim(committed.architecture, file));
};

/** Whether a step of a claim follows from what the claim says before it. */
export const follows = ({ program, run, data, records }: StepClaimed, index: number): boolean => {
  try {
    return sameBytes(
      runStep(program.steps[index]!, run, data, (i) => records[i]!),
      records[index]!,
    );
  } catch (error) {
    if (error instanceof StepFailure) return false;
    throw error;
  }
};

/**
 * A claim on data, as if every step of it could be carried out: where one cannot, its record is zeros.
 * @param lie records in which a bit is another than follows
 */
export const pretended = (
  { program, run }: StepClaimed,
  data: Uint8Array,
  lie: (index: number) => boolean = () => false,
): StepClaimed => {
  const records: Uint8Array[] = [];
  for (const [index, step] of program.steps.entries()) {
    let record = new Uint8Array(32 * step.writes.length);
    try {
      record = runStep(step, run, data, (i) => records[i]!).slice();
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
    }
    if (lie(index) && record.length > 0) record[31]! ^= 1;
    records.push(record);
  }
  return claimOf(program, run, data, records);
};

/** The step that a challenger ends at, and how many questions he asks, the last one about the step; null if he asks none. */
export const challenged = (claim: StepClaimed): { readonly step: number; readonly questions: number } | null => {
  const checked = checkData(claim.program, claim.run, claim.data);
  if (!isWrong(checked, claim.recordTree.root)) return null;
  let focus = wholeClaim(checked);
  for (let questions = 2; ; questions++) {
    const answer = answerStep(claim, encodeStepQuestion(questionAt(focus)));
    const next = narrowed(checked, focus, hashesIn(checked.size, focus, answer));
    assert.ok(next !== null);
    if (next.kind === 'step') return { step: next.step, questions };
    focus = next;
  }
};
