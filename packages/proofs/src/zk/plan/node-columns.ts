/** What is committed to and looked up for a node, by how its value is tied. */
import type { Shape, ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import { CHOSEN_PARTS, type ChosenPart, chosenLookups } from '../relations/chosen.ts';
import type { Content } from './blocks.ts';
import { WIDE_PARTS, type WidePart, wideLookups } from './differences.ts';
import type { DerivedValue } from './plan.ts';
import { type Column, columnOf, keyOfContent, type Planner } from './planner.ts';
import type { Quotients, Staged } from './stages.ts';
import type { TableSpec } from './tables.ts';
import type { Tie } from './ties.ts';

const quotientColumns = (planner: Planner, id: ValueId, quotients: Quotients): readonly Column[] => {
  const { shape } = planner.graph.types[id]!;
  const value: Content = { of: 'value', id };
  const derive = (of: 'quotient' | 'upper' | 'rejoined'): Place => {
    const place = planner.derive({ of, id });
    planner.parts.set(`${of} ${id}`, place);
    return place;
  };
  const column = (table: TableSpec, ...contents: readonly (Content | Place)[]): Column =>
    columnOf(id, shape, [planner.nodeTag(table)], contents);
  planner.commit(value, shape);
  if (quotients.kind === 'value') return [column(quotients.table, value)];
  if (quotients.kind === 'clamped') return [column(quotients.table, derive('quotient'), value)];
  const lower: Content = { of: 'lower', id };
  planner.commit(lower, shape);
  const lowerColumn = column(quotients.lower, lower);
  if (quotients.kind === 'split') return [column(quotients.upper, derive('upper')), lowerColumn];
  const clipped: Content = { of: 'clipped', id };
  planner.commit(clipped, shape);
  return [
    column(quotients.upper, derive('upper'), clipped),
    lowerColumn,
    column(quotients.table, derive('rejoined'), value),
  ];
};

const stagedColumns = (planner: Planner, id: ValueId, { quotients, limbs }: Staged): readonly Column[] => {
  const { shape } = planner.graph.types[id]!;
  const ofQuotients = quotientColumns(planner, id, quotients);
  const ofLimbs = limbs.map(({ bits }, limb) => {
    planner.commit({ of: 'remainder', id, limb }, shape);
    const tags = bits.map((b) => planner.nodeTag({ kind: 'range', low: 0, high: 2 ** b - 1 }));
    return columnOf(id, shape, tags, [{ of: 'remainder', id, limb }]);
  });
  return [...ofQuotients, ...ofLimbs];
};

/** Parts of each element of a shape, some committed to and some that follow, and in which tables which are looked up. */
const partColumns = <Part extends string>(
  planner: Planner,
  own: Shape,
  partOf: (part: Part) => Content & DerivedValue,
  parts: { readonly committed: readonly Part[]; readonly derived: readonly Part[] },
  lookups: readonly (readonly [TableSpec, ...Part[]])[],
): readonly Column[] => {
  for (const part of parts.committed) planner.commit(partOf(part), own);
  const derived = new Map(parts.derived.map((part) => [part, planner.derive(partOf(part), own)]));
  for (const [part, place] of derived) planner.parts.set(keyOfContent(partOf(part)), place);
  return lookups.map(([table, ...looked]) =>
    columnOf(
      partOf(looked[0]!).id,
      own,
      [planner.nodeTag(table)],
      looked.map((part) => derived.get(part) ?? partOf(part)),
    ),
  );
};

/** A part of the differences of a level of a maximum. */
export const widePart = (id: ValueId, level: number) => (part: WidePart) => ({ of: 'part' as const, id, level, part });

/** A part of an `argmax`. */
export const choicePart = (id: ValueId) => (part: ChosenPart) => ({ of: 'choice' as const, id, part });

/** Columns of a node; commits to what they look up. */
export const nodeColumns = (planner: Planner, id: ValueId, tie: Tie): readonly Column[] => {
  const { shape } = planner.graph.types[id]!;
  switch (tie.kind) {
    case 'through':
      return [];
    case 'staged':
      return stagedColumns(planner, id, tie);
    case 'lookup': {
      const index = tie.keyed ? planner.derive({ of: 'key', id }) : planner.value(tie.x);
      const looked: (Content | Place)[] = [index, { of: 'value', id }];
      planner.commit({ of: 'value', id }, shape);
      return [columnOf(id, shape, [planner.nodeTag(tie.table)], looked)];
    }
    case 'argmax': {
      const own = planner.graph.types[tie.x]!.shape;
      return [columnOf(id, own, [planner.nodeTag(tie.table)], [planner.derive({ of: 'margin', id }, own)])];
    }
    case 'chosen': {
      const own = planner.graph.types[tie.x]!.shape;
      planner.commit({ of: 'value', id }, shape);
      planner.commit({ of: 'most', id }, shape);
      return partColumns(planner, own, choicePart(id), CHOSEN_PARTS, chosenLookups(own.at(-1)!, tie.table));
    }
    case 'maximum':
      return tie.levels.flatMap((own, level) => {
        planner.commit({ of: 'relu', id, level }, own);
        if ('upper' in tie.table) {
          return partColumns(planner, own, widePart(id, level), WIDE_PARTS, wideLookups(tie.table));
        }
        const difference = planner.derive({ of: 'difference', id, level }, own);
        return [columnOf(id, own, [planner.nodeTag(tie.table)], [difference, { of: 'relu', id, level }])];
      });
  }
};
