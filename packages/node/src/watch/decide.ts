/**
 * What to do about claims: a pure function of what the chain shows, what the own runs gave, and the clock. It remembers
 * nothing, so that a watcher may be killed at any point and go on from the chain alone.
 */
import type { ClaimView, Dispute } from '@surety/chain';
import { type Clock, isOver, mayBeOver } from './clock.ts';
import type { Knowledge } from './knowledge.ts';
import { type Alert, type Move, NEVER } from './moves.ts';
import { isLive, isMine, same } from './sides.ts';

type Hex = `0x${string}`;

export type Policy = {
  /** Most micro-dollars that own disputes may have at stake together. */
  readonly maxStakeMicroUsd: bigint;
  /**
   * Most micro-dollars of own stakes that go into asking for withheld data within 24 hours: they are lost where the claim turns out to be
   * right.
   */
  readonly maxDataStakeMicroUsdPerDay: bigint;
  /** Most native currency (wei) that is prepaid for answers within 24 hours. */
  readonly maxPrepayWeiPerDay: bigint;
  /** Seconds before a deadline from which it counts as at risk. */
  readonly riskSeconds: number;
};

/** What is known of one claim. */
export type Known = { readonly view: ClaimView; readonly knowledge: Knowledge };

export type World = {
  /** The own address. */
  readonly me: Hex;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly known: readonly Known[];
  /** What a challenger stakes, in parts per million of the bond. */
  readonly stakePpm: bigint;
  /** Native currency that one question prepays, wei. */
  readonly prepayWei: bigint;
  /** What was prepaid within the last 24 hours, wei. */
  readonly prepaidWei: bigint;
  /** Own stakes of the last 24 hours in disputes that began with a question for data, micro-dollars. */
  readonly dataStakedMicroUsd: bigint;
};

export type Decision = {
  /** The most urgent first. */
  readonly moves: readonly Move[];
  readonly alerts: readonly Alert[];
};

/** Disputes in which the side that must move has, or may have, let its clock run out. */
const expiries = (view: ClaimView, { clock, me }: World): readonly Move[] =>
  view.disputes
    // Whoever is on the losing side gains nothing by ending it.
    .filter((each) => (isMine(view, me) ? each.turn === 'challenger' : each.turn === 'provider'))
    .filter((each) => mayBeOver(clock, each.runsOutAt))
    .map((each) => ({ kind: 'expire', claimId: view.id, disputeId: each.id, before: NEVER }));

/** The provider's side: prove, answer, and take what is due. */
const defend = ({ view, knowledge }: Known, world: World): Decision => {
  const { proofRequired } = view.claim.request;
  if (
    knowledge.kind === 'right' &&
    knowledge.proof !== null &&
    !(proofRequired && isOver(world.clock, view.windowEndsAt))
  ) {
    const before = proofRequired ? view.windowEndsAt : NEVER;
    // It ends every dispute, so that nothing else is due.
    return { moves: [{ kind: 'prove', claimId: view.id, proof: knowledge.proof, before }], alerts: [] };
  }
  const moves: Move[] = [...expiries(view, world)];
  const alerts: Alert[] = [];
  const live = view.disputes.filter(isLive);
  if (knowledge.kind === 'wrong') alerts.push({ kind: 'own-claim-wrong', claimId: view.id });
  for (const dispute of live) {
    const last = dispute.exchanges.at(-1);
    if (dispute.turn !== 'provider' || last === undefined || isOver(world.clock, dispute.runsOutAt)) continue;
    const answer = knowledge.kind === 'right' ? knowledge.answers.get(dispute.id) : null;
    // It is being computed.
    if (answer === undefined || knowledge.kind === 'unchecked') continue;
    if (answer === null) {
      alerts.push({ kind: 'cannot-answer', claimId: view.id, disputeId: dispute.id, before: dispute.runsOutAt });
      continue;
    }
    const { question } = last;
    moves.push({
      kind: 'answer',
      claimId: view.id,
      disputeId: dispute.id,
      question,
      answer,
      before: dispute.runsOutAt,
    });
  }
  if (live.length === 0 && mayBeOver(world.clock, view.windowEndsAt))
    moves.push({ kind: 'finalise', claimId: view.id, before: NEVER });
  return { moves, alerts };
};

