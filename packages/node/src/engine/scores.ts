/**
 * Scores of players: the stream `scores:players`. Wealth weights and Brier scores move only on outcomes that people or
 * an official record confirmed; everything else is counted as unaudited. Pure but for the two functions at the end.
 */
import type { Json } from '@surety/core';
import { newStanding, pricePpm, type Standing, wealthSharesPpm, withOutcome } from '@surety/markets';
import type { Effect, Game } from '../journal/game.ts';
import type { Context } from './context.ts';
import { marketStream } from './ledger.ts';
import { didIt } from './outcome-of.ts';
import type { QuestionEvent, QuestionState } from './question.ts';

export const SCORES_STREAM = 'scores:players';

/** Relative wealth that everybody begins with. */
const FIRST_WEALTH_MICRO_USD = 1_000_000n;

export const FRESH: Standing = newStanding(FIRST_WEALTH_MICRO_USD);

export type Scores = { readonly players: ReadonlyMap<string, Standing> };

/** Journalled together with the question's own `graded`, which happens once for each of unaudited and audited. */
export type ScoresEvent = {
  readonly kind: 'graded';
  readonly marketId: string;
  readonly audited: boolean;
  /** Whether this question was counted as unaudited before. */
  readonly again: boolean;
  /** Index of the outcome that came true; `null` for undecided. */
  readonly outcome: number | null;
  /** Last price of the first outcome, ppm. */
  readonly marketPpm: number;
  /** Last stated probability of the first outcome by player, ppm. */
  readonly beliefs: readonly (readonly [player: string, probabilityPpm: number])[];
  readonly at: number;
};

export const scoresGame: Game<Scores, ScoresEvent, Effect> = {
  name: 'scores',
  initial: () => ({ players: new Map() }),
  step: (state, { audited, again, outcome, marketPpm, beliefs }) => {
    const players = new Map(state.players);
    const given = (ppm: number): number => (outcome === 0 ? ppm : 1_000_000 - ppm);
    for (const [player, ppm] of beliefs) {
      const before = players.get(player) ?? FRESH;
      const counted = audited && outcome !== null;
      // What people say nothing about stays unaudited, as it was.
      if (again && !counted) continue;
      const after = withOutcome(before, { audited: counted, playerPpm: given(ppm), marketPpm: given(marketPpm) });
      players.set(player, again ? { ...after, unaudited: Math.max(0, after.unaudited - 1) } : after);
    }
    return { kind: 'accepted', state: { players }, effects: [] };
  },
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as ScoresEvent,
  encodeState: ({ players }) => ({
    players: [...players].map(([player, { wealthMicroUsd, brierSum, audited, unaudited }]) => [
      player,
      [wealthMicroUsd.toString(), brierSum.toString(), audited, unaudited],
    ]),
  }),
  decodeState: (json) => {
    const { players } = json as unknown as { players: [string, [string, string, number, number]][] };
    return {
      players: new Map(
        players.map(([player, [wealth, sum, audited, unaudited]]) => [
          player,
          { wealthMicroUsd: BigInt(wealth), brierSum: BigInt(sum), audited, unaudited },
        ]),
      ),
    };
  },
};

/** Shares of the named players in the house's stake, ppm: by audited wealth, none above a half. */
export const sharesOf = async (context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const { players } = await context.host.state<Scores>(SCORES_STREAM);
  // One believer alone still gets no more than half: its view is not the house's.
  const shares =
    ids.length === 1 ? [500_000] : wealthSharesPpm(ids.map((id) => (players.get(id) ?? FRESH).wealthMicroUsd));
  return new Map(ids.map((id, index) => [id, shares[index] ?? 0]));
};

/** What the built-in players said of a question while its market was open, by player. */
const beliefsOf = (context: Context, state: QuestionState): ReadonlyMap<string, number> => {
  const names = new Map(context.players.map(({ account, analyst }) => [account, analyst.id]));
  const beliefs = new Map<string, number>();
  for (const { by, evidence } of state.evidence) {
    const name = names.get(by);
    if (name !== undefined && evidence.kind === 'analyst-report' && evidence.probabilityPpm !== null)
      beliefs.set(name, evidence.probabilityPpm);
  }
  return beliefs;
};

/** Grades the built-in players on a question that is final or was ruled on; repeating it grades nothing twice. */
export const gradeQuestion = async (context: Context, state: QuestionState): Promise<void> => {
  const { decision, graded, audited, claimId } = state;
  if (decision === null || graded === 'audited' || (graded === 'unaudited' && !audited)) return;
  const at = context.now();
  const event: ScoresEvent = {
    kind: 'graded',
    marketId: claimId,
    audited,
    again: graded === 'unaudited',
    outcome: decision.outcome,
    marketPpm: state.market === null ? 500_000 : pricePpm(state.market.curve, 0),
    beliefs: [...beliefsOf(context, state)],
    at,
  };
  const mark: QuestionEvent = { kind: 'graded', audited, at };
  didIt(
    await context.host.transact([
      { stream: marketStream(claimId), event: mark },
      { stream: SCORES_STREAM, event },
    ]),
  );
};
