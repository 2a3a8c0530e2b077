/** A real node for tests: own folder, own database and chain, free port; and what is asked of it again and again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '@surety/core';
import { type Client, createClient, createWallet, type LocalWallet, type OpenAccount, openAccount } from '@surety/sdk';
import { readConfig } from '../src/config.ts';
import { type AccountState, accountValue } from '../src/engine/account.ts';
import { caseValue } from '../src/engine/court/case-game.ts';
import type { CaseState } from '../src/engine/court/case-state.ts';
import { REGISTRY_STREAM, type Registry, registryValue } from '../src/engine/court/registry.ts';
import { type ModelState, modelValue } from '../src/engine/model.ts';
import { type QuestionState, questionValue } from '../src/engine/question.ts';
import { operatorKeys } from '../src/keys.ts';
import { type RunningNode, startNode } from '../src/start-node.ts';

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Seconds in which decisions can be challenged on test nodes. */
export const CHALLENGE_SECONDS = 8;

export const ENV = {
  SURETY_PORT: '0',
  SURETY_NETWORK: 'off',
  SURETY_CHALLENGE_SECONDS: String(CHALLENGE_SECONDS),
} as const;

export type World = {
  readonly home: string;
  readonly node: () => RunningNode;
  readonly client: () => Client;
  /** Stops the node and starts it again over the same folder. */
  readonly restart: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** @param over environment variables that differ from {@link ENV} */
export const createWorld = async (over: Readonly<Record<string, string>> = {}): Promise<World> => {
  const home = await mkdtemp(join(tmpdir(), 'surety-node-'));
  const start = () => startNode({ config: unwrap(readConfig({ ...ENV, ...over, SURETY_HOME: home }, '/')) });
  let node = await start();
  return {
    home,
    node: () => node,
    client: () => createClient({ url: node.url }),
    restart: async () => {
      await node.stop();
      node = await start();
    },
    end: async () => {
      await node.stop();
      if (process.env.KEEP_HOME) process.stderr.write(`kept ${home}\n`);
      else await rm(home, { recursive: true, force: true });
    },
  };
};

/** A funded account with a session key for everything. */
export const newcomer = async (
  client: Client,
): Promise<{ readonly wallet: LocalWallet; readonly account: OpenAccount }> => {
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const scope = 'trade,withdraw,challenge,judge,advise,webhook,redeem,publish';
  return { wallet, account: await openAccount({ client, wallet, scope, limitMicroUsd: 50_000_000n }) };
};

/** The bearer token of the people who rule. */
export const peopleToken = (home: string): string => operatorKeys(home).people;

/** Everything the ledger holds, micro-USD: all accounts, questions, models, cases and stakes, from the journal. */
export const ledgerTotal = async ({ host }: RunningNode): Promise<bigint> => {
  let total = 0n;
  for (const stream of await host.streams('account:', { limit: 10_000 }))
    total += accountValue(await host.state<AccountState>(stream));
  for (const stream of await host.streams('market:', { limit: 10_000 }))
    total += questionValue(await host.state<QuestionState>(stream));
  for (const stream of await host.streams('model:', { limit: 10_000 }))
    total += modelValue(await host.state<ModelState>(stream));
  for (const stream of await host.streams('case:', { limit: 10_000 }))
    total += caseValue(await host.state<CaseState>(stream));
  return total + registryValue(await host.state<Registry>(REGISTRY_STREAM));
};

/** What came in by deposits less what was authorised to leave, micro-USD. */
export const ledgerSource = async ({ host }: RunningNode): Promise<bigint> => {
  let source = 0n;
  for (const stream of await host.streams('account:', { limit: 10_000 })) {
    const { depositedMicroUsd, withdrawnMicroUsd } = await host.state<AccountState>(stream);
    source += depositedMicroUsd - withdrawnMicroUsd;
  }
  return source;
};

/** Asks until `done` is true of what it gets, for at most `seconds`. */
export const until = async <T>(get: () => Promise<T>, done: (value: T) => boolean, seconds: number): Promise<T> => {
  for (const end = Date.now() + seconds * 1_000; ; ) {
    const value = await get();
    if (done(value)) return value;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${JSON.stringify(value)?.slice(-700)}`);
    await sleep(200);
  }
};