const NOTHING: Decision = { moves: [], alerts: [] };

type Budget = { stakeMicroUsd: bigint; dataStakeMicroUsd: bigint; prepayWei: bigint };

const affords = (budget: Budget, stakeMicroUsd: bigint, prepayWei: bigint): boolean => {
  if (budget.stakeMicroUsd < stakeMicroUsd || budget.prepayWei < prepayWei) return false;
  budget.stakeMicroUsd -= stakeMicroUsd;
  budget.prepayWei -= prepayWei;
  return true;
};

type Wrong = Extract<Knowledge, { readonly kind: 'wrong' | 'withheld' }>;

/** Part of the window in which withheld data may still be published before anybody pays for them: a quarter. */
const PATIENCE = 4;

const overLimit = (view: ClaimView, stakeMicroUsd: bigint): Decision => ({
  moves: [],
  alerts: [{ kind: 'over-limit', claimId: view.id, stakeMicroUsd, before: view.windowEndsAt }],
});

/** Whether it is worth a stake now to ask for what is withheld. */
const asksForData = (view: ClaimView, stakeMicroUsd: bigint, { clock }: World, budget: Budget): Decision | null => {
  const { madeAt, windowEndsAt } = view;
  if (!isOver(clock, madeAt + Math.floor((windowEndsAt - madeAt) / PATIENCE))) return NOTHING;
  if (budget.dataStakeMicroUsd < stakeMicroUsd)
    return { moves: [], alerts: [{ kind: 'withheld', claimId: view.id, stakeMicroUsd, before: windowEndsAt }] };
  budget.dataStakeMicroUsd -= stakeMicroUsd;
  return null;
};

/** The first step against a wrong claim: a proof that needs no question, or a dispute. */
const open = (view: ClaimView, { kind, steps }: Wrong, world: World, budget: Budget): Decision => {
  const step = steps.get(0n);
  if (step === undefined || step.kind === 'concede') return NOTHING;
  if (step.kind === 'refute')
    return {
      moves: [{ kind: 'refute', claimId: view.id, disputeId: 0n, proof: step.proof, before: NEVER }],
      alerts: [],
    };
  if (step.kind === 'nothing') return { moves: [], alerts: [{ kind: 'no-way', claimId: view.id }] };
  if (isOver(world.clock, view.windowEndsAt)) return { moves: [], alerts: [{ kind: 'too-late', claimId: view.id }] };
  const stakeMicroUsd = (view.claim.request.bondMicroUsd * world.stakePpm) / 1_000_000n;
  const waits = kind === 'withheld' ? asksForData(view, stakeMicroUsd, world, budget) : null;
  if (waits !== null) return waits;
  if (!affords(budget, stakeMicroUsd, world.prepayWei)) return overLimit(view, stakeMicroUsd);
  const { question } = step;
  const { prepayWei } = world;
  return {
    moves: [{ kind: 'dispute', claimId: view.id, question, stakeMicroUsd, prepayWei, before: view.windowEndsAt }],
    alerts: [],
  };
};

/** The next step in an own dispute whose question was answered. */
const goOn = (view: ClaimView, own: Dispute, { steps }: Wrong, world: World, budget: Budget): Decision => {
  const step = steps.get(own.id);
  if (step === undefined) return NOTHING;
  const to = { claimId: view.id, disputeId: own.id, before: own.runsOutAt };
  if (step.kind === 'concede') return { moves: [{ kind: 'concede', ...to }], alerts: [] };
  if (step.kind !== 'ask') return { moves: [], alerts: [{ kind: 'no-way', claimId: view.id }] };
  // The stake is locked already; leaving off now would lose it.
  budget.prepayWei -= world.prepayWei;
  return { moves: [{ kind: 'ask', ...to, question: step.question, prepayWei: world.prepayWei }], alerts: [] };
};

/** A proof that an own dispute has led to, however that dispute stands by now: its record outlives it. */
const proven = (view: ClaimView, own: readonly Dispute[], wrong: Wrong): Move | null => {
  for (const dispute of own) {
    const step = wrong.steps.get(dispute.id);
    if (step?.kind !== 'refute') continue;
    const before = dispute.turn === 'challenger' ? dispute.runsOutAt : NEVER;
    return { kind: 'refute', claimId: view.id, disputeId: dispute.id, proof: step.proof, before };
  }
  return null;
};

