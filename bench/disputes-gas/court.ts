/**
 * A local chain with the arbiter and the tensor verifier, and parties with money in it. Every move is a transaction of its own
 * with its own receipt: accounts that the chain has unlocked, so that nothing is signed and ten thousand games take minutes.
 */
import { setTimeout } from 'node:timers/promises';
import { type Contracts, connect, deployOn } from '@surety/chain';
import { from0x, to0x, unwrap } from '@surety/core';
import type { Exchange, Run } from '@surety/proofs';
import { encodeFunctionData, type Hex, parseEventLogs, toHex, zeroAddress } from 'viem';
import { Arbiter, DevDollar } from '../../packages/chain/src/generated/index.ts';
import { KEYS, type LocalChain, startChain } from '../../packages/chain/test/local-chain.ts';

const { abi } = Arbiter;

/** Prepaid for an answer: more than the arbiter asks for at any base fee of a chain that is never full. */
const PREPAID_WEI = 10n ** 17n;
export const BOND_MICRO_USD = 10_000_000n;
const DEPOSIT_MICRO_USD = 10n ** 12n;

/** A day, as every game of a round must be over before the clock of one runs out. */
export const WINDOW_SECONDS = 86_400;
export const CLOCK_SECONDS = 86_400;

/** Between two blocks. */
const MINE_MILLISECONDS = 3;

/** Most gas that one transaction may bring (EIP-7825). */
const GAS = toHex(2 ** 24);

type Receipt = { readonly status: Hex; readonly gasUsed: Hex; readonly logs: never[] };

/** A transaction that is in the chain: done, or reverted. */
export type Sent = { readonly isDone: boolean; readonly gas: number; readonly logs: readonly never[] };

export type Claimed = { readonly claim: Readonly<Record<string, unknown>>; readonly id: Hex; readonly sent: Sent };

export type State = 'none' | 'open' | 'final' | 'void' | 'annulled';
const STATES: readonly State[] = ['none', 'open', 'final', 'void', 'annulled'];

/** Somebody with money in the arbiter; it sends one transaction at a time. */
export class Party {
  readonly address: Hex;
  private readonly court: Court;
  private nonce = 0n;

  constructor(court: Court, address: Hex) {
    this.court = court;
    this.address = address;
  }

  /** Claims a run, its own requester; some questions answered in advance. */
  async claim(run: Run, ahead: readonly Exchange[] = []): Promise<Claimed> {
    const request = {
      requester: this.address,
      provider: zeroAddress,
      program: to0x(run.program),
      input: to0x(run.input),
      verifier: this.court.contracts.tensorVerifier,
      price: 0n,
      bond: BOND_MICRO_USD,
      deadline: 2n ** 40n,
      window: WINDOW_SECONDS,
      clock: CLOCK_SECONDS,
      premiumPpm: 0,
      proofRequired: false,
      callback: zeroAddress,
      nonce: this.nonce++,
    };
    const claim = { request, provider: this.address, output: to0x(run.output), trace: to0x(run.trace) };
    const told = ahead.map(({ question, answer }) => [to0x(question), to0x(answer)] as const);
    const args = [request, '0x', claim.output, claim.trace, told.map(([q]) => q), told.map(([, a]) => a)];
    const sent = await this.send('claim', args);
    const [event] = parseEventLogs({ abi, logs: [...sent.logs], eventName: 'Claimed' });
    if (event === undefined) throw new RangeError('a claim that the arbiter did not take');
    return { claim, id: event.args.claimId, sent };
  }

  /** Opens a dispute by a question. */
  async dispute(
    { claim }: Claimed,
    question: Uint8Array,
  ): Promise<{ readonly sent: Sent; readonly disputeId: number }> {
    const sent = await this.send('dispute', [claim, to0x(question)], PREPAID_WEI);
    const [event] = parseEventLogs({ abi, logs: [...sent.logs], eventName: 'Disputed' });
    if (event === undefined) throw new RangeError('a dispute that the arbiter did not take');
    return { sent, disputeId: event.args.disputeId };
  }

  ask({ claim }: Claimed, disputeId: number, question: Uint8Array): Promise<Sent> {
    return this.send('ask', [claim, disputeId, to0x(question)], PREPAID_WEI);
  }

  /** @returns also what the answer left in the dispute, where it is one */
  async answer(
    { claim }: Claimed,
    disputeId: number,
    { question, answer }: Exchange,
  ): Promise<{ readonly sent: Sent; readonly record: Uint8Array | null }> {
    const sent = await this.send('answer', [claim, disputeId, to0x(question), to0x(answer)]);
    const [event] = parseEventLogs({ abi, logs: [...sent.logs], eventName: 'Answered' });
    return { sent, record: event === undefined ? null : unwrap(from0x(event.args.record)) };
  }

