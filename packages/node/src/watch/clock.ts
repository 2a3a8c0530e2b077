/** Two clocks: contracts go by the chain's, and between two blocks only the own clock moves. */

export type Clock = {
  /** Time of the newest block, unix seconds. */
  readonly chainSeconds: number;
  /** The own clock, unix seconds; it may be minutes off. */
  readonly ownSeconds: number;
  /** How far off the own clock may be. */
  readonly skewSeconds: number;
};

/**
 * Whether a contract's deadline may have passed. Said early rather than late: what is tried too early is refused when it is
 * simulated, and costs nothing.
 */
export const mayBeOver = ({ chainSeconds, ownSeconds, skewSeconds }: Clock, deadline: number): boolean =>
  Math.max(chainSeconds, ownSeconds + skewSeconds) > deadline;

/** Whether a contract's deadline has passed for sure. */
export const isOver = ({ chainSeconds }: Clock, deadline: number): boolean => chainSeconds > deadline;
