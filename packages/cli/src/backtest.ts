/** Scores of a player on questions whose answers are known. Integers where money is; here only measurement. */

export type Scored = {
  /** Belief in the first outcome, parts per million; `null` where the player stayed out. */
  readonly beliefPpm: number | null;
  /** The market's last price before it closed, where there was a market. */
  readonly pricePpm: number | null;
  /** Whether the first outcome was right. */
  readonly happened: boolean;
};

export type Score = {
  readonly questions: number;
  readonly answered: number;
  /** Share of answered questions on the right side of one half; `null` for none. */
  readonly accuracyPpm: number | null;
  /** Mean squared error of the beliefs, 0 best, 250,000 for always saying one half. */
  readonly brierPpm: number | null;
  /** The same of the market's price, over the questions that the player answered and that had a market. */
  readonly marketBrierPpm: number | null;
};

const squared = (ppm: number, happened: boolean): number => {
  const error = (happened ? 1_000_000 - ppm : ppm) / 1_000_000;
  return error * error;
};

const meanPpm = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.floor((values.reduce((sum, value) => sum + value, 0) / values.length) * 1_000_000);

/** Brier score and accuracy of a player beside the market's. */
export const score = (rows: readonly Scored[]): Score => {
  const answered = rows.flatMap((row) => (row.beliefPpm === null ? [] : [{ ...row, beliefPpm: row.beliefPpm }]));
  return {
    questions: rows.length,
    answered: answered.length,
    accuracyPpm: meanPpm(
      answered.map(({ beliefPpm, happened }) =>
        beliefPpm === 500_000 ? 0.5 : Number(beliefPpm > 500_000 === happened),
      ),
    ),
    brierPpm: meanPpm(answered.map(({ beliefPpm, happened }) => squared(beliefPpm, happened))),
    marketBrierPpm: meanPpm(
      answered.flatMap(({ pricePpm, happened }) => (pricePpm === null ? [] : [squared(pricePpm, happened)])),
    ),
  };
};
