/**
 * From the close of a market to its settlement: the beacon draws the audit, the panel votes, a window for challenges
 * passes, money moves. Every step looks at the state and does only what is still to be done, so that each may be
 * repeated after a crash.
 */
import { createHash } from 'node:crypto';
import { probabilityOfFirst } from '@surety/analysts';
import type { Cover, DecidedBy, JurorVote, QuestionClaim } from '@surety/core';
import { unwrap } from '@surety/core';
import type { Move } from '../journal/host.ts';
import { type AccountState, freeBond } from './account.ts';
import { inputOf } from './beliefs.ts';
import type { Context, Seat } from './context.ts';
import { feedMove } from './feed.ts';
import { accountStream, marketStream, mustTransfer } from './ledger.ts';
import type { Decision, QuestionEvent, QuestionState } from './question.ts';
import { settlementOf } from './question.ts';
import { evidenceIdOf, issue, issuedFor, overturn } from './receipts.ts';
import { isAsked } from './views.ts';

/** Days for which cover can be claimed after a panel's decision. */
const COVER_SECONDS = 7 * 86_400;
/** Cover of a decided receipt: so many times what the asker put up, or what was at stake if that is less. */
const COVER_FACTOR = 20n;
const COVER_MOST_MICRO_USD = 100_000_000n;

export const stateOf = (context: Context, claimId: string): Promise<QuestionState> =>
  context.host.state<QuestionState>(marketStream(claimId));

/** Runs an event on a question; a refusal means that another run did it first. */
const attempt = async (
  context: Context,
  claimId: string,
  event: QuestionEvent,
  further: readonly Move[] = [],
): Promise<boolean> => (await context.host.transact([{ stream: marketStream(claimId), event }, ...further])).ok;

/** Closes a market whose deadline has come. */
export const close = async (context: Context, claimId: string): Promise<void> => {
  const at = context.now();
  await attempt(context, claimId, { kind: 'closed', at }, [feedMove('closed', claimId, at)]);
};

/** Whether a question is drawn for people: one in `oneIn`, by a beacon that nobody knew before the close. */
export const isDrawn = (claimId: string, beacon: string, oneIn: number): boolean => {
  const digest = createHash('sha256').update(`surety/audit/v1\n${claimId}\n${beacon}`).digest();
  return digest.readBigUInt64BE(0) % BigInt(oneIn) === 0n;
};

/** Whether a probability is high enough to vote under L/G = `lossGainRatio`: p > L/(L+G). */
export const isSure = (probabilityPpm: number, lossGainRatio: number): boolean =>
  probabilityPpm * (lossGainRatio + 1) > lossGainRatio * 1_000_000;

/** A juror's vote: the outcome it is sure enough of, or an abstention. Jurors state P(first outcome) of two. */
const voteOf = async (
  context: Context,
  seat: Seat,
  claim: QuestionClaim,
  lossGainRatio: number,
): Promise<JurorVote> => {
  const reading = await seat.analyst.read(claim.subject, context.reading());
  const first = probabilityOfFirst(claim.predicate, reading.probabilityPpm);
  const sure =
    first === null ? null : isSure(first, lossGainRatio) ? 0 : isSure(1_000_000 - first, lossGainRatio) ? 1 : null;
  return {
    kind: 'juror-vote',
    juror: seat.analyst.id,
    operator: context.operator.name,
    family: seat.analyst.family,
    program: reading.program,
    input: inputOf(claim),
    outcome: claim.outcomes.length === 2 ? sure : null,
    probabilityPpm: first,
    at: context.now(),
  };
};

/** What the votes come to: a majority among at least `quorum` votes, or undecided. */
export const tally = (votes: readonly Pick<JurorVote, 'outcome'>[], quorum: number): Omit<Decision, 'at'> => {
  const cast = votes.filter(({ outcome }) => outcome !== null);
  const abstained = votes.length - cast.length;
  if (cast.length < quorum) {
    const reason = `${cast.length} of ${votes.length} jurors were sure enough to vote, and ${quorum} are needed; it needs people.`;
    return { outcome: null, decidedBy: { kind: 'undecided', reason } };
  }
  const counts = new Map<number, number>();
  for (const { outcome } of cast) if (outcome !== null) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const [best, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] === second?.[1]) {
    return {
      outcome: null,
      decidedBy: { kind: 'undecided', reason: 'The jurors are evenly divided; it needs people.' },
    };
  }
  const [outcome, votesFor] = best;
  return {
    outcome,
    decidedBy: { kind: 'panel', votesFor, votesAgainst: cast.length - votesFor, abstained, audited: false },
  };
};

