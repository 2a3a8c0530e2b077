/**
 * The life of a market in the run: asked, traded, closed, decided, sometimes contested and judged, covered, settled.
 * Each step looks at the state, so that a life that was cut short by a kill goes on where it stopped.
 */
import { randomBytes } from 'node:crypto';
import { idOf, type QuestionClaim, type Result } from '../../packages/core/src/index.ts';
import { type AccountState, freeBond } from '../../packages/node/src/engine/account.ts';
import { feedMove } from '../../packages/node/src/engine/feed.ts';
import { accountStream, type LedgerMove, marketStream, transfer } from '../../packages/node/src/engine/ledger.ts';
import { type QuestionEvent, type QuestionState, settlementOf } from '../../packages/node/src/engine/question.ts';
import type { Host, Move } from '../../packages/node/src/journal/host.ts';
import { amount, chance, now, OPERATOR, pick, TRADERS } from './world.ts';

const OPEN_SECONDS = 3_600;
const CHALLENGE_SECONDS = 60;

const claimOf = (asker: string): QuestionClaim => ({
  type: 'surety/claim/question/v1',
  subject: { kind: 'site', host: `${randomBytes(6).toString('hex')}.example` },
  predicate: 'scam',
  outcomes: ['scam', 'not a scam'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: (50_000n + amount(3_000_000)).toString(),
  valueAtStakeMicroUsd: '0',
  closesAt: now() + OPEN_SECONDS,
  asker,
  nonce: randomBytes(16).toString('hex'),
});

/** Opens a market out of a trader's account, with a trading fee so that fees are in the sum. */
export const ask = async (host: Host): Promise<Result<string>> => {
  const claim = claimOf(pick(TRADERS));
  const claimId = idOf(claim);
  const stream = marketStream(claimId);
  const at = now();
  const amountMicroUsd = BigInt(claim.budgetMicroUsd);
  const asked: QuestionEvent = {
    kind: 'asked',
    claim,
    plainWords: 'Is it a scam?',
    feePpm: pick([0, 1_000, 20_000]),
    feeRecipient: OPERATOR,
    challengeSeconds: CHALLENGE_SECONDS,
    at,
  };
  const to = { stream, purpose: 'subsidy' };
  const moves: readonly LedgerMove[] = [
    { stream: accountStream(claim.asker), event: { kind: 'sent', amountMicroUsd, to, at } },
    { stream, event: asked },
  ];
  const done = await transfer(host, moves, [feedMove('opened', claimId, at)]);
  return done.ok ? { ok: true, value: claimId } : done;
};

const received = (to: string, claimId: string, purpose: string, amountMicroUsd: bigint, at: number): LedgerMove => ({
  stream: accountStream(to),
  event: { kind: 'received', amountMicroUsd, from: { stream: marketStream(claimId), purpose }, at },
});

type Next = { readonly moves: readonly LedgerMove[]; readonly further?: readonly Move[] };

const decide = (state: QuestionState, move: (event: QuestionEvent) => LedgerMove, at: number): Next => {
  if (state.audit === null) return { moves: [move({ kind: 'audit-drawn', drawn: false, beacon: '00', at })] };
  const outcome = pick([0, 1, null]);
  const panel = { kind: 'panel', votesFor: 2, votesAgainst: 1, abstained: 0, audited: false } as const;
  const decidedBy = outcome === null ? ({ kind: 'undecided', reason: 'nobody was sure' } as const) : panel;
  return { moves: [move({ kind: 'resolved', outcome, decidedBy, by: 'panel', at })] };
};

/** What the court comes to; the money of its cases is the court's own game, tested by itself. */
const judge = (move: (event: QuestionEvent) => LedgerMove, at: number): Next => {
  const outcome = pick([0, 1, null]);
  const court = {
    kind: 'court',
    round: 1,
    jurors: 'ai',
    said: 'outcome',
    votesFor: 2,
    votesAgainst: 1,
    silent: 0,
  } as const;
  const decidedBy = outcome === null ? ({ kind: 'undecided', reason: 'no panel could decide' } as const) : court;
  return { moves: [move({ kind: 'resolved', outcome, decidedBy, by: 'court', at })] };
};

const settle = (state: QuestionState, move: (event: QuestionEvent) => LedgerMove): Next => {
  const at = (state.decision?.at ?? 0) + CHALLENGE_SECONDS;
  const paid = settlementOf(state).map((pay) =>
    received(pay.account, state.claimId, pay.reason, pay.amountMicroUsd, at),
  );
  return { moves: [move({ kind: 'settled', at }), ...paid], further: [feedMove('settled', state.claimId, at)] };
};

const contest = (state: QuestionState, move: (event: QuestionEvent) => LedgerMove, at: number): Next => {
  const stage = `decided:${state.decision?.at}`;
  const issued = state.receipts.some((known) => known.stage === stage);
  const receipt = { kind: 'receipt', receiptId: state.claimId, stage, status: 'provisional', outcome: null } as const;
  return {
    moves: [
      ...(issued ? [] : [move({ ...receipt, promise: null, receipt: {}, at })]),
      move({ kind: 'contested', at: state.decision?.at ?? at }),
    ],
  };
};

/** The next step of a life after trading; `undefined` once it is over. */
const nextOf = (state: QuestionState): Next | undefined => {
  const move = (event: QuestionEvent): LedgerMove => ({ stream: marketStream(state.claimId), event });
  const at = Math.max(now(), state.claim?.closesAt ?? 0, state.decision?.at ?? 0);
  switch (state.phase) {
    case 'open':
      return { moves: [move({ kind: 'closed', at })], further: [feedMove('closed', state.claimId, at)] };
    case 'closed':
      return decide(state, move, at);
    case 'decided':
      if (state.contested) return judge(move, at);
      return state.decision?.by === 'panel' && state.decision.outcome !== null && chance(0.2)
        ? contest(state, move, at)
        : settle(state, move);
    default:
      return undefined;
  }
};

/** Reserves cover for a market against the operator's bond, and later pays it out or lets it go. */
const cover = async (host: Host, claimId: string, beneficiary: string): Promise<void> => {
  const stream = accountStream(OPERATOR);
  const at = now();
  const bond = await host.state<AccountState>(stream);
  const held = bond.covers.get(claimId);
  if (held === undefined) {
    const amountMicroUsd = amount(Number(freeBond(bond) / 10n));
    const reserved = { amountMicroUsd, beneficiary, until: at + 60 };
    await transfer(host, [{ stream, event: { kind: 'cover-reserved', claimId, at, cover: reserved } }]);
  } else if (chance(0.5)) {
    await transfer(host, [{ stream, event: { kind: 'cover-released', claimId, at } }]);
  } else {
    const from = { stream, purpose: 'cover' };
    const { amountMicroUsd } = held;
    await transfer(host, [
      { stream, event: { kind: 'cover-paid', claimId, at } },
      { stream: accountStream(held.beneficiary), event: { kind: 'received', amountMicroUsd, from, at } },
    ]);
  }
};

/** Leads a market from wherever it is to its settlement. */
export const finish = async (host: Host, claimId: string): Promise<void> => {
  for (;;) {
    const state = await host.state<QuestionState>(marketStream(claimId));
    if (chance(0.5)) await cover(host, claimId, pick(TRADERS)).catch(() => undefined);
    const next = nextOf(state);
    if (next === undefined) return;
    const done = await transfer(host, next.moves, next.further);
    // Refused: the money was not there, the state has moved on, or the database is away. Look again.
    if (!done.ok) await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
