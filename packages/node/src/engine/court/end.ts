/** The end of a case: everybody is paid, and the question has its decision. Every step may be repeated after a crash. */
import { type CourtRecord, evidenceIdOf } from '@surety/core';
import { type Case, isByPerson } from '@surety/court';
import type { Move } from '../../journal/host.ts';
import type { Context } from '../context.ts';
import { feedMove } from '../feed.ts';
import { accountStream, caseStream, type LedgerMove, marketStream, transfer } from '../ledger.ts';
import { didIt } from '../outcome-of.ts';
import type { Decision } from '../question.ts';
import { stateOf } from '../resolve.ts';
import { missedIn } from './attended.ts';
import type { CaseState } from './case-state.ts';
import { courtFeedMove } from './feed.ts';
import { seatOf } from './panel.ts';
import { decisionOf, recordOf } from './record.ts';
import { isShownTo, lockIn, REGISTRY_STREAM, type Registry } from './registry.ts';

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

type Due = { readonly account: string; readonly dueMicroUsd: bigint; readonly lockMicroUsd: bigint };

/** Pays what a case owes to one account: of a juror's lock what is left goes back to its stake, the rest to its balance. */
const payOne = async (
  context: Context,
  claimId: string,
  { account, dueMicroUsd, lockMicroUsd }: Due,
  further: readonly Move[],
): Promise<void> => {
  const stream = caseStream(claimId);
  const at = context.now();
  const back = least(dueMicroUsd, lockMicroUsd);
  const moves: LedgerMove[] = [];
  if (dueMicroUsd > 0n) moves.push({ stream, event: { kind: 'withdraw', at, account } });
  if (lockMicroUsd > 0n) {
    const event = { kind: 'released', caseId: claimId, account, amountMicroUsd: back, at } as const;
    moves.push({ stream: REGISTRY_STREAM, event });
  }
  if (dueMicroUsd > back) {
    const from = { stream, purpose: 'court' };
    const event = { kind: 'received', amountMicroUsd: dueMicroUsd - back, from, at } as const;
    moves.push({ stream: accountStream(account), event });
  }
  didIt(await transfer(context.host, moves, further));
};

/** Whom a case still owes something, and what. */
const duesOf = (claimId: string, { credits }: Case, { jurors }: Registry): readonly Due[] => {
  const locks = new Map(jurors.map((juror) => [juror.account, lockIn(juror, claimId)]));
  const locked = [...locks].filter(([, amount]) => amount > 0n).map(([account]) => account);
  return [...new Set([...credits.keys(), ...locked])].map((account) => ({
    account,
    dueMicroUsd: credits.get(account) ?? 0n,
    lockMicroUsd: locks.get(account) ?? 0n,
  }));
};

/** Pays everybody. The feed says with the last payment that the case has ended: until then a restart must find its money. */
const payAll = async (context: Context, claimId: string, game: Case): Promise<void> => {
  const dues = duesOf(claimId, game, await context.host.state<Registry>(REGISTRY_STREAM));
  for (const [i, due] of dues.entries())
    await payOne(context, claimId, due, i < dues.length - 1 ? [] : [courtFeedMove('ended', claimId, context.now())]);
};

/** What the court came to. Where it let the answer stand without a ruling that is still the word of the panel before it. */
const ruledOr = (answered: Decision, evidence: CourtRecord, { phase, rounds }: Case) =>
  phase.kind === 'final' && rounds.every(({ result }) => result.kind !== 'ruled')
    ? { outcome: answered.outcome, decidedBy: answered.decidedBy }
    : decisionOf(evidence, phase);

/** Gives the question its decision, unless it has it; an answer that nobody went on against stands as it was. */
const decide = async (context: Context, claimId: string, game: Case): Promise<void> => {
  const { contested, decision } = await stateOf(context, claimId);
  if (!contested || decision === null) return;
  const at = context.now();
  const stream = marketStream(claimId);
  if (game.rounds.length === 0) {
    didIt(await context.host.transact([{ stream, event: { kind: 'uncontested', at } }]));
    return;
  }
  const name = (juror: string) => {
    const seat = seatOf(context, juror);
    return seat && { operator: context.operator.name, family: seat.analyst.family };
  };
  const { persons } = context;
  const { jurors } = await context.host.state<Registry>(REGISTRY_STREAM);
  const tokens = new Map(
    jurors.flatMap(({ account, person }) => (isShownTo(person, persons) ? [[account, person.token]] : [])),
  );
  const token = (juror: string): string | undefined => tokens.get(juror);
  const evidence = recordOf(
    claimId,
    game,
    { name, persons: persons && { issuer: persons.name, tokenKey: persons.tokenKey }, token },
    at,
  );
  const by = context.operator.address;
  const attach = { kind: 'evidence', evidenceId: evidenceIdOf(evidence), by, evidence, at } as const;
  const resolved = { kind: 'resolved', ...ruledOr(decision, evidence, game), by: 'court', at } as const;
  const moves = [{ stream, event: attach }, { stream, event: resolved }, feedMove('resolved', claimId, at)];
  didIt(await context.host.transact(moves));
};

/** Whoever was drawn as a person and did not vote though he could, or copied, is told to have missed the case: nothing else is lost by it. */
const countMissed = async (context: Context, claimId: string, { rounds, terms }: Case): Promise<void> => {
  const { attended } = await context.host.state<CaseState>(caseStream(claimId));
  const { jurors } = await context.host.state<Registry>(REGISTRY_STREAM);
  const told = new Set(jurors.filter(({ person }) => person?.missed?.caseId === claimId).map(({ account }) => account));
  const missed = rounds
    .map((round) => ({ round, rules: terms.policy.rounds[round.number - 1]! }))
    .filter(({ rules }) => isByPerson(rules))
    .flatMap(({ round, rules }) => missedIn(round, rules.quorum, attended))
    .filter(({ juror }) => !told.has(juror));
  if (missed.length === 0) return;
  const at = context.now();
  const events = missed.map(({ juror: account }) => ({ kind: 'missed', account, caseId: claimId, at }) as const);
  didIt(
    await transfer(
      context.host,
      events.map((event) => ({ stream: REGISTRY_STREAM, event })),
    ),
  );
};

/** Everything that follows the end of a case. */
export const concludeCase = async (context: Context, claimId: string, game: Case): Promise<void> => {
  await decide(context, claimId, game);
  await countMissed(context, claimId, game);
  await payAll(context, claimId, game);
};
