/**
 * Words as screening compares them: evasion by look-alikes, leet, spacing, separators and stretched letters
 * is undone, but only where the result is a word that the rules know, so that ordinary text stays as it is.
 */
import { skeleton } from './confusables.ts';
import { tokenise } from './tokens.ts';

export type Folded = {
  readonly key: string;
  /** As typed; its capital letters tell names from nouns. */
  readonly raw: string;
};

const LEET: { readonly [character: string]: string } = {
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g', '@': 'a', $: 's', '!': 'i', '|': 'l', '+': 't', '€': 'e', '£': 'l', '*': '',
}; // biome-ignore format: one table

const unleet = (word: string, one: 'i' | 'l'): string =>
  [...word].map((c) => (c === '1' || c === '!' || c === '|' ? one : (LEET[c] ?? c))).join('');
const clean = (word: string): string => word.replace(/[^a-z0-9]/g, '');

/** Ways to read one word, the plainest first. */
const candidates = (word: string): readonly string[] => {
  const spellings = [word, unleet(word, 'i'), unleet(word, 'l'), unleet(word.replace(/11/g, 'll'), 'i')].map(clean);
  return spellings.flatMap((spelling) => [
    spelling,
    spelling.replace(/(.)\1{2,}/g, '$1$1'),
    spelling.replace(/(.)\1{2,}/g, '$1'),
    spelling.replace(/(.)\1+/g, '$1'),
  ]);
};

const MASKED = /^[a-z]+(?:[*#_?%-]+[a-z]+)+$/;
/** `k*lled`: one sign for one letter, where just one known word of that length fits. */
const unmask = (word: string, vocabulary: ReadonlySet<string>): string | undefined => {
  if (!MASKED.test(word)) return undefined;
  const fits = new RegExp(`^${word.replace(/[*#_?%-]/g, '[a-z]')}$`);
  return [...vocabulary].find((known) => known.length === word.length && fits.test(known));
};

/** Whether one letter is missing, doubled, changed or swapped with its neighbour. */
const isMisspelt = (word: string, known: string): boolean => {
  if (Math.abs(word.length - known.length) > 1 || word[0] !== known[0]) return false;
  let at = 0;
  while (at < word.length && word[at] === known[at]) at++;
  if (word.length < known.length) return word.slice(at) === known.slice(at + 1);
  if (word.length > known.length) return word.slice(at + 1) === known.slice(at);
  const swapped =
    word[at] === known[at + 1] && word[at + 1] === known[at] && word.slice(at + 2) === known.slice(at + 2);
  return swapped || word.slice(at + 1) === known.slice(at + 1);
};
/** Long words of violence that no other English word is one letter away from. */
const UNMISTAKABLE =
  'murdered assassinate assassinated assassination kidnapped kidnapping abducted beheaded strangled poisoned stabbed suicide terrorist tortured executed'.split(
    ' ',
  );
const misspelt = (word: string): string | undefined =>
  word.length < 7 ? undefined : UNMISTAKABLE.find((known) => known !== word && isMisspelt(word, known));

/** `mur dered`: two scraps, neither of them said alone, that make one unmistakable word. */
const joinSplit = (words: readonly Folded[]): readonly Folded[] =>
  words.flatMap((word, i) => {
    const joins = (a: Folded | undefined, b: Folded | undefined): boolean =>
      a !== undefined && b !== undefined && SPLITTABLE.has(a.key + b.key);
    if (joins(words[i - 1], word)) return [];
    return joins(word, words[i + 1]) ? [{ key: word.key + words[i + 1]!.key, raw: word.raw }] : [word];
  });
const SPLITTABLE: ReadonlySet<string> = new Set([...UNMISTAKABLE, 'killed', 'murder', 'kidnap', 'assassin']);

/** `k i l l` and `k.i.l.l` written as one word; two spaces end a word. */
const joinSpaced = (text: string): string =>
  text.replace(
    /(?<![\p{Letter}\p{Number}])(?:[\p{Letter}\p{Number}@$!][ ._*~-]){2,}[\p{Letter}\p{Number}@$!](?![\p{Letter}\p{Number}])/gu,
    (run) => run.replace(/[ ._*~-]/g, ''),
  );

/** Sites, addresses and digests are subjects and not words; their letters say nothing of intent. */
export const withoutSubjects = (text: string): string => {
  let out = text;
  for (const token of [...tokenise(text)].reverse()) {
    if (token.kind === 'word' || token.kind === 'mark' || isDisguisedWord(token.text)) continue;
    out = `${out.slice(0, token.at)} ${token.kind} ${out.slice(token.at + token.text.length)}`;
  }
  return out;
};
const isDisguisedWord = (text: string): boolean => /^(?:\p{Letter}[._]){2,}\p{Letter}$/u.test(text);

/**
 * The words of a text, folded.
 * @param vocabulary words the rules know; only these are recovered from a disguise
 */
export const fold = (text: string, vocabulary: ReadonlySet<string>): readonly Folded[] => {
  const visible = joinSpaced(withoutSubjects(text).normalize('NFKC').replace(/[’`´]/g, "'"));
  const words = visible.split(/[\s,;:?"“”«»()[\]{}<>/\\]+/u).flatMap((chunk): readonly Folded[] => {
    const typed = chunk.replace(/'s$/i, '').replace(/^[^\p{Letter}\p{Number}@$]+|[^\p{Letter}\p{Number}]+$/gu, '');
    const owned: readonly Folded[] = /'s$/i.test(chunk) ? [{ key: "'s", raw: "'s" }] : [];
    if (typed === '') return owned;
    const looks = skeleton(typed);
    const known =
      candidates(looks).find((word) => vocabulary.has(word)) ?? unmask(looks, vocabulary) ?? misspelt(clean(looks));
    if (known !== undefined) return [{ key: known, raw: typed }, ...owned];
    return [
      ...looks
        .split(/[^a-z0-9']+/)
        .filter((word) => word !== '')
        .map((word) => ({ key: word.replaceAll("'", ''), raw: typed })),
      ...owned,
    ];
  });
  return joinSplit(words);
};
