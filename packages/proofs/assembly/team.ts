/**
 * Work that threads which share the memory do together. Whoever leads writes parts, each a kernel and its arguments, into slots
 * and raises the number of those that there are; everybody takes the next one that nobody took. The counters only ever rise, so a
 * thread that wakes late finds nothing, or parts that are there to be taken.
 */
import { hashPairs } from '../../programs/assembly/pairs';
import { encode } from './circle';
import { columnScratch, hashColumns } from './columns';
import { denominators, joinFractions, roundFractions, sumFractions, sumWeighted } from './fractions';
import { plainBlock } from './products';
import { addRows, addScaled } from './rows';
import { dotBase, dotExt, eqTable, foldRange } from './vector';

/** Words of the counters, in bytes from the start of memory; apart, so that those who look at one do not slow the others. */
const WRITTEN: usize = 64;
const TAKEN: usize = 128;
const DONE: usize = 192;
/** Rises with every reason to wake. */
const EPOCH: usize = 256;
/** Whether threads are to end, and whether one was lost: the host sets them. */
const STOP: usize = 320;
const LOST: usize = 324;

/** Slots of parts, in turn: which kernel, and its arguments. */
const SLOTS: usize = 32_768;
const SLOT_BYTES: usize = 256;
const SLOT_COUNT: u32 = 64;

/** Scratch of `hashPairs`. */
const PAIR_SCRATCH: usize = 512;

// @ts-ignore: decorator
@inline
function word(slot: usize, i: usize): usize {
  return load<u32>(slot + 4 + (i << 2));
}

/** Carries out a part. What it scratches on lies apart for each thread. */
function carryOut(a: usize, thread: usize): void {
  switch (load<i32>(a)) {
    case 0: foldRange(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4)); break;
    case 1: eqTable(word(a, 0), word(a, 1), word(a, 2), word(a, 3), <i32>word(a, 4)); break;
    case 2:
      roundFractions(
        word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5), word(a, 6), word(a, 7), word(a, 8),
        word(a, 9), word(a, 10), word(a, 11), word(a, 12), word(a, 13), word(a, 14),
      );
      break;
    case 3:
      sumWeighted(
        word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5), word(a, 6), word(a, 7), word(a, 8), word(a, 9),
      );
      break;
    case 4:
      sumFractions(
        word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5), word(a, 6), word(a, 7), word(a, 8),
      );
      break;
    case 5: joinFractions(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5) != 0); break;
    case 6:
      denominators(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5), word(a, 6), word(a, 7));
      break;
    case 7: dotBase(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4)); break;
    case 8: dotExt(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5)); break;
    case 9:
      plainBlock(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5), word(a, 6), word(a, 7));
      break;
    case 10:
      addRows(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5), word(a, 6), word(a, 7));
      break;
    case 11: addScaled(word(a, 0), word(a, 1), word(a, 2), word(a, 3), word(a, 4), word(a, 5)); break;
    case 12:
      encode(
        word(a, 0), word(a, 1), <i32>word(a, 2), <i32>word(a, 3), <i32>word(a, 4), word(a, 5),
        word(a, 6) + (thread << (word(a, 2) + 2)), word(a, 7), word(a, 8),
      );
      break;
    case 13:
      hashColumns(
        word(a, 0), <i32>word(a, 1), word(a, 2), <i32>word(a, 3), <i32>word(a, 4), word(a, 5), word(a, 6), word(a, 7),
        word(a, 8) + thread * columnScratch(),
      );
      break;
    case 14: hashPairs(word(a, 0), word(a, 1), word(a, 2), word(a, 3) + thread * PAIR_SCRATCH); break;
  }
}

/** Takes parts until there are none, or until threads are to end. */
function takeParts(thread: usize): void {
  for (;;) {
    const next = atomic.load<u32>(TAKEN);
    if (next == atomic.load<u32>(WRITTEN) || atomic.load<i32>(STOP)) return;
    if (atomic.cmpxchg<u32>(TAKEN, next, next + 1) != next) continue;
    carryOut(SLOTS + <usize>(next % SLOT_COUNT) * SLOT_BYTES, thread);
    if (atomic.add<u32>(DONE, 1) + 1 == atomic.load<u32>(WRITTEN)) atomic.notify(DONE, -1);
  }
}

/** Lets everybody know of so many more parts that lie in the slots. */
export function handOut(parts: u32): void {
  atomic.add<u32>(WRITTEN, parts);
  atomic.add<u32>(EPOCH, 1);
  atomic.notify(EPOCH, -1);
}

/**
 * Takes parts as the first of all threads, and waits for those that others took.
 * @param spins looks at a word before this thread sleeps
 * @param patience nanoseconds in which at least one part has to come to its end
 * @returns whether all are done: not if a thread was lost, or none came to its end for so long
 */
export function finish(spins: i32, patience: f64): bool {
  takeParts(0);
  let done = atomic.load<u32>(DONE);
  for (let i = 1; done != atomic.load<u32>(WRITTEN); i++) {
    if (atomic.load<i32>(LOST)) return false;
    const before = done;
    const timedOut = i % spins == 0 && atomic.wait<u32>(DONE, before, <i64>patience) == 2;
    done = atomic.load<u32>(DONE);
    if (timedOut && done == before) return false;
  }
  return true;
}

/** The life of another thread: takes parts until it is to end. */
export function work(thread: i32, epoch: u32, spins: i32): void {
  for (;;) {
    const now = atomic.load<u32>(EPOCH);
    takeParts(thread);
    if (atomic.load<i32>(STOP)) return;
    for (let i = 1; atomic.load<u32>(EPOCH) == now; i++) {
      if (i % spins == 0) atomic.wait<u32>(EPOCH, now, -1);
    }
  }
}
