/** Figures of the simulation: measured beside a peer, or held against a goal. */
import type { Figure } from '../figure.ts';

export const plain = (name: string, value: number | null, unit: string, peer: string): Figure => ({
  name,
  value,
  unit,
  goal: '',
  holds: null,
  peer,
});

/** At most `most`. */
export const goal = (name: string, value: number | null, most: number, unit: string, peer: string): Figure => ({
  ...plain(name, value, unit, peer),
  goal: `<= ${most.toPrecision(3)}`,
  holds: value === null ? null : value <= most,
});
