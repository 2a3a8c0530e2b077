/**
 * Demands that accounts make on chain, without the operator's leave: all their cash is authorised, and so is what comes
 * in while the demand is open, until a root shows them without cash. See `spec/05-settlement.md`, 5.5.
 */
import { type ForcedRequest, type Intent, intentStatus, readForced, readSettlement, submit } from '@surety/chain';
import { type Problem, unwrap } from '@surety/core';
import type { AccountEvent, AccountState } from '../account.ts';
import { accountStream } from '../ledger.ts';
import { loadAccounts } from './leaves.ts';
import { broken, type ChainParts, type Hex } from './parts.ts';
import { treeOf } from './tree.ts';

const note = async ({ host }: ChainParts, account: Hex, event: AccountEvent): Promise<void> => {
  const done = await host.transact([{ stream: accountStream(account), event }]);
  if (!done.ok) throw broken(done.problem);
};

/** A demand is over when neither the newest nor the final block knows it; a rewind that brings it back starts it anew. */
const isOver = async ({ chain, contracts, finality }: ChainParts, account: Hex): Promise<boolean> => {
  const { leaf, path } = treeOf([{ account, authorised: '0', withdrawn: '0', cash: '0', positions: '0' }]).proof(
    account,
  )!;
  const answered: Intent = { kind: 'answer-forced', rootNumber: 0n, leaf, path };
  return unwrap(await intentStatus(chain, contracts, answered, finality)) === 'final';
};

/** Journals which demands are open now and which are over; returns the open ones. */
export const followDemands = async (parts: ChainParts): Promise<readonly ForcedRequest[]> => {
  const { chain, contracts, host, now } = parts;
  const accounts = await loadAccounts(parts);
  const demands = unwrap(await readForced(chain, contracts, accounts));
  const open = new Map(demands.map(({ account, deadline }) => [account, deadline]));
  for (const account of accounts) {
    const deadline = open.get(account);
    const { forced } = await host.state<AccountState>(accountStream(account));
    if (deadline !== undefined && forced?.deadline !== deadline)
      await note(parts, account, { kind: 'withdrawal-forced', deadline, at: now() });
    if (deadline === undefined && forced !== undefined && (await isOver(parts, account)))
      await note(parts, account, { kind: 'force-ended', at: now() });
  }
  return demands;
};

/**
 * Closes demands by the chain's newest root where that shows the account without cash. Nothing needs to be journalled:
 * what is open stands on chain, and the leaves in the journal with the root.
 */
export const answerDemands = async (parts: ChainParts, demands: readonly ForcedRequest[]): Promise<void> => {
  if (demands.length === 0) return;
  const { chain, contracts, onError, state } = parts;
  const { rootCount } = unwrap(await readSettlement(chain, contracts));
  const posted = (await state()).roots.find(({ number }) => BigInt(number) === rootCount);
  if (posted === undefined) return;
  const tree = treeOf(posted.leaves);
  for (const { account, afterRoot } of demands) {
    const proof = tree.proof(account);
    if (proof === undefined || proof.leaf.cashMicroUsd > 0n || rootCount <= afterRoot) continue;
    const sent = await submit(chain, contracts, { kind: 'answer-forced', rootNumber: rootCount, ...proof });
    if (sent.kind === 'lost' || sent.kind === 'refused') onError(broken(named(sent.problem, account)));
  }
};

const named = (problem: Problem, account: Hex): Problem => ({
  ...problem,
  message: `The demand of ${account} is not answered yet. ${problem.message}`,
});
