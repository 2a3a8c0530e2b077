/** Where values lie during a run: memory of values that nobody reads any more is used again. */
import type { CheckedProgram } from '../check.ts';
import { operandsOf, type ValueId } from '../program.ts';
import { bytesOf } from './operation.ts';
import type { Uses } from './uses.ts';

export type ValueLayout = {
  /** Bytes from the start of the values, by value; null for constants. */
  readonly offsets: readonly (number | null)[];
  readonly bytes: number;
};

const ALIGN = 64;

export type LayoutOptions = {
  readonly samples: number;
  /** Whether every value must survive the run. */
  readonly keep: boolean;
  /** Nodes whose values are read together once the last of them has run. */
  readonly read: readonly (readonly number[])[];
};

export const layoutValues = (
  program: CheckedProgram,
  uses: Uses,
  { samples, keep, read }: LayoutOptions,
): ValueLayout => {
  const inputs = program.inputs.length;
  const first = inputs + program.constants.length;
  const isConstant = (id: ValueId): boolean => id >= inputs && id < first;
  const last = program.types.map((_, id) => Math.max(-1, id - first));
  program.nodes.forEach((node, i) => {
    for (const id of operandsOf(node.form)) last[uses.roots[id]!] = i;
  });
  for (const nodes of read) {
    for (const node of nodes) {
      const root = uses.roots[first + node]!;
      last[root] = Math.max(last[root]!, nodes.at(-1)!);
    }
  }
  for (const { value } of program.outputs) last[uses.roots[value]!] = program.nodes.length;
  const offsets = new Array<number | null>(program.types.length).fill(null);
  let live: { readonly start: number; readonly end: number; readonly last: number }[] = [];
  let total = 0;
  const place = (id: ValueId, now: number): void => {
    const size = Math.ceil((bytesOf(program.types[id]!) * samples) / ALIGN) * ALIGN;
    if (!keep) live = live.filter((block) => block.last >= now);
    let start = 0;
    let at = 0;
    while (at < live.length && live[at]!.start - start < size) start = live[at++]!.end;
    live.splice(at, 0, { start, end: start + size, last: last[id]! });
    offsets[id] = start;
    total = Math.max(total, start + size);
  };
  for (let id = 0; id < inputs; id++) place(id, -1);
  for (let i = 0; i < program.nodes.length; i++) {
    const id = first + i;
    if (uses.roots[id] === id) place(id, i);
  }
  for (let id = 0; id < offsets.length; id++) {
    const root = uses.roots[id]!;
    if (root !== id && !isConstant(root)) offsets[id] = offsets[root]!;
  }
  return { offsets, bytes: total };
};
