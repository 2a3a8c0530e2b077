/** Balance roots: when one is due, what it says, and whether the chain would take it. See `spec/05-settlement.md`, 5.3. */
import {
  type Deposit,
  encodeIntent,
  type ForcedRequest,
  type NewRoot,
  readBacking,
  readSettlement,
  type SettlementState,
  type SumNode,
} from '@surety/chain';
import { unwrap } from '@surety/core';
import { type ChainState, kindOf, type LeafJson, type Payout } from '../chain-state.ts';
import { leavesNow, type OpenPositions } from './leaves.ts';
import { broken, type ChainParts, type Hex } from './parts.ts';
import { treeOf } from './tree.ts';

/** A root is posted at least once in this part of the gap after which anybody may leave. */
const HEARTBEATS_IN_GAP = 2;

export type RootInputs = {
  readonly openPositions: OpenPositions;
  /** Deposits that this root counts before they are credited. */
  readonly ahead: readonly Deposit[];
  readonly demands: readonly ForcedRequest[];
};

/** Accounts that are granted more than any root before allows them, with the intents by which this one pays them. */
const payoutsOf = (payouts: readonly Payout[], number: number, leaves: readonly LeafJson[]): readonly Payout[] => {
  const allowed = new Set(payouts.map(({ account, authorised }) => `${account} ${authorised}`));
  const due = leaves.filter(
    ({ account, authorised, withdrawn }) =>
      BigInt(authorised) > BigInt(withdrawn) && !allowed.has(`${account} ${authorised}`),
  );
  if (due.length === 0) return [];
  const built = treeOf(leaves);
  return due.flatMap(({ account, authorised }) => {
    const proof = built.proof(account);
    const intent = proof && encodeIntent({ kind: 'withdraw', rootNumber: BigInt(number), ...proof });
    return intent === undefined ? [] : [{ account, number, authorised, intent }];
  });
};

/** Whether the chain's newest root says something else, is old, or is too early to answer a demand. */
const isDue = (
  { delays, now }: ChainParts,
  { roots }: ChainState,
  { lastRoot, rootCount }: SettlementState,
  wanted: { readonly leaves: readonly LeafJson[]; readonly through: string; readonly demands: RootInputs['demands'] },
): boolean => {
  const last = roots.at(-1);
  if (last === undefined || last.depositsThrough !== wanted.through) return true;
  if (JSON.stringify(last.leaves) !== JSON.stringify(wanted.leaves)) return true;
  if (now() >= lastRoot.postedAt + delays.rootGapSeconds / HEARTBEATS_IN_GAP) return true;
  return wanted.demands.some(({ afterRoot }) => afterRoot >= rootCount);
};

/**
 * Whether the chain holds the counted deposits and enough money now. A root that it would refuse is not journalled: a
 * withdrawal or a rewind came in between, and the next pass sees more.
 */
const wouldFit = async (parts: ChainParts, { hash: _, ...root }: NewRoot): Promise<boolean> => {
  const { chain, contracts, onError } = parts;
  const backing = unwrap(await readBacking(chain, contracts, root.depositsThrough));
  if (backing.commitment !== root.depositsCommitment) {
    onError(
      broken({
        code: 'settlement.deposits-differ',
        message: `Root ${root.number} waits: the chain does not hold deposit ${root.depositsThrough} as it was credited.`,
        next: 'If the chain was rewound below its final block, those deposits have to be made again.',
        value: backing.commitment,
        limit: root.depositsCommitment,
      }),
    );
    return false;
  }
  if (root.sumMicroUsd <= backing.limitMicroUsd) return true;
  onError(
    broken({
      code: 'settlement.root-above-deposits',
      message: `Root ${root.number} waits: it would count ${root.sumMicroUsd} micro-USD, above ${backing.limitMicroUsd}.`,
      next: 'A payment in between is seen in the next pass; if this stays, audit the ledger.',
      value: root.sumMicroUsd.toString(),
      limit: backing.limitMicroUsd.toString(),
    }),
  );
  return false;
};

/** Journals the next root where one is due and the one before is final; `pursue` posts it. */
export const intendRoot = async (parts: ChainParts, inputs: RootInputs): Promise<void> => {
  const { chain, contracts, state, record } = parts;
  const current = await state();
  if (current.intents.some((each) => !each.final && kindOf(each) === 'post-root')) return;
  const settlement = unwrap(await readSettlement(chain, contracts));
  const { id = BigInt(current.creditedThrough), commitment = current.commitment } = inputs.ahead.at(-1) ?? {};
  if (settlement.mode !== 'active' || id < settlement.lastRoot.depositsThrough) return;
  const leaves = await leavesNow(parts, inputs.openPositions, inputs.ahead);
  const through = id.toString();
  if (leaves === undefined || !isDue(parts, current, settlement, { leaves, through, demands: inputs.demands })) return;
  const node: SumNode = treeOf(leaves).root;
  const position = settlement.lastRoot.journalPosition;
  const number = current.rootNumber + 1;
  const root: NewRoot = {
    number: BigInt(number),
    ...node,
    depositsThrough: id,
    depositsCommitment: commitment as Hex,
    journalPosition: position > BigInt(number) ? position : BigInt(number),
  };
  if (!(await wouldFit(parts, root))) return;
  const intent = encodeIntent({ kind: 'post-root', root });
  const payouts = payoutsOf(current.payouts, number, leaves);
  await record({ kind: 'root', id: `root/${number}`, intent, number, depositsThrough: through, leaves, payouts });
};
