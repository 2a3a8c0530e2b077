/** The committed blocks that columns and tables read, each once, in the order in which both sides name them. */
import type { Place } from '../commit/place.ts';
import type { LookupColumn, LookupTable } from './column.ts';

const key = ({ matrix, offset, vars }: Place): string => `${matrix} ${offset} ${vars}`;

export type Blocks = {
  readonly places: readonly Place[];
  readonly indexOf: (place: Place) => number;
};

export const blocksOf = (columns: readonly LookupColumn[], tables: readonly LookupTable[]): Blocks => {
  const all = [...columns.flatMap(({ values }) => values), ...tables.map(({ multiplicity }) => multiplicity)];
  const places = [...new Map(all.map((place) => [key(place), place])).values()];
  const indices = new Map(places.map((place, i) => [key(place), i]));
  return { places, indexOf: (place) => indices.get(key(place))! };
};
