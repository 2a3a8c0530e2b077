/** Whether a phrase names a person, a thing, or cannot be told. */
import type { Folded } from './fold.ts';
import { DETERMINERS, NAMES, NOT_PEOPLE, ROLES, THINGS } from './screening-words.ts';

export type Who = 'person' | 'thing' | 'unknown-name' | 'unknown-noun';

const BREAKS = new Set(['of', 'by', 'for', 'on', 'in', 'at', 'from', 'with', 'to', 'who', 'which', 'and', 'or']);
const VERBS = new Set(['be', 'is', 'was', 'are', 'were', 'has', 'have']);
const FILLERS = new Set([
  'ever',
  'finally',
  'really',
  'actually',
  'still',
  'also',
  'then',
  'soon',
  'suddenly',
  'probably',
  'likely',
  'not',
  'be',
  'get',
  'have',
  'current',
  'former',
]);
const LOWER_PLURAL = /^[a-z]+[^s]s$/;
const VERSION = /^(?:v?\d[\w.]*|\$.*)$/;

/** The noun that a phrase is about: "the CEO of Binance" → ceo, "Trump coin" → coin. */
const headOf = (words: readonly Folded[]): Folded | undefined => {
  const cut = words.findIndex((word, i) => i > 0 && BREAKS.has(word.key));
  return (cut < 0 ? words : words.slice(0, cut)).at(-1);
};

const isCapital = (word: Folded): boolean => /^\p{Lu}\p{Ll}/u.test(word.raw);

/** Judges a noun phrase; capital letters count where the text has them. */
export const who = (phrase: readonly Folded[]): Who => {
  const verb = phrase.findIndex((word, i) => i > 0 && VERBS.has(word.key));
  const words = (verb < 0 ? phrase : phrase.slice(0, verb)).filter((word) => !FILLERS.has(word.key));
  const head = headOf(words);
  if (head === undefined) return 'unknown-noun';
  if (/^\d+$/.test(words.at(-1)!.key) && !words.some((word) => ROLES.has(word.key) || NAMES.has(word.key)))
    return 'thing';
  if (ROLES.has(head.key)) return 'person';
  if (words.filter((word) => NAMES.has(word.key)).length >= 2 && NAMES.has(head.key)) return 'person';
  if (THINGS.has(head.key) || VERSION.test(head.key)) return 'thing';
  if (NOT_PEOPLE.has(head.key) && !words.some(({ key }) => ROLES.has(key) || NAMES.has(key))) return 'thing';
  if (words.some((word) => ROLES.has(word.key) || NAMES.has(word.key))) return 'person';
  if (words.some((word) => THINGS.has(word.key))) return 'thing';
  // One word in capitals is a ticker; shouting is more than one.
  if (words.length === 1 && /^\p{Lu}{3,6}$/u.test(head.raw)) return 'thing';
  const capitals = words.filter(isCapital);
  if (capitals.length >= 2 && !DETERMINERS.has(words[0]!.key)) return 'person';
  return DETERMINERS.has(words[0]!.key) || LOWER_PLURAL.test(head.raw) ? 'unknown-noun' : 'unknown-name';
};
