/**
 * Keeps the chain as the journal says it should be: sends what was intended until it is final, credits deposits once
 * they are, posts balance roots, anchors the log, pays withdrawals, answers demands. Every pass looks at the chain
 * afresh, so a rewound chain is simply brought forward again. The steps are in `chain/`, the journal in `chain-state.ts`.
 */
import {
  CAREFUL_DELAYS,
  type Chain,
  type Contracts,
  connect,
  DEVELOPMENT_CHAIN_IDS,
  DEVELOPMENT_DELAYS,
  type Delays,
  deployOn,
  type Finality,
  readSettlement,
  type SumTree,
  signerOf,
} from '@surety/chain';
import { SuretyError, unwrap } from '@surety/core';
import type { Host } from '../journal/host.ts';
import { intendAnchor } from './chain/anchor.ts';
import { firstBlockAfter } from './chain/beacon.ts';
import { creditDeposits } from './chain/deposits.ts';
import { answerDemands, followDemands } from './chain/forced.ts';
import type { OpenPositions } from './chain/leaves.ts';
import { broken, type ChainParts } from './chain/parts.ts';
import { payOut } from './chain/payouts.ts';
import { pursue } from './chain/pursue.ts';
import { intendRoot } from './chain/roots.ts';
import { intendTreasury } from './chain/treasury.ts';
import { treeOf } from './chain/tree.ts';
import { CHAIN_STREAM, type ChainState, type Refusal } from './chain-state.ts';
import type { ReceiptLog } from './log.ts';

export { TREASURY_MICRO_USD } from './chain/treasury.ts';

export type KeeperOptions = {
  readonly rpcUrl: string;
  readonly embedded: boolean;
  /** secp256k1 secret key of the operator, hex. */
  readonly key: string;
  readonly finality: Finality;
  readonly host: Host;
  readonly log: ReceiptLog;
  readonly openPositions: OpenPositions;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  readonly development: boolean;
  /** Those the contracts are deployed with; unless stated the usual ones of the chain. */
  readonly delays?: Delays;
};

export type Keeper = {
  readonly chainId: number;
  readonly contracts: Contracts;
  /** Hash of the first block after a time (unix seconds). */
  readonly beacon: (after: number) => Promise<string>;
  /** Mints and deposits the development treasury (once) and waits until it is credited. */
  readonly fundTreasury: () => Promise<void>;
  /** One pass: everything that is due now. */
  readonly pass: () => Promise<void>;
  readonly status: () => Promise<{
    readonly block: number;
    /** Intents that are not final. */
    readonly pending: number;
    readonly rootNumber: number;
    /** What contracts refused of late. */
    readonly refusals: readonly Refusal[];
  }>;
  /** Leaf and path of an account under the newest root that is on chain: the one to leave by. */
  readonly exitProof: (address: string) => Promise<
    | {
        readonly root: { readonly number: number; readonly hash: string; readonly sumMicroUsd: bigint };
        readonly proof: NonNullable<ReturnType<SumTree['proof']>>;
      }
    | undefined
  >;
  readonly start: (seconds: number) => void;
  readonly stop: () => Promise<void>;
};

/** Times half a second for which a start waits for its treasury. */
const TREASURY_TRIES = 120;

/** Gives a development chain's operator gas money; a rewound chain may have forgotten it. */
const giveGas = async (chain: Chain): Promise<void> => {
  await chain.reader.request({
    method: 'anvil_setBalance' as never,
    params: [signerOf(chain).address, '0x21e19e0c9bab2400000'] as never,
  });
};

/** Connects and deploys what is missing; `prepare` does so again for a local chain that may have forgotten it. */
const openChain = async (options: KeeperOptions) => {
  const { host, finality, now, onError, embedded } = options;
  const chain = unwrap(await connect(options.rpcUrl, { key: options.key }));
  const usual = DEVELOPMENT_CHAIN_IDS.includes(chain.chainId) ? DEVELOPMENT_DELAYS : CAREFUL_DELAYS;
  const delays = options.delays ?? usual;
  const deploy = async (): Promise<Contracts> => {
    if (embedded) await giveGas(chain);
    return unwrap(await deployOn(chain, { delays })).contracts;
  };
  const parts: ChainParts = {
    chain,
    contracts: await deploy(),
    delays,
    operator: signerOf(chain).address,
    finality,
    host,
    now,
    onError,
    state: () => host.state<ChainState>(CHAIN_STREAM),
    record: async (event) => (await host.transact([{ stream: CHAIN_STREAM, event }])).ok,
  };
  const prepare = async (): Promise<void> => {
    if (embedded) await deploy();
  };
  return { parts, prepare };
};

