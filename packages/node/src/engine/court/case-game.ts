/** The game of one case in the journal: `@surety/court` decides, this remembers who said what. Pure. */
import type { Json, Problem } from '@surety/core';
import { type Candidate, type Case, type CaseEvent, heldMicroUsd, step } from '@surety/court';
import type { Game } from '../../journal/game.ts';
import { placeFor, placesIn, type Standing } from '../../places/places.ts';
import { fromJson, toJson } from '../codec.ts';
import { decodeNonces, encodeNonces, isSpent, replayProblem, spend } from '../nonces.ts';
import {
  type Advice,
  CASE_LIMITS,
  type CaseState,
  type CaseStreamEffect,
  type CaseStreamEvent,
  initialCase,
  type Statement,
} from './case-state.ts';

type Outcome =
  | { readonly kind: 'accepted'; readonly state: CaseState; readonly effects: readonly CaseStreamEffect[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const no = (problem: Problem): Outcome => ({ kind: 'refused', problem });

const isOwn = (event: CaseStreamEvent): event is Exclude<CaseStreamEvent, CaseEvent> =>
  event.kind === 'snapshot' || event.kind === 'attended' || event.kind === 'advised';

const hasRoom = (statements: readonly Statement[], account: string): boolean =>
  statements.length < CASE_LIMITS.statements &&
  statements.filter((one) => one.account === account).length < CASE_LIMITS.statementsEach;

/** What an account that gave advice stands for. */
export const standingOf = ({ standing, at }: Advice): Standing =>
  standing ?? { kind: 'free', network: null, since: at };

const ended = (game: Case | undefined): Problem => ({
  code: 'court.wrong-phase',
  message: 'The case has ended.',
  next: 'Read what came of it.',
  field: 'phase',
  value: game?.phase.kind ?? 'none',
  limit: 'a case that is open',
});

const unheard = (account: string, message: string, next: string, limit: number): Outcome =>
  no({ code: 'court.statements-full', message, next, field: 'reason', value: account, limit: String(limit) });

/** Takes a piece of advice, in the place of another one where there is no room for both. */
const advised = ({ advice, game }: CaseState, own: Advice): Outcome | Partial<CaseState> => {
  if (game === undefined || game.phase.kind === 'final' || game.phase.kind === 'undecided') return no(ended(game));
  const { account } = own;
  if (advice.some((one) => one.account === account))
    return unheard(account, 'This account has said what it thinks.', 'Read what is there; a bond speaks louder.', 1);
  const place = placeFor(advice.map(standingOf), standingOf(own), CASE_LIMITS.advice);
  if (place.kind === 'full') {
    const next = 'A stake from before the case, an older account or another network has a place; or bear a bond.';
    return unheard(account, 'This case takes no further advice of such accounts.', next, placesIn(CASE_LIMITS.advice));
  }
  return { advice: [...(place.kind === 'room' ? advice : advice.toSpliced(place.of, 1)), own] };
};

/** What an event that led to `game` said in words. */
const saidWith = (
  state: CaseState,
  event: CaseEvent & { readonly reason?: string },
  game: Case | undefined,
): Partial<CaseState> => {
  const { reason, at } = event;
  if (reason === undefined) return {};
  // Money is never refused for want of room for its reason; and who fills a rung is heard, whatever crumbs said before.
  const fills = (game?.rungs.length ?? 0) > (state.game?.rungs.length ?? 0);
  if (event.kind === 'fund' && event.outcome !== null && (fills || hasRoom(state.statements, event.account)))
    return { statements: [...state.statements, { account: event.account, outcome: event.outcome, reason, at }] };
  if (event.kind === 'reveal')
    return { reasons: [...state.reasons, { account: event.juror, outcome: event.outcome, reason, at }] };
  return {};
};

const own = (state: CaseState, event: Exclude<CaseStreamEvent, CaseEvent>): Outcome | Partial<CaseState> => {
  if (event.kind === 'snapshot') return { snapshot: { round: event.round, candidates: event.candidates } };
  if (event.kind === 'attended') return { attended: [...state.attended, { round: event.round, at: event.at }] };
  const { account, outcome, reason, at, standing } = event;
  return advised(state, { account, outcome, reason, at, ...(standing !== undefined && { standing }) });
};

const inGame = (state: CaseState, event: CaseEvent & { readonly reason?: string }): Outcome | Partial<CaseState> => {
  const stepped = step(state.game, event);
  if (stepped.kind === 'refused') return no(stepped.problem);
  return { game: stepped.state, ...saidWith(state, event, stepped.state) };
};

const isRefused = (change: Outcome | Partial<CaseState>): change is Outcome => 'kind' in change;

/** One step of a case in the journal. */
export const stepCase = (state: CaseState, event: CaseStreamEvent): Outcome => {
  const nonce = 'nonce' in event ? event.nonce : undefined;
  if (nonce !== undefined && isSpent(state.nonces, nonce)) {
    return no(replayProblem(nonce));
  }
  const change = isOwn(event) ? own(state, event) : inGame(state, event);
  if (isRefused(change)) return change;
  const nonces = nonce === undefined ? state.nonces : spend(state.nonces, nonce, event.at);
  return {
    kind: 'accepted',
    state: { ...state, ...change, nonces, at: event.at, seq: state.seq + 1 },
    effects: [{ kind: 'case.moved', claimId: state.claimId }],
  };
};

/** Everything of value in a case's stream, micro-USD. */
export const caseValue = ({ game }: CaseState): bigint => (game === undefined ? 0n : heldMicroUsd(game));

/** What comes in by an event is what the case then holds more. */
const inflow = (state: CaseState, event: CaseStreamEvent): bigint => {
  const stepped = stepCase(state, event);
  return stepped.kind === 'accepted' ? caseValue(stepped.state) - caseValue(state) : 0n;
};

const object = (json: Json): { readonly [key: string]: Json } => json as { readonly [key: string]: Json };

/** Weights and chain ids are no amounts, and are integers beyond a double all the same. */
const candidatesOf = (json: Json): readonly Candidate[] =>
  (json as readonly Json[]).map((each) => ({
    ...fromJson<Candidate>(each),
    weight: BigInt(object(each).weight as string),
  }));

const decodeEvent = (json: Json): CaseStreamEvent => {
  const event = fromJson<CaseStreamEvent>(json);
  if (event.kind === 'propose') return { ...event, chainId: BigInt(object(json).chainId as string) };
  if (event.kind === 'draw' || event.kind === 'snapshot')
    return { ...event, candidates: candidatesOf(object(json).candidates!) };
  return event;
};

const decodeGame = (json: Json): Case => {
  const { terms, rounds, credits, ...rest } = object(json);
  return {
    ...fromJson<Omit<Case, 'terms' | 'rounds' | 'credits'>>(rest),
    terms: { ...fromJson<Case['terms']>(terms!), chainId: BigInt(object(terms!).chainId as string) },
    rounds: (rounds as readonly Json[]).map((round) => ({
      ...fromJson<Case['rounds'][number]>(round),
      candidates: candidatesOf(object(round).candidates!),
    })),
    credits: new Map(
      (credits as readonly (readonly [string, string])[]).map(([account, amount]) => [account, BigInt(amount)]),
    ),
  };
};

export const caseGame: Game<CaseState, CaseStreamEvent, CaseStreamEffect> = {
  name: 'case',
  initial: initialCase,
  step: stepCase,
  inflow,
  encodeEvent: toJson,
  decodeEvent,
  encodeState: ({ nonces, ...state }) => toJson({ ...state, nonces: encodeNonces(nonces) }),
  decodeState: (json) => {
    // Cases from before marks were kept have none, so that no absence in them counts.
    const { game, snapshot, nonces, attended = [], ...rest } = object(json);
    return {
      ...fromJson<Omit<CaseState, 'game' | 'snapshot' | 'nonces' | 'attended'>>(rest),
      attended: fromJson<CaseState['attended']>(attended),
      game: game === undefined ? undefined : decodeGame(game),
      snapshot:
        snapshot === null || snapshot === undefined
          ? null
          : { round: object(snapshot).round as number, candidates: candidatesOf(object(snapshot).candidates!) },
      nonces: decodeNonces(nonces!),
    };
  },
};