/** Jurors of whom none shares a family, training data or key with anybody who played in this market. */
const panelFor = (context: Context, state: QuestionState, seats: number): readonly Seat[] => {
  const played = new Set(state.evidence.map(({ by }) => by));
  const players = context.players.filter(({ account }) => played.has(account)).map(({ analyst }) => analyst);
  return context.jurors.filter(({ analyst }) => context.mayJudge(analyst, players)).slice(0, seats);
};

const conveneOnce = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  if (state.phase !== 'closed' || !isAsked(state)) return;
  const { rule } = state.claim;
  // A named record decides; until people attach it the question waits, and `rule` is how they do.
  if (rule.kind === 'official') return;
  const votes: JurorVote[] = [];
  for (const seat of panelFor(context, state, rule.seats)) {
    const vote = await voteOf(context, seat, state.claim, rule.lossGainRatio);
    votes.push(vote);
    await attempt(context, claimId, {
      kind: 'evidence',
      evidenceId: evidenceIdOf(vote),
      by: seat.account,
      evidence: vote,
      at: vote.at,
    });
  }
  const { outcome, decidedBy } = tally(votes, rule.quorum);
  const at = context.now();
  await attempt(context, claimId, { kind: 'resolved', outcome, decidedBy, at }, [feedMove('resolved', claimId, at)]);
};

/** After the close: draw the audit, then let the panel vote. */
export const convene = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  if (state.audit === null && state.phase === 'closed') {
    const beacon = await context.beacon();
    const drawn = isDrawn(claimId, beacon, context.config.auditOneIn);
    await attempt(context, claimId, { kind: 'audit-drawn', drawn, beacon, at: context.now() });
  }
  await conveneOnce(context, claimId);
};

const byPeople = (decidedBy: DecidedBy): boolean => decidedBy.kind === 'people' || decidedBy.kind === 'official';

/** Cover that the operator's free bond carries for a decided question, or `null`. */
const coverFor = (context: Context, state: QuestionState, bond: AccountState): Cover | null => {
  if (!isAsked(state) || state.decision === null || state.decision.outcome === null) return null;
  const stake = BigInt(state.claim.valueAtStakeMicroUsd);
  const most = COVER_FACTOR * BigInt(state.claim.budgetMicroUsd);
  const wanted = [stake > 0n ? stake : most, most, COVER_MOST_MICRO_USD].reduce((a, b) => (a < b ? a : b));
  if (wanted === 0n || wanted > freeBond(bond)) return null;
  return {
    amountMicroUsd: wanted.toString(),
    payer: context.operator.address,
    beneficiary: state.claim.asker,
    condition: 'overturned-before-until',
    until: state.decision.at + COVER_SECONDS,
  };
};

const reserve = (context: Context, claimId: string, cover: Cover): Move => ({
  stream: accountStream(context.operator.address),
  event: {
    kind: 'cover-reserved',
    claimId,
    at: context.now(),
    cover: { amountMicroUsd: BigInt(cover.amountMicroUsd), beneficiary: cover.beneficiary, until: cover.until },
  },
});

/** After a decision: its receipt with cover, and the time of settlement; after a late ruling, what it overturned. */
export const announce = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const { decision } = state;
  if (decision === null) return;
  if (state.phase === 'final') return announceRuling(context, state, decision);
  if (byPeople(decision.decidedBy)) return settle(context, claimId);
  const finalAfter = decision.at + state.challengeSeconds;
  const stage = `decided:${decision.at}`;
  if (issuedFor(state, stage) === undefined) {
    const bond = await context.host.state<AccountState>(accountStream(context.operator.address));
    const cover = bond.covers.has(claimId) ? null : coverFor(context, state, bond);
    const further = cover === null ? [] : [reserve(context, claimId, cover)];
    unwrap(await issue(context, state, { stage, status: 'provisional', finalAfter, cover }, further));
    if (cover !== null)
      await context.host.schedule({ name: 'cover-end', key: claimId, runAt: cover.until + 1, data: { claimId } });
  }
  await context.host.schedule({
    name: 'settle',
    key: `${claimId}/${decision.at}`,
    runAt: finalAfter,
    data: { claimId },
  });
};

