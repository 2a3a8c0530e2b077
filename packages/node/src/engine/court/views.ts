/** Cases as the wire shows them: the ladder with what was said on each rung, and what going on costs. Pure. */
import { OUTCOME } from '@surety/core';
import {
  type Case,
  isByPerson,
  lockOf,
  needOf,
  priceOfNextRound,
  type Round,
  type Seat,
  sayingsOf,
} from '@surety/court';
import type { CaseSummary, CourtCase } from '@surety/protocol';
import { byStanding } from '../../places/places.ts';
import type { Asked } from '../views.ts';
import { standingOf } from './case-game.ts';
import type { CaseState } from './case-state.ts';
import type { Named } from './record.ts';

/** An AI juror's public names. */
export type JurorNames = (juror: string) => (Named & { readonly id: string }) | undefined;

/** A case that has begun, and the question it is about. */
export type Pending = { readonly state: CaseState & { readonly game: Case }; readonly question: Asked };

/** When the phase ends by itself. */
const endOf = ({ phase, rounds }: Case): number | null => {
  if ('endsAt' in phase) return phase.endsAt;
  return phase.kind === 'round' ? rounds.at(-1)!.revealEndsAt : null;
};

/** Whether the last round that ended had a ruling. */
const isRuled = ({ rounds }: Case): boolean =>
  rounds.findLast(({ result }) => result.kind !== 'open')?.result.kind === 'ruled';

export const summaryOfCase = ({ state, question }: Pending): CaseSummary => {
  const { game, claimId } = state;
  const round = game.rounds.length;
  return {
    caseId: claimId,
    claim: question.claim as CaseSummary['claim'],
    plainWords: question.plainWords,
    phase: game.phase.kind,
    endsAt: endOf(game),
    movedAt: state.at,
    latestEnd: game.latestEnd,
    standing: sayingsOf(game).at(-1)!.outcome,
    ruled: isRuled(game),
    outcome: game.phase.kind === 'final' ? game.phase.outcome : null,
    bondsMicroUsd: game.rungs.reduce((sum, { bondMicroUsd }) => sum + bondMicroUsd, 0n).toString(),
    round,
    jurors: round === 0 ? null : game.terms.policy.rounds[round - 1]!.jurors,
  };
};

type WireRound = CourtCase['rounds'][number];

const voteOf = ({ vote }: Seat): Pick<WireRound['panel'][number], 'vote' | 'outcome'> => {
  if (vote.kind !== 'revealed') return { vote: vote.kind, outcome: null };
  if (vote.outcome === OUTCOME.abstain) return { vote: 'abstained', outcome: null };
  return { vote: 'cast', outcome: vote.outcome };
};

const seatView = (state: CaseState, seat: Seat, names: JurorNames): WireRound['panel'][number] => {
  const named = names(seat.juror);
  return {
    juror: seat.juror,
    name: named?.id ?? null,
    operator: named?.operator ?? null,
    family: named?.family ?? null,
    committed: seat.commitment !== null,
    ...voteOf(seat),
    reason: state.reasons.find(({ account }) => account === seat.juror)?.reason ?? null,
  };
};

const timesOf = ({ beaconAt, drawEndsAt, commitEndsAt, revealEndsAt }: Round): WireRound['times'] => ({
  beaconAt,
  drawEndsAt,
  commitEndsAt,
  revealEndsAt,
});

const roundView = ({ state }: Pending, i: number, names: JurorNames): WireRound => {
  const { game } = state;
  const rules = game.terms.policy.rounds[i]!;
  const round = game.rounds[i];
  const running = game.phase.kind === 'round' && i === game.rounds.length - 1;
  return {
    number: i + 1,
    jurors: rules.jurors,
    seats: rules.seats,
    quorum: rules.quorum,
    feePerSeatMicroUsd: rules.feePerSeatMicroUsd.toString(),
    lockMicroUsd: lockOf(rules).toString(),
    drawnBy: isByPerson(rules) ? 'person' : 'stake',
    state: round === undefined ? 'to-come' : running ? 'running' : 'past',
    times: round === undefined ? null : timesOf(round),
    beacon: round?.beacon ?? null,
    panel: (round?.seats ?? []).map((seat) => seatView(state, seat, names)),
    ruling: round?.result.kind === 'ruled' ? round.result.outcome : null,
  };
};

/** What going on costs whoever bears a bond: every outcome but the one that stands costs the same. */
const needView = (game: Case): CourtCase['need'] => {
  const need = needOf(game, game.rungs[0]!.outcome);
  return need && { bondMicroUsd: need.bondMicroUsd.toString(), feesMicroUsd: need.feesMicroUsd.toString() };
};

const priceView = (game: Case): CourtCase['bribe'] => {
  const price = priceOfNextRound(game);
  if (price === null) return null;
  const { seats, perSeatMicroUsd, budgetMicroUsd } = price;
  return { seats, perSeatMicroUsd: perSeatMicroUsd.toString(), budgetMicroUsd: budgetMicroUsd.toString() };
};

/** By what their accounts stand for; the network that one came from is nobody's business. */
const adviceView = ({ advice }: CaseState): CourtCase['advice'] =>
  advice
    .map((piece) => ({ piece, standing: standingOf(piece) }))
    .sort((a, b) => byStanding(a.standing, b.standing))
    .map(({ piece: { account, outcome, reason, at }, standing }) => ({
      account,
      outcome,
      reason,
      at,
      standing: standing.kind,
    }));

export const caseView = (pending: Pending, names: JurorNames): CourtCase => {
  const { state } = pending;
  const { game } = state;
  return {
    ...summaryOfCase(pending),
    proposedAt: game.proposedAt,
    policy: game.terms.policy.kind,
    oneOperator: game.terms.policy.operators === 'one',
    rungs: game.rungs.map(({ outcome, bondMicroUsd, feesMicroUsd, shares }) => ({
      outcome,
      bondMicroUsd: bondMicroUsd.toString(),
      feesMicroUsd: feesMicroUsd.toString(),
      shares: shares.map(({ account, amountMicroUsd }) => ({ account, amountMicroUsd: amountMicroUsd.toString() })),
    })),
    rounds: game.terms.policy.rounds.map((_, i) => roundView(pending, i, names)),
    need: needView(game),
    pots: game.pots.map(({ outcome, shares }) => ({
      outcome,
      amountMicroUsd: shares.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n).toString(),
    })),
    statements: [...state.statements],
    advice: adviceView(state),
    bribe: priceView(game),
  };
};
