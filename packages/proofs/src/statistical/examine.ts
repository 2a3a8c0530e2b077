/** A check of records that can be read (spec 19.3), some of them at once: all of it but the ids of their outputs. */
import { ok, type Result, sameBytes } from '@surety/core';
import { allocate, type CheckedProgram, type HashLists, type Machine, type Tensor, traceId } from '@surety/programs';
import { type Key, loadKey } from './key.ts';
import type { Lanes } from './lanes.ts';
import { misfitsOf } from './linear.ts';
import type { Folded, Parts } from './parts.ts';
import type { Readable } from './questionable.ts';
import { createReplay, type Lookup, type Replay, type StagedValue } from './replay.ts';
import { sampled } from './sample.ts';
import { createStages } from './stage.ts';

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

/** A value outside of what is proved of a folded node: no run of the program gives it. */
const leavesRange = (program: CheckedProgram, { id, node }: Folded, staged: StagedValue, i: number): boolean => {
  const { low, high } = program.ranges[id]!;
  const { stage } = program.nodes[node]!;
  return (stage!.low < low || stage!.high > high) && staged(i).values.some((value) => value < low || value > high);
};

/** A record by what is wrong with it, or by the outputs that it comes to. */
export type Examined =
  | { readonly wrong: Wrong; readonly outputs: null }
  | { readonly wrong: null; readonly outputs: readonly Tensor[] };

/** Values in the kernels' memory do not outlast the check. */
const copyOf = ({ dtype, shape, values }: Tensor): Tensor => {
  const copy = allocate(dtype, values.length);
  copy.set(values);
  return { dtype, shape, values: copy };
};

type Replayed = { readonly wrong: Wrong } | { readonly wrong: null; readonly value: Lookup };

export type Examine = (
  records: readonly Readable[],
  of: {
    readonly key: Key;
    /** L of the inputs at hand, of each. */
    readonly inputIds: readonly Uint8Array[];
    readonly trace: boolean;
  },
) => Promise<readonly Result<Examined>[]>;

/** @param hashTrees roots of the trees over the values of nodes */
export const createExamine = (
  parts: Parts,
  { machine, lanes, hashTrees }: { readonly machine: Machine; readonly lanes: Lanes; readonly hashTrees: HashLists },
): Examine => {
  const { program, folded } = parts;
  const nodesFrom = program.inputs.length + program.constants.length;
  const stages = createStages(parts, lanes);
  // Made when it is first wanted: samples need none.
  let replay: Promise<Replay> | null = null;

  const replayed = async ({ record, inputs, sample }: Readable, staged: StagedValue): Promise<Result<Replayed>> => {
    const outside = folded.find((node, i) => leavesRange(program, node, staged, i));
    if (outside !== undefined) return ok({ wrong: { part: 'range', node: outside.node } });
    if (sample !== undefined) return ok(sampled(parts, { inputs, staged, values: record.values!, sample }));
    replay ??= createReplay(parts, machine);
    const value = await (await replay)(inputs, staged);
    return value.ok ? ok({ wrong: null, value: value.value }) : value;
  };

  return async (records, { key, inputIds, trace }) => {
    loadKey(lanes, key);
    const staged = stages(records.map(({ record }) => record));
    const all: Result<Replayed>[] = [];
    for (const [run, each] of records.entries()) {
      const same = sameBytes(inputIds[run]!, each.record.run.input);
      all.push(same ? await replayed(each, (i) => staged.value(run, i)) : ok({ wrong: { part: 'input' } }));
    }
    const values = all.map((each) => (each.ok && each.value.wrong === null ? each.value.value : null));
    const misfits = misfitsOf(lanes, program, key, { records: records.map(({ record }) => record), staged, values });
    const right = [...values.keys()].filter((run) => values[run] !== null && misfits[run] === null);
    const traced = right.filter((run) => trace || records[run]!.sample !== undefined);
    const roots = hashTrees(traced.map((run) => program.nodes.map((_, node) => values[run]!(nodesFrom + node))));
    const lost = traced.filter((run, i) => {
      const { program: id, trace: claimed } = records[run]!.record.run;
      return !sameBytes(traceId(id, inputIds[run]!, program.nodes.length, roots[i]!), claimed);
    });
    const astray = new Set(lost);
    return all.map((each, run): Result<Examined> => {
      if (!each.ok) return each;
      const misfit = misfits[run]!;
      if (each.value.wrong !== null) return ok({ wrong: each.value.wrong, outputs: null });
      if (misfit !== null) return ok({ wrong: { part: 'sums', ...misfit }, outputs: null });
      if (astray.has(run)) return ok({ wrong: { part: 'trace' }, outputs: null });
      const { value } = each.value;
      return ok({ wrong: null, outputs: program.outputs.map((output) => copyOf(value(output.value))) });
    });
  };
};
