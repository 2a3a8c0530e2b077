/**
 * Putting intents on chain, and seeing whether they are there. Journal the intent first; submit it; on every start, and
 * whenever {@link intentStatus} says `absent`, submit it again.
 */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import { type Hex, zeroAddress } from 'viem';

import { attempt, type Chain } from './client.ts';
import { type Finality, finalBlock } from './finality.ts';
import type { Intent } from './intent.ts';
import { callOf, isEffective } from './intents/index.ts';
import type { Contracts } from './plan.ts';
import { problemOf } from './problems.ts';
import { type SendOptions, send } from './send.ts';

export type Submitted =
  | {
      readonly kind: 'mined';
      readonly hash: Hex;
      readonly blockNumber: bigint;
      readonly gasUsed: bigint;
      readonly feeWei: bigint;
    }
  /** It had taken effect before, or another transaction was faster. */
  | { readonly kind: 'already' }
  /** Not known whether it takes effect: ask again, or submit again. */
  | { readonly kind: 'lost'; readonly hash: Hex | null; readonly problem: Problem }
  /** A contract or the chain said no; submitting the very same intent again is pointless unless the code is retryable. */
  | { readonly kind: 'refused'; readonly problem: Problem };

/** `final`: there at a block that counts as final. `included`: there, and may still be rewound. */
export type IntentStatus = 'final' | 'included' | 'absent';

const senderOf = ({ account }: Chain): Hex => account?.address ?? zeroAddress;

const effectiveAt = (chain: Chain, contracts: Contracts, intent: Intent, at: { readonly blockNumber?: bigint }) =>
  attempt(chain, () => isEffective(intent, { chain, contracts, at, sender: senderOf(chain) }));

/** Why a call that was mined and reverted would be refused now. */
const whyRefused = async (chain: Chain, intent: Intent, contracts: Contracts, hash: Hex): Promise<Submitted> => {
  const { to, data, value = 0n } = callOf(intent, contracts, senderOf(chain));
  try {
    await chain.reader.call({ to, data, value, ...(chain.account === undefined ? {} : { account: chain.account }) });
  } catch (error) {
    const problem = problemOf(error, chain.rpcUrl);
    return problem.code === 'chain.unreachable' ? { kind: 'lost', hash, problem } : { kind: 'refused', problem };
  }
  const problem: Problem = {
    code: 'chain.lost',
    message: `Transaction ${hash} was mined without effect, and would be accepted now.`,
    next: 'Submit the same intent again.',
    value: hash,
  };
  return { kind: 'lost', hash, problem };
};

/**
 * Makes an intent take effect unless it has already. Safe to repeat after any crash, rewind or lost answer.
 * @throws {SuretyError} `chain.no-key` on a read-only connection
 */
export const submit = async (
  chain: Chain,
  contracts: Contracts,
  intent: Intent,
  options: SendOptions = {},
): Promise<Submitted> => {
  const before = await effectiveAt(chain, contracts, intent, {});
  if (!before.ok) {
    return before.problem.code === 'chain.unreachable'
      ? { kind: 'lost', hash: null, problem: before.problem }
      : { kind: 'refused', problem: before.problem };
  }
  if (before.value) return { kind: 'already' };
  const sent = await send(chain, callOf(intent, contracts, senderOf(chain)), options);
  if (sent.kind === 'mined' || sent.kind === 'lost') return sent;
  const after = await effectiveAt(chain, contracts, intent, {});
  if (after.ok && after.value) return { kind: 'already' };
  return sent.kind === 'refused' ? sent : whyRefused(chain, intent, contracts, sent.hash);
};

/** Whether an intent has taken effect, and for good. Final is never said of a state that the chain cannot show. */
export const intentStatus = async (
  chain: Chain,
  contracts: Contracts,
  intent: Intent,
  finality: Finality,
): Promise<Result<IntentStatus>> => {
  const newest = await effectiveAt(chain, contracts, intent, {});
  if (!newest.ok) return newest;
  if (!newest.value) return ok('absent');
  const block = await finalBlock(chain, finality);
  if (!block.ok) return block;
  if (block.value === undefined) return ok('included');
  const settled = await effectiveAt(chain, contracts, intent, { blockNumber: block.value });
  if (settled.ok) return ok(settled.value ? 'final' : 'included');
  // A block from before the contracts, or from before a local chain was started again: not shown, so not final.
  const notShown =
    settled.problem.code === 'chain.history-unavailable' || settled.problem.code === 'chain.not-deployed';
  return notShown ? ok('included') : refuse(settled.problem);
};
