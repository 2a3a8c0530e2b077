/**
 * The watcher: looks at the chain, runs claims again, and moves. It keeps nothing that it could not find again: killed at
 * any point, it goes on from the chain, the files it holds, and what it computes anew.
 */
import {
  type Block,
  type Book,
  type ClaimBook,
  type ClaimView,
  type DeployedTerms,
  type Dispute,
  prepaidSince,
  prepaymentFor,
  type Submitted,
} from '@surety/chain';
import { ok, type Problem, type Result } from '@surety/core';
import type { AlertSink } from './alerts.ts';
import type { Checks } from './checks.ts';
import { type Decision, decide, type Known, type Policy, stakedBy } from './decide.ts';
import { type Figures, noFigures } from './metrics.ts';
import { type Alert, type Move, NEVER } from './moves.ts';
import { isEarly, type Performing, perform } from './perform.ts';
import { isMine, same } from './sides.ts';

type Hex = `0x${string}`;

export type WatchOptions = Performing & {
  readonly terms: DeployedTerms;
  /** The own address. */
  readonly me: Hex;
  readonly book: ClaimBook;
  readonly checks: Checks;
  readonly alerts: AlertSink;
  readonly policy: Policy;
  /** How far off the own clock may be, seconds. */
  readonly skewSeconds: number;
  /** Unix seconds. */
  readonly now: () => number;
  /** Makes sure that so much of the own money lies in the Arbiter. */
  readonly fund: (microUsd: bigint, purpose: string) => Promise<Result<void>>;
  /** Told of each move that was tried. */
  readonly onMove: (move: Move, view: ClaimView, sent: Submitted) => void;
  /** Whether the first question of a dispute asks for data that were not published. */
  readonly asksForData: (view: ClaimView, dispute: Dispute) => boolean;
};

/** What was seen and decided at one block. */
export type Look = { readonly book: Book; readonly known: readonly Known[]; readonly decision: Decision };

export type Watcher = {
  /** Looks once and makes the moves that are due; `null` where the chain could not be read. */
  readonly tick: () => Promise<Look | null>;
  readonly figures: () => Figures;
};

export const DAY_SECONDS = 86_400;

const refused = (move: Move, problem: Problem): Alert => ({
  kind: 'refused',
  claimId: move.claimId,
  move: move.kind,
  problem,
  before: move.before,
});

export const createWatcher = (options: WatchOptions): Watcher => {
  const { chain, terms, me, book, checks, alerts, policy, skewSeconds, now, fund, onMove, asksForData } = options;
  let figures = noFigures();
  /** Claims of the last look: only what was not among them is new. */
  let seen: ReadonlySet<Hex> = new Set();

  const decideAt = async ({ block, prepaid }: Book, known: readonly Known[]): Promise<Result<Decision>> => {
    const prepaidWei = await prepaidSince(chain, prepaid, me, block.timestamp - DAY_SECONDS);
    if (!prepaidWei.ok) return prepaidWei;
    return ok(
      decide({
        me,
        clock: { chainSeconds: block.timestamp, ownSeconds: now(), skewSeconds },
        policy,
        known,
        stakePpm: terms.stakePpm,
        prepayWei: prepaymentFor(terms, block),
        prepaidWei: prepaidWei.value,
        dataStakedMicroUsd: known
          // A dispute begins within the window, so that it is a day old a day after that at the latest.
          .filter(({ view }) => view.windowEndsAt > block.timestamp - DAY_SECONDS)
          .flatMap(({ view }) => view.disputes.filter((each) => same(each.challenger, me) && asksForData(view, each)))
          .reduce((sum, { stakeMicroUsd }) => sum + stakeMicroUsd, 0n),
      }),
    );
  };

  const count = ({ book: { block, claims }, known }: Look): void => {
    const fresh = claims.filter(({ id }) => !seen.has(id)).length;
    seen = new Set(claims.map(({ id }) => id));
    const open = known.filter(({ view }) => view.state === 'open');
    const mine = open.filter(({ view }) => isMine(view, me));
    const of = (kind: string): number => open.filter(({ knowledge }) => knowledge.kind === kind).length;
    const { checked, wrong } = checks.counts();
    figures = {
      ...figures,
      claimsSeen: Number(figures.claimsSeen) + fresh,
      claimsOpen: open.length,
      claimsChecked: checked,
      claimsWrong: wrong,
      claimsUnheld: of('unheld'),
      claimsNotDrawn: of('not-drawn'),
      disputes: open.flatMap(({ view }) =>
        view.disputes.filter((each) => each.turn !== 'closed' && (isMine(view, me) || same(each.challenger, me))),
      ).length,
      stakedMicroUsd: stakedBy(open, me),
      bondedMicroUsd: mine.reduce((sum, { view }) => sum + view.claim.request.bondMicroUsd, 0n),
      alertsUndelivered: alerts.undelivered(),
      lastBlock: block.number,
      lastBlockSeconds: block.timestamp,
    };
  };

  const nextDeadline = (moves: readonly Move[], block: Block): number => {
    const [first] = moves
      .map(({ before }) => before)
      .filter((before) => before < NEVER)
      .toSorted((a, b) => a - b);
    return first === undefined ? Number.NaN : first - block.timestamp;
  };

  /** One move; what stands in its way. */
  const make = async (move: Move, view: ClaimView): Promise<Alert | null> => {
    if (move.kind === 'dispute') {
      const funded = await fund(move.stakeMicroUsd, view.id);
      if (!funded.ok) return refused(move, funded.problem);
    }
    const sent = await perform(options, move, view);
    if (isEarly(move, sent)) return null;
    onMove(move, view, sent);
    if (sent.kind === 'mined') {
      figures.moves = Number(figures.moves) + 1;
      figures.gasUsed = BigInt(figures.gasUsed) + sent.gasUsed;
      figures.feesWei = BigInt(figures.feesWei) + sent.feeWei;
    }
    if (sent.kind === 'mined' || sent.kind === 'already') return null;
    figures.movesRefused = Number(figures.movesRefused) + 1;
    return refused(move, sent.problem);
  };

  const cannotRead = (problem: Problem): null => {
    alerts.raise([{ kind: 'chain', problem }], now());
    return null;
  };

  const tick = async (): Promise<Look | null> => {
    const read = await book.read();
    if (!read.ok) return cannotRead(read.problem);
    const { block, claims } = read.value;
    checks.follow(claims.filter(({ state }) => state === 'open'));
    const known = claims.map((view) => ({ view, knowledge: checks.of(view) }));
    const decided = await decideAt(read.value, known);
    if (!decided.ok) return cannotRead(decided.problem);
    const { moves, alerts: heard } = decided.value;
    const look = { book: read.value, known, decision: decided.value };
    count(look);
    figures.secondsToDeadline = nextDeadline(moves, block);
    const inTheWay: Alert[] = [];
    const views = new Map(claims.map((view) => [view.id, view]));
    for (const move of moves) {
      const alert = await make(move, views.get(move.claimId)!);
      if (alert !== null) inTheWay.push(alert);
    }
    alerts.raise([...heard, ...inTheWay], now());
    return look;
  };

  return { tick, figures: () => figures };
};
