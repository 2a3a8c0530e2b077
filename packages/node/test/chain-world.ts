/** The keeper over a real journal and a real local chain that can be killed, without the rest of a node. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Chain,
  connect,
  type Delays,
  devDollarDomain,
  type Intent,
  readDollars,
  signAuthorization,
  signerOf,
} from '@surety/chain';
import { addressOfSecretKey, unwrap } from '@surety/core';
import type { AccountState } from '../src/engine/account.ts';
import { createKeeper, type Keeper } from '../src/engine/chain-keeper.ts';
import { CHAIN_STREAM, type ChainState } from '../src/engine/chain-state.ts';
import { registerGames } from '../src/engine/index.ts';
import { accountStream, type LedgerMove, mustTransfer } from '../src/engine/ledger.ts';
import { createReceiptLog } from '../src/engine/log.ts';
import { createHost, type Host } from '../src/journal/host.ts';
import { startAnvil } from '../src/processes/anvil.ts';
import { startPostgres } from '../src/processes/postgres.ts';
import { rpc } from '../src/processes/rpc.ts';
import { readRunRecord } from '../src/processes/run-record.ts';
import { createSupervisor } from '../src/processes/supervisor.ts';
import { sleep } from './world.ts';

type Hex = `0x${string}`;

const SAVE_SECONDS = 0.5;
/** Age at which the test's chain counts a block as final. */
export const FINAL_SECONDS = 2 * SAVE_SECONDS + 1;

/** Short enough to see everything happen; the chain's clock is put forward where they are not. */
export const DELAYS: Delays = {
  challengeSeconds: 1,
  reclaimSeconds: 4 * 3_600,
  forcedSeconds: 4 * 3_600,
  rootGapSeconds: 8 * 3_600,
  redeemGraceSeconds: 3_600,
};

/** Somebody with a wallet and a connection of their own. */
export type Person = { readonly address: Hex; readonly chain: Chain };

export type ChainWorld = {
  readonly host: Host;
  readonly keeper: Keeper;
  /** The operator's key at a second connection. */
  readonly operator: Chain;
  /** What the keeper reported. */
  readonly troubles: readonly unknown[];
  readonly state: () => Promise<ChainState>;
  readonly account: (address: string) => Promise<AccountState>;
  readonly person: () => Promise<Person>;
  /** Gas for the person, which a rewound chain may have forgotten. */
  readonly giveGas: (person: Person) => Promise<void>;
  /** Moves ledger money from the treasury to an account. */
  readonly give: (address: string, amountMicroUsd: bigint) => Promise<void>;
  /** The intents by which a person mints and deposits; submitted again they do nothing twice. */
  readonly depositOf: (person: Person, amountMicroUsd: bigint) => Promise<readonly Intent[]>;
  readonly dollars: (address: Hex) => Promise<bigint>;
  /** Saves the chain now, as what `killChain('remembered')` comes back with. */
  readonly rememberChain: () => Promise<void>;
  /** Kills the chain and waits until it runs again: as it was last saved, as it was remembered, or from nothing. */
  readonly killChain: (fate: 'saved' | 'remembered' | 'lost') => Promise<void>;
  /** Puts the clock of chain and keeper forward. */
  readonly skip: (seconds: number) => Promise<void>;
  /** Runs passes until `done`, for at most `seconds`. */
  readonly passUntil: (what: string, done: () => Promise<boolean>, seconds?: number) => Promise<void>;
  readonly end: () => Promise<void>;
};

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

