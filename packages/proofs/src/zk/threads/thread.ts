/** What another thread does: it lives in `work` of the kernels, and says so if it dies there. */
import type { ThreadData } from '@surety/programs';

/**
 * The whole life of a thread, for hosts that cannot run {@link TEAM_SCRIPT}. Uses nothing from outside itself but the word and the
 * counter that `assembly/team.ts` names: its text is that script.
 * @param ready called once it works
 */
export const liveInTeam = ({ module, memory, thread, epoch, spins }: ThreadData, ready: () => void): void => {
  const [lost, done] = [81, 48];
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  ready();
  try {
    (exports.work as (thread: number, epoch: number, spins: number) => void)(thread, epoch, spins);
  } catch (error) {
    const words = new Int32Array(memory.buffer);
    Atomics.store(words, lost, 1);
    Atomics.notify(words, done);
    throw error;
  }
};

/** For a `StartThread`: the body of a function of `data` and `ready`. */
export const TEAM_SCRIPT = `(${liveInTeam})(data, ready);`;
