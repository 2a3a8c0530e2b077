/** Which claims of an opening are summed together: see products.ts. */
import type { Term } from './terms.ts';

export const rowKey = ({ matrix, row }: Pick<Term, 'matrix' | 'row'>): string => `${matrix} ${row}`;

const pointKey = ({ column, columnPoint }: Term): string => `${column} ${columnPoint}`;

/** Claims that make one product each: those at one column point, and those within one row. */
type Groups<T> = { readonly points: readonly (readonly T[])[]; readonly rows: readonly (readonly T[])[] };

/**
 * Groups claims into few products. One within one row can be summed with others of its row, or with others at its point: all are
 * summed in that of the two ways which makes fewer products.
 */
export const groupTerms = <T>(all: readonly T[], termOf: (one: T) => Term): Groups<T> => {
  const points = [...grouped(all, (one) => pointKey(termOf(one))).values()];
  const groupsBy = (joins: (group: readonly T[]) => boolean): Groups<T> => {
    const rest = points.filter((group) => !joins(group)).flat();
    return { points: points.filter(joins), rows: [...grouped(rest, (one) => rowKey(termOf(one))).values()] };
  };
  const whole = (group: readonly T[]): boolean => group.some((one) => termOf(one).rowPoint.length > 0);
  const ways = [groupsBy((group) => group.length > 1 || whole(group)), groupsBy(whole)] as const;
  const [a, b] = ways.map(({ points, rows }) => points.length + rows.length) as [number, number];
  return a <= b ? ways[0] : ways[1];
};

const grouped = <T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
};
