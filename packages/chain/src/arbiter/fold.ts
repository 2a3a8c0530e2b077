/** What claims and disputes have become, from the Arbiter's events alone: they carry every claim, question and answer whole. */
import type { ContractEventName, DecodeEventLogReturnType, Hex } from 'viem';
import type { Arbiter } from '../generated/index.ts';
import type { Claim, ClaimState, ClaimView, Dispute, Exchange } from './claim.ts';
import { readClaimArgument } from './request.ts';

type Abi = typeof Arbiter.abi;
type Named<N extends ContractEventName<Abi>> = DecodeEventLogReturnType<Abi, N>;

/** An event with where it stands on the chain. */
export type ArbiterEvent = {
  readonly [N in ContractEventName<Abi>]: {
    readonly name: N;
    readonly args: Named<N>['args'];
    readonly transaction: Hex;
    readonly block: bigint;
    /** Of the block, unix seconds; `null` where the chain does not say it beside a log. */
    readonly at: number | null;
  };
}[ContractEventName<Abi>];

/** Native currency that one question prepaid. */
export type Prepayment = {
  readonly claimId: Hex;
  readonly disputeId: bigint;
  readonly challenger: Hex;
  readonly wei: bigint;
  readonly block: bigint;
  /** Of the block, unix seconds, where the chain says it beside a log. */
  readonly at: number | null;
};

type Building = {
  id: Hex;
  claim: Claim;
  state: ClaimState;
  madeIn: Hex;
  windowEndsAt: number;
  shown: { question: Hex; answer: Hex }[];
  disputes: Map<bigint, { -readonly [K in keyof Dispute]: Dispute[K] } & { exchanges: Exchange[] }>;
  prepaid: Prepayment[];
  changedIn: bigint;
  ended: ClaimView['ended'];
};

/** Stakes follow from the bond, rounded down. */
export const stakeOf = (bondMicroUsd: bigint, stakePpm: bigint): bigint => (bondMicroUsd * stakePpm) / 1_000_000n;

const apply = (claims: Map<Hex, Building>, event: ArbiterEvent, stakePpm: bigint): void => {
  if (event.name === 'Claimed') {
    const { claimId, claim, windowEnd } = event.args;
    claims.set(claimId, {
      id: claimId,
      claim: readClaimArgument(claim),
      state: 'open',
      madeIn: event.transaction,
      windowEndsAt: windowEnd,
      shown: [],
      disputes: new Map(),
      prepaid: [],
      changedIn: event.block,
      ended: null,
    });
    return;
  }
  if (!('claimId' in event.args)) return;
  const on = claims.get(event.args.claimId);
  // Of a claim from before the first block that is looked at.
  if (on === undefined) return;
  on.changedIn = event.block;
  const { transaction } = event;
  switch (event.name) {
    case 'Disputed': {
      const { disputeId, challenger } = event.args;
      on.disputes.set(BigInt(disputeId), {
        id: BigInt(disputeId),
        challenger,
        turn: 'provider',
        runsOutAt: 0,
        stakeMicroUsd: stakeOf(on.claim.request.bondMicroUsd, stakePpm),
        stakeTo: null,
        closedIn: null,
        exchanges: [],
      });
      return;
    }
    case 'Asked': {
      const { question, prepaid, deadline } = event.args;
      const id = BigInt(event.args.disputeId);
      const dispute = on.disputes.get(id);
      if (dispute === undefined) return;
      const { block, at } = event;
      on.prepaid.push({ claimId: on.id, disputeId: id, challenger: dispute.challenger, wei: prepaid, block, at });
      dispute.exchanges.push({ question, askedIn: transaction, answer: null, answeredIn: null, record: null });
      Object.assign(dispute, { turn: 'provider', runsOutAt: deadline });
      return;
    }
    case 'Answered': {
      const { disputeId, question, answer, record, deadline } = event.args;
      if (disputeId === 0) {
        on.shown.push({ question, answer });
        return;
      }
      const dispute = on.disputes.get(BigInt(disputeId));
      const asked = dispute?.exchanges.pop();
      if (dispute === undefined || asked === undefined) return;
      dispute.exchanges.push({ ...asked, answer, answeredIn: transaction, record });
      Object.assign(dispute, { turn: 'challenger', runsOutAt: deadline });
      return;
    }
    case 'DisputeClosed': {
      const dispute = on.disputes.get(BigInt(event.args.disputeId));
      const { stakeTo } = event.args;
      if (dispute !== undefined)
        Object.assign(dispute, { turn: 'closed', runsOutAt: 0, stakeTo, closedIn: transaction });
      return;
    }
    case 'Finalised':
      on.state = 'final';
      on.ended = { kind: 'final', proved: event.args.proved, transaction };
      return;
    case 'Voided': {
      const { disputeId, rewarded, reward, burnt, byClock } = event.args;
      on.state = 'void';
      on.ended = {
        kind: 'void',
        disputeId: BigInt(disputeId),
        rewarded,
        rewardMicroUsd: reward,
        burntMicroUsd: burnt,
        byClock,
        transaction,
      };
      return;
    }
    case 'Annulled':
      on.state = 'annulled';
      on.ended = { kind: 'annulled', doubted: event.args.doubted, transaction };
      return;
    default:
  }
};

/** Claims in the order in which they were made, and what was prepaid in their disputes. */
export type Folded = {
  readonly claims: readonly ClaimView[];
  readonly prepaid: readonly Prepayment[];
  /** Block of the last event of each claim. */
  readonly changedIn: ReadonlyMap<Hex, bigint>;
};

/** All claims after these events, which must be in the order of the chain. */
export const foldClaims = (events: readonly ArbiterEvent[], stakePpm: bigint): Folded => {
  const building = new Map<Hex, Building>();
  for (const event of events) apply(building, event, stakePpm);
  const all = [...building.values()];
  return {
    claims: all.map(({ id, claim, state, madeIn, windowEndsAt, shown, disputes, ended }) => ({
      id,
      claim,
      state,
      madeIn,
      madeAt: windowEndsAt - claim.request.windowSeconds,
      windowEndsAt,
      shown,
      disputes: [...disputes.values()],
      ended,
    })),
    // In the order of the chain.
    prepaid: all.flatMap((each) => each.prepaid).toSorted((a, b) => Number(a.block - b.block)),
    changedIn: new Map(all.map(({ id, changedIn }) => [id, changedIn])),
  };
};
