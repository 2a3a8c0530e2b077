/** Claims as the wire shows them, from what the chain says and what their moves are about. */
import {
  type ClaimStatus,
  type ClaimView,
  type DeployedTerms,
  type Dispute,
  type DisputeStatus,
  NOBODY,
  type Sent,
} from '@surety/chain';
import { type ClaimStanding, optimisticFinding } from '@surety/proofs';
import { type ClaimHides, checkedClaimFinding, stepClaimFinding } from '@surety/proofs/zk';
import type {
  Run,
  RunChain,
  RunDispute,
  RunEnd,
  RunRefutation,
  RunRouteKind,
  RunSpot,
  RunSummary,
} from '@surety/protocol';
import type { ReadClaim, ReadDispute } from './explained.ts';

type Hex = `0x${string}`;

const PPM = 1_000_000n;

export const idOf = (hex: Hex): string => hex.slice(2).toLowerCase();

/** What this node knows beyond the chain. */
export type Local = {
  readonly environment: 'development' | 'production';
  readonly chain: RunChain;
  /** A program's name, by P; `null` for none. */
  readonly nameOf: (id: string) => string | null;
  readonly holds: (id: string) => boolean;
  /** By which contract a claim is judged. */
  readonly routeKindOf: (verifier: string) => RunRouteKind;
};

const isLive = ({ turn }: Dispute): boolean => turn === 'provider' || turn === 'challenger';

const soonest = ({ disputes, state }: ClaimView): RunSummary['turn'] => {
  if (state !== 'open') return null;
  const [first] = disputes.filter(isLive).sort((a, b) => a.runsOutAt - b.runsOutAt);
  return first === undefined ? null : { side: first.turn as 'provider' | 'challenger', before: first.runsOutAt };
};

export const summaryOf = (
  view: ClaimView,
  read: ReadClaim,
  refutation: RunRefutation | null,
  local: Local,
): RunSummary => {
  const { request, provider } = view.claim;
  const { program } = read;
  const id = program.id ?? idOf(request.program);
  const { ended } = view;
  return {
    claimId: idOf(view.id),
    program: {
      id: idOf(request.program),
      name: local.nameOf(id),
      held: local.holds(id),
      steps: program.steps,
      nodes: program.nodes,
    },
    provider,
    requester: request.requester,
    route: { verifier: request.verifier, kind: local.routeKindOf(request.verifier) },
    priceMicroUsd: request.priceMicroUsd.toString(),
    bondMicroUsd: request.bondMicroUsd.toString(),
    madeAt: view.madeAt,
    windowEndsAt: view.windowEndsAt,
    state: view.state as RunSummary['state'],
    turn: soonest(view),
    disputes: view.disputes.length,
    openDisputes: view.state === 'open' ? view.disputes.filter(isLive).length : 0,
    spot: spotOfRefutation(refutation) ?? read.disputes.findLast(({ spot }) => spot !== null)?.spot ?? null,
    proved: ended?.kind === 'final' && ended.proved,
    byClock: ended?.kind === 'void' && ended.byClock,
    proofRequired: request.proofRequired,
    doubted: ended?.kind === 'annulled' && ended.doubted,
  };
};

/** Where the refutation points, which is the last word about what was disputed. */
const spotOfRefutation = (refutation: RunRefutation | null): RunSpot | null => {
  if (refutation === null || refutation.place === null) return null;
  const { place, element, claimed, computed } = refutation;
  const elements = element === null ? null : { first: element, last: element };
  return { place, elements, claimed, computed, computedBy: computed === null ? null : 'route' };
};

/** All of the chain that a whole claim is told from. */
export type ClaimFacts = {
  readonly view: ClaimView;
  readonly read: ReadClaim;
  readonly refutation: RunRefutation | null;
  readonly status: ClaimStatus;
  /** Of disputes that are open, by number. */
  readonly live: ReadonlyMap<bigint, DisputeStatus>;
  /** Every transaction that is named. */
  readonly sent: ReadonlyMap<Hex, Sent>;
  readonly terms: DeployedTerms;
  /** What an own run said of it. */
  readonly ownRun: 'same' | 'other' | null;
  /** What its proof hides, of a claim by steps; `null` where that is not known here. */
  readonly hides: ClaimHides | null;
};

