/** Telling "somebody did this before" from "this went wrong": what follows an event may run more than once. */
import { type ErrorCode, type Result, SuretyError } from '@surety/core';

/** Refusals that mean that another run was first. */
const DONE_BEFORE: ReadonlySet<ErrorCode> = new Set([
  'question.wrong-phase',
  'market.wrong-phase',
  'market.not-open',
  'market.duplicate-evidence',
  'cover.none',
  'court.wrong-phase',
  'court.drawn',
  'court.already-voted',
  'court.nothing-to-withdraw',
  'publication.revealed',
]);

/**
 * Whether this run did it; `false` where another had before.
 * @throws {SuretyError} any other refusal, so that an effect or a job is tried again and nothing is dropped quietly
 */
export const didIt = (result: Result<unknown>): boolean => {
  if (result.ok) return true;
  if (DONE_BEFORE.has(result.problem.code)) return false;
  throw new SuretyError(result.problem);
};
