/** What is looked up for hidden inputs: that each lies in the range that the program states. */
import { ok, type Result, refuse } from '@surety/core';
import type { ValueId } from '@surety/programs';
import { type Column, columnOf, type Planner } from './planner.ts';
import { MAX_TABLE_VARS, type TableSpec, tableVars } from './tables.ts';
import { ENDS, type End, MOST_WIDE, wideTables } from './wide.ts';

/** The two columns that say how far an input is from one end of its range. */
const awayColumns = (planner: Planner, id: ValueId, end: End): readonly Column[] => {
  const { shape, ...range } = planner.graph.inputs[id]!;
  const { limb, upper } = wideTables(range);
  const content = { of: 'limb', id, end } as const;
  planner.commit(content, shape);
  const away = planner.derive({ of: 'away', id, end }, shape);
  planner.parts.set(`away ${id} ${end}`, away);
  return [columnOf(id, shape, [planner.tag(limb)], [content]), columnOf(id, shape, [planner.tag(upper)], [away])];
};

/** Columns of all inputs, or `proof.unsupported` where a range has too many values. */
export const inputColumns = (planner: Planner): Result<readonly Column[]> => {
  const columns: Column[] = [];
  for (const [id, { low, high, shape, name }] of planner.graph.inputs.entries()) {
    const spec: TableSpec = { kind: 'range', low, high };
    planner.committed.add(id);
    if (tableVars(planner.graph, spec) <= MAX_TABLE_VARS) {
      columns.push(columnOf(id, shape, [planner.tag(spec)], [{ of: 'value', id }]));
      continue;
    }
    const size = high - low + 1;
    if (size > MOST_WIDE) {
      const message = `The hidden input ${name} has a range of ${size} values.`;
      const limit = `${MOST_WIDE} values`;
      const next = 'State a narrower range (surety model import --range NAME=LOW:HIGH), or let the input be seen.';
      return refuse({ code: 'proof.unsupported', message, next, field: `inputs[${id}]`, value: `${size}`, limit });
    }
    columns.push(...ENDS.flatMap((end) => awayColumns(planner, id, end)));
  }
  return ok(columns);
};
