/** Checking logged commitments offline (spec 8.5): each in the tree that a pinned log signed, and who dates that tree. */
import { ok, type Problem, type Result, refuse } from '../errors.ts';
import type { Trust } from '../trust.ts';
import { placeLeaf } from '../verify/place.ts';
import { commitmentLeafBytes, commitmentLeafOf } from './leaf.ts';
import type { Logged, LoggedEntry } from './logged.ts';

export type VerifiedLogged = {
  readonly origin: string;
  readonly size: number;
  /** In the order in which they stand in the log. */
  readonly entries: readonly Pick<LoggedEntry, 'commitment' | 'index' | 'at'>[];
  /** Pinned witnesses that cosigned, and the latest second that one of them names: whoever is honest saw the tree by then. */
  readonly witnessed: { readonly names: readonly string[]; readonly by: number } | null;
  /** What is missing for a reader to rely on it: the log is not pinned, or too few witnesses cosigned. */
  readonly problem: Problem | null;
};

const unpinned = (origin: string): Problem => ({
  code: 'receipt.unknown-log',
  message: `The log ${origin} is not pinned in your trust file.`,
  next: 'Get the trust file of its node from a place you believe.',
  field: 'checkpoint',
  value: origin,
});

/**
 * Problems, of what was changed or made up: `log.*`, and `input.empty` where no entry is given.
 * What is merely not shown is in the result.
 */
export const verifyLogged = ({ checkpoint, entries }: Logged, trust: Trust): Result<VerifiedLogged> => {
  let placed: ReturnType<typeof placeLeaf> | null = null;
  for (const { commitment, at, index, inclusion } of entries) {
    const leaf = commitmentLeafBytes(commitmentLeafOf(commitment, at));
    placed = placeLeaf(leaf, { index, inclusion, checkpoint }, trust);
    if (!placed.ok) return placed;
  }
  if (placed === null) {
    const next = 'Ask the log for the commitments that are meant.';
    return refuse({ code: 'input.empty', message: 'No logged commitment is given.', next, field: 'entries' });
  }
  if (!placed.ok) return placed;
  const { origin, size, log, witnesses, seen } = placed.value;
  const names = seen.map(({ name }) => name);
  return ok({
    origin,
    size,
    entries: entries.map(({ commitment, index, at }) => ({ commitment, index, at })).sort((a, b) => a.index - b.index),
    witnessed: names.length === 0 ? null : { names, by: Math.max(...seen.map(({ time }) => time)) },
    problem: log === null ? unpinned(origin) : (witnesses?.problem ?? null),
  });
};
