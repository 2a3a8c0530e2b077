/** The planner (spec 17): which proof of a run to ask for, and why. The main path is `plan` in plan.ts. */
export { ASSUMED_MARKET } from './assumed.ts';
export { describePlan } from './describe.ts';
export { programFacts } from './facts.ts';
export { onChainProofFacts } from './on-chain-facts.ts';
export { type Cost, type Plan, type RouteName, type RouteOption, type Terms, totalMicroUsd } from './option.ts';
export { plan } from './plan.ts';
export { proofFacts } from './proof-facts.ts';
export type * from './question.ts';
export { ARBITER_RULES, type ArbiterRules, type GasLimits } from './rules.ts';
