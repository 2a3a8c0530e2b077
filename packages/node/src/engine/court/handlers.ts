/** The routes of the court: its cases, and who judges. */
import { type Result, refuse } from '@surety/core';
import { lockOf } from '@surety/court';
import type { RouteOutput } from '@surety/protocol';
import type { Context } from '../context.ts';
import { cursorIn } from '../cursor.ts';
import { caseStream } from '../ledger.ts';
import { stateOf } from '../resolve.ts';
import { isAsked } from '../views.ts';
import type { CaseState } from './case-state.ts';
import { COURT_FEED, type CourtFeedEvent } from './feed.ts';
import { OUT_SECONDS, seatOf } from './panel.ts';
import { isShownTo, type Juror, jurorOf, lockedOf, REGISTRY_STREAM, type Registry } from './registry.ts';
import { caseView, type JurorNames, type Pending, summaryOfCase } from './views.ts';

const PAGE = 50;
const WINDOW = 500;
/** Cases that one request looks through for those of a state; the cursor goes on from there. */
const LOOKED_AT = 500;

const pendingOf = async (context: Context, claimId: string): Promise<Pending | null> => {
  const state = await context.host.state<CaseState>(caseStream(claimId));
  const question = await stateOf(context, claimId);
  const { game } = state;
  return game === undefined || !isAsked(question) ? null : { state: { ...state, game }, question };
};

const namesIn =
  (context: Context): JurorNames =>
  (juror) => {
    const seat = seatOf(context, juror);
    return seat && { id: seat.analyst.id, operator: context.operator.name, family: seat.analyst.family };
  };

export const findCase = async (context: Context, claimId: string): Promise<Result<RouteOutput<'case'>>> => {
  const pending = await pendingOf(context, claimId);
  if (pending !== null) return { ok: true, value: caseView(pending, namesIn(context)) };
  return refuse({
    code: 'court.case-unknown',
    message: `No case is open on market ${claimId}, and none was.`,
    next: 'List the cases, or challenge the answer first.',
    field: 'marketId',
    value: claimId,
  });
};

/** Cases opened before a position of the feed, newest first. */
async function* openedBefore(context: Context, before: number): AsyncGenerator<{ claimId: string; seq: number }> {
  for (let end = before; end > 0; end -= Math.min(end, WINDOW)) {
    const start = Math.max(0, end - WINDOW);
    const events = await context.host.read(COURT_FEED, start, end - start);
    for (const { seq, data } of events.toReversed()) {
      const { kind, marketId } = data as unknown as CourtFeedEvent;
      if (kind === 'opened') yield { claimId: marketId, seq };
    }
  }
}

const isEnded = ({ phase }: { readonly phase: string }): boolean => phase === 'final' || phase === 'undecided';

export const listCases = async (
  context: Context,
  query: { readonly state?: 'open' | 'ended'; readonly cursor?: string; readonly limit?: number },
): Promise<Result<RouteOutput<'cases'>>> => {
  const head = await context.host.state<number>(COURT_FEED);
  const from = cursorIn(query.cursor, head);
  if (!from.ok) return from;
  const limit = query.limit ?? PAGE;
  const cases: RouteOutput<'cases'>['cases'][number][] = [];
  let next: string | null = null;
  let looked = 0;
  for await (const { claimId, seq } of openedBefore(context, from.value)) {
    if (cases.length === limit || looked === LOOKED_AT) break;
    looked += 1;
    next = seq > 1 ? String(seq - 1) : null;
    const pending = await pendingOf(context, claimId);
    if (pending === null) continue;
    const summary = summaryOfCase(pending);
    if (query.state === undefined || (query.state === 'ended') === isEnded(summary)) cases.push(summary);
  }
  return { ok: true, value: { cases, next: cases.length === limit || looked === LOOKED_AT ? next : null } };
};

type Duty = RouteOutput<'juror'>['duties'][number];

const dutyIn = ({ state, question }: Pending, account: string): Duty | null => {
  const { game } = state;
  const round = game.phase.kind === 'round' ? game.rounds.at(-1)! : undefined;
  const seat = round?.seats.find(({ juror }) => juror === account);
  if (round === undefined || seat === undefined) return null;
  const rules = game.terms.policy.rounds[round.number - 1]!;
  const open = seat.vote.kind === 'none';
  const todo = !open ? 'done' : seat.commitment === null ? 'commit' : 'open';
  return {
    caseId: state.claimId,
    plainWords: question.plainWords,
    round: round.number,
    todo,
    from: todo === 'open' ? round.commitEndsAt : round.drawEndsAt,
    until: todo === 'commit' ? round.commitEndsAt : round.revealEndsAt,
    feeMicroUsd: rules.feePerSeatMicroUsd.toString(),
    lockMicroUsd: lockOf(rules).toString(),
  };
};

const personView = ({ persons, now }: Context, { person }: Juror): RouteOutput<'juror'>['person'] => {
  if (persons === null) return null;
  const { name: issuer, tokenKey, directory, environment } = persons;
  const shown = isShownTo(person, persons) ? person : undefined;
  const outUntil = shown?.missed === undefined ? 0 : shown.missed.at + OUT_SECONDS;
  return {
    issuer,
    tokenKey,
    directory,
    environment,
    since: shown?.since ?? null,
    outUntil: outUntil > now() ? outUntil : null,
  };
};

/** What an account has staked, and the seats it has in rounds that run. */
export const findJuror = async (
  context: Context,
  open: Iterable<string>,
  address: string,
): Promise<Result<RouteOutput<'juror'>>> => {
  const registry = await context.host.state<Registry>(REGISTRY_STREAM);
  const juror = jurorOf(registry, address);
  const { stakeMicroUsd, since } = juror;
  const duties: Duty[] = [];
  for (const claimId of open) {
    const pending = await pendingOf(context, claimId);
    const duty = pending && dutyIn(pending, address);
    if (duty) duties.push(duty);
  }
  return {
    ok: true,
    value: {
      address,
      stakeMicroUsd: stakeMicroUsd.toString(),
      lockedMicroUsd: lockedOf(juror).toString(),
      since: since === 0 ? null : since,
      person: personView(context, juror),
      duties: duties.sort((a, b) => a.until - b.until),
    },
  };
};

/** Cases that were opened and have not ended, from the feed's beginning. */
export const openCases = async ({ host }: Pick<Context, 'host'>): Promise<Set<string>> => {
  const open = new Set<string>();
  for (let after = 0; ; ) {
    const events = await host.read(COURT_FEED, after, 5_000);
    for (const { data } of events) {
      const { kind, marketId } = data as unknown as CourtFeedEvent;
      if (kind === 'opened') open.add(marketId);
      if (kind === 'ended') open.delete(marketId);
    }
    after = events.at(-1)?.seq ?? after;
    if (events.length < 5_000) return open;
  }
};
