/**
 * Built-in players: each reads the subject, attaches what it found, and bets a fraction of Kelly with a share of the
 * house's stake that its audited record has earned. Readers of the name alone answer at once; those that reach out
 * trade whenever they are done, while the market is open.
 */
import { reportOf, speaksTo } from '@surety/analysts';
import type { AnalystReport } from '@surety/core';
import { evidenceIdOf } from '@surety/core';
import { accountOf, kellyOrder, type Order } from '@surety/markets';
import type { AccountState } from './account.ts';
import type { Context, Seat } from './context.ts';
import { accountStream, type LedgerMove, marketStream, transfer } from './ledger.ts';
import { didIt } from './outcome-of.ts';
import type { QuestionState } from './question.ts';
import { issue } from './receipts.ts';
import { stateOf } from './resolve.ts';
import { sharesOf } from './scores.ts';
import { type Asked, isAsked } from './views.ts';

/**
 * What all built-in players together put into one market, as a multiple of its subsidy: enough that the price is what
 * they believe and not where the maker began, at most {@link HOUSE_MOST_MICRO_USD}.
 */
const HOUSE_FACTOR = 200n;
const HOUSE_MOST_MICRO_USD = 1_000_000_000n;
/** Rounds in which the name readers trade; prices have settled by then. */
const ROUNDS = 4;
const PPM = 1_000_000n;

/** Part of what a player owns, one in so many, that it puts into one market at most: many markets cannot drain it. */
const PURSE_ONE_IN = 20n;

/** Capital of players in one market by their shares of the house's stake, micro-USD, rounded down. */
const capitalOf = (state: Asked, sharePpm: number): bigint => {
  const wanted = state.market.terms.subsidyMicroUsd * HOUSE_FACTOR;
  return ((wanted < HOUSE_MOST_MICRO_USD ? wanted : HOUSE_MOST_MICRO_USD) * BigInt(sharePpm)) / PPM;
};

/** The order that brings a player's holding to a tenth of Kelly for its belief and capital; `null` when it is there. */
export const betOf = (state: Asked, account: string, beliefPpm: number, capitalMicroUsd: bigint): Order | null => {
  const holder = accountOf(state.market, account);
  if (holder === undefined) return null;
  const stance = { outcome: 0, beliefPpm, wealthMicroUsd: capitalMicroUsd };
  return kellyOrder(state.market.curve, holder, stance, { feePpm: state.market.terms.feePpm });
};

type Opinion = { readonly seat: Seat; readonly report: AnalystReport };
type Player = Opinion & { readonly capitalMicroUsd: bigint };

const reads = (state: Asked, { analyst }: Seat): boolean => speaksTo(analyst, state.claim);

const readAs = async (context: Context, state: Asked, seat: Seat): Promise<Opinion> => {
  const reading = await seat.analyst.read(state.claim.subject, context.reading());
  return { seat, report: reportOf(state.claim, seat.analyst.id, reading, context.now()) };
};

/** Capital for everybody who has a belief, by audited wealth, none above half; those who abstain get none. */
const staked = async (context: Context, state: Asked, opinions: readonly Opinion[]): Promise<readonly Player[]> => {
  const believers = opinions.filter(({ report }) => report.probabilityPpm !== null);
  const shares = await sharesOf(
    context,
    believers.map(({ seat }) => seat.analyst.id),
  );
  return Promise.all(opinions.map((opinion) => withCapital(context, state, opinion, shares)));
};

const withCapital = async (
  context: Context,
  state: Asked,
  opinion: Opinion,
  shares: ReadonlyMap<string, number>,
): Promise<Player> => {
  const wanted = capitalOf(state, shares.get(opinion.seat.analyst.id) ?? 0);
  const { balanceMicroUsd } = await context.host.state<AccountState>(accountStream(opinion.seat.account));
  const most = balanceMicroUsd / PURSE_ONE_IN;
  return { ...opinion, capitalMicroUsd: wanted < most ? wanted : most };
};

