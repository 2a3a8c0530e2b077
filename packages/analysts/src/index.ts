/**
 * Analysts: readers that say how likely a subject is a scam, what they saw, and what they did not look at.
 * `players` lists those that bet, `jurors` those that judge; `analyst.ts` says what one is.
 */

import type { Analyst } from './analyst.ts';
import { chainAnalyst } from './chain/analyst.ts';
import { pureJurors } from './jurors/jurors.ts';
import { llmAnalyst } from './llm/analyst.ts';
import type { LlmContext } from './llm/context.ts';
import { networkAnalyst } from './network/analyst.ts';
import { purePlayers } from './players.ts';

export { chainAnalyst } from './chain/analyst.ts';
export { keyIdOf, llmAnalyst } from './llm/analyst.ts';
export type { LlmContext } from './llm/context.ts';
export { networkAnalyst } from './network/analyst.ts';
export type { NetworkContext, ResolvedAddress } from './network/context.ts';
export { isPublicAddress } from './network/guard.ts';
export { DEFAULT_LIMITS, type Fetched, type FetchLimits, guardedFetch, type NotFetched } from './network/http.ts';
export { nodeNetwork } from './network/node-context.ts';
export * from './pure.ts';

/** Every built-in player; the language model only where an endpoint is given. */
export const players = (options: { readonly llm?: LlmContext } = {}): readonly Analyst[] => [
  ...purePlayers,
  networkAnalyst,
  chainAnalyst,
  ...(options.llm === undefined ? [] : [llmAnalyst(options.llm, 'player')]),
];

/** Every built-in juror; a language model only where one is given. Pass the result to `eligibleJurors`. */
export const jurors = (options: { readonly llm?: LlmContext } = {}): readonly Analyst[] => [
  ...pureJurors,
  ...(options.llm === undefined ? [] : [llmAnalyst(options.llm, 'juror')]),
];
