/** What the planner says of one route, and of all of them. */
import type { Question } from './question.ts';
import { dollarsApart, duration } from './words.ts';

export type RouteName =
  | 'rerun'
  | 'checked-proof'
  | 'optimistic'
  | 'proof-steps'
  | 'enclave'
  | 'zero-knowledge'
  | 'statistical';

/** One item of a route's cost. */
export type Cost = { readonly what: string; readonly microUsd: bigint };

/** On what terms a route can be had. Costs, times and losses are rounded up. */
export type Terms = {
  readonly costs: readonly Cost[];
  /** Until the result may be relied on when nobody disputes it, transactions waiting as long as they do on average. */
  readonly latencyMilliseconds: bigint;
  /** The same when transactions wait as long as one in a billion does, and a dispute uses up both clocks. */
  readonly latestMilliseconds: bigint;
  /** Least bond; 0 where none is needed. */
  readonly bondMicroUsd: bigint;
  /** Least window; 0 where the result is final at once. */
  readonly windowSeconds: bigint;
  /** Least clock of each side of a dispute; 0 where there is none. */
  readonly clockSeconds: bigint;
  /** Cover to reserve before relying on the result; 0 where it is final by then. */
  readonly coverMicroUsd: bigint;
  /** Share of results expected to be wrong, audits aside. */
  readonly wrongPpm: bigint;
  /** Chance that a wrong result stands, in parts of 10^18. */
  readonly standsE18: bigint;
  /** Least that making a wrong result stand costs; rounded down; `null` where no way is known. */
  readonly attackMicroUsd: bigint | null;
  /** Of whoever relies on the result. */
  readonly expectedLossMicroUsd: bigint;
};

export type RouteOption = {
  readonly route: RouteName;
  readonly admissible: boolean;
  /** Whole sentences, each a reason why the route cannot be taken; none where it is admissible. */
  readonly objections: readonly string[];
  /** `null` where the route cannot be had on any terms. */
  readonly terms: Terms | null;
};

export type Plan = {
  /** `null` where no route is admissible. */
  readonly chosen: RouteName | null;
  readonly options: readonly RouteOption[];
  /** Why, in whole sentences: first of the choice, then of the others. */
  readonly reasons: readonly string[];
};

export const totalMicroUsd = ({ costs }: Terms): bigint => costs.reduce((sum, { microUsd }) => sum + microUsd, 0n);

/** What an admissible route costs. */
export const costOf = ({ terms }: RouteOption): bigint => totalMicroUsd(terms!);

/** A route that cannot be had. */
export const refused = (route: RouteName, ...objections: readonly string[]): RouteOption => ({
  route,
  admissible: false,
  objections,
  terms: null,
});

/** A route that can be had, held against what the question wants. */
export const offered = (
  route: RouteName,
  question: Question,
  terms: Terms,
  further: readonly string[] = [],
): RouteOption => {
  const { budgetMicroUsd, latencyMilliseconds, lossLimitMicroUsd } = question;
  const cost = totalMicroUsd(terms);
  const objections = [...further];
  if (cost > budgetMicroUsd) {
    const [costs, budget] = dollarsApart(cost, budgetMicroUsd);
    objections.push(`It costs ${costs}, more than the budget of ${budget}.`);
  }
  if (terms.latencyMilliseconds > latencyMilliseconds) {
    const wanted = duration(latencyMilliseconds);
    objections.push(`It takes ${duration(terms.latencyMilliseconds)}, longer than the ${wanted} that you would wait.`);
  }
  if (terms.expectedLossMicroUsd > lossLimitMicroUsd) {
    const [loss, limit] = dollarsApart(terms.expectedLossMicroUsd, lossLimitMicroUsd);
    objections.push(`Its expected loss is ${loss}, more than the limit of ${limit}.`);
  }
  return { route, admissible: objections.length === 0, objections, terms };
};
