/**
 * Screening: a market must not become a price on somebody's harm. A question is refused before it is read,
 * with a typed code, the rule's name and a reason for the log. See `spec/09-intent.md` for what it misses.
 */
import type { Problem } from '@surety/core';
import { type Folded, fold, withoutSubjects } from './fold.ts';
import { who } from './people.ts';
import { CHARACTERS } from './persons.ts';
import { FRAME_VOCABULARY, matchFrame } from './screening-frames.ts';
import { foreignHarm } from './screening-languages.ts';
import { RULES, type ScreeningRule, VOCABULARY } from './screening-rules.ts';
import { NAMES, ROLES } from './screening-words.ts';

/** Name and version of the rules; part of every screening record. */
export const SCREENING_POLICY = 'surety/screening/v2';

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

const ALL_WORDS: ReadonlySet<string> = new Set([...VOCABULARY, ...FRAME_VOCABULARY]);

const DATE =
  '(?:\\d{4}|\\d{1,2}(?:st|nd|rd|th)?|the end|end|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|new year|next|tomorrow|tonight|summer|winter|spring|autumn|the election|his|her|their)';
const FUTURE = new RegExp(
  `\\b(?:will|ll|wont|going to|gonna|shall|would|about to|tomorrow|tonight|soon|next (?:week|month|year|day)|(?:by|before|until|till) ${DATE}|within|in (?:the )?(?:next )?\\d+ (?:minute|hour|day|week|month|year)s?|when (?:does|will|is)|s next|how long|forecast|date of|dies|gets)\\b`,
);
const PAST =
  /^(?:so |hey |please )*(?:did|was|were|has|have|had|when (?:did|was|were)|who (?:killed|shot|murdered|assassinated|was|were|hacked|stole|drained)|how did|how was|how many|why (?:did|was|were)|is it true that (?:\S+ ){1,6}?(?:was|were|did|had|has))\b/;

const looksAhead = (text: string): boolean => FUTURE.test(text);
const looksBack = (text: string): boolean => PAST.test(text) && !looksAhead(text);
const looks = (when: ScreeningRule['when'], text: string): boolean =>
  when === 'always' || (when === 'future' ? looksAhead(text) : !looksBack(text));

const OF_SUBJECT =
  /^(?:please |hey |hi )*(?:is|are|was|were|has|have|does|do|did|should|can|could|may|who is behind (?:the )?(?:site|shop|page|website))\b/;
/** "Is this site a scam?": a question about what a site or address is pays nobody to do anything. */
const asksOfSubject = (bare: string, text: string, joined: string): boolean =>
  bare !== text && !looksAhead(joined) && OF_SUBJECT.test(joined);

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
  /\bin (?:the|a|its) (?:\S+ ){0,4}?(?:film|movie|show|season|episode|series|finale|book|novel|sequel|game)\b|\b(?:remade|remake|reboot|rebooted|sequel|box office|premiere|soundtrack|movie|film|novel|season \d+|(?:series|season) finale|last season|\S+ (?:\S+ )?\d be shot in)\b/;
const isReal = ({ key, raw }: Folded): boolean =>
  !raw.includes('-') && (NAMES.has(key) || (ROLES.has(key) && !/^\p{Lu}/u.test(raw)));
const isFiction = (words: readonly Folded[], text: string): boolean =>
  FICTION.test(text) && (CHARACTERS.test(text) || !words.some(isReal));

const applies = (rule: ScreeningRule, words: readonly Folded[], text: string): string | null => {
  if (rule.code === 'screening.violence' && isFiction(words, text)) return null;
  if (!looks(rule.when, text) || (rule.unless !== undefined && text.search(rule.unless) >= 0)) return null;
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
  const bare = withoutSubjects(text);
  const frame = asksOfSubject(bare, text, joined) ? null : matchFrame(words, joined, (when) => looks(when, joined));
  const match = frame ?? foreignHarm(bare);
  if (match === null) return { policy: SCREENING_POLICY, verdict: 'allowed' };
  const { id, code, matched } = match;
  return { policy: SCREENING_POLICY, verdict: 'refused', rule: id, code, matched };
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

/** A refusal for want of understanding says so, and accuses nobody. */
const UNCLEAR =
  'What would become of this person is not clear to the rules, and a market on harm to a person pays whoever causes it.';

/** The refusal of a question, or `null` where it may be asked. `limit` names the rule. */
export const screenQuestion = (text: string): Problem | null => {
  const verdict = screen(text);
  if (verdict.verdict === 'allowed') return null;
  return {
    code: verdict.code,
    message: `${verdict.rule === 'violence.person-unclear' ? UNCLEAR : REASONS[verdict.code]} It is not opened.`,
    next: 'Ask something that nobody is hurt by; if the rule misread you, say it in other words.',
    field: 'question',
    value: verdict.matched.slice(0, 120),
    limit: `${verdict.policy} rule ${verdict.rule}`,
  };
};
