/** What the words around a site or address ask: by the grammar, else leniently with a warning. */
import { type Asked, matchGrammar } from './grammar.ts';
import { KNOWN_WORDS, LEXICON } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { type Warning, warn } from './warning.ts';

export type Words = { readonly asked: Asked; readonly names: readonly Token[]; readonly warnings: readonly Warning[] };

/** Questions that begin so ask for something other than a verdict. */
const OTHER_QUESTIONS = new Set(['who', 'whose', 'where', 'when', 'why', 'which', 'will', 'how']);
const VERDICTS = new Set([...LEXICON.bad, ...LEXICON.good].map((phrase) => phrase.join(' ')));
const MAX_LOOSE_TOKENS = 40;

/** One subject, a verdict word, and words that do not matter: read, but said. */
const lenient = (tokens: readonly Token[]): Words | null => {
  const content = tokens.filter((token) => token.kind !== 'mark');
  if (content.length > MAX_LOOSE_TOKENS || OTHER_QUESTIONS.has(content[0]?.key ?? '')) return null;
  if (!content.some((token) => token.kind === 'word' && VERDICTS.has(token.key))) return null;
  const ignored = content
    .filter((token) => token.kind === 'word' && !KNOWN_WORDS.has(token.key))
    .map((token) => token.text);
  const warnings =
    ignored.length === 0
      ? []
      : [warn('text.words-ignored', `These words are not part of the question as read: ${ignored.join(' ')}.`)];
  return { asked: 'scam', names: [], warnings };
};

/** What is asked of the one subject among the tokens, or `null` where the words fit nothing. */
export const readWords = (tokens: readonly Token[]): Words | null => {
  const match = matchGrammar(tokens);
  if (match === null) return lenient(tokens);
  const warnings =
    match.asked === 'named-only'
      ? [warn('subject.only', 'Only the subject was named; read as asking whether it is a scam.')]
      : [];
  return { asked: match.asked, names: match.captures.NAME ?? [], warnings };
};
