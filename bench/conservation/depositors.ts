/**
 * People who deposit on the chain, outside of the service: each repeats what a rewound chain has forgotten, as a wallet
 * would, until it is final. What they deposited for good is what the journal must have credited, no more and no less.
 */
import {
  type Chain,
  type Contracts,
  connect,
  devDollarDomain,
  type Intent,
  intentStatus,
  predictAddresses,
  signAuthorization,
  submit,
} from '../../packages/chain/src/index.ts';
import { sha256Hex, unwrap, utf8 } from '../../packages/core/src/index.ts';
import { amount, DEPOSITOR_KEYS, FINAL_SECONDS, now, OPERATOR, pick } from './world.ts';

type Hex = `0x${string}`;

/** A pre-funded development account of anvil; it pays the gas. */
const GAS_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
const FINALITY = { kind: 'age', seconds: FINAL_SECONDS, nowSeconds: now } as const;

type Deposit = { readonly mint: Intent; readonly deposit: Intent; final: boolean };

export type Depositors = {
  readonly contracts: Contracts;
  readonly chain: Chain;
  /** Stops making new deposits, and returns once all are final. */
  readonly finish: () => Promise<number>;
  readonly stop: () => void;
};

export const startDepositors = async (rpcUrl: string): Promise<Depositors> => {
  const chain = unwrap(await connect(rpcUrl, { key: GAS_KEY }));
  const contracts = predictAddresses({ operator: OPERATOR as Hex });
  const wallets = await Promise.all(DEPOSITOR_KEYS.map(async (key) => unwrap(await connect(rpcUrl, { key })).account!));
  const deposits: Deposit[] = [];
  let state: 'running' | 'finishing' | 'stopped' = 'running';

  const make = async (): Promise<Deposit> => {
    const wallet = pick(wallets);
    const amountMicroUsd = amount(500_000_000);
    const name = `deposit ${deposits.length} ${Math.random()}`;
    const nonce = (what: string): Hex => `0x${sha256Hex(utf8(`${what} ${name}`))}`;
    const authorization = await signAuthorization(wallet, devDollarDomain(chain.chainId, contracts.dollar), {
      kind: 'receive',
      to: contracts.settlement,
      valueMicroUsd: amountMicroUsd,
      validAfter: 0n,
      validBefore: 1n << 48n,
      nonce: nonce('deposit'),
    });
    const mint: Intent = { kind: 'mint', to: wallet.address, amountMicroUsd, id: nonce('mint') };
    return { mint, deposit: { kind: 'deposit', authorization }, final: false };
  };

  const pursue = async (each: Deposit): Promise<void> => {
    const status = unwrap(await intentStatus(chain, contracts, each.deposit, FINALITY));
    if (status === 'final') each.final = true;
    if (status !== 'absent') return;
    await submit(chain, contracts, each.mint);
    await submit(chain, contracts, each.deposit);
  };

  const loop = async (): Promise<void> => {
    while (state !== 'stopped') {
      try {
        if (state === 'running' && deposits.filter(({ final }) => !final).length < 8) deposits.push(await make());
        for (const each of deposits) if (!each.final) await pursue(each);
      } catch {
        // The chain is down or being rewound; ask again.
      }
      if (state === 'finishing' && deposits.every(({ final }) => final)) return;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  };
  const running = loop();

  return {
    contracts,
    chain,
    finish: async () => {
      state = 'finishing';
      await running;
      return deposits.length;
    },
    stop: () => {
      state = 'stopped';
    },
  };
};
