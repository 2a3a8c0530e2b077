/** Cutting the work of a kernel into parts for a team. */
import { add, type Ext, ZERO } from '../field/ext.ts';
import { SUMS_AT } from './layout.ts';
import type { Slot, Team } from './team.ts';

/** Nanoseconds of a part, at least: waking a thread that sleeps takes as long. */
const LEAST_PART = 20_000;
/** Parts for each thread: who is held up leaves some to the others. */
const PARTS_EACH = 4;

export type Range = {
  readonly units: number;
  /** Ranges are multiples of this, but for the last. */
  readonly step: number;
  /** Nanoseconds a unit, roughly, on one thread of a machine of 2025. */
  readonly cost: number;
};

/** Arguments of the part that works through `count` units from `from` on. */
export type PartArguments = (from: number, count: number, slot: Slot) => readonly number[];

/** Into how many parts so much work is cut; fewer than two if it is not worth it. */
export const partsOf = ({ threads }: Team, nanoseconds: number): number =>
  Math.min(PARTS_EACH * threads, Math.floor(nanoseconds / LEAST_PART));

/** Hands out the parts of a kernel's work; null if it is too little to be cut. */
export const cut = (
  team: Team,
  kernel: number,
  { units, step, cost }: Range,
  argumentsOf: PartArguments,
): readonly Slot[] | null => {
  const parts = partsOf(team, units * cost);
  const each = Math.ceil(units / Math.max(parts, 1) / step) * step;
  if (parts < 2 || each >= units) return null;
  const slots: Slot[] = [];
  for (let from = 0; from < units; from += each) {
    const slot = team.slot();
    slot.words[0] = kernel;
    slot.words.set(argumentsOf(from, Math.min(each, units - from), slot), 1);
    slots.push(slot);
  }
  team.handOut();
  return slots;
};

export const elementIn = (words: Uint32Array, at: number): Ext => [
  words[at]!,
  words[at + 1]!,
  words[at + 2]!,
  words[at + 3]!,
];

/** What sum `k` of all parts comes to. */
export const sumOfParts = (parts: readonly Slot[], k: number): Ext =>
  parts.reduce<Ext>((sum, { words }) => add(sum, elementIn(words, SUMS_AT / 4 + 4 * k)), ZERO);