const sentOf = ({ sent }: ClaimFacts, transaction: Hex): Sent => sent.get(transaction)!;

const closedHow = (facts: ClaimFacts, dispute: Dispute): NonNullable<RunDispute['closed']>['how'] => {
  const { ended } = facts.view;
  const { closedIn } = dispute;
  if (ended?.kind === 'void' && ended.disputeId === dispute.id && ended.transaction === closedIn)
    return ended.byClock ? 'provider-clock' : 'refuted';
  const { method, by } = sentOf(facts, closedIn!);
  if (method === 'settle' || ended?.transaction === closedIn) return 'settled';
  if (method === 'concede') return 'conceded';
  return method === 'expire' || by !== dispute.challenger ? 'challenger-clock' : 'conceded';
};

const closedOf = (facts: ClaimFacts, dispute: Dispute): RunDispute['closed'] => {
  const { closedIn, stakeTo } = dispute;
  if (closedIn === null || stakeTo === null) return null;
  const how = closedHow(facts, dispute);
  return { how, stakeTo, at: sentOf(facts, closedIn).at, transaction: idOf(closedIn) };
};

const movesOf = (facts: ClaimFacts, dispute: Dispute, read: ReadDispute, wei: readonly bigint[]): RunDispute['moves'] =>
  dispute.exchanges.flatMap(({ askedIn, answeredIn }, i): RunDispute['moves'] => {
    const { question, answer } = read.exchanges[i]!;
    const ask = { by: dispute.challenger, at: sentOf(facts, askedIn).at, transaction: idOf(askedIn) };
    const asked = { kind: 'asked', ...ask, question, prepaidWei: (wei[i] ?? 0n).toString() } as const;
    if (answeredIn === null || answer === null) return [asked];
    const { provider } = facts.view.claim;
    const reply = { by: provider, at: sentOf(facts, answeredIn).at, transaction: idOf(answeredIn) };
    return [asked, { kind: 'answered', ...reply, answer }];
  });

const disputeOf = (facts: ClaimFacts, dispute: Dispute, read: ReadDispute, wei: readonly bigint[]): RunDispute => {
  const { ended } = facts.view;
  const status = facts.live.get(dispute.id);
  const turn = dispute.turn;
  const decided = ended?.kind === 'void' && ended.disputeId === dispute.id;
  return {
    number: Number(dispute.id),
    challenger: dispute.challenger,
    openedAt: sentOf(facts, dispute.exchanges[0]!.askedIn).at,
    turn:
      status === undefined || (turn !== 'provider' && turn !== 'challenger')
        ? null
        : { side: turn, before: dispute.runsOutAt, otherSeconds: status.otherSeconds },
    stakeMicroUsd: dispute.stakeMicroUsd.toString(),
    prepaidWei: (status?.prepaidWei ?? 0n).toString(),
    spot: (decided ? spotOfRefutation(facts.refutation) : null) ?? read.spot,
    moves: movesOf(facts, dispute, read, wei),
    closed: closedOf(facts, dispute),
  };
};

const endOf = (facts: ClaimFacts): RunEnd | null => {
  const { ended } = facts.view;
  if (ended === null) return null;
  const { at, by } = sentOf(facts, ended.transaction);
  const fields = { at, by, transaction: idOf(ended.transaction) };
  if (ended.kind === 'annulled') return { kind: 'annulled', ...fields };
  if (ended.kind === 'final') return { kind: 'final', ...fields, proved: ended.proved };
  return {
    kind: 'void',
    ...fields,
    dispute: ended.disputeId === 0n ? null : Number(ended.disputeId),
    refutation: ended.byClock ? null : facts.refutation,
    rewarded: ended.rewarded,
    rewardMicroUsd: ended.rewardMicroUsd.toString(),
    burntMicroUsd: ended.burntMicroUsd.toString(),
  };
};

