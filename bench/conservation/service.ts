/**
 * The service that is killed: the journal's host with the engine's own games and its keeper of the chain, under as much
 * random traffic as it takes. It says on standard output which actions were acknowledged; see `../conservation.ts`.
 */
import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountState } from '../../packages/node/src/engine/account.ts';
import { createKeeper, type Keeper } from '../../packages/node/src/engine/chain-keeper.ts';
import { liveMarkets } from '../../packages/node/src/engine/feed.ts';
import { openPositions, registerGames } from '../../packages/node/src/engine/index.ts';
import { accountStream, type LedgerMove, marketStream, transfer } from '../../packages/node/src/engine/ledger.ts';
import { createReceiptLog } from '../../packages/node/src/engine/log.ts';
import type { QuestionState } from '../../packages/node/src/engine/question.ts';
import { createHost, type Host } from '../../packages/node/src/journal/host.ts';
import { action, ledgerAction } from './actions.ts';
import { ask, finish } from './life.ts';
import { chance, FINAL_SECONDS, isRetryable, now, OPERATOR, OPERATOR_KEY, pick, TRADERS } from './world.ts';

const SLOTS = 6;
const HANDS = 12;
const ACTIONS_PER_HAND = 60;
const STAKE = 1_000_000_000n;
const BOND = 10_000_000_000n;

export type ServiceInput = { readonly databaseUrl: string; readonly rpcUrl: string; readonly run: number };
export type ServiceLine =
  | { readonly kind: 'ready'; readonly settlement: string; readonly dollar: string }
  | { readonly kind: 'acked'; readonly nonces: readonly string[] }
  | { readonly kind: 'error'; readonly message: string };

const say = (line: ServiceLine): void => {
  try {
    writeSync(1, `${JSON.stringify(line)}\n`);
  } catch {
    // Whoever measured is gone.
    process.exit(1);
  }
};

/** Acknowledgements in small batches; one that a kill swallows is merely not checked. */
const createAcks = (): ((nonce: string) => void) => {
  let nonces: string[] = [];
  return (nonce) => {
    if (nonces.push(nonce) > 1) return;
    setTimeout(() => {
      say({ kind: 'acked', nonces });
      nonces = [];
    }, 5);
  };
};

const untilDone = async <T>(task: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await task();
    } catch (cause) {
      say({ kind: 'error', message: String(cause) });
      await sleep(300);
    }
  }
};

/** Gives every trader something to lose, and the operator a bond. */
const stake = async (host: Host): Promise<void> => {
  const operator = accountStream(OPERATOR);
  const at = now();
  const moves: LedgerMove[] = [];
  if ((await host.state<AccountState>(operator)).bondMicroUsd < BOND / 10n) {
    moves.push({ stream: operator, event: { kind: 'bond-posted', amountMicroUsd: BOND, at } });
  }
  for (const trader of TRADERS) {
    const stream = accountStream(trader);
    if ((await host.state<AccountState>(stream)).balanceMicroUsd >= STAKE / 10n) continue;
    moves.push(
      { stream: operator, event: { kind: 'sent', amountMicroUsd: STAKE, to: { stream, purpose: 'stake' }, at } },
      { stream, event: { kind: 'received', amountMicroUsd: STAKE, from: { stream: operator, purpose: 'stake' }, at } },
    );
  }
  if (moves.length > 0) await transfer(host, moves);
};

const main = async ({ databaseUrl, rpcUrl, run }: ServiceInput): Promise<void> => {
  const onError = (cause: unknown): void => {
    if (process.env.CONSERVATION_DEBUG) say({ kind: 'error', message: String(cause) });
  };
  const host = await untilDone(() => createHost({ databaseUrl, node: 'conservation', onError, snapshotEvery: 400 }));
  registerGames(host);
  const live = await liveMarkets(host);
  const log = createReceiptLog(host, 'bench.local/conservation', new Uint8Array(Buffer.from(OPERATOR_KEY, 'hex')));
  const keeper: Keeper = await untilDone(() =>
    createKeeper({
      rpcUrl,
      embedded: true,
      key: OPERATOR_KEY,
      finality: { kind: 'age', seconds: FINAL_SECONDS, nowSeconds: now },
      host,
      log,
      openPositions: () => openPositions(host, live, new Set(), new Set()),
      now,
      onError,
      development: true,
    }),
  );
  await untilDone(() => keeper.fundTreasury());
  keeper.start(1);
  await untilDone(() => stake(host));
  say({ kind: 'ready', settlement: keeper.contracts.settlement, dollar: keeper.contracts.dollar });

  const acked = createAcks();
  let count = 0;
  /** Repeats an action until it is known to have happened or to be refused: the nonce keeps it from happening twice. */
  const perform = async (nonce: string, moves: readonly LedgerMove[]): Promise<void> => {
    for (;;) {
      const done = await transfer(host, moves);
      if (done.ok || done.problem.code === 'action.replayed') {
        // Taking budget back has no nonce in the journal by which it could be found again.
        if (moves.some(({ event }) => 'nonce' in event)) acked(nonce);
        return;
      }
      if (!isRetryable(done.problem.code)) return;
      await sleep(20);
    }
  };
  const hand = async (claimId: string, closesAt: number): Promise<void> => {
    for (let i = 0; i < ACTIONS_PER_HAND; i++) {
      const nonce = `${run}-${count++}`;
      const account = pick(TRADERS);
      const moves = chance(0.03) ? ledgerAction(account, nonce) : action(claimId, account, nonce, closesAt);
      await untilDone(() => perform(nonce, moves));
    }
  };
  const slot = async (): Promise<void> => {
    for (;;) {
      const asked = await ask(host);
      if (!asked.ok) {
        await stake(host);
        await sleep(20);
        continue;
      }
      live.add(asked.value);
      const state = await host.state<QuestionState>(marketStream(asked.value));
      await Promise.all(Array.from({ length: HANDS }, () => hand(asked.value, state.claim?.closesAt ?? 0)));
      await finish(host, asked.value);
      live.delete(asked.value);
    }
  };
  await Promise.all([
    // Markets that an earlier process left behind are led to their end.
    ...[...live].map((claimId) => untilDone(() => finish(host, claimId).then(() => live.delete(claimId)))),
    ...Array.from({ length: SLOTS }, () => untilDone(slot)),
  ]);
};

if (process.argv[1] === import.meta.filename) {
  await main(JSON.parse(readFileSync(0, 'utf8')) as ServiceInput);
}
