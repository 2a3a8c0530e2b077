/** Where what values are made of lies, once every matrix is laid. */
import type { ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import { CHOSEN_PARTS, type ChosenPart } from '../relations/chosen.ts';
import type { Content } from './blocks.ts';
import { WIDE_PARTS, type WidePlaces } from './differences.ts';
import { choicePart, widePart } from './node-columns.ts';
import { type ProofPlan, STAGE_PARTS, type StagePlaces } from './plan.ts';
import { keyOfContent, type Planner } from './planner.ts';
import type { Tie } from './ties.ts';
import type { End, WideParts } from './wide.ts';

/** What of a plan says where values lie. */
export type Placed = Pick<ProofPlan, 'types' | 'relus' | 'wides' | 'choices' | 'values' | 'stages' | 'wide'>;

/**
 * Places of everything that ties name.
 * @param places of blocks, by {@link keyOfContent}
 */
export const placedBy = (
  planner: Planner,
  ties: readonly (Tie | null)[],
  places: ReadonlyMap<string, Place>,
  options: { readonly hideInput: boolean },
): Placed => {
  const { graph } = planner;
  const place = (content: Content): Place => places.get(keyOfContent(content))!;
  const placesOf = <Part extends string>(
    { committed, derived }: { readonly committed: readonly Part[]; readonly derived: readonly Part[] },
    partOf: (part: Part) => Content,
  ): Record<Part, Place> => {
    const at = (part: Part): Place => planner.parts.get(keyOfContent(partOf(part))) ?? place(partOf(part));
    return Object.fromEntries([...committed, ...derived].map((part) => [part, at(part)])) as Record<Part, Place>;
  };
  const values = new Map<ValueId, Place>();
  const stages = new Map<ValueId, StagePlaces>();
  const relus = new Map<ValueId, readonly ValueId[]>();
  const choices = new Map<ValueId, Readonly<Record<ChosenPart, Place>>>();
  const wides = new Map<ValueId, readonly WidePlaces[]>();
  const types = [...graph.types];
  for (const [id, tie] of ties.entries()) {
    if (tie?.kind === 'staged' || tie?.kind === 'lookup') values.set(id, place({ of: 'value', id }));
    if (tie?.kind === 'staged') {
      const limbs = tie.limbs.map((_, limb) => place({ of: 'remainder', id, limb }));
      const parts = STAGE_PARTS.flatMap((of) => {
        const at = planner.parts.get(`${of} ${id}`) ?? places.get(`${of} ${id}`);
        return at === undefined ? [] : [[of, at] as const];
      });
      stages.set(id, { limbs, parts: Object.fromEntries(parts) });
    }
    if (tie?.kind === 'chosen') {
      values.set(id, place({ of: 'value', id }));
      const most = types.push({ dtype: 'i32', shape: graph.types[id]!.shape }) - 1;
      relus.set(id, [most]);
      values.set(most, place({ of: 'most', id }));
      choices.set(id, placesOf(CHOSEN_PARTS, choicePart(id)));
    }
    if (tie?.kind !== 'maximum') continue;
    if ('upper' in tie.table) {
      wides.set(
        id,
        tie.levels.map((_, level) => placesOf(WIDE_PARTS, widePart(id, level))),
      );
    }
    relus.set(
      id,
      tie.levels.map((shape, level) => {
        const relu = types.push({ dtype: 'i32', shape }) - 1;
        values.set(relu, place({ of: 'relu', id, level }));
        return relu;
      }),
    );
  }
  if (options.hideInput) for (const id of graph.inputs.keys()) values.set(id, place({ of: 'value', id }));
  const partsOf = (id: ValueId, end: End): WideParts => ({
    limb: place({ of: 'limb', id, end }),
    upper: planner.parts.get(`away ${id} ${end}`)!,
  });
  const wide = new Map(
    [...graph.inputs.keys()]
      .filter((id) => planner.parts.has(`away ${id} low`))
      .map((id) => [id, { low: partsOf(id, 'low'), high: partsOf(id, 'high') }] as const),
  );
  return { types, relus, wides, choices, values, stages, wide };
};