const isAway = (cause: unknown): boolean => cause instanceof SuretyError && cause.code === 'chain.unreachable';

/**
 * Runs every step, so that trouble with one does not keep the others from being done; without a chain, none.
 * @throws the first trouble
 */
const runAll = async (steps: readonly (() => Promise<void>)[], onError: (cause: unknown) => void): Promise<void> => {
  const troubles: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (cause) {
      troubles.push(cause);
      if (isAway(cause)) break;
    }
  }
  for (const further of troubles.slice(1)) onError(further);
  if (troubles.length > 0) throw troubles[0];
};

/**
 * Connects, deploys what is missing, and returns what keeps the chain.
 * @throws {SuretyError} `chain.*` when the chain cannot be reached or used
 */
export const createKeeper = async (options: KeeperOptions): Promise<Keeper> => {
  const { log, onError, openPositions } = options;
  const { parts, prepare } = await openChain(options);
  const { chain, contracts, state } = parts;
  const credit = async (): Promise<void> => {
    await creditDeposits(parts);
  };
  let payFrom = 0;

  const passOnce = (): Promise<void> =>
    runAll(
      [
        prepare,
        () => pursue(parts),
        // What is matured is sent before a root is built, so that nobody can make that root too large by withdrawing.
        async () => {
          payFrom = await payOut(parts, payFrom);
        },
        () => intendAnchor(parts, log),
        async () => {
          const ahead = await creditDeposits(parts);
          const demands = await followDemands(parts);
          await intendRoot(parts, { openPositions, ahead, demands });
          await pursue(parts);
          await answerDemands(parts, demands);
        },
      ],
      onError,
    );

  let running: Promise<void> = Promise.resolve();
  const pass = (): Promise<void> => {
    const next = running.then(passOnce);
    running = next.catch(() => undefined);
    return next;
  };

  let timer: NodeJS.Timeout | undefined;
  let busy = false;

  return {
    chainId: chain.chainId,
    contracts,
    beacon: (after) => firstBlockAfter(chain, after, options.embedded),
    fundTreasury: async () => {
      if (!options.development || (await state()).creditedThrough !== '0') return;
      await intendTreasury(parts);
      for (let tries = 0; (await state()).creditedThrough === '0'; tries += 1) {
        if (tries > TREASURY_TRIES)
          throw broken({
            code: 'chain.lost',
            message: 'The development treasury was not credited within a minute.',
            next: 'Look at the chain log under .surety/logs and start again.',
          });
        // A chain that dies meanwhile comes back: there is time for that.
        await runAll([prepare, () => pursue(parts), credit], onError).catch(onError);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    pass,
    status: async () => {
      const { intents, rootNumber, refusals } = await state();
      const block = Number(await chain.reader.getBlockNumber({ cacheTime: 0 }));
      return { block, pending: intents.filter(({ final }) => !final).length, rootNumber, refusals };
    },
    exitProof: async (address) => {
      const { lastRoot } = unwrap(await readSettlement(chain, contracts));
      const posted = (await state()).roots.find(({ number }) => BigInt(number) === lastRoot.number);
      if (posted === undefined) return undefined;
      const built = treeOf(posted.leaves);
      const proof = built.proof(address);
      return proof === undefined ? undefined : { root: { ...built.root, number: posted.number }, proof };
    },
    start: (seconds) => {
      timer = setInterval(() => {
        // A pass that takes longer than the interval is not queued up behind.
        if (busy) return;
        busy = true;
        pass()
          .catch(onError)
          .finally(() => {
            busy = false;
          });
      }, seconds * 1_000);
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
