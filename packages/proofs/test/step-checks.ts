/** Which checks of a verifier in steps stop a lie. */
import assert from 'node:assert/strict';
import { StepFailure } from '../src/zk/chain/steps/failure.ts';
import type { Step } from '../src/zk/chain/steps/machine.ts';
import { runStep, type StepRun } from '../src/zk/chain/steps/run.ts';

const has = ({ code }: Step, op: string): boolean => code.some((instruction) => instruction.op === op);

/** By step: what it compares; null where it compares nothing. Of columns all positions are one check. */
const checksOf = (steps: readonly Step[], zeros: readonly string[]): readonly (string | null)[] => {
  const lastDrawn = steps.findLastIndex((step) => has(step, 'positions'));
  let zero = 0;
  return steps.map((step, index) => {
    if (!has(step, 'same')) return null;
    if (has(step, 'run')) return 'the id';
    if (has(step, 'path')) return 'the root';
    if (has(step, 'number')) return zeros[zero++]!;
    return index < lastDrawn ? 'the row has the value' : 'the row has the columns';
  });
};

/**
 * The checks that have to be left out for a lie to pass, in the order in which they stop it.
 * @param zeros what each check of a value that is to be 0 is about, in order: none where something is hidden
 */
export const stoppedBy = (
  steps: readonly Step[],
  run: StepRun,
  data: Uint8Array,
  zeros: readonly string[] = [],
): readonly string[] => {
  const checks = checksOf(steps, zeros);
  const stops = new Set<string>();
  const records: Uint8Array[] = [];
  for (const [i, step] of steps.entries()) {
    const check = checks[i] ?? null;
    const unchecked = (): Step => ({ ...step, code: step.code.filter(({ op }) => op !== 'same') });
    const carriedOut = (by: Step): Uint8Array => runStep(by, run, data, (record) => records[record]!);
    try {
      records.push(carriedOut(check !== null && stops.has(check) ? unchecked() : step));
    } catch (error) {
      assert.ok(error instanceof StepFailure && error.message === 'two values differ' && check !== null, `${error}`);
      stops.add(check);
      records.push(carriedOut(unchecked()));
    }
  }
  return [...stops];
};
