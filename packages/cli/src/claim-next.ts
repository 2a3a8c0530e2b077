/** What whoever reads about a claim can do next, by a command of this folder. */
import { type Run, stageOf } from '@surety/sdk/runs';

/** All that {@link nextCommand} reads. */
export type Acted = Parameters<typeof stageOf>[0] & {
  readonly provider: Run['provider'];
  readonly program: Pick<Run['program'], 'held'>;
  readonly disputed: readonly Pick<Run['disputed'][number], 'challenger' | 'turn'>[];
};

const same = (a: string, b: string | null): boolean => a.toLowerCase() === b?.toLowerCase();

/**
 * The next step as a sentence; `null` where nothing is left to do.
 * @param now seconds of the chain's own time
 * @param me address of this folder's key, where it has one
 */
export const nextCommand = (run: Acted, now: number, me: string | null): string | null => {
  if (run.state !== 'open') return null;
  const mine = same(run.provider, me);
  const stage = stageOf(run, now);
  if (mine && stage === 'proof-due') return 'It is yours: without its proof within the window nothing is paid.';
  if (mine && stage === 'proof-late') return 'It is yours: "surety watch --once" annuls it and frees the bond.';
  if (mine && stage === 'due') return 'It is yours: "surety watch --once" makes it final and frees the bond.';
  if (mine) return 'It is yours: keep "surety watch" running, which answers for you and makes it final in the end.';
  if (run.disputed.some(({ challenger, turn }) => turn !== null && same(challenger, me)))
    return 'You dispute it: keep "surety watch" running, which makes your moves.';
  if (stage === 'proof-late') return '"surety watch" of its provider or requester annuls it.';
  if (stage === 'due') return 'Its provider\'s "surety watch" makes it final.';
  if (run.program.held)
    return 'To check it, run "surety watch": it runs the program again, and disputes what is wrong.';
  return 'To check it, get its program and run "surety watch --programs DIR".';
};
