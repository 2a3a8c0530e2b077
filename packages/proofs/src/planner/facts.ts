/** What the planner has to know of a program, counted from the program itself. */
import { type CheckedProgram, costOf } from '@surety/programs';
import { checkWork, partsOf } from '../statistical/parts.ts';
import type { ProgramFacts } from './question.ts';

/**
 * @param options.steps how often the program is run after itself: 1, or 2 .. 2^20
 * @param options.published whether anybody can fetch it until the result is final
 */
export const programFacts = (
  program: CheckedProgram,
  { steps, published }: { readonly steps: number; readonly published: boolean },
): ProgramFacts => {
  const { constantBytes, elementsWritten, multiplyAccumulates } = costOf(program);
  return {
    weightBytes: BigInt(constantBytes),
    // An element that is looked up or added costs about what a multiply-accumulate does.
    multiplyAccumulates: BigInt(multiplyAccumulates + elementsWritten) * BigInt(steps),
    checkAccumulates: BigInt(checkWork(partsOf(program))) * BigInt(steps),
    published,
  };
};
