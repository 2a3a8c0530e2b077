/**
 * Screening: a market must not become a price on somebody's harm. A question is refused before it is read,
 * with a typed code, the rule's name and a reason for the log. See `spec/09-intent.md` for what it misses.
 */
import type { Problem } from '@surety/core';
import { BODILY_VOCABULARY, personAndHarm } from './bodily.ts';
import { type Folded, fold } from './fold.ts';
import { who } from './people.ts';
import { RULES, type ScreeningRule, VOCABULARY } from './screening-rules.ts';
import { NAMES, ROLES } from './screening-words.ts';

/** Name and version of the rules; part of every screening record. */
export const SCREENING_POLICY = 'surety/screening/v1';

/** What is written to the log, allowed or refused. */
export type ScreeningVerdict =
  | { readonly policy: string; readonly verdict: 'allowed' }
  | {
      readonly policy: string;
      readonly verdict: 'refused';
      readonly rule: string;
      readonly code: ScreeningRule['code'];
      readonly matched: string;
    };

const ALL_WORDS: ReadonlySet<string> = new Set([...VOCABULARY, ...BODILY_VOCABULARY]);

const DATE =
  '(?:\\d{4}|\\d{1,2}(?:st|nd|rd|th)?|the end|end|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|new year|next|tomorrow|tonight|summer|winter|spring|autumn|the election|his|her|their)';
const FUTURE = new RegExp(
  `\\b(?:will|ll|wont|going to|gonna|shall|would|about to|tomorrow|tonight|soon|next (?:week|month|year|day)|(?:by|before|until|till) ${DATE}|within|in (?:the )?(?:next )?\\d+ (?:minute|hour|day|week|month|year)s?|when (?:does|will|is)|s next|how long|forecast|date of|dies|gets)\\b`,
);
const PAST =
  /^(?:so |hey |please )*(?:did|was|were|has|have|had|when (?:did|was|were)|who (?:killed|shot|murdered|assassinated|was|were|hacked|stole|drained)|how did|how was|how many|why (?:did|was|were)|is it true that (?:\S+ ){1,6}?(?:was|were|did|had|has))\b/;

const looksAhead = (text: string): boolean => FUTURE.test(text);
const looksBack = (text: string): boolean => PAST.test(text) && !looksAhead(text);

/** The words behind a stretch of the joined text. */
const wordsAt = (
  words: readonly Folded[],
  text: string,
  [start, end]: readonly [number, number],
): readonly Folded[] => {
  const first = text.slice(0, start).split(' ').length - 1;
  const count = text.slice(start, end).trim().split(' ').length;
  return words.slice(first, first + count);
};

/** A character of a story may die in it; somebody whom the lists know may not, story or no story. */
const FICTION =
  /\bin (?:the|a|its) (?:\S+ )?(?:film|movie|show|season|episode|series|finale|book|novel|sequel|game)\b|\b(?:remade|remake|reboot|rebooted|sequel|box office|premiere|soundtrack|movie|film|novel|season \d+)\b/;
const isFiction = (words: readonly Folded[], text: string): boolean =>
  FICTION.test(text) && !words.some((word) => NAMES.has(word.key) || ROLES.has(word.key));

const applies = (rule: ScreeningRule, words: readonly Folded[], text: string): string | null => {
  if (rule.code === 'screening.violence' && isFiction(words, text)) return null;
  if (rule.when === 'future' && !looksAhead(text)) return null;
  if (rule.when === 'not-past' && looksBack(text)) return null;
  for (const match of text.matchAll(rule.pattern)) {
    if (match[0] === '') continue;
    const at = match.indices?.groups?.who;
    if (rule.harms === undefined || at === undefined || rule.harms.includes(who(wordsAt(words, text, at))))
      return match[0].trim();
  }
  return null;
};

/**
 * Judges the words of a question. Pure and total; the caller logs the verdict.
 *
 * @param text a question, already cleaned; never the body of a message somebody received
 */
export const screen = (text: string): ScreeningVerdict => {
  const words = fold(text, ALL_WORDS);
  const joined = words.map((word) => word.key).join(' ');
  for (const rule of RULES) {
    const matched = applies(rule, words, joined);
    if (matched !== null)
      return { policy: SCREENING_POLICY, verdict: 'refused', rule: rule.id, code: rule.code, matched };
  }
  const met = looksAhead(joined) && !isFiction(words, joined) ? personAndHarm(words, joined) : null;
  if (met === null) return { policy: SCREENING_POLICY, verdict: 'allowed' };
  const [rule, code] = ['violence.person-and-harm', 'screening.violence'] as const;
  return { policy: SCREENING_POLICY, verdict: 'refused', rule, code, matched: met };
};

const REASONS: { readonly [code in ScreeningRule['code']]: string } = {
  'screening.violence': 'A market on harm to a person pays whoever causes it.',
  'screening.terror': 'A market on an attack pays whoever carries it out.',
  'screening.self-harm':
    'A market on self-harm pays for it. If this is about you, please talk to somebody: findahelpline.com lists free help in your country.',
  'screening.minors': 'Nothing that sexualises a child is answered here.',
  'screening.doxxing': 'A market on where or who somebody is pays for exposing them.',
  'screening.theft': 'A market on stolen money or keys pays whoever steals them.',
};

/** The refusal of a question, or `null` where it may be asked. `limit` names the rule. */
export const screenQuestion = (text: string): Problem | null => {
  const verdict = screen(text);
  if (verdict.verdict === 'allowed') return null;
  return {
    code: verdict.code,
    message: `${REASONS[verdict.code]} It is not opened.`,
    next: 'Ask something that nobody is hurt by; if the rule misread you, say it in other words.',
    field: 'question',
    value: verdict.matched.slice(0, 120),
    limit: `${verdict.policy} rule ${verdict.rule}`,
  };
};
