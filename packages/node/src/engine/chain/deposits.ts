/** Crediting deposits once they are final, in the order of the chain; see `spec/05-settlement.md`, 5.4. */
import { type Deposit, readFinalDeposits } from '@surety/chain';
import { unwrap } from '@surety/core';
import { CHAIN_STREAM, type ChainEvent } from '../chain-state.ts';
import { accountStream } from '../ledger.ts';
import { broken, type ChainParts } from './parts.ts';

/** Most deposits that the chain package reads at once. */
const BATCH = 500;

/** Deposits older than this part of the reclaim delay are first counted by a root: credited first, they could be lost. */
const LATE_ONE_IN = 2;

const credit = async ({ host, now }: ChainParts, deposit: Deposit): Promise<void> => {
  const { id, account, amountMicroUsd, reclaimed, commitment } = deposit;
  const credited: ChainEvent = { kind: 'credited', throughId: id.toString(), commitment };
  const deposited = { kind: 'deposited' as const, depositId: id.toString(), amountMicroUsd, at: now() };
  const done = await host.transact([
    { stream: CHAIN_STREAM, event: credited },
    ...(reclaimed ? [] : [{ stream: accountStream(account), event: deposited }]),
  ]);
  if (!done.ok) throw broken(done.problem);
};

/**
 * Credits what is final, and returns the deposits that the next root has to count before they may be credited: from the
 * first on that is nearly overdue, since deposits are credited in order.
 */
export const creditDeposits = async (parts: ChainParts): Promise<readonly Deposit[]> => {
  const { chain, contracts, delays, finality, now, state } = parts;
  const mustBeCounted = ({ paidAt, reclaimed }: Deposit): boolean =>
    !reclaimed && now() >= paidAt + delays.reclaimSeconds / LATE_ONE_IN;
  for (;;) {
    const { creditedThrough, countedThrough } = await state();
    const { deposits } = unwrap(await readFinalDeposits(chain, contracts, BigInt(creditedThrough), finality));
    for (const [index, deposit] of deposits.entries()) {
      if (mustBeCounted(deposit) && deposit.id > BigInt(countedThrough)) return deposits.slice(index);
      await credit(parts, deposit);
    }
    if (deposits.length < BATCH) return [];
  }
};
