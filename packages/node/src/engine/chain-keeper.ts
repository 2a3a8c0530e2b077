/**
 * Keeps the chain as the journal says it should be: sends what was intended until it is final, credits deposits once
 * they are, posts balance roots, anchors the log, pays withdrawals. Every pass looks at the chain afresh, so a rewound
 * chain is simply brought forward again.
 */
import {
  buildSumTree,
  type Chain,
  type Contracts,
  connect,
  decodeIntent,
  deployOn,
  devDollarDomain,
  encodeIntent,
  type Finality,
  type Intent,
  intentStatus,
  originHash,
  readFinalDeposits,
  readSettlement,
  readWithdrawn,
  type SumLeaf,
  signAuthorization,
  signerOf,
  submit,
  ZERO_32,
} from '@surety/chain';
import { type Problem, SuretyError, sha256Hex, to0x, unwrap, utf8 } from '@surety/core';
import type { Host } from '../journal/host.ts';
import type { AccountState } from './account.ts';
import { accountValue } from './account.ts';
import { CHAIN_STREAM, type ChainEvent, type ChainState, type LeafJson, type Payout } from './chain-state.ts';
import { accountStream } from './ledger.ts';
import type { ReceiptLog } from './log.ts';

type Hex = `0x${string}`;

/** What the operator mints and deposits on a development chain: a million dollars that are not real. */
export const TREASURY_MICRO_USD = 1_000_000_000_000n;

export type KeeperOptions = {
  readonly rpcUrl: string;
  readonly embedded: boolean;
  /** secp256k1 secret key of the operator, hex. */
  readonly key: string;
  readonly finality: Finality;
  readonly host: Host;
  readonly log: ReceiptLog;
  /** Loads the questions that are not settled; what it returns reads their money by owner, all at one instant. */
  readonly openPositions: () => Promise<() => ReadonlyMap<string, bigint> | undefined>;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  readonly development: boolean;
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
  readonly status: () => Promise<{ readonly block: number; readonly pending: number; readonly rootNumber: number }>;
  /** Leaf and path of an account under the newest root that is on chain: the one to leave by. */
  readonly exitProof: (address: string) => Promise<
    | {
        readonly root: { hash: string; sumMicroUsd: bigint };
        readonly proof: NonNullable<ReturnType<ReturnType<typeof tree>['proof']>>;
      }
    | undefined
  >;
  readonly start: (seconds: number) => void;
  readonly stop: () => Promise<void>;
};

const broken = (problem: Problem): SuretyError => new SuretyError(problem);

const leafOf = ({ account, authorised, withdrawn, cash, positions }: LeafJson): SumLeaf => ({
  account: account as Hex,
  authorisedMicroUsd: BigInt(authorised),
  withdrawnMicroUsd: BigInt(withdrawn),
  cashMicroUsd: BigInt(cash),
  positionsMicroUsd: BigInt(positions),
  positionsCommitment: ZERO_32,
});

const tree = (leaves: readonly LeafJson[]) => unwrap(buildSumTree(leaves.map(leafOf)));

/** A 32-byte nonce that says what is being done, so that a resend moves nothing twice. */
const nonceFor = (text: string): Hex => `0x${sha256Hex(utf8(text))}`;

/** Withdrawals looked after in one pass. */
const PAYOUTS_AT_ONCE = 50;

/** Steps back from the newest block in search of the first after a time. */
const BEACON_STEPS = 64;

/**
 * Hash of the first block whose time is after `after`: the same whenever it is asked for. A local chain that mines only
 * on demand is made to mine.
 * @throws {SuretyError} `question.too-early` while there is no such block
 */
const firstBlockAfter = async (chain: Chain, after: number, embedded: boolean): Promise<string> => {
  const late = BigInt(after);
  let found = await chain.reader.getBlock();
  if (found.timestamp <= late && embedded) {
    await chain.reader.request({ method: 'evm_mine' as never, params: [] as never });
    found = await chain.reader.getBlock();
  }
  if (found.timestamp <= late || found.hash === null) {
    throw broken({
      code: 'question.too-early',
      message: 'No block since the close is there yet, so nobody can draw.',
      next: 'Try again when the chain has moved on.',
      field: 'beacon',
      limit: `> ${after}`,
    });
  }
  for (let step = 0; step < BEACON_STEPS && found.number > 0n; step += 1) {
    const before = await chain.reader.getBlock({ blockNumber: found.number - 1n });
    if (before.timestamp <= late) break;
    found = before;
  }
  return found.hash;
};

/** Gives a development chain's operator gas money; a rewound chain may have forgotten it. */
const giveGas = async (chain: Chain): Promise<void> => {
  await chain.reader.request({
    method: 'anvil_setBalance' as never,
    params: [signerOf(chain).address, '0x21e19e0c9bab2400000'] as never,
  });
};

/**
 * Connects, deploys what is missing, and returns what keeps the chain.
 * @throws {SuretyError} `chain.*` when the chain cannot be reached or used
 */
