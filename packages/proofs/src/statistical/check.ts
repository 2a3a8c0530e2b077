/** The checker's side (spec 19.3): records against the program, their inputs, and a key. */
import { ok, type Result, sameBytes } from '@surety/core';
import {
  type CheckedProgram,
  createEntryHasher,
  createListHasher,
  createTreeHasher,
  type HashEntries,
  Machine,
  type Tensor,
} from '@surety/programs';
import type { Run } from '../run.ts';
import { type EscapeBound, escapeBound } from './bound.ts';
import { createExamine, type Examined, type Wrong } from './examine.ts';
import { createFold } from './fold.ts';
import { createKey, type Key, loadKey } from './key.ts';
import { createLanes, placeRecords } from './lanes.ts';
import { type HashMessages, hashPlaced } from './messages.ts';
import { GAIN, type Parts, partsOf } from './parts.ts';
import { type Questionable, readQuestionable } from './questionable.ts';
import type { PackedRecord } from './record.ts';

/** Bytes of records that are checked together: what they come to stays in a cache. */
const TOGETHER_BYTES = 2 ** 17;
/** Longest record that is checked with three others, so that their hashes fill the lanes. */
const LANE_BYTES = 2 ** 22;

/** How many records of so many bytes are checked together. */
const togetherOf = (bytes: number): number => Math.max(bytes <= LANE_BYTES ? 4 : 1, Math.floor(TOGETHER_BYTES / bytes));

export type Verdict = {
  /** Null where nothing is wrong. */
  readonly wrong: Wrong | null;
  readonly run: Run;
  /** Recomputed outputs; null where the record is wrong. */
  readonly outputs: readonly Tensor[] | null;
  /** Whether the trace was checked, not input and output alone. */
  readonly traced: boolean;
  /** Z of the revealed sums, where it was asked for. */
  readonly sumsId: Uint8Array | null;
  /** How likely an error that was looked for is to escape, at most. */
  readonly bound: EscapeBound;
};

export type CheckOptions = {
  /**
   * Whether the values are held against the trace that the record names too; true unless stated. A check by samples always does:
   * nothing but the trace binds the values that it does not compute.
   */
  readonly trace?: boolean;
  /** Whether Z of the sums is wanted. */
  readonly sumsIds?: boolean;
};

export type Checker = {
  readonly program: CheckedProgram;
  readonly parts: Parts;
  /** Draws and folds: once a model, or once a batch. @param seed 32 bytes that the provider did not know when it committed */
  readonly key: (seed: Uint8Array, vectors: number) => Promise<Key>;
  /**
   * Checks records, each by itself; what they are identified by is hashed for all of them together.
   * Problems, of each: `statistical.malformed` for bytes that are no record, `statistical.unfit` for one that this check cannot
   * use, `program.input` for inputs that the program does not take.
   */
  readonly check: (
    records: readonly Questionable[],
    key: Key,
    options?: CheckOptions,
  ) => Promise<readonly Result<Verdict>[]>;
  /** Root of the tree over entries of a batch. */
  readonly hashEntries: HashEntries;
  readonly close: () => Promise<void>;
};

/**
 * @param id P of the program, as whoever checks knows it
 * @param options.gain of the records that will come; others are refused
 * @param options.hashMessages what the platform has for SHA-256, where that is faster than four lanes of the kernels
 */
export const createChecker = async (
  program: CheckedProgram,
  id: Uint8Array,
  options: {
    readonly gain?: number;
    readonly machine?: Machine;
    readonly hashMessages?: HashMessages;
  } = {},
): Promise<Checker> => {
  const parts = partsOf(program, options.gain ?? GAIN);
  const own = options.machine === undefined ? await Machine.create() : null;
  const machine = options.machine ?? own!;
  const [hashLists, hashTrees, hashEntries] = await Promise.all([
    createListHasher(),
    createTreeHasher(),
    createEntryHasher(),
  ]);
  const lanes = await createLanes();
  const examine = createExamine(parts, { machine, lanes, hashTrees });
  const fold = createFold(parts, machine);
  const hashSums = (records: readonly PackedRecord[], key: Key): readonly Uint8Array[] => {
    if (options.hashMessages !== undefined) return options.hashMessages(records.map(({ committed }) => committed));
    loadKey(lanes, key);
    const { at, stride, end } = placeRecords(lanes, records);
    return hashPlaced(lanes, { at, length: stride, count: records.length }, end);
  };
  // One after the other: what is staged in the kernels' memory has to stay there until its records are examined.
  let last: Promise<unknown> = Promise.resolve();
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const check: Checker['check'] = async (records, key, { trace = true, sumsIds = false } = {}) => {
    const read = records.map((each) => readQuestionable(parts, id, each));
    const good = read.flatMap((each) => (each.ok ? [each.value] : []));
    const inputIds = hashLists(good.map(({ inputs }) => inputs));
    const ids: Uint8Array[] = [];
    const together = togetherOf(good[0]?.record.committed.length ?? 1);
    const examined: Result<Examined>[] = [];
    for (let at = 0; at < good.length; at += together) {
      const some = good.slice(at, at + together);
      const own = { key, inputIds: inputIds.slice(at, at + together), trace };
      const done = await exclusive(() => {
        // Before they are examined, so that they are put into the memory once.
        if (sumsIds)
          ids.push(
            ...hashSums(
              some.map(({ record }) => record),
              key,
            ),
          );
        return examine(some, own);
      });
      examined.push(...done);
    }
    const right = examined.flatMap((each) => (each.ok && each.value.outputs !== null ? [each.value.outputs] : []));
    const outputIds = hashLists(right).values();
    const verdicts = examined.map((each, i): Result<Verdict> => {
      if (!each.ok) return each;
      const { record, sample } = good[i]!;
      const about = {
        run: record.run,
        traced: trace || sample !== undefined,
        sumsId: ids[i] ?? null,
        bound: escapeBound(parts, key.vectors, sample ?? null),
      };
      if (each.value.wrong !== null) return ok({ ...about, ...each.value });
      const same = sameBytes(outputIds.next().value!, record.run.output);
      return ok({ ...about, ...(same ? each.value : { wrong: { part: 'output' }, outputs: null }) });
    });
    const checked = verdicts.values();
    return read.map((each) => (each.ok ? checked.next().value! : each));
  };
  return {
    program,
    parts,
    key: (seed, vectors) => createKey(parts, fold, seed, vectors),
    check,
    hashEntries,
    close: async () => {
      await own?.close();
    },
  };
};
