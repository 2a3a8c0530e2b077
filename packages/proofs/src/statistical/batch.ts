/** Many runs committed together, checked from one public seed (spec 19.5). */
import { concatBytes, ok, type Result, refuserOf, sameBytes, utf8 } from '@surety/core';
import { bigEndian, type HashEntries, type Tensor, tagged, treeRoot } from '@surety/programs';
import type { Run } from '../run.ts';
import { type Beacon, beaconDelay } from './beacon.ts';
import type { Checker, Verdict } from './check.ts';
import { SEED_BYTES } from './draw.ts';
import type { Key } from './key.ts';

/** One run of a batch: what its provider is bound to before the beacon. */
export type Entry = Omit<Run, 'program'> & {
  /** Z: SHA-256 of the record up to the end of its sums. */
  readonly sums: Uint8Array;
};

export type Batch = { readonly program: Uint8Array; readonly entries: readonly Entry[] };

/** Most runs of a batch. */
export const MOST_RUNS = 65_536;

/**
 * Independent vectors of a public key. Nobody learns anything from a verdict, but whoever makes many commitments may show the
 * one that a beacon favours: of T that were public before it, one passes with a chance of T · 2^−57 at most.
 */
export const PUBLIC_VECTORS = 2;

const TAG = utf8('surety:batch:v1\0');
const ENTRY_BYTES = 128;
const HEAD_BYTES = TAG.length + 36;

const entryBytes = ({ input, output, trace, sums }: Entry): Uint8Array => concatBytes(input, output, trace, sums);

export const encodeBatch = ({ program, entries }: Batch): Uint8Array =>
  concatBytes(TAG, program, bigEndian([entries.length]), ...entries.map(entryBytes));

const refused = refuserOf<'statistical.malformed' | 'statistical.unfit'>();

/** The batch of bytes, or `statistical.malformed`. */
export const decodeBatch = (bytes: Uint8Array): Result<Batch> => {
  const malformed = (message: string, limit: string) =>
    refused('statistical.malformed', 'batch', message, 'Get the batch again from its provider.', { limit });
  if (bytes.length < HEAD_BYTES || !sameBytes(bytes.subarray(0, TAG.length), TAG)) {
    return malformed(`The batch of ${bytes.length} bytes does not begin as one.`, `${HEAD_BYTES} bytes or more`);
  }
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(TAG.length + 32);
  if (count < 1 || count > MOST_RUNS) return malformed(`The batch has ${count} runs.`, `1 .. ${MOST_RUNS}`);
  const length = HEAD_BYTES + count * ENTRY_BYTES;
  if (bytes.length !== length) return malformed(`The batch has ${bytes.length} bytes.`, `${length} bytes`);
  const id = (entry: number, part: number): Uint8Array => {
    const at = HEAD_BYTES + entry * ENTRY_BYTES + 32 * part;
    return bytes.slice(at, at + 32);
  };
  const entries = Array.from({ length: count }, (_, i): Entry => {
    return { input: id(i, 0), output: id(i, 1), trace: id(i, 2), sums: id(i, 3) };
  });
  return ok({ program: bytes.slice(TAG.length, TAG.length + 32), entries });
};

/** C of a batch, 32 bytes: what has to be public before the beacon. @param hash a faster way to hash the entries */
export const batchId = ({ program, entries }: Batch, hash: HashEntries = treeRoot): Uint8Array =>
  tagged('surety:batch:v1', program, bigEndian([entries.length]), hash(entries.map(entryBytes)));

/** The seed of a batch and a later beacon. */
export const batchSeed = (id: Uint8Array, { source, round, value }: Beacon): Uint8Array => {
  const name = utf8(source);
  const [high, low] = [Math.floor(round / 2 ** 32), round % 2 ** 32];
  return tagged('surety:seed:v1', id, Uint8Array.of(name.length), name, bigEndian([high, low]), value);
};

/** What a checker of a batch holds: which runs, and the key that nobody could know when they were committed. */
export type Questioned = {
  readonly batch: Batch;
  readonly id: Uint8Array;
  readonly key: Key;
  readonly beacon: Beacon;
  /** Seconds from commitment to beacon. */
  readonly delaySeconds: number;
};

/**
 * Draws and folds the key of a batch. Problems: `statistical.beacon` for a beacon that is not later than the commitment,
 * `statistical.unfit` for a batch of another program.
 * @param options.committedAtSeconds Unix seconds by which C was public
 */
export const questionBatch = async (
  checker: Checker,
  program: Uint8Array,
  options: {
    readonly batch: Batch;
    readonly beacon: Beacon;
    readonly committedAtSeconds: number;
    readonly vectors?: number;
  },
): Promise<Result<Questioned>> => {
  const { batch, beacon, committedAtSeconds, vectors = PUBLIC_VECTORS } = options;
  const delay = beaconDelay(beacon, committedAtSeconds);
  if (!delay.ok) return delay;
  if (!sameBytes(batch.program, program)) {
    const next = 'Check it against the program that it names.';
    return refused('statistical.unfit', 'batch.program', 'The batch is about another program.', next);
  }
  const id = batchId(batch, checker.hashEntries);
  const key = await checker.key(batchSeed(id, beacon), vectors);
  return ok({ batch, id, key, beacon, delaySeconds: delay.value });
};

/** The seed that draws elements of one run of a batch. */
export const entrySeed = ({ key }: Questioned, index: number): Uint8Array =>
  tagged('surety:sample:v1', key.seed, bigEndian([index])).subarray(0, SEED_BYTES);

/** A record of a batch that is to be checked. */
export type EntryToCheck = {
  /** Place of its run in the batch. */
  readonly index: number;
  readonly record: Uint8Array;
  readonly inputs: readonly Tensor[];
};

export type EntryOptions = {
  /** How many elements of replayed nodes are computed again; all unless stated. */
  readonly draws?: number;
  /** As `CheckOptions` has it. */
  readonly trace?: boolean;
  /** Whether the caller had these very records before the beacon: then their sums need no commitment, and are not hashed. */
  readonly held?: boolean;
};

/**
 * Checks records of a batch, each by itself: it has to be the committed run with the committed sums. Many at once cost less.
 * Problems, of each: those of `Checker.check`, and `statistical.unfit` where the batch has no such run.
 */
export const checkEntries = async (
  checker: Checker,
  questioned: Questioned,
  records: readonly EntryToCheck[],
  { draws, trace = true, held = false }: EntryOptions = {},
): Promise<readonly Result<Verdict>[]> => {
  const { entries } = questioned.batch;
  const known = records.filter(({ index }) => entries[index] !== undefined);
  const asked = known.map(({ index, record, inputs }) => {
    const sample = draws === undefined ? {} : { sample: { seed: entrySeed(questioned, index), draws } };
    return { record, inputs, ...sample };
  });
  const checked = (await checker.check(asked, questioned.key, { trace, sumsIds: !held })).values();
  return records.map(({ index }): Result<Verdict> => {
    const entry = entries[index];
    if (entry === undefined) {
      const limit = `0 .. ${entries.length - 1}`;
      return refused('statistical.unfit', 'index', `The batch has no run ${index}.`, 'Name one that it has.', {
        limit,
      });
    }
    const verdict = checked.next().value!;
    if (!verdict.ok) return verdict;
    const { run, sumsId } = verdict.value;
    const committed = (['input', 'output', 'trace'] as const).every((id) => sameBytes(run[id], entry[id]));
    if (committed && (sumsId === null || sameBytes(sumsId, entry.sums))) return verdict;
    return ok({ ...verdict.value, wrong: { part: 'batch' }, outputs: null });
  });
};
