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
import { CHAIN_STREAM, type ChainEvent, type ChainState, type LeafJson } from './chain-state.ts';
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
  /** Money in questions that are not settled, by the account it would go back to if each were undecided. */
  readonly openPositions: () => Promise<ReadonlyMap<string, bigint>>;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  readonly development: boolean;
};

export type Keeper = {
  readonly chainId: number;
  readonly contracts: Contracts;
  /** Hash of the newest block. */
  readonly beacon: () => Promise<string>;
  /** Mints and deposits the development treasury (once) and waits until it is credited. */
  readonly fundTreasury: () => Promise<void>;
  /** One pass: everything that is due now. */
  readonly pass: () => Promise<void>;
  readonly status: () => Promise<{ readonly block: number; readonly pending: number; readonly rootNumber: number }>;
  /** Leaf and path of an account under the newest journalled root. */
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

  /** Sends what is missing, in order: a later intent may need an earlier one. Marks what has become final. */
  const pursue = async (): Promise<void> => {
    for (const { id, intent: json, final } of (await state()).intents) {
      const intent = decodeIntent(json);
      const status = unwrap(await intentStatus(chain, contracts, intent, options.finality));
      if (status === 'absent') {
        const sent = await submit(chain, contracts, intent);
        if (sent.kind === 'lost') return;
        if (sent.kind === 'refused') {
          onError(broken(sent.problem));
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

  /** Every account's money as the journal has it now. */
  const balances = async (): Promise<readonly LeafJson[]> => {
    const positions = await options.openPositions();
    const names: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await host.streams('account:', { limit: 1_000, ...(after !== undefined && { after }) });
      names.push(...page);
      after = page.at(-1);
      if (page.length < 1_000) break;
    }
    const accounts = await Promise.all(names.map((name) => host.state<AccountState>(name as `account:${string}`)));
    const paid = unwrap(
      await readWithdrawn(
        chain,
        contracts,
        accounts.map(({ address }) => address as Hex),
      ),
    );
    return accounts.map((account, index) => ({
      account: account.address,
      authorised: account.withdrawnMicroUsd.toString(),
      withdrawn: (paid[index] ?? 0n).toString(),
      cash: accountValue(account).toString(),
      positions: (positions.get(account.address) ?? 0n).toString(),
    }));
  };

  const pendingOf = (intents: ChainState['intents'], kind: Intent['kind']): boolean =>
    intents.some((each) => !each.final && (each.intent as { kind: string }).kind === kind);

  /** Posts a balance root when money has moved since the last one and that one is final. */
  const postRoot = async (): Promise<void> => {
    const current = await state();
    if (pendingOf(current.intents, 'post-root') || current.creditedThrough === '0') return;
    const leaves = await balances();
    if (JSON.stringify(leaves) === JSON.stringify(current.leaves)) return;
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
    await record({ kind: 'root', id: `root/${number}`, intent: encodeIntent(intent), number, leaves });
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

  /** Pays authorised withdrawals out of a root that is old enough; whoever has gas could do the same. */
  const payWithdrawals = async (): Promise<void> => {
    const { leaves, rootNumber } = await state();
    const due = leaves.filter(({ authorised, withdrawn }) => BigInt(authorised) > BigInt(withdrawn));
    if (due.length === 0) return;
    const { lastRoot } = unwrap(await readSettlement(chain, contracts));
    if (lastRoot.number !== BigInt(rootNumber)) return;
    const built = tree(leaves);
    for (const { account } of due) {
      const proof = built.proof(account);
      if (proof === undefined) continue;
      // Refused while the challenge delay runs; the next pass tries again.
      await submit(chain, contracts, { kind: 'withdraw', rootNumber: BigInt(rootNumber), ...proof });
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

  return {
    chainId: chain.chainId,
    contracts,
    beacon: async () => (await chain.reader.getBlock()).hash ?? '',
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
      const { leaves } = await state();
      if (leaves.length === 0) return undefined;
      const built = tree(leaves);
      const proof = built.proof(address);
      return proof === undefined ? undefined : { root: built.root, proof };
    },
    start: (seconds) => {
      timer = setInterval(() => {
        if (options.embedded) giveGas(chain).catch(() => undefined);
        pass().catch(onError);
      }, seconds * 1_000);
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
