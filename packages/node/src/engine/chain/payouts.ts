/** Paying authorised withdrawals, each from the first root that allows it; whoever has gas could do the same. */
import { decodeIntent, intentStatus, readWithdrawn, submit } from '@surety/chain';
import { unwrap } from '@surety/core';
import type { Payout } from '../chain-state.ts';
import { broken, type ChainParts, type Hex } from './parts.ts';

/** Payments sent in one pass. */
const AT_ONCE = 50;

/** Codes that only time changes: the root is young, or the payment is there already. */
const EXPECTED: ReadonlySet<string> = new Set(['settlement.root-too-young', 'settlement.nothing-to-withdraw']);

/** Journals a payment that is final; the contract counts all that it ever paid to the account. */
const noteFinal = async (parts: ChainParts, { account, authorised, intent }: Payout): Promise<void> => {
  const { chain, contracts, finality, record } = parts;
  const status = unwrap(await intentStatus(chain, contracts, decodeIntent(intent), finality));
  if (status === 'final') await record({ kind: 'paid', account, total: authorised });
};

/**
 * One pass over what is owed, beginning at `from`, so that payments which the token refuses do not keep others waiting;
 * returns where the next pass begins. What a rewind has undone is sent again under the same root.
 */
export const payOut = async (parts: ChainParts, from: number): Promise<number> => {
  const { chain, contracts, onError, state } = parts;
  const { payouts, intents } = await state();
  const unsure = new Set(intents.filter(({ final }) => !final).map(({ id }) => id));
  const seen = unwrap(
    await readWithdrawn(
      chain,
      contracts,
      payouts.map(({ account }) => account as Hex),
    ),
  );
  const unpaid: Payout[] = [];
  for (const [index, payout] of payouts.entries()) {
    if ((seen[index] ?? 0n) >= BigInt(payout.authorised)) await noteFinal(parts, payout);
    else if (!unsure.has(`root/${payout.number}`)) unpaid.push(payout);
  }
  const begin = from < unpaid.length ? from : 0;
  for (const { account, intent } of unpaid.slice(begin, begin + AT_ONCE)) {
    const sent = await submit(chain, contracts, decodeIntent(intent));
    if (sent.kind === 'lost') throw broken(sent.problem);
    if (sent.kind === 'refused' && !EXPECTED.has(sent.problem.code))
      onError(broken({ ...sent.problem, message: `${account} is not paid yet. ${sent.problem.message}` }));
  }
  return begin + AT_ONCE;
};
