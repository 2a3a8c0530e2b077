/**
 * Runs a table of operations on one or more threads that share the memory. Every operation has as many parts as there are
 * threads; a thread takes its own first and then what nobody took yet, so that nobody waits for one that is not awake. An
 * operation starts when all parts of those before it are done.
 */
import { hashChunks } from './chunks';
import { elementwise } from './elementwise';
import { gemm } from './gemm';
import {
  ACTIVE, DONE, ENTRY, EPOCH, FIRST, GATE, LAST, SCRATCH, SCRATCH_STEP, TABLE, TAKEN, THREADS, word,
} from './layout';
import { copy, gather, lookup } from './movement';
import { reduce } from './reduce';
import { hashTensors } from './tensors';
import { foldTrees } from './trees';
import { depthwise, pool } from './window';

const CODE = 0, UNITS = 1, SAMPLES = 2, FLAGS = 3;
const PARALLEL = 1;
const BARRIER = 2;

/** Own words of the operations that hash, which take all samples at once. */
const OWN = 4;

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
      // Words: leaf hashes, the list of values. A unit is a chunk.
      hashChunks(op + 20, from, to, <usize>word(op, OWN), scratch);
      break;
    case 9:
      // Words: groups of trees, the list of them.
      foldTrees(op + 20, word(op, OWN), scratch);
      break;
    case 10:
      // Words: values, roots of their chunks, roots T, leaf hashes of those, the list of values. A unit is a value of a sample.
      hashTensors(
        op + 32, word(op, OWN), from, to, <usize>word(op, OWN + 1), <usize>word(op, OWN + 2), <usize>word(op, OWN + 3), scratch,
      );
      break;
  }
}

/** One part of an operation: units of all samples, cut into equal runs. */
function execute(op: usize, part: i32, parts: i32, scratch: usize): void {
  const each = word(op, UNITS);
  const total = <u64>each * <u64>word(op, SAMPLES);
  let at = total * part / parts;
  const end = total * (part + 1) / parts;
  while (at < end) {
    const sample = <i32>(at / each);
    const from = <i32>(at % each);
    const to = <i32>min<u64>(each, from + (end - at));
    units(op, sample, from, to, scratch);
    at += <u64>(to - from);
  }
}

/** Waits until a word has a value: a while awake, then asleep if this thread may sleep. */
function become(at: usize, wanted: i32, spins: i32, maySleep: bool): void {
  let now = atomic.load<i32>(at);
  for (let i = 1; now != wanted; i++) {
    if (maySleep && i % spins == 0) atomic.wait<i32>(at, now, -1);
    now = atomic.load<i32>(at);
  }
}

/** As `become` for a word to change. */
function change(at: usize, old: i32, spins: i32): i32 {
  let now = atomic.load<i32>(at);
  for (let i = 1; now == old; i++) {
    if (i % spins == 0) atomic.wait<i32>(at, old, -1);
    now = atomic.load<i32>(at);
  }
  return now;
}

/** Takes parts of an operation, its own first, until all are taken. */
function takeParts(entry: usize, op: usize, thread: i32, threads: i32, scratch: usize): void {
  for (let i = 0; i < threads; i++) {
    const part = (thread + i) % threads;
    const bit = 1 << part;
    if (atomic.load<i32>(entry + TAKEN) & bit || atomic.or<i32>(entry + TAKEN, bit) & bit) continue;
    execute(op, part, threads, scratch);
    if (atomic.add<i32>(entry + DONE, 1) == threads - 1) atomic.notify(entry + DONE, -1);
  }
}

/** Operations `from .. to − 1` of the table, as one of `threads`. */
function share(from: i32, to: i32, thread: i32, threads: i32, spins: i32, maySleep: bool): void {
  const scratch = <usize>load<u32>(SCRATCH) + <usize>thread * <usize>load<u32>(SCRATCH_STEP);
  for (let i = from; i < to; i++) {
    const entry = <usize>load<u32>(TABLE) + <usize>i * ENTRY;
    const op = <usize>load<u32>(entry);
    const flags = word(op, FLAGS);
    if (threads == 1) {
      execute(op, 0, 1, scratch);
      continue;
    }
    if (flags & PARALLEL) takeParts(entry, op, thread, threads, scratch);
    else if (thread == 0) {
      execute(op, 0, 1, scratch);
      atomic.store<i32>(entry + DONE, threads);
      if (flags & BARRIER) atomic.notify(entry + DONE, -1);
    }
    if (flags & BARRIER) become(entry + DONE, threads, spins, maySleep);
  }
}

/** Runs operations of the table as the first of all threads; the others, if more than one take part, are woken. */
export function run(from: i32, to: i32, threads: i32, spins: i32, maySleep: bool): void {
  if (threads > 1) {
    for (let i = from; i < to; i++) store<i64>(<usize>load<u32>(TABLE) + <usize>i * ENTRY + TAKEN, 0);
    store<i32>(FIRST, from);
    store<i32>(LAST, to);
    store<i32>(THREADS, threads);
    atomic.store<i32>(GATE, atomic.load<i32>(EPOCH) + 1);
    atomic.add<i32>(EPOCH, 1);
    atomic.notify(EPOCH, -1);
  }
  share(from, to, 0, threads, spins, maySleep);
  if (threads > 1) {
    // Whoever wakes from now on finds the gate shut; those within are on their way out.
    atomic.store<i32>(GATE, 0);
    become(ACTIVE, 0, spins, maySleep);
  }
}

/** The life of another thread: takes part in runs until the number of threads is 0. */
export function work(thread: i32, epoch: i32, spins: i32): void {
  for (;;) {
    epoch = change(EPOCH, epoch, spins);
    atomic.add<i32>(ACTIVE, 1);
    const open = atomic.load<i32>(GATE) == epoch;
    const threads = load<i32>(THREADS);
    if (open && threads > 0) share(load<i32>(FIRST), load<i32>(LAST), thread, threads, spins, true);
    if (atomic.sub<i32>(ACTIVE, 1) == 1) atomic.notify(ACTIVE, -1);
    if (threads == 0) return;
  }
}
