/**
 * What this node's own run says where the sides of a live dispute differ: of programs that it holds, on inputs that the provider
 * showed, and so small that nobody waits for it. Whoever has more to run uses `surety watch`.
 */
import type { ClaimView, Dispute } from '@surety/chain';
import { from0x, unwrap } from '@surety/core';
import { type CheckedProgram, costOf } from '@surety/programs';
import { inputsShown, openProgram, openRun, type RunBook } from '@surety/proofs';
import { runOfClaim } from '../watch/optimistic.ts';
import { type Differing, differingOf } from './differing.ts';
import type { KnownProgram } from './known-program.ts';

/** Multiply-accumulates and written values of a run, all its steps together: some ten milliseconds. */
const MOST_MACS = 20_000_000;
const MOST_WRITTEN = 2_000_000;
/** Values of one input. */
const MOST_READ = 1_000_000;
/** Runs that are kept open. */
const MOST_OPEN = 4;

export type OwnRuns = {
  /** The last element on which a dispute's answers and the own run differ; `null` where there is none, or no own run. */
  readonly differing: (
    view: ClaimView,
    dispute: Dispute,
    held: CheckedProgram | null,
    known: KnownProgram,
  ) => Promise<Differing | null>;
  /** Whether an own run gave the claimed output and trace; `null` where nothing is said of it. */
  readonly agrees: (view: ClaimView) => Promise<'same' | 'other' | null>;
  readonly close: () => Promise<void>;
};

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Whether program and inputs, as they were shown, are small. */
const isSmall = (held: CheckedProgram, known: KnownProgram, steps: number): boolean => {
  const { multiplyAccumulates, elementsWritten } = costOf(held);
  if (multiplyAccumulates * steps > MOST_MACS || elementsWritten * steps > MOST_WRITTEN) return false;
  return held.inputs.every((_, index) => {
    const { shape } = known.describe({ of: 'input', index });
    return shape !== null && sizeOf(shape) <= MOST_READ;
  });
};

type Hex = `0x${string}`;
const bytes = (hex: Hex): Uint8Array => unwrap(from0x(hex));

/** All that the provider has shown of its claim, to whomever. */
const exchangesOf = ({ shown, disputes }: ClaimView) =>
  [...shown, ...disputes.flatMap(({ exchanges }) => exchanges)].flatMap(({ question, answer }) =>
    answer === null ? [] : [{ question: bytes(question), answer: bytes(answer) }],
  );

export const createOwnRuns = (): OwnRuns => {
  const kept = new Map<string, RunBook>();

  const keep = (id: string, run: RunBook): RunBook => {
    kept.delete(id);
    kept.set(id, run);
    const [oldest] = kept;
    if (kept.size > MOST_OPEN && oldest !== undefined) {
      kept.delete(oldest[0]);
      void oldest[1].close();
    }
    return run;
  };

  const ownOf = async (view: ClaimView, held: CheckedProgram, steps: number): Promise<RunBook | null> => {
    const known = kept.get(view.id);
    if (known !== undefined) return keep(view.id, known);
    const inputs = inputsShown(runOfClaim(view), held.inputs.length, exchangesOf(view));
    if (!inputs.ok) return null;
    const opened = await openRun(openProgram(held), inputs.value, { steps });
    // Inputs that the program does not take are refuted as such.
    if (!opened.ok) return null;
    const meanwhile = kept.get(view.id);
    if (meanwhile === undefined) return keep(view.id, opened.value);
    await opened.value.close();
    return meanwhile;
  };

  return {
    differing: async (view, dispute, held, known) => {
      const { steps } = known;
      if (held === null || steps === null || !isSmall(held, known, steps)) return null;
      const own = await ownOf(view, held, steps);
      return own === null ? null : differingOf(view, dispute, own);
    },
    // Whether the claim is right is for `surety watch` to say, which runs it whatever it costs.
    agrees: async () => null,
    close: async () => {
      for (const each of kept.values()) await each.close();
      kept.clear();
    },
  };
};