export const createChainWorld = async (): Promise<ChainWorld> => {
  const home = await mkdtemp(join(tmpdir(), 'surety-chain-'));
  const troubles: unknown[] = [];
  const onError = (cause: unknown): void => {
    troubles.push(cause);
  };
  let skipped = 0;
  const now = (): number => Math.floor(Date.now() / 1_000) + skipped;
  const supervisor = await createSupervisor({ dataDir: home, onEvent: () => undefined });
  const [database, anvil] = await Promise.all([
    startPostgres(supervisor, { databaseUrl: undefined }),
    startAnvil(supervisor, { saveSeconds: SAVE_SECONDS, onError }),
  ]);
  const { rpcUrl } = anvil;
  const stateFile = join(home, 'chain', 'state.json');
  const host = await createHost({ databaseUrl: database.databaseUrl, node: 'test', onError });
  registerGames(host);
  const key = hex(32);
  const treasury = accountStream(addressOfSecretKey(new Uint8Array(Buffer.from(key, 'hex'))));
  const keeper = await createKeeper({
    rpcUrl,
    embedded: true,
    key,
    finality: { kind: 'age', seconds: FINAL_SECONDS, nowSeconds: now },
    host,
    log: createReceiptLog(host, 'test.local/chain', randomBytes(32)),
    openPositions: async () => () => new Map(),
    now,
    onError,
    development: true,
    delays: DELAYS,
  });
  await keeper.fundTreasury();
  const { contracts } = keeper;
  const operator = unwrap(await connect(rpcUrl, { key }));

  const giveGas = async ({ address }: Person): Promise<void> => {
    await rpc(rpcUrl, 'anvil_setBalance', [address, '0x56bc75e2d63100000']).catch(() => undefined);
  };

  return {
    host,
    keeper,
    operator,
    troubles,
    state: () => host.state<ChainState>(CHAIN_STREAM),
    account: (address) => host.state<AccountState>(accountStream(address)),
    giveGas,
    person: async () => {
      const chain = unwrap(await connect(rpcUrl, { key: hex(32) }));
      const person = { address: signerOf(chain).address, chain };
      await giveGas(person);
      return person;
    },
    give: async (address, amountMicroUsd) => {
      const stream = accountStream(address);
      const moves: LedgerMove[] = [
        { stream: treasury, event: { kind: 'sent', amountMicroUsd, to: { stream, purpose: 'gift' }, at: now() } },
        { stream, event: { kind: 'received', amountMicroUsd, from: { stream: treasury, purpose: 'gift' }, at: now() } },
      ];
      await mustTransfer(host, moves);
    },
    depositOf: async ({ address, chain }, amountMicroUsd) => {
      const id: Hex = `0x${hex(32)}`;
      const authorization = await signAuthorization(signerOf(chain), devDollarDomain(chain.chainId, contracts.dollar), {
        kind: 'receive',
        to: contracts.settlement,
        valueMicroUsd: amountMicroUsd,
        validAfter: 0n,
        validBefore: 1n << 48n,
        nonce: id,
      });
      return [
        { kind: 'mint', to: address, amountMicroUsd, id },
        { kind: 'deposit', authorization },
      ];
    },
    dollars: async (address) => unwrap(await readDollars(operator, contracts, address)),
    rememberChain: async () => {
      await anvil.save();
      await copyFile(stateFile, `${stateFile}.remembered`);
    },
    killChain: async (fate) => {
      const { anvil: child } = await readRunRecord(home);
      assert.ok(child);
      process.kill(child.process.pid, 'SIGKILL');
      // A save under way when the chain dies may still write; it must not write over what the chain comes back with.
      await anvil.save().catch(() => undefined);
      if (fate === 'lost') await rm(stateFile, { force: true });
      if (fate === 'remembered') {
        // Whole at once: the chain that starts again must not find half a file, which counts as damaged.
        await copyFile(`${stateFile}.remembered`, `${stateFile}.next`);
        await rename(`${stateFile}.next`, stateFile);
      }
      for (const end = Date.now() + 20_000; ; await sleep(50)) {
        const { anvil: next } = await readRunRecord(home);
        const answers = await rpc(rpcUrl, 'eth_chainId', []).then(
          () => true,
          () => false,
        );
        if (next !== undefined && next.process.pid !== child.process.pid && answers) return;
        assert.ok(Date.now() < end, 'the chain did not come back');
      }
    },
    skip: async (seconds) => {
      await rpc(rpcUrl, 'evm_increaseTime', [seconds]);
      await rpc(rpcUrl, 'evm_mine', []);
      skipped += seconds;
    },
    passUntil: async (what, done, seconds = 20) => {
      for (const end = Date.now() + seconds * 1_000; ; await sleep(100)) {
        await keeper.pass().catch(onError);
        if (await done().catch(() => false)) return;
        assert.ok(Date.now() < end, `not within ${seconds} s: ${what}; ${String(troubles.at(-1))}`);
      }
    },
    end: async () => {
      await keeper.stop();
      await host.close();
      await supervisor.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
};