/** Attaches the report and, where the player has a belief, brings its capital into the market; `false` once it closed. */
const enter = async (context: Context, state: Asked, { seat, report, capitalMicroUsd }: Player): Promise<boolean> => {
  const stream = marketStream(state.claimId);
  const at = context.now();
  const attach: LedgerMove = {
    stream,
    event: { kind: 'evidence', evidenceId: evidenceIdOf(report), by: seat.account, evidence: report, at },
  };
  const fund: LedgerMove[] =
    report.probabilityPpm === null || capitalMicroUsd === 0n
      ? []
      : [
          {
            stream: accountStream(seat.account),
            event: { kind: 'sent', amountMicroUsd: capitalMicroUsd, to: { stream, purpose: 'budget' }, at },
          },
          { stream, event: { kind: 'funded', account: seat.account, amountMicroUsd: capitalMicroUsd, at } },
        ];
  return didIt(await transfer(context.host, [attach, ...fund]));
};

const betOnce = async (
  context: Context,
  claimId: string,
  { seat, report, capitalMicroUsd }: Player,
): Promise<boolean> => {
  const state = await stateOf(context, claimId);
  if (!isAsked(state) || state.phase !== 'open' || report.probabilityPpm === null) return false;
  const order = betOf(state, seat.account, report.probabilityPpm, capitalMicroUsd);
  if (order === null) return false;
  const event = { kind: 'traded' as const, account: seat.account, order, at: context.now() };
  return (await context.host.transact([{ stream: marketStream(claimId), event }])).ok;
};

const isQuick = ({ analyst }: Seat): boolean => analyst.needs.every((need) => need === 'name');

const hasSpoken = (state: QuestionState, { account }: Seat): boolean => state.evidence.some(({ by }) => by === account);

/** The name readers' rounds; stops early once nobody wants to trade. */
const openingRounds = async (context: Context, claimId: string, players: readonly Player[]): Promise<void> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    let traded = false;
    for (const player of players) traded = (await betOnce(context, claimId, player)) || traded;
    if (!traded) return;
  }
};

/** Readers that reach out: each enters and trades when it is done; none holds another up. */
const reachOut = (context: Context, state: Asked): void => {
  for (const seat of context.players) {
    if (isQuick(seat) || !reads(state, seat) || hasSpoken(state, seat)) continue;
    readAs(context, state, seat)
      .then(async (opinion) => {
        // It joins with the share of one among all built-in players that read this kind of subject.
        const peers = context.players.filter((other) => reads(state, other)).map(({ analyst }) => analyst.id);
        const player = await withCapital(context, state, opinion, await sharesOf(context, peers));
        if (await enter(context, state, player)) await betOnce(context, state.claimId, player);
      })
      .catch(context.onError);
  }
};

/** Everything that follows a question being asked, up to its first receipt. Repeating it does nothing twice. */
export const open = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  if (!isAsked(state)) return;
  await context.host.schedule({ name: 'close', key: claimId, runAt: state.claim.closesAt, data: { claimId } });
  if (state.phase === 'open') {
    const seats = context.players.filter((seat) => isQuick(seat) && reads(state, seat) && !hasSpoken(state, seat));
    const players = await staked(context, state, await Promise.all(seats.map((seat) => readAs(context, state, seat))));
    const entered: Player[] = [];
    for (const player of players) if (await enter(context, state, player)) entered.push(player);
    await openingRounds(context, claimId, entered);
    reachOut(context, state);
  }
  const after = await stateOf(context, claimId);
  // After a long outage the decision may be there first; its receipt is then the first one.
  if (after.decision !== null) return;
  const finalAfter = state.claim.closesAt + state.challengeSeconds;
  didIt(await issue(context, after, { stage: 'open', status: 'provisional', finalAfter, cover: null }));
};
