/** Threads that work in one memory, this one as the first. */
import type { StartThread, StopThread } from '@surety/programs';
import { COUNTERS, SLOT_BYTES, SLOT_COUNT, SLOTS_ADDRESS } from './layout.ts';
import { threadLost } from './pool.ts';
import { TEAM_SCRIPT } from './thread.ts';

/** The kernels' side of a team (`packages/proofs/assembly/team.ts`). */
export type TeamKernels = {
  readonly handOut: (parts: number) => void;
  readonly finish: (spins: number, patienceNanoseconds: number) => number;
};

/** Room for a part: its words, and where it lies. */
export type Slot = { readonly words: Uint32Array; readonly address: number };

export type Team = {
  readonly threads: number;
  /** The next slot: which kernel, and its arguments, are written there before {@link Team.handOut}. */
  readonly slot: () => Slot;
  /** Lets all threads take what was written since. */
  readonly handOut: () => void;
  /**
   * Works until all that was handed out is done.
   * @throws SuretyError `proof.thread-lost`
   */
  readonly finish: () => void;
  /** Ends the other threads: nothing touches the memory afterwards. */
  readonly close: () => Promise<void>;
};

/** How long a thread waits awake before it sleeps, in looks at a word: some tens of microseconds. */
const SPINS = 50_000;

/** A part takes milliseconds at most. */
const PATIENCE_NANOSECONDS = 30e9;

export type TeamPlace = {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: TeamKernels;
};

/**
 * Starts threads.
 * @param threads how many work, this one included
 * @throws SuretyError `proof.thread-lost` if one does not start
 */
export const startTeam = async (
  { module, memory, kernels }: TeamPlace,
  threads: number,
  start: StartThread,
  patienceNanoseconds = PATIENCE_NANOSECONDS,
): Promise<Team> => {
  const counters = new Int32Array(memory.buffer, 0, SLOTS_ADDRESS / 4);
  counters.fill(0, COUNTERS.written, COUNTERS.lost + 1);
  const slots = Array.from({ length: SLOT_COUNT }, (_, i): Slot => {
    const address = SLOTS_ADDRESS + i * SLOT_BYTES;
    return { address, words: new Uint32Array(memory.buffer, address, SLOT_BYTES / 4) };
  });
  const close = async (others: readonly StopThread[]): Promise<void> => {
    Atomics.store(counters, COUNTERS.stop, 1);
    Atomics.add(counters, COUNTERS.epoch, 1);
    Atomics.notify(counters, COUNTERS.epoch);
    await Promise.all(others.map((stop) => stop()));
  };
  const starting = Array.from({ length: threads - 1 }, (_, i) =>
    start(TEAM_SCRIPT, { module, memory, thread: i + 1, epoch: 0, spins: SPINS }),
  );
  const started = await Promise.allSettled(starting);
  const others = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (others.length < starting.length) {
    await close(others);
    throw threadLost(started.find((one) => one.status === 'rejected')?.reason);
  }
  /** Parts written since all were done, and of these the ones that are not handed out yet. */
  let [written, waiting, next] = [0, 0, 0];
  const handOut = (): void => {
    if (waiting > 0) kernels.handOut(waiting);
    waiting = 0;
  };
  const finish = (): void => {
    handOut();
    if (written > 0 && kernels.finish(SPINS, patienceNanoseconds) === 0) throw threadLost();
    written = 0;
  };
  return {
    threads,
    slot: () => {
      if (written === SLOT_COUNT) finish();
      written++;
      waiting++;
      const slot = slots[next]!;
      next = (next + 1) % SLOT_COUNT;
      return slot;
    },
    handOut,
    finish,
    close: () => close(others),
  };
};
