/**
 * The watchers' dilemma: a watcher earns only when a result is wrong, so where nobody lies nobody looks, and where nobody
 * looks lying pays. What is fixed in a world of providers and watchers; what they do in it is a {@link Habits}.
 *
 * Simulations count micro-dollars as safe integers in `number`, for speed; chances are real numbers 0 .. 1.
 */

/** What a liar gets back of a bond that is lost. */
export type Liar =
  /** Nothing. */
  | 'plain'
  /** He covers himself before, and challenges himself as soon as somebody challenges him: what is burnt is lost for sure. */
  | 'self-dealing';

export type World = {
  /** What a lie that stands gains: all that hangs on the result, and the run that was saved. */
  readonly gainMicroUsd: number;
  readonly bondMicroUsd: number;
  readonly rewardPpm: number;
  readonly burnPpm: number;
  /** How many may look. */
  readonly watchers: number;
  /** What one check costs. */
  readonly checkMicroUsd: number;
  /**
   * What a challenger pays in a dispute and does not get back: his gas, and that of the answers. Stake and unspent gas come
   * back to whoever is right, and who re-ran the program exactly is.
   */
  readonly disputeMicroUsd: number;
  /** Share of claims that are audits: wrong on purpose, bond and all like any other. */
  readonly audits: number;
  /** Chance that who saw a challenge gets his own in before it, and so its reward: copiers, and liars who deal with themselves. */
  readonly copied: number;
  /** Chance that a liar keeps every challenge out of the window. */
  readonly censored: number;
  readonly liar: Liar;
};

/** What the two sides do, on average. */
export type Habits = {
  /** Share of a provider's claims that are lies. */
  readonly lies: number;
  /** Share of claims that one watcher checks. */
  readonly checks: number;
};

/** The parts of a lost bond; the split rounds as the Arbiter does. */
export const splitBond = ({ bondMicroUsd, rewardPpm, burnPpm }: World) => {
  const part = (ppm: number): number => Math.floor((bondMicroUsd * ppm) / 1_000_000);
  const [reward, burnt] = [part(rewardPpm), part(burnPpm)];
  return { reward, burnt, coverable: bondMicroUsd - reward - burnt };
};
