/** Takes snapshots beside the traffic, one at a time, each of a durable point. */
import type { Pool } from 'pg';
import type { Slot } from './slot.ts';
import { writeSnapshot } from './snapshot.ts';

export type Snapshotter = {
  /** Called after a commit: takes a snapshot when enough events have passed since the last. */
  readonly offer: (slot: Slot) => void;
  /** Waits for the last one, then snapshots what a restart would otherwise have to replay. */
  readonly finish: (slots: readonly Slot[]) => Promise<void>;
};

export type SnapshotterOptions = {
  readonly pool: Pool;
  /** Events between snapshots of a stream. */
  readonly every: number;
  readonly onError: (cause: unknown) => void;
};

/** A tail shorter than this share of the interval is replayed rather than snapshot at the end. */
const WORTH_IT = 0.1;

export const createSnapshotter = ({ pool, every, onError }: SnapshotterOptions): Snapshotter => {
  const wanted = new Set<Slot>();
  let running: Promise<void> | undefined;

  const take = async (slot: Slot): Promise<void> => {
    const point = slot.durable;
    slot.snapshotSeq = point.seq;
    await writeSnapshot(pool, slot.stream, slot.game, point);
  };

  const work = async (): Promise<void> => {
    for (const slot of wanted) {
      wanted.delete(slot);
      await take(slot).catch(onError);
    }
    running = undefined;
  };

  const tailOf = (slot: Slot): number => slot.durable.seq - slot.snapshotSeq;

  return {
    offer: (slot) => {
      if (tailOf(slot) < every) return;
      wanted.add(slot);
      running ??= work();
    },
    finish: async (slots) => {
      await running;
      for (const slot of slots) if (tailOf(slot) >= every * WORTH_IT) await take(slot).catch(onError);
    },
  };
};
