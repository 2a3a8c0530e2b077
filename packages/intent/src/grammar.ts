/**
 * The grammar of questions about a site, token, address or contract; `spec/09-intent.md` prints this table.
 * The first pattern that takes the whole question wins. Messages, deliveries and forecasts carry free text
 * and have their own short readers.
 */
import { LEXICON } from './lexicon.ts';
import { type Captures, compile, type Pattern } from './notation.ts';
import type { Token } from './tokens.ts';

/** What a matched pattern asks: whether the subject means harm, or whether it is what it claims to be. */
export type Asked = 'scam' | 'genuine' | 'named-only';

const TAIL = '((for | to) WORD* | or (no | (is it)? article? adverb* (bad | good)) noun?)? polite?';
const LEAD = 'polite* (be it? | be it that)? article?';

const rows: readonly (readonly [Asked, string])[] = [
  // token: "is 0x… the real USDC", "is 0x… USDC", "is USDC at 0x… genuine"
  [
    'genuine',
    `${LEAD} (tokenNoun | contractNoun | addressNoun)? ADDRESS adverb* article? adverb* identity NAME NAME? NAME? tokenNoun? ${TAIL}`,
  ],
  ['genuine', `${LEAD} tokenNoun article? ADDRESS adverb* article? identity noun? ${TAIL}`],
  [
    'genuine',
    `${LEAD} tokenNoun? NAME NAME? (tokenNoun | contractNoun)? at article? ADDRESS adverb* article? identity noun? ${TAIL}`,
  ],
  // harm: "is X a scam", "X legit?"
  [
    'scam',
    `${LEAD} (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) adverb* article? adverb* (bad | good) noun? ${TAIL}`,
  ],
  [
    'scam',
    `${LEAD} (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) adverb* (article | is)? (bad | identity) WORD? WORD? siteNoun? ${TAIL}`,
  ],
  // a name and a noun: "is 0x… Tether USD token"
  [
    'genuine',
    `${LEAD} (tokenNoun | contractNoun | addressNoun)? ADDRESS adverb* article? NAME NAME? NAME? tokenNoun ${TAIL}`,
  ],
  // safety: "is it safe to connect my wallet to X", "can I trust X"
  [
    'scam',
    'polite* be it adverb* good (to | for i to) (approve | WORD*) article? (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) polite?',
  ],
  [
    'scam',
    `polite* may i (approve | WORD*) article? (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) ${TAIL}`,
  ],
  // conduct: "does X steal", "has X been reported", "is X impersonating Y"
  ['scam', 'polite* do article? (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) harming WORD*'],
  [
    'scam',
    'polite* (have | be) article? (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) WORD? harming WORD*',
  ],
  // degree: "how safe is X", "how likely is it that X is a scam"
  [
    'scam',
    `polite* how likely is article? (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) ${TAIL}`,
  ],
  ['scam', `polite* how likely is that (SITE | ADDRESS) is adverb* article? (bad | good) noun? ${TAIL}`],
  // the subject alone
  [
    'named-only',
    'polite* check? article? (siteNoun | tokenNoun | contractNoun | addressNoun)? (SITE | ADDRESS) polite?',
  ],
];

const GRAMMAR: readonly { readonly asked: Asked; readonly pattern: Pattern }[] = rows.map(([asked, source]) => ({
  asked,
  pattern: compile(source, LEXICON),
}));

export type Match = { readonly asked: Asked; readonly captures: Captures };

/** The first pattern that takes all tokens, or `null`. Question marks do not count. */
export const matchGrammar = (tokens: readonly Token[]): Match | null => {
  const content = tokens.filter((token) => token.kind !== 'mark');
  for (const { asked, pattern } of GRAMMAR) {
    const captures = pattern.match(content);
    if (captures !== null) return { asked, captures };
  }
  return null;
};