/** Where the bond goes if the claim is void, or went. */
const splitOf = ({ view, status, terms }: ClaimFacts): Run['split'] => {
  const bond = view.claim.request.bondMicroUsd;
  const { ended } = view;
  const reward = ended?.kind === 'void' ? ended.rewardMicroUsd : (bond * terms.rewardPpm) / PPM;
  // Once void, the contract's figure falls as cover is taken; what was set aside follows from the rest.
  const cover = ended?.kind === 'void' ? bond - reward - ended.burntMicroUsd : status.coveredMicroUsd;
  const burnt = bond - reward - cover;
  return {
    coverMicroUsd: cover.toString(),
    rewardMicroUsd: reward.toString(),
    burntMicroUsd: burnt.toString(),
  };
};

const coverOf = (facts: ClaimFacts): Run['cover'] => {
  const { view, terms, status } = facts;
  const { bondMicroUsd, premiumPpm } = view.claim.request;
  const limit = (bondMicroUsd * (PPM - terms.rewardPpm - terms.burnPpm)) / PPM;
  return {
    reservedMicroUsd: splitOf(facts).coverMicroUsd,
    leftMicroUsd: (view.state === 'open' ? limit - status.coveredMicroUsd : 0n).toString(),
    premiumPpm,
  };
};

const standingOf = (facts: ClaimFacts, { state, proved, byClock, doubted }: RunSummary): ClaimStanding => {
  const { view } = facts;
  const disputes = view.disputes.length;
  if (view.ended === null || state === 'open') return { state: 'open', windowEndsAt: view.windowEndsAt, disputes };
  const { at } = sentOf(facts, view.ended.transaction);
  if (state === 'annulled') return { state, at, doubted };
  if (state === 'void') return { state, by: byClock ? 'ran-out' : 'refuted', at };
  const { windowSeconds } = view.claim.request;
  return proved ? { state: 'proved', at } : { state, windowSeconds, disputes, finalAt: at };
};

const findingOf = (facts: ClaimFacts, summary: RunSummary, { environment, chain }: Local): Run['finding'] => {
  const { claimId, route } = summary;
  const claim = {
    arbiter: `the Arbiter ${chain.arbiter} on chain ${chain.chainId}`,
    route: route.verifier,
    development: environment === 'development',
    claimId,
    bondMicroUsd: facts.view.claim.request.bondMicroUsd,
    standing: standingOf(facts, summary),
  };
  const finding =
    route.kind === 'proof'
      ? checkedClaimFinding(claimId, claim)
      : route.kind === 'proof-steps'
        ? stepClaimFinding(claimId, { ...claim, hides: facts.hides })
        : optimisticFinding(claimId, { ...claim, judgesBySpec: route.kind === 'tensor', ownRun: facts.ownRun });
  return { ...finding, link: 'program' };
};

/**
 * A whole claim.
 * @param prepaid what each question of a dispute prepaid, in order
 */
export const runOf = (facts: ClaimFacts, prepaid: (disputeId: bigint) => readonly bigint[], local: Local): Run => {
  const { view, read, terms } = facts;
  const { claim } = view;
  const { request } = claim;
  const summary = summaryOf(view, read, facts.refutation, local);
  return {
    environment: local.environment,
    chain: local.chain,
    ...summary,
    transaction: idOf(view.madeIn),
    input: idOf(request.input),
    output: idOf(claim.output),
    trace: idOf(claim.trace),
    windowSeconds: request.windowSeconds,
    clockSeconds: request.clockSeconds,
    callback: request.callback === NOBODY ? null : request.callback,
    shown: read.shown.flatMap(({ question, answer }) => (answer === null ? [] : [{ question, answer }])),
    cover: coverOf(facts),
    split: splitOf(facts),
    stakeMicroUsd: ((request.bondMicroUsd * terms.stakePpm) / PPM).toString(),
    disputed: view.disputes.map((each, i) => disputeOf(facts, each, read.disputes[i]!, prepaid(each.id))),
    end: endOf(facts),
    finding: findingOf(facts, summary, local),
  };
};
