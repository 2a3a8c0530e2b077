/** Runs a table of operations on one or more threads that share the memory, with a barrier where one needs another's work. */
import { elementwise } from './elementwise';
import { gemm } from './gemm';
import { ARRIVED, EPOCH, FIRST, LAST, PHASE, SCRATCH, SCRATCH_STEP, TABLE, THREADS, word } from './layout';
import { copy, gather, lookup } from './movement';
import { reduce } from './reduce';
import { chunkCount, foldTree, hashChunks } from './sha256';
import { depthwise, pool } from './window';

const CODE = 0, UNITS = 1, SAMPLES = 2, FLAGS = 3;
const PARALLEL = 1;
const BARRIER = 2;

const H_DATA = 4, H_LEAVES = 6, H_ROW_BYTES = 8, H_ROWS = 9, H_ROOT = 10;

function units(op: usize, sample: i32, from: i32, to: i32, scratch: usize): void {
  switch (word(op, CODE)) {
    case 0: gemm(op, sample, from, to, scratch); break;
    case 1: depthwise(op, sample, from, to); break;
    case 2: pool(op, sample, from, to, scratch); break;
    case 3: elementwise(op, sample, from, to, scratch); break;
    case 4: reduce(op, sample, from, to); break;
    case 5: lookup(op, sample, from, to); break;
    case 6: gather(op, sample, from, to); break;
    case 7: copy(op, sample, from, to); break;
    case 8:
      // Words: data + stride, leaf hashes + stride, bytes of a row, rows. A unit is a chunk.
      hashChunks(
        <usize>word(op, H_DATA) + <usize>(sample * word(op, H_DATA + 1)), word(op, H_ROW_BYTES), word(op, H_ROWS),
        <usize>word(op, H_LEAVES) + <usize>(sample * word(op, H_LEAVES + 1)), from, to, scratch,
      );
      break;
    case 9: {
      // The same words, then root + stride.
      const data = <usize>word(op, H_LEAVES) + <usize>(sample * word(op, H_LEAVES + 1));
      foldTree(data, chunkCount(word(op, H_ROW_BYTES), word(op, H_ROWS)), scratch);
      memory.copy(<usize>word(op, H_ROOT) + <usize>(sample * word(op, H_ROOT + 1)), data, 32);
      break;
    }
  }
}

/** The share of one thread: units of all samples, cut into equal runs. */
function execute(op: usize, thread: i32, threads: i32, scratch: usize): void {
  const each = word(op, UNITS);
  const total = <u64>each * <u64>word(op, SAMPLES);
  let at = total * thread / threads;
  const end = total * (thread + 1) / threads;
  while (at < end) {
    const sample = <i32>(at / each);
    const from = <i32>(at % each);
    const to = <i32>min<u64>(each, from + (end - at));
    units(op, sample, from, to, scratch);
    at += <u64>(to - from);
  }
}

/** Waits until the word is no longer `old`: a while awake, then asleep if this thread may sleep. */
function change(at: usize, old: i32, spins: i32, maySleep: bool): i32 {
  let now = atomic.load<i32>(at);
  for (let i = 1; now == old; i++) {
    if (maySleep && i % spins == 0) atomic.wait<i32>(at, old, -1);
    now = atomic.load<i32>(at);
  }
  return now;
}

function barrier(threads: i32, spins: i32, maySleep: bool): void {
  if (threads == 1) return;
  const phase = atomic.load<i32>(PHASE);
  if (atomic.add<i32>(ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(ARRIVED, 0);
    atomic.add<i32>(PHASE, 1);
    atomic.notify(PHASE, -1);
  } else change(PHASE, phase, spins, maySleep);
}

/** Operations `from .. to − 1` of the table, as one of `threads`. */
function share(from: i32, to: i32, thread: i32, threads: i32, spins: i32, maySleep: bool): void {
  const table = <usize>load<u32>(TABLE);
  const scratch = <usize>load<u32>(SCRATCH) + <usize>thread * <usize>load<u32>(SCRATCH_STEP);
  for (let i = from; i < to; i++) {
    const op = load<u32>(table + (<usize>i << 2));
    const flags = word(op, FLAGS);
    if (flags & PARALLEL) execute(op, thread, threads, scratch);
    else if (thread == 0) execute(op, 0, 1, scratch);
    if (flags & BARRIER && i + 1 < to) barrier(threads, spins, maySleep);
  }
  // Nobody reads the table any more once the host may write it.
  barrier(threads, spins, maySleep);
}

/** Runs operations of the table as the first of all threads; the others, if more than one take part, are woken. */
export function run(from: i32, to: i32, threads: i32, spins: i32, maySleep: bool): void {
  if (threads > 1) {
    store<i32>(FIRST, from);
    store<i32>(LAST, to);
    store<i32>(THREADS, threads);
    atomic.add<i32>(EPOCH, 1);
    atomic.notify(EPOCH, -1);
  }
  share(from, to, 0, threads, spins, maySleep);
}

/** The life of another thread: takes part in every run until the number of threads is 0. */
export function work(thread: i32, epoch: i32, spins: i32): void {
  for (;;) {
    epoch = change(EPOCH, epoch, spins, true);
    const threads = load<i32>(THREADS);
    if (threads == 0) return;
    share(load<i32>(FIRST), load<i32>(LAST), thread, threads, spins, true);
  }
}
