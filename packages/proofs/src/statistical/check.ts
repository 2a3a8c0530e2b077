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
import { misfitOf, type NodeKey, nodeKey } from './linear.ts';
import { type Folded, GAIN, type Parts, partsOf } from './parts.ts';
import { decodeRecord, type SumsRecord } from './record.ts';
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
  /** L of the revealed sums. */
  readonly sumsId: Uint8Array;
  /** How likely an error that was looked for is to escape, at most. */
  readonly bound: EscapeBound;
};

export type CheckOptions = {
  /** Look at so many elements of replayed nodes, drawn from a seed, in place of all. The record has to hold their values. */
  readonly sample?: Sample;
};

export type Checker = {
  readonly program: CheckedProgram;
  readonly parts: Parts;
  /** Draws and folds: once a model, or once a batch. @param seed 32 bytes that the provider did not know when it committed */
  readonly key: (seed: Uint8Array, vectors: number) => Key;
  /** Problems: `statistical.malformed` for bytes that are no record, `statistical.unfit` for one that this check cannot use. */
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
const leavesRange = (program: CheckedProgram, { id }: Folded, { values }: Tensor): boolean => {
  const { low, high } = program.ranges[id]!;
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
  // Made when it is first wanted: samples need none.
  let replay: Promise<Replay> | null = null;
  const replayAll: Replay = async (inputs, staged) => {
    replay ??= createReplay(parts, machine, hash);
    return (await replay)(inputs, staged);
  };
  const traceOf = (input: Uint8Array, chunkRoots: readonly Uint8Array[]): Uint8Array =>
    traceId(id, input, program.nodes.length, hashValues(chunkRoots).root);

  const check: Checker['check'] = async (bytes, inputs, key, { sample } = {}) => {
    const decoded = decodeRecord(parts, bytes);
    if (!decoded.ok) return decoded;
    const { record } = decoded.value;
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
    const sumsId = listId(record.sums.map((tensor) => tensorRoot(tensor, hash)));
    const bound = escapeBound(parts, key.vectors, sample ?? null);
    const wrong = (what: Wrong): Result<Verdict> => ok({ wrong: what, run, outputs: null, sumsId, bound });
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
        ? await replayAll(inputs, staged)
        : sampled(parts, hash, { inputs, staged, values: record.values!, sample });
    if (!replayed.ok) return replayed;
    if ('wrong' in replayed.value) return wrong(replayed.value.wrong);
    const { value, chunkRoots } = replayed.value;
    for (const [i, node] of key.nodes.entries()) {
      const misfit = misfitOf(node, value, record.sums[i]!);
      if (misfit !== null) return wrong({ part: 'sums', ...misfit });
    }
    if (!sameBytes(traceOf(input, chunkRoots), run.trace)) return wrong({ part: 'trace' });
    const outputs = program.outputs.map((output) => value(output.value));
    if (!sameBytes(listRoot(outputs, hash), run.output)) return wrong({ part: 'output' });
    return ok({ wrong: null, run, outputs, sumsId, bound });
  };
  return {
    program,
    parts,
    key: (seed, vectors) => ({
      seed,
      vectors,
      nodes: parts.folded.map((folded) => nodeKey(parts, folded, seed, vectors)),
    }),
    check,
    close: async () => {
      await own?.close();
    },
  };
};
