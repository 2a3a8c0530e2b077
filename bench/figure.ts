/** One measured number of a benchmark, beside its goal and the peer or limit it was measured with. */
export type Figure = {
  readonly name: string;
  /** The measurement; `null` where it could not be taken, printed as n/a and never as a pass. */
  readonly value: number | null;
  readonly unit: string;
  /** The goal in words, e.g. `>= 50000`; empty where the issue sets none. */
  readonly goal: string;
  /** Whether the goal holds; `null` where there is no goal or no measurement. */
  readonly holds: boolean | null;
  /** What it was compared with in the same run; empty for none. */
  readonly peer: string;
};
