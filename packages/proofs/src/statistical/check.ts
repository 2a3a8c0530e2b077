/** The checker's side (spec 19.3): records against the program, their inputs, and a key. */
import { ok, type Problem, type Result, sameBytes } from '@surety/core';
import {
  admitInputs,
  type CheckedProgram,
  createEntryHasher,
  createHasher,
  createListHasher,
  createValueHasher,
  type HashEntries,
  listId,
  Machine,
  type Tensor,
  tensorRoot,
  traceId,
} from '@surety/programs';
import { type EscapeBound, escapeBound } from './bound.ts';
import { createFold } from './fold.ts';
import { misfitOf, type NodeKey, nodeKeys } from './linear.ts';
import { type Folded, GAIN, type Parts, partsOf } from './parts.ts';
import { type Decoded, decodeRecord, type SumsRecord, sumsList } from './record.ts';
import { createReplay, type Replay } from './replay.ts';
import { type Sample, sampled } from './sample.ts';
import { stagedOf } from './stage.ts';

/** Folded weights and the random elements that folded them; one for many records. */
export type Key = {
  readonly seed: Uint8Array;
  readonly vectors: number;
  readonly nodes: readonly NodeKey[];
};

/** What is wrong with a record, and where. */
export type Wrong =
  /** It is about another input than the one at hand. */
  | { readonly part: 'input' }
  /** The input itself, or what a folded node gives, leaves the range that is proved of it. */
  | { readonly part: 'range'; readonly node: number }
  /** The sums of a node are not what its operands give. */
  | { readonly part: 'sums'; readonly node: number; readonly row: number | null }
  /** An element of a replayed node is not what its operands give. */
  | { readonly part: 'element'; readonly node: number; readonly element: number }
  /** Values that fit one another, but not the ids of the run. */
  | { readonly part: 'trace' | 'output' | 'batch' };

export type Verdict = {
  /** Null where nothing is wrong. */
  readonly wrong: Wrong | null;
  readonly run: SumsRecord['run'];
  /** Recomputed outputs; null where the record is wrong. */
  readonly outputs: readonly Tensor[] | null;
  /** Whether the trace was checked, not input and output alone. */
  readonly traced: boolean;
  /** Z of the revealed sums, where it was asked for. */
  readonly sumsId: Uint8Array | null;
  /** How likely an error that was looked for is to escape, at most. */
  readonly bound: EscapeBound;
};

/** A record, and the input that it is to be about. */
export type Questionable = {
  /** Read in place: its bytes must stay until the check is done. */
  readonly record: Uint8Array;
  readonly inputs: readonly Tensor[];
  /** Look at so many elements of replayed nodes, drawn from a seed, in place of all. The record has to hold their values. */
  readonly sample?: Sample;
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

const unfit = (field: string, message: string, next: string): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: { code: 'statistical.unfit', message, next, field },
});

/** A value outside of what is proved of a folded node: no run of the program gives it. */
const leavesRange = (program: CheckedProgram, { id, node }: Folded, { values }: Tensor): boolean => {
  const { low, high } = program.ranges[id]!;
  const { stage } = program.nodes[node]!;
  if (stage!.low >= low && stage!.high <= high) return false;
  for (let i = 0; i < values.length; i++) if (values[i]! < low || values[i]! > high) return true;
  return false;
};

/** A record that can be checked, read. */
type Read = Pick<Questionable, 'inputs' | 'sample'> & Decoded;

const readOne = (parts: Parts, id: Uint8Array, { record: bytes, inputs, sample }: Questionable): Result<Read> => {
  const decoded = decodeRecord(parts, bytes);
  if (!decoded.ok) return decoded;
  const { gain, run, values } = decoded.value.record;
  if (gain !== parts.gain)
    return unfit('record.gain', `The record folds nodes at a gain of ${gain}.`, `Ask for one at ${parts.gain}.`);
  if (!sameBytes(run.program, id)) {
    const next = 'Check it against the program that it names.';
    return unfit('record.program', 'The record is about another program.', next);
  }
  if (sample !== undefined && values === null) {
    const next = 'Check it without a sample, which replays all.';
    return unfit('record.values', 'The record holds no values to sample.', next);
  }
  const admitted = admitInputs(parts.program, inputs);
  return admitted.ok ? ok({ ...decoded.value, inputs, ...(sample === undefined ? {} : { sample }) }) : admitted;
};

/** What is left of a check before its outputs are hashed. */
type Open =
  | { readonly wrong: Wrong }
  /** L of the outputs where the trace gave it. */
  | { readonly wrong: null; readonly outputs: readonly Tensor[]; readonly outputId: Uint8Array | null };