export const createKeeper = async (options: KeeperOptions): Promise<Keeper> => {
  const { host, log, now, onError } = options;
  const chain = unwrap(await connect(options.rpcUrl, { key: options.key }));
  if (options.embedded) await giveGas(chain);
  const { contracts } = unwrap(await deployOn(chain));
  const operator = signerOf(chain).address;

  const state = (): Promise<ChainState> => host.state<ChainState>(CHAIN_STREAM);
  const record = async (event: ChainEvent): Promise<boolean> =>
    (await host.transact([{ stream: CHAIN_STREAM, event }])).ok;
  const intend = (id: string, intent: Intent): Promise<boolean> =>
    record({ kind: 'intended', id, intent: encodeIntent(intent) });

  /**
   * Where the intents that need a look begin: with the first that is not final, or with the very first where the newest
   * final one is gone, because the chain was rewound further than it said it could be.
   */
  const firstToCheck = async (intents: ChainState['intents']): Promise<number> => {
    const first = intents.findIndex(({ final }) => !final);
    const open = first < 0 ? intents.length : first;
    const last = intents[open - 1];
    if (last === undefined) return open;
    const status = await intentStatus(chain, contracts, decodeIntent(last.intent), options.finality);
    return unwrap(status) === 'absent' ? 0 : open;
  };

  /** Sends what is missing, in order: a later intent may need an earlier one. Marks what has become final. */
  const pursue = async (): Promise<void> => {
    const { intents } = await state();
    for (const { id, intent: json, final } of intents.slice(await firstToCheck(intents))) {
      const intent = decodeIntent(json);
      const status = unwrap(await intentStatus(chain, contracts, intent, options.finality));
      if (status === 'absent') {
        const sent = await submit(chain, contracts, intent);
        if (sent.kind === 'lost') return;
        if (sent.kind === 'refused') {
          onError(broken(sent.problem));
          // Money left the contract between building the root and its arrival: it can never fit, so build another.
          if (intent.kind === 'post-root' && sent.problem.code === 'settlement.root-above-deposits')
            await record({ kind: 'abandoned', number: Number(intent.root.number) });
          return;
        }
      }
      if (status === 'final' && !final) await record({ kind: 'final', id });
    }
  };

  const credit = async (): Promise<void> => {
    const { creditedThrough } = await state();
    const { deposits } = unwrap(await readFinalDeposits(chain, contracts, BigInt(creditedThrough), options.finality));
    for (const { id, account, amountMicroUsd, reclaimed, commitment } of deposits) {
      const credited: ChainEvent = { kind: 'credited', throughId: id.toString(), commitment };
      const deposited = { kind: 'deposited' as const, depositId: id.toString(), amountMicroUsd, at: now() };
      const done = await host.transact([
        { stream: CHAIN_STREAM, event: credited },
        ...(reclaimed ? [] : [{ stream: accountStream(account), event: deposited }]),
      ]);
      if (!done.ok) throw broken(done.problem);
    }
  };

  /** Every account there is, loaded. */
  const accountNames = async (): Promise<readonly `account:${string}`[]> => {
    const names: `account:${string}`[] = [];
    for (let after: string | undefined; ; ) {
      const page = await host.streams('account:', { limit: 1_000, ...(after !== undefined && { after }) });
      names.push(...(page as readonly `account:${string}`[]));
      after = page.at(-1);
      if (page.length < 1_000) break;
    }
    for (const name of names) await host.state(name);
    return names;
  };

  /**
   * Everybody's money at one instant of the journal; `undefined` where not all of it is in memory at once. Between the
   * first account read and the last nothing may move, or money on its way would be counted twice: so nothing is awaited.
   */
  const balances = async (): Promise<readonly LeafJson[] | undefined> => {
    const names = await accountNames();
    const readPositions = await options.openPositions();
    const { paid } = await state();
    const positions = readPositions();
    const accounts = names.map((name) => host.peek<AccountState>(name));
    if (positions === undefined || !accounts.every((account) => account !== undefined)) return undefined;
    return accounts.map((account) => ({
      account: account.address,
      authorised: account.withdrawnMicroUsd.toString(),
      withdrawn: paid[account.address] ?? '0',
      cash: accountValue(account).toString(),
      positions: (positions.get(account.address) ?? 0n).toString(),
    }));
  };

  const pendingOf = (intents: ChainState['intents'], kind: Intent['kind']): boolean =>
    intents.some((each) => !each.final && (each.intent as { kind: string }).kind === kind);

  /** What a root newly allows to be paid: accounts that are owed something and have no older root to be paid from. */
  const payoutsOf = (current: ChainState, number: number, leaves: readonly LeafJson[]): readonly Payout[] => {
    const waiting = new Set(current.payouts.map(({ account }) => account));
    const due = leaves.filter((leaf) => BigInt(leaf.authorised) > BigInt(leaf.withdrawn) && !waiting.has(leaf.account));
    if (due.length === 0) return [];
    const built = tree(leaves);
    return due.flatMap(({ account }) => {
      const proof = built.proof(account);
      const intent = proof && encodeIntent({ kind: 'withdraw', rootNumber: BigInt(number), ...proof });
      return intent === undefined ? [] : [{ account, number, intent }];
    });
  };

  const paidTotal = ({ paid }: ChainState): bigint => Object.values(paid).reduce((sum, each) => sum + BigInt(each), 0n);

  /** Posts a balance root when money has moved since the last one and that one is final. */
  const postRoot = async (): Promise<void> => {
    const current = await state();
    if (pendingOf(current.intents, 'post-root') || current.creditedThrough === '0') return;
    const leaves = await balances();
    if (leaves === undefined || JSON.stringify(leaves) === JSON.stringify(current.roots.at(-1)?.leaves)) return;
    // A payment that is not final yet is in nobody's leaf, so a root would count its money once more: wait for it.
    const { withdrawnTotalMicroUsd } = unwrap(await readSettlement(chain, contracts));
    if (withdrawnTotalMicroUsd !== paidTotal(current)) return;
    const { root } = tree(leaves);
    const number = current.rootNumber + 1;
    const intent: Intent = {
      kind: 'post-root',
      root: {
        number: BigInt(number),
        hash: root.hash,
        sumMicroUsd: root.sumMicroUsd,
        depositsThrough: BigInt(current.creditedThrough),
        depositsCommitment: current.commitment as Hex,
        journalPosition: BigInt(number),
      },
    };
    const payouts = payoutsOf(current, number, leaves);
    await record({ kind: 'root', id: `root/${number}`, intent: encodeIntent(intent), number, leaves, payouts });
  };

  /** Anchors the log's newest root when it has grown and the last anchoring is final. */
  const anchor = async (): Promise<void> => {
    const { intents } = await state();
    if (pendingOf(intents, 'anchor')) return;
    const { size, root } = await log.checkpoint();
    const last = intents.findLast(({ id }) => id.startsWith('anchor/'));
    const from = last === undefined ? 0 : Number(last.id.slice('anchor/'.length));
    if (size <= from) return;
    const proof = from === 0 ? [] : await log.consistency(from, size);
    const consistency = proof.map((hash) => to0x(Buffer.from(hash, 'base64')));
    await intend(`anchor/${size}`, {
      kind: 'anchor',
      origin: originHash(log.origin),
      treeSize: BigInt(size),
      rootHash: to0x(root),
      consistency,
    });
  };

  /** Pays authorised withdrawals, each from the first root that allows it; whoever has gas could do the same. */
  const payWithdrawals = async (): Promise<void> => {
    const { payouts, intents } = await state();
    const unsure = new Set(intents.filter(({ final }) => !final).map(({ id }) => id));
    for (const { account, number, intent: json } of payouts.slice(0, PAYOUTS_AT_ONCE)) {
      if (unsure.has(`root/${number}`)) continue;
      const intent = decodeIntent(json);
      const status = unwrap(await intentStatus(chain, contracts, intent, options.finality));
      // Refused while the challenge delay runs; the next pass tries again.
      if (status === 'absent') await submit(chain, contracts, intent);
      if (status !== 'final') continue;
      const [total] = unwrap(await readWithdrawn(chain, contracts, [account as Hex]));
      await record({ kind: 'paid', account, total: (total ?? 0n).toString() });
    }
  };

  const passOnce = async (): Promise<void> => {
    await pursue();
    await credit();
    await anchor();
    await postRoot();
    await pursue();
    await payWithdrawals();
  };

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
      const id = nonceFor('surety/treasury/mint');
      await intend('treasury/mint', { kind: 'mint', to: operator, amountMicroUsd: TREASURY_MICRO_USD, id });
      const authorization = await signAuthorization(signerOf(chain), devDollarDomain(chain.chainId, contracts.dollar), {
        kind: 'receive',
        to: contracts.settlement,
        valueMicroUsd: TREASURY_MICRO_USD,
        validAfter: 0n,
        validBefore: 1n << 48n,
        nonce: nonceFor('surety/treasury/deposit'),
      });
      await intend('treasury/deposit', { kind: 'deposit', authorization });
      for (let tries = 0; (await state()).creditedThrough === '0'; tries += 1) {
        if (tries > 120)
          throw broken({
            code: 'chain.lost',
            message: 'The development treasury was not credited within a minute.',
            next: 'Look at the chain log under .surety/logs and start again.',
          });
        await pursue();
        await credit();
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    pass,
    status: async () => {
      const { intents, rootNumber } = await state();
      const block = Number(await chain.reader.getBlockNumber({ cacheTime: 0 }));
      return { block, pending: intents.filter(({ final }) => !final).length, rootNumber };
    },
    exitProof: async (address) => {
      const { lastRoot } = unwrap(await readSettlement(chain, contracts));
      const posted = (await state()).roots.find(({ number }) => BigInt(number) === lastRoot.number);
      if (posted === undefined) return undefined;
      const built = tree(posted.leaves);
      const proof = built.proof(address);
      return proof === undefined ? undefined : { root: built.root, proof };
    },
    start: (seconds) => {
      timer = setInterval(() => {
        // A pass that takes longer than the interval is not queued up behind.
        if (busy) return;
        busy = true;
        if (options.embedded) giveGas(chain).catch(() => undefined);
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