/** An own request that pays only for a proof, and got none in time: the price comes back. */
const refund = ({ id, claim, disputes, windowEndsAt }: ClaimView, { clock, me }: World): readonly Move[] =>
  claim.request.proofRequired &&
  same(claim.request.requester, me) &&
  !disputes.some(isLive) &&
  mayBeOver(clock, windowEndsAt)
    ? [{ kind: 'finalise', claimId: id, before: NEVER }]
    : [];

/** The watcher's side. */
const challenge = ({ view, knowledge }: Known, world: World, budget: Budget): Decision => {
  const own = view.disputes.filter(({ challenger }) => same(challenger, world.me));
  const over = expiries(view, world);
  const mine = own.find((each) => each.turn === 'challenger' && !isOver(world.clock, each.runsOutAt));
  if (knowledge.kind === 'right' && mine !== undefined)
    return { moves: [{ kind: 'concede', claimId: view.id, disputeId: mine.id, before: mine.runsOutAt }], alerts: [] };
  if (knowledge.kind !== 'wrong' && knowledge.kind !== 'withheld')
    return { moves: [...over, ...refund(view, world)], alerts: [] };
  const proof = proven(view, own, knowledge);
  if (proof !== null) return { moves: [...over, proof], alerts: [] };
  const waits = own.some(({ turn }) => turn === 'provider');
  const next =
    mine !== undefined
      ? goOn(view, mine, knowledge, world, budget)
      : waits
        ? NOTHING
        : open(view, knowledge, world, budget);
  return { moves: [...over, ...next.moves], alerts: next.alerts };
};

/** Disputes that were still open when their claim was decided otherwise: their stakes are whose they are by then. */
const collect = ({ view }: Known, { me }: World): readonly Move[] =>
  view.disputes
    .filter((each) => isLive(each) && (view.state === 'final' ? isMine(view, me) : same(each.challenger, me)))
    .map((each) => ({ kind: 'settle', claimId: view.id, disputeId: each.id, before: NEVER }));

const atRisk = (moves: readonly Move[], { clock, policy }: World): readonly Alert[] =>
  moves
    .filter(({ before }) => before - clock.chainSeconds < policy.riskSeconds)
    .map(({ kind, claimId, before }) => ({ kind: 'deadline-at-risk', claimId, move: kind, before }));

/** Micro-dollars at stake in own disputes. */
export const stakedBy = (known: readonly Known[], me: Hex): bigint =>
  known
    .filter(({ view }) => view.state === 'open')
    .flatMap(({ view }) => view.disputes)
    .filter((each) => isLive(each) && same(each.challenger, me))
    .reduce((sum, each) => sum + each.stakeMicroUsd, 0n);

/** All moves that are due now, the most urgent first, and what its operator should hear of. */
export const decide = (world: World): Decision => {
  const { known, me, policy } = world;
  const budget: Budget = {
    stakeMicroUsd: policy.maxStakeMicroUsd - stakedBy(known, me),
    dataStakeMicroUsd: policy.maxDataStakeMicroUsdPerDay - world.dataStakedMicroUsd,
    prepayWei: policy.maxPrepayWeiPerDay - world.prepaidWei,
  };
  const open = known.filter(({ view }) => view.state === 'open');
  // The highest bonds first: where limits do not reach for all, they are spent on what matters most.
  const byBond = open.toSorted((a, b) => Number(b.view.claim.request.bondMicroUsd - a.view.claim.request.bondMicroUsd));
  const parts = byBond.map((each) => (isMine(each.view, me) ? defend(each, world) : challenge(each, world, budget)));
  const decided = known.filter(({ view }) => view.state !== 'open' && view.state !== 'none');
  const moves = [
    ...parts.flatMap((each) => each.moves).toSorted((a, b) => a.before - b.before),
    ...decided.flatMap((each) => collect(each, world)),
  ];
  return { moves, alerts: [...parts.flatMap((each) => each.alerts), ...atRisk(moves, world)] };
};