/**
 * @param id P of the program, as whoever checks knows it
 * @param options.gain of the records that will come; others are refused
 */
export const createChecker = async (
  program: CheckedProgram,
  id: Uint8Array,
  options: { readonly gain?: number; readonly machine?: Machine } = {},
): Promise<Checker> => {
  const parts = partsOf(program, options.gain ?? GAIN);
  const own = options.machine === undefined ? await Machine.create() : null;
  const machine = options.machine ?? own!;
  const [hash, hashLists] = await Promise.all([createHasher(), createListHasher()]);
  const [hashValues, hashEntries] = await Promise.all([createValueHasher(program), createEntryHasher()]);
  const fold = createFold(parts, machine);
  // Made when it is first wanted: samples need none.
  let replay: Promise<Replay> | null = null;
  const replayAll: Replay = async (...given) => {
    replay ??= createReplay(parts, machine, hash);
    return (await replay)(...given);
  };
  const nodesFrom = program.inputs.length + program.constants.length;
  /** All of one check but the hashes of its output. @param input L of its inputs */
  const open = async (
    { record, inputs, sample }: Read,
    input: Uint8Array,
    key: Key,
    trace: boolean,
  ): Promise<Result<Open>> => {
    const { run } = record;
    if (!sameBytes(input, run.input)) return ok({ wrong: { part: 'input' } });
    const staged: Tensor[] = [];
    for (const [i, folded] of parts.folded.entries()) {
      const value = stagedOf(program, folded, record.sums[i]!);
      if (leavesRange(program, folded, value)) return ok({ wrong: { part: 'range', node: folded.node } });
      staged.push(value);
    }
    const replayed =
      sample === undefined
        ? await replayAll(inputs, staged, trace)
        : sampled(parts, hash, { inputs, staged, values: record.values!, sample, trace });
    if (!replayed.ok) return replayed;
    if ('wrong' in replayed.value) return ok({ wrong: replayed.value.wrong });
    const { value, chunkRoots } = replayed.value;
    for (const [i, node] of key.nodes.entries()) {
      const misfit = misfitOf(node, value, record.sums[i]!);
      if (misfit !== null) return ok({ wrong: { part: 'sums', ...misfit } });
    }
    const outputs = program.outputs.map((output) => value(output.value));
    if (chunkRoots === null) return ok({ wrong: null, outputs, outputId: null });
    const roots = hashValues(chunkRoots);
    if (!sameBytes(traceId(id, input, program.nodes.length, roots.root), run.trace))
      return ok({ wrong: { part: 'trace' } });
    const outputRoots = program.outputs.map((output, i) =>
      output.value < nodesFrom ? tensorRoot(outputs[i]!, hash) : roots.tensor(output.value - nodesFrom),
    );
    return ok({ wrong: null, outputs, outputId: listId(outputRoots) });
  };
  const check: Checker['check'] = async (records, key, { trace = true, sumsIds = false } = {}) => {
    const read = records.map((each) => readOne(parts, id, each));
    const good = read.flatMap((each) => (each.ok ? [each.value] : []));
    const inputIds = hashLists(good.map(({ inputs }) => inputs));
    const sumIds = sumsIds ? hashLists(good.map(({ allSums }) => sumsList(allSums))) : null;
    const opened: Result<Open>[] = [];
    for (const [i, each] of good.entries())
      opened.push(await open(each, inputIds[i]!, key, trace || each.sample !== undefined));
    const unhashed = opened.flatMap((each) =>
      each.ok && each.value.wrong === null && each.value.outputId === null ? [each.value.outputs] : [],
    );
    const outputIds = hashLists(unhashed).values();
    const verdicts = opened.map((each, i): Result<Verdict> => {
      if (!each.ok) return each;
      const { record, sample } = good[i]!;
      const about = {
        run: record.run,
        traced: trace || sample !== undefined,
        sumsId: sumIds?.[i] ?? null,
        bound: escapeBound(parts, key.vectors, sample ?? null),
      };
      const { value } = each;
      if (value.wrong !== null) return ok({ ...about, wrong: value.wrong, outputs: null });
      const outputId = value.outputId ?? outputIds.next().value!;
      if (!sameBytes(outputId, record.run.output)) return ok({ ...about, wrong: { part: 'output' }, outputs: null });
      return ok({ ...about, wrong: null, outputs: value.outputs });
    });
    const checked = verdicts.values();
    return read.map((each) => (each.ok ? checked.next().value! : each));
  };
  return {
    program,
    parts,
    key: async (seed, vectors) => ({ seed, vectors, nodes: await nodeKeys(parts, fold, seed, vectors) }),
    check,
    hashEntries,
    close: async () => {
      await own?.close();
    },
  };
};