  /** @param disputeId 0 for a proof that builds on no dispute */
  refute({ claim }: Claimed, disputeId: number, proof: Uint8Array): Promise<Sent> {
    return this.send('refute', [claim, disputeId, to0x(proof)]);
  }

  concede({ claim }: Claimed, disputeId: number): Promise<Sent> {
    return this.send('concede', [claim, disputeId]);
  }

  expire({ claim }: Claimed, disputeId: number): Promise<Sent> {
    return this.send('expire', [claim, disputeId]);
  }

  finalise({ claim }: Claimed): Promise<Sent> {
    return this.send('finalise', [claim]);
  }

  /** In the arbiter, in micro-dollars. */
  balance(): Promise<bigint> {
    return this.court.read('balanceOf', [this.address]);
  }

  private send(functionName: string, args: readonly unknown[], value = 0n): Promise<Sent> {
    const data = encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
    return this.court.transact(this.address, { to: this.court.contracts.arbiter, data, value });
  }
}

export class Court {
  readonly contracts: Contracts;
  readonly rpc: (method: string, params?: readonly unknown[]) => Promise<unknown>;
  /** How many transactions it has seen. */
  transactions = 0;
  private readonly kill: () => Promise<void>;
  private waiting = 0;
  private isMining = false;
  private mined: Promise<void> = Promise.resolve();

  constructor(contracts: Contracts, { rpc, kill }: LocalChain) {
    this.contracts = contracts;
    this.rpc = rpc;
    this.kill = kill;
  }

  async close(): Promise<void> {
    await this.mined;
    await this.kill();
  }

  async transact(from: Hex, { to, data, value = 0n }: { to: Hex; data: Hex; value?: bigint }): Promise<Sent> {
    this.transactions++;
    this.waiting++;
    try {
      const sent = this.rpc('eth_sendTransactionSync', [{ from, to, data, value: toHex(value), gas: GAS }]);
      if (!this.isMining) this.mined = this.mine();
      const { status, gasUsed, logs } = (await sent) as Receipt;
      return { isDone: status === '0x1', gas: Number(gasUsed), logs };
    } finally {
      this.waiting--;
    }
  }

  /**
   * Blocks as long as somebody waits for one, each with what all have sent by then: the chain works out its whole state anew
   * for every block.
   */
  private async mine(): Promise<void> {
    this.isMining = true;
    try {
      while (this.waiting > 0) {
        await setTimeout(MINE_MILLISECONDS);
        await this.rpc('evm_mine');
      }
    } finally {
      this.isMining = false;
    }
  }

  async read(functionName: string, args: readonly unknown[]): Promise<bigint> {
    const data = encodeFunctionData({ abi, functionName, args } as Parameters<typeof encodeFunctionData>[0]);
    return BigInt((await this.rpc('eth_call', [{ to: this.contracts.arbiter, data }, 'latest'])) as Hex);
  }

  async stateOf({ id }: Claimed): Promise<State> {
    return STATES[Number(await this.read('stateOf', [id]))]!;
  }

  /** Lets time go by. */
  async pass(seconds: number): Promise<void> {
    await this.rpc('evm_increaseTime', [seconds]);
    await this.rpc('evm_mine');
  }

  /** Somebody who has paid a million development dollars in. */
  async party(address: Hex): Promise<Party> {
    const { dollar, arbiter } = this.contracts;
    const pay = async (to: Hex, data: Hex): Promise<void> => {
      if (!(await this.transact(address, { to, data })).isDone) throw new RangeError(`${address} could not pay in`);
    };
    const id = toHex(BigInt(address), { size: 32 });
    const mint = [address, DEPOSIT_MICRO_USD, id] as const;
    await pay(dollar, encodeFunctionData({ abi: DevDollar.abi, functionName: 'mintDevelopment', args: mint }));
    const approve = [arbiter, DEPOSIT_MICRO_USD] as const;
    await pay(dollar, encodeFunctionData({ abi: DevDollar.abi, functionName: 'approve', args: approve }));
    const deposit = [address, DEPOSIT_MICRO_USD] as const;
    await pay(arbiter, encodeFunctionData({ abi, functionName: 'deposit', args: deposit }));
    return new Party(this, address);
  }
}

/** @param parties how many accounts there are, each with money */
export const openCourt = async (
  parties = 2,
): Promise<{ readonly court: Court; readonly parties: readonly Party[] }> => {
  const local = await startChain('--accounts', `${parties + 1}`, '--balance', '1000000000', '--prune-history', '64');
  const deployer = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  const { contracts } = unwrap(await deployOn(deployer));
  await local.rpc('evm_setAutomine', [false]);
  const court = new Court(contracts, local);
  const accounts = (await local.rpc('eth_accounts')) as Hex[];
  return { court, parties: await Promise.all(accounts.slice(1).map((account) => court.party(account))) };
};
