/**
 * Which proof of a run to ask for (spec 17): every route with what it costs, how long it takes and what can be lost by
 * relying on it; then the cheapest that meets the question.
 */
import { ok, type Result } from '@surety/core';
import { checkQuestion } from './check-question.ts';
import { costOf, type Plan, type RouteOption } from './option.ts';
import { checkedProof } from './options/checked-proof.ts';
import { enclave } from './options/enclave.ts';
import { optimistic } from './options/optimistic.ts';
import { proofSteps } from './options/proof-steps.ts';
import { rerun } from './options/rerun.ts';
import { statistical } from './options/statistical.ts';
import { zeroKnowledge } from './options/zero-knowledge.ts';
import type { Question } from './question.ts';
import { reasonsOf } from './reasons.ts';

/** Routes in the order in which equal costs are decided: fewer assumptions first. */
const ROUTES = [rerun, checkedProof, optimistic, proofSteps, enclave, zeroKnowledge, statistical] as const;

const cheapest = (options: readonly RouteOption[]): RouteOption | null =>
  options
    .filter(({ admissible }) => admissible)
    .reduce<RouteOption | null>((best, next) => (best === null || costOf(next) < costOf(best) ? next : best), null);

/**
 * The cheapest admissible route, every other route with the reasons against it, and why, in words.
 * A number out of its range is refused with its field (`input.out-of-range`); that no route fits is a plan, with
 * `chosen: null`.
 */
export const plan = (question: Question): Result<Plan> => {
  const problem = checkQuestion(question);
  if (problem !== null) return { ok: false, problem };
  const options = ROUTES.map((route) => route(question));
  const chosen = cheapest(options);
  return ok({ chosen: chosen?.route ?? null, options, reasons: reasonsOf(question, options, chosen) });
};
