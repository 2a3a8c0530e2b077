/** A check of records that can be read (spec 19.3), some of them at once: all of it but the ids of their outputs. */
import { ok, type Result, sameBytes } from '@surety/core';
import { type CheckedProgram, type HashLists, type Machine, type Tensor, traceId } from '@surety/programs';
import { type Key, loadKey } from './key.ts';
import type { Lanes } from './lanes.ts';
import { misfitsOf } from './linear.ts';
import type { Folded, Parts } from './parts.ts';
import type { Readable } from './questionable.ts';
import { createReplay, type Lookup, type Replay } from './replay.ts';
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
const leavesRange = (program: CheckedProgram, { id, node }: Folded, { values }: Tensor): boolean => {
  const { low, high } = program.ranges[id]!;
  const { stage } = program.nodes[node]!;
  if (stage!.low >= low && stage!.high <= high) return false;
  for (let i = 0; i < values.length; i++) if (values[i]! < low || values[i]! > high) return true;
  return false;
};

/** A record by what is wrong with it, or by the outputs that it comes to. */
export type Examined =
  | { readonly wrong: Wrong; readonly outputs: null }
  | { readonly wrong: null; readonly outputs: readonly Tensor[] };

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

  const replayed = async (
    { record, inputs, sample }: Readable,
    staged: readonly Tensor[],
  ): Promise<Result<Replayed>> => {
    const outside = folded.find((node, i) => leavesRange(program, node, staged[i]!));
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
    for (const [i, each] of records.entries()) {
      const same = sameBytes(inputIds[i]!, each.record.run.input);
      all.push(same ? await replayed(each, staged[i]!) : ok({ wrong: { part: 'input' } }));
    }
    const live = all.flatMap((each, i) => {
      return each.ok && each.value.wrong === null
        ? [{ ...records[i]!, value: each.value.value, input: inputIds[i]! }]
        : [];
    });
    const misfits = misfitsOf(lanes, key, live);
    const traced = live.filter(({ sample }, i) => misfits[i] === null && (trace || sample !== undefined));
    const roots = hashTrees(traced.map(({ value }) => program.nodes.map((_, node) => value(nodesFrom + node))));
    const lost = new Set(
      traced.filter(({ record: { run }, input }, i) => {
        return !sameBytes(traceId(run.program, input, program.nodes.length, roots[i]!), run.trace);
      }),
    );
    const examined = live.map((each, i): Examined => {
      const misfit = misfits[i]!;
      if (misfit !== null) return { wrong: { part: 'sums', ...misfit }, outputs: null };
      if (lost.has(each)) return { wrong: { part: 'trace' }, outputs: null };
      return { wrong: null, outputs: program.outputs.map((output) => each.value(output.value)) };
    });
    const rest = examined.values();
    return all.map((each): Result<Examined> => {
      if (!each.ok) return each;
      return ok(each.value.wrong === null ? rest.next().value! : { wrong: each.value.wrong, outputs: null });
    });
  };
};
