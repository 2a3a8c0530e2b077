/**
 * Scores of players: the stream `scores:players`. Wealth weights and Brier scores move only on outcomes that people or
 * an official record confirmed; everything else is counted as unaudited. Pure but for the two functions at the end.
 */
import type { Json } from '@surety/core';
import { newStanding, pricePpm, type Standing, wealthSharesPpm, withOutcome } from '@surety/markets';
import type { Effect, Game } from '../journal/game.ts';
import type { Context } from './context.ts';
import type { QuestionState } from './question.ts';

export const SCORES_STREAM = 'scores:players';

/** Relative wealth that everybody begins with. */
const FIRST_WEALTH_MICRO_USD = 1_000_000n;

export const FRESH: Standing = newStanding(FIRST_WEALTH_MICRO_USD);

export type Scores = { readonly players: ReadonlyMap<string, Standing>; readonly graded: ReadonlySet<string> };

export type ScoresEvent = {
  readonly kind: 'graded';
  /** Market and decision graded; the same one twice is refused. */
  readonly key: string;
  readonly audited: boolean;
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
  initial: () => ({ players: new Map(), graded: new Set() }),
  step: (state, { key, audited, outcome, marketPpm, beliefs }) => {
    if (state.graded.has(key)) {
      return {
        kind: 'refused',
        problem: {
          code: 'question.wrong-phase',
          message: `${key} is graded already.`,
          next: 'Nothing needs to be done.',
          field: 'key',
          value: key,
        },
      };
    }
    const players = new Map(state.players);
    const given = (ppm: number): number => (outcome === 0 ? ppm : 1_000_000 - ppm);
    for (const [player, ppm] of beliefs) {
      const resolved = { audited: audited && outcome !== null, playerPpm: given(ppm), marketPpm: given(marketPpm) };
      players.set(player, withOutcome(players.get(player) ?? FRESH, resolved));
    }
    return { kind: 'accepted', state: { players, graded: new Set(state.graded).add(key) }, effects: [] };
  },
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as ScoresEvent,
  encodeState: ({ players, graded }) => ({
    players: [...players].map(([player, { wealthMicroUsd, brierSum, audited, unaudited }]) => [
      player,
      [wealthMicroUsd.toString(), brierSum.toString(), audited, unaudited],
    ]),
    graded: [...graded],
  }),
  decodeState: (json) => {
    const { players, graded } = json as unknown as {
      players: [string, [string, string, number, number]][];
      graded: string[];
    };
    return {
      players: new Map(
        players.map(([player, [wealth, sum, audited, unaudited]]) => [
          player,
          { wealthMicroUsd: BigInt(wealth), brierSum: BigInt(sum), audited, unaudited },
        ]),
      ),
      graded: new Set(graded),
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

/** Grades the built-in players on a question that is final or was ruled on. */
export const gradeQuestion = async (context: Context, state: QuestionState): Promise<void> => {
  if (state.decision === null) return;
  const names = new Map(context.players.map(({ account, analyst }) => [account, analyst.id]));
  const beliefs = new Map<string, number>();
  for (const { by, evidence } of state.evidence) {
    const name = names.get(by);
    if (name !== undefined && evidence.kind === 'analyst-report' && evidence.probabilityPpm !== null)
      beliefs.set(name, evidence.probabilityPpm);
  }
  const event: ScoresEvent = {
    kind: 'graded',
    key: `${state.claimId}/${state.audited ? 'audited' : 'unaudited'}`,
    audited: state.audited,
    outcome: state.decision.outcome,
    marketPpm: state.market === null ? 500_000 : pricePpm(state.market.curve, 0),
    beliefs: [...beliefs],
    at: context.now(),
  };
  await context.host.transact([{ stream: SCORES_STREAM, event }]);
};
