/** The checker's side (spec 19.3): one record against the program, the input, and a key. */
import { ok, type Problem, type Result, sameBytes } from '@surety/core';
import {
  admitInputs,
  type CheckedProgram,
  createHasher,
  createValueHasher,
  listId,
  listRoot,
  Machine,
  type Tensor,
  tensorRoot,
  traceId,
} from '@surety/programs';
import { type EscapeBound, escapeBound } from './bound.ts';
import { createFold } from './fold.ts';
import { misfitOf, type NodeKey, nodeKeys } from './linear.ts';
import { type Folded, GAIN, type Parts, partsOf } from './parts.ts';
import { decodeRecord, type SumsRecord, sumsRoot } from './record.ts';
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
  /** Z of the revealed sums, hashed when it is asked for. */
  readonly sumsId: () => Uint8Array;
  /** How likely an error that was looked for is to escape, at most. */
  readonly bound: EscapeBound;
};

export type CheckOptions = {
  /** Look at so many elements of replayed nodes, drawn from a seed, in place of all. The record has to hold their values. */
  readonly sample?: Sample;
  /**
   * Whether the values are held against the trace that the record names too; true unless stated. A check by samples always does:
   * nothing but the trace binds the values that it does not compute.
   */
  readonly trace?: boolean;
};

export type Checker = {
  readonly program: CheckedProgram;
  readonly parts: Parts;
  /** Draws and folds: once a model, or once a batch. @param seed 32 bytes that the provider did not know when it committed */
  readonly key: (seed: Uint8Array, vectors: number) => Promise<Key>;
  /**
   * Reads the record in place: its bytes must stay until the check is done.
   * Problems: `statistical.malformed` for bytes that are no record, `statistical.unfit` for one that this check cannot use,
   * `program.input` for inputs that the program does not take.
   */
  readonly check: (
    record: Uint8Array,
    inputs: readonly Tensor[],
    key: Key,
    options?: CheckOptions,
  ) => Promise<Result<Verdict>>;
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
  const [hash, hashValues] = await Promise.all([createHasher(), createValueHasher(program)]);
  const fold = createFold(parts, machine);
  // Made when it is first wanted: samples need none.
  let replay: Promise<Replay> | null = null;
  const replayAll: Replay = async (...given) => {
    replay ??= createReplay(parts, machine, hash);
    return (await replay)(...given);
  };
  const nodesFrom = program.inputs.length + program.constants.length;
  const check: Checker['check'] = async (bytes, inputs, key, { sample, ...options } = {}) => {
    const trace = options.trace !== false || sample !== undefined;
    const decoded = decodeRecord(parts, bytes);
    if (!decoded.ok) return decoded;
    const { record, allSums } = decoded.value;
    const { run } = record;
    if (record.gain !== parts.gain) {
      return unfit(
        'record.gain',
        `The record folds nodes at a gain of ${record.gain}.`,
        `Ask for one at ${parts.gain}.`,
      );
    }
    if (!sameBytes(run.program, id)) {
      return unfit(
        'record.program',
        'The record is about another program.',
        'Check it against the program that it names.',
      );
    }
    if (sample !== undefined && record.values === null) {
      return unfit(
        'record.values',
        'The record holds no values to sample.',
        'Check it without a sample, which replays all.',
      );
    }
    const admitted = admitInputs(program, inputs);
    if (!admitted.ok) return admitted;
    const sumsId = (): Uint8Array => sumsRoot(allSums, hash);
    const bound = escapeBound(parts, key.vectors, sample ?? null);
    const wrong = (what: Wrong): Result<Verdict> =>
      ok({ wrong: what, run, outputs: null, traced: trace, sumsId, bound });
    const input = listRoot(inputs, hash);
    if (!sameBytes(input, run.input)) return wrong({ part: 'input' });
    const staged: Tensor[] = [];
    for (const [i, folded] of parts.folded.entries()) {
      const value = stagedOf(program, folded, record.sums[i]!);
      if (leavesRange(program, folded, value)) return wrong({ part: 'range', node: folded.node });
      staged.push(value);
    }
    const replayed =
      sample === undefined
        ? await replayAll(inputs, staged, trace)
        : sampled(parts, hash, { inputs, staged, values: record.values!, sample, trace });
    if (!replayed.ok) return replayed;
    if ('wrong' in replayed.value) return wrong(replayed.value.wrong);
    const { value, chunkRoots } = replayed.value;
    for (const [i, node] of key.nodes.entries()) {
      const misfit = misfitOf(node, value, record.sums[i]!);
      if (misfit !== null) return wrong({ part: 'sums', ...misfit });
    }
    const roots = chunkRoots === null ? null : hashValues(chunkRoots);
    if (roots !== null && !sameBytes(traceId(id, input, program.nodes.length, roots.root), run.trace)) {
      return wrong({ part: 'trace' });
    }
    const outputs = program.outputs.map((output) => value(output.value));
    const outputRoots = program.outputs.map((output, i) =>
      roots === null || output.value < nodesFrom
        ? tensorRoot(outputs[i]!, hash)
        : roots.tensor(output.value - nodesFrom),
    );
    if (!sameBytes(listId(outputRoots), run.output)) return wrong({ part: 'output' });
    return ok({ wrong: null, run, outputs, traced: trace, sumsId, bound });
  };
  return {
    program,
    parts,
    key: async (seed, vectors) => ({ seed, vectors, nodes: await nodeKeys(parts, fold, seed, vectors) }),
    check,
    close: async () => {
      await own?.close();
    },
  };
};
