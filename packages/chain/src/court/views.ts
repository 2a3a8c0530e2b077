/** What a court's contracts say of themselves at a block: settings, policies, states and times of cases, money, jurors. */
import { type Result, refuse } from '@surety/core';
import { type Hex, zeroAddress } from 'viem';
import { attempt, type Chain } from '../client.ts';
import { Court, CourtJurors, CourtPanels, DevDollar } from '../generated/index.ts';
import type { Block } from '../log-book.ts';
import type { ContractPanel, ContractPolicy, CourtAddresses, CourtSetting } from './case.ts';
import { CASE_STATES, type CaseState } from './case.ts';

/** A seat may take so many random elements; after them it stays empty. */
const ELEMENTS_PER_SEAT = 64;

/** `chain.not-deployed` where there is no court. */
export const readCourt = async (chain: Chain, court: Hex): Promise<Result<CourtSetting>> => {
  const read = await attempt(chain, async () => {
    const at = { abi: Court.abi, address: court } as const;
    const [currency, panels, jurors] = await Promise.all([
      chain.reader.readContract({ ...at, functionName: 'currency' }),
      chain.reader.readContract({ ...at, functionName: 'panels' }),
      chain.reader.readContract({ ...at, functionName: 'jurors' }),
    ]);
    const registry = { abi: CourtJurors.abi, address: jurors } as const;
    const [curator, leastStakeUnits, persons, beacon] = await Promise.all([
      chain.reader.readContract({ ...registry, functionName: 'curator' }),
      chain.reader.readContract({ ...registry, functionName: 'leastStake' }),
      chain.reader.readContract({ ...registry, functionName: 'registry' }),
      chain.reader.readContract({ abi: CourtPanels.abi, address: panels, functionName: 'beacon' }),
    ]);
    const setting = { court, panels, jurors, currency, curator, leastStakeUnits, beacon };
    return { ...setting, registry: persons === zeroAddress ? null : persons };
  });
  // Another contract reverts, and so does a token.
  if (read.ok || !['chain.not-deployed', 'chain.reverted'].includes(read.problem.code)) return read;
  return refuse({
    code: 'chain.not-deployed',
    message: `Chain ${chain.chainId} has no court at ${court}.`,
    next: 'Name the address of a court of this chain with --court.',
    field: 'court',
    value: court,
  });
};

type At = { readonly blockNumber?: bigint };
const blockOf = (block: Pick<Block, 'number'> | undefined): At =>
  block === undefined ? {} : { blockNumber: block.number };

/** @throws viem's errors; `null` where no such policy is registered */
export const policyAt = async (chain: Chain, { court }: CourtAddresses, id: Hex): Promise<ContractPolicy | null> => {
  const found = await chain.reader.readContract({
    abi: Court.abi,
    address: court,
    functionName: 'policyOf',
    args: [id],
  });
  if (found.leastBond === 0n) return null;
  const { challengeSeconds, drawSeconds, auditor, beaconSeconds, oneOperator, unruledStands } = found;
  return {
    ...{ leastBondUnits: found.leastBond, mostBondUnits: found.mostBond },
    ...{ challengeSeconds, drawSeconds, auditor, beaconSeconds, oneOperator, unruledStands },
    rounds: found.rounds.map(({ fee, absence, ...round }) => ({ ...round, feeUnits: fee, absenceUnits: absence })),
  };
};

/** Terms of a registered policy; `null` where there is none of that id. */
export const readPolicy = (chain: Chain, court: CourtAddresses, id: Hex): Promise<Result<ContractPolicy | null>> =>
  attempt(chain, () => policyAt(chain, court, id));

export type LiveState = {
  readonly state: CaseState;
  readonly standing: number;
  readonly deadline: number;
  readonly latestEnd: number;
  readonly need: { readonly bondUnits: bigint; readonly feesUnits: bigint } | null;
};

/** @throws viem's errors */
export const stateAt = async (
  chain: Chain,
  { court }: CourtAddresses,
  caseId: bigint,
  block?: Pick<Block, 'number'>,
): Promise<LiveState> => {
  const at = { ...blockOf(block), abi: Court.abi, address: court, args: [caseId] } as const;
  const [stored, state, [bondUnits, feesUnits]] = await Promise.all([
    chain.reader.readContract({ ...at, functionName: 'caseOf' }),
    chain.reader.readContract({ ...at, functionName: 'stateOf' }),
    chain.reader.readContract({ ...at, functionName: 'nextRung' }),
  ]);
  return {
    state: CASE_STATES[state] ?? 'none',
    standing: stored.standing,
    deadline: stored.deadline,
    latestEnd: stored.latestEnd,
    need: bondUnits + feesUnits === 0n ? null : { bondUnits, feesUnits },
  };
};

/** @throws viem's errors */
export const panelAt = async (
  chain: Chain,
  { panels }: CourtAddresses,
  caseId: bigint,
  round: number,
  block?: Pick<Block, 'number'>,
): Promise<ContractPanel> => {
  const found = await chain.reader.readContract({
    ...blockOf(block),
    abi: CourtPanels.abi,
    address: panels,
    functionName: 'panelOf',
    args: [caseId, round],
  });
  const full = found.seats === found.called && found.vacant === 0;
  const spent = found.elements >= ELEMENTS_PER_SEAT * found.called;
  return {
    beaconAt: found.beaconTime,
    fallbackAt: found.fallbackTime,
    drawEndsAt: found.drawEnd,
    commitEndsAt: found.commitEnd,
    revealEndsAt: found.revealEnd,
    called: found.called,
    seats: found.seats,
    unrevealed: found.unrevealed,
    drawn: BigInt(found.seed) === 0n ? 'not' : full || spent ? 'whole' : 'in-part',
    lockUnits: found.lock,
    fallbackBlock: found.fallbackBlock,
  };
};

/** An account's money at a court and beside it. */
export type CourtMoney = {
  /** At the court: may be bonded, staked or withdrawn. */
  readonly balanceUnits: bigint;
  /** Of the court's currency, outside of it; of the chain's own currency what is needed for gas too. */
  readonly walletUnits: bigint;
  /** What the court may take of it; of the chain's own currency all. */
  readonly allowanceUnits: bigint;
};

export const readCourtMoney = (
  chain: Chain,
  { court, currency }: Pick<CourtSetting, 'court' | 'currency'>,
  account: Hex,
): Promise<Result<CourtMoney>> =>
  attempt(chain, async () => {
    const balance = chain.reader.readContract({
      ...{ abi: Court.abi, address: court, functionName: 'balanceOf', args: [account] },
    });
    if (currency === zeroAddress) {
      const [balanceUnits, walletUnits] = await Promise.all([balance, chain.reader.getBalance({ address: account })]);
      return { balanceUnits, walletUnits, allowanceUnits: walletUnits };
    }
    const token = { abi: DevDollar.abi, address: currency } as const;
    const [balanceUnits, walletUnits, allowanceUnits] = await Promise.all([
      balance,
      chain.reader.readContract({ ...token, functionName: 'balanceOf', args: [account] }),
      chain.reader.readContract({ ...token, functionName: 'allowance', args: [account, court] }),
    ]);
    return { balanceUnits, walletUnits, allowanceUnits };
  });

/** Decimals of an ERC-20; 18 of the chain's own currency. */
export const tokenDecimals = (chain: Chain, currency: Hex): Promise<Result<number>> =>
  attempt(chain, async () =>
    currency === zeroAddress
      ? 18
      : chain.reader.readContract({ abi: DevDollar.abi, address: currency, functionName: 'decimals' }),
  );