/** People spoke after settlement: a new final receipt, and the mark on every receipt that said otherwise. */
const announceRuling = async (context: Context, state: QuestionState, decision: Decision): Promise<void> => {
  const stage = `ruled:${decision.at}`;
  unwrap(await issue(context, state, { stage, status: 'final', finalAfter: decision.at, cover: null }));
  await markOverturned(context, state.claimId, stage);
};

/** Marks every earlier receipt of a decision that stated another outcome than the ruling does. */
const markOverturned = async (context: Context, claimId: string, stage: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  const ruling = issuedFor(state, stage);
  if (ruling === undefined || state.decision === null) return;
  for (const old of state.receipts) {
    const decided = old.stage.startsWith('decided:') || old.stage === 'final';
    if (!decided || old.seq >= ruling.seq || old.outcome === state.decision.outcome) continue;
    unwrap(await overturn(context, state, old, ruling.receiptId));
  }
};

/** Releases the challenge bond: back to the challenger when people overturned the panel, else to the operator. */
const releaseBond = async (context: Context, state: QuestionState): Promise<void> => {
  if (state.challenge === null || state.decision === null) return;
  const { account, bondMicroUsd } = state.challenge;
  const earlier = state.receipts.findLast(({ stage }) => stage.startsWith('decided:'));
  const right = earlier?.outcome !== state.decision.outcome;
  const to = right ? account : context.operator.address;
  const at = context.now();
  await mustTransfer(context.host, [
    { stream: marketStream(state.claimId), event: { kind: 'bond-released', to, amountMicroUsd: bondMicroUsd, at } },
    {
      stream: accountStream(to),
      event: {
        kind: 'received',
        amountMicroUsd: bondMicroUsd,
        from: { stream: marketStream(state.claimId), purpose: 'challenge-bond' },
        at,
      },
    },
  ]);
};

const payOut = async (context: Context, state: QuestionState): Promise<void> => {
  const at = context.now();
  const from = (purpose: string) => ({ stream: marketStream(state.claimId), purpose });
  await mustTransfer(
    context.host,
    [
      { stream: marketStream(state.claimId), event: { kind: 'settled', at } },
      ...settlementOf(state).map(({ account, amountMicroUsd, reason }) => ({
        stream: accountStream(account),
        event: { kind: 'received' as const, amountMicroUsd, from: from(reason), at },
      })),
    ],
    [feedMove('settled', state.claimId, at)],
  );
};

/** Settles a decided question whose window has passed: everyone is paid in one transaction. */
export const settle = async (context: Context, claimId: string): Promise<void> => {
  const before = await stateOf(context, claimId);
  const { decision } = before;
  if (before.phase !== 'decided' || decision === null) return;
  const people = byPeople(decision.decidedBy);
  if (before.challenge !== null && !people) return;
  if (!people && context.now() < decision.at + before.challengeSeconds) return;
  await releaseBond(context, before);
  await payOut(context, await stateOf(context, claimId));
};

/** After settlement: the final receipt, and the mark on a decided receipt that people overturned. */
export const conclude = async (context: Context, claimId: string): Promise<void> => {
  const state = await stateOf(context, claimId);
  if (state.phase !== 'final' || state.decision === null) return;
  const decided = state.receipts.findLast(({ stage }) => stage.startsWith('decided:'));
  const cover = decided?.outcome === state.decision.outcome ? decided.promise : null;
  unwrap(await issue(context, state, { stage: 'final', status: 'final', finalAfter: context.now(), cover }));
  await markOverturned(context, claimId, 'final');
};

/** Whether a receipt of the question that carried cover has been overturned while the cover ran. */
export const isOverturned = (state: QuestionState): boolean =>
  state.receipts.some(({ status }) => status === 'overturned');

/** The end of a cover: the bond is free again, unless the receipt was overturned and waits to be redeemed. */
export const endCover = async (context: Context, claimId: string): Promise<void> => {
  const stream = accountStream(context.operator.address);
  const [state, operator] = await Promise.all([stateOf(context, claimId), context.host.state<AccountState>(stream)]);
  if (!operator.covers.has(claimId) || isOverturned(state)) return;
  await mustTransfer(context.host, [{ stream, event: { kind: 'cover-released', claimId, at: context.now() } }]);
};
