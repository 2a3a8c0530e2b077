/**
 * A small notation for classes of words and phrases. Entries are separated by commas; inside an entry `*` ends a stem
 * ("assassin*"), ` … ` leaves room for up to four words, and `(a|b)` and `?` mean what they mean in a pattern.
 */
export type WordClass = {
  readonly pattern: RegExp;
  /** Its literal words of four letters or more: what folding may recover from a disguise. */
  readonly vocabulary: readonly string[];
  /** Those of them that are an entry of their own and need no phrase. */
  readonly alone: readonly string[];
};

const INFLECTIONS = ['', 's', 'ed', 'd', 'ing', 'er', 'ers', 'ion', 'ated', 'ation'];

const entries = (source: string): readonly string[] =>
  source
    .split(/,(?!\d)/)
    .map((entry) => entry.trim().replace(/\s+/g, ' '))
    .filter((entry) => entry !== '');

const toPattern = (entry: string): string => entry.replaceAll('*', '[a-z]*').replaceAll(' … ', ' (?:\\S+ ){0,4}?');

const literals = (entry: string): readonly string[] =>
  [...entry.matchAll(/[a-z]{4,}\*?/g)].flatMap(([word]) =>
    word.endsWith('*') ? INFLECTIONS.map((end) => word.slice(0, -1) + end) : [word],
  );

/** Compiles a class. @param sources entries in the notation above; several are joined */
export const wordClass = (...sources: readonly string[]): WordClass => {
  const all = sources.flatMap(entries);
  return {
    pattern: new RegExp(`\\b(?:${all.map(toPattern).join('|')})(?![a-z0-9])`, 'dg'),
    vocabulary: [...new Set(all.flatMap(literals))],
    alone: all.filter((entry) => /^[a-z]+\*?$/.test(entry)).flatMap(literals),
  };
};
