/** The main path: a question in words → screened → read as a subject, a predicate and its outcomes. */
import { ok, type ResolutionRule, type Result, refuse, type Subject, show } from '@surety/core';
import { LIMITS } from './limits.ts';
import { readingWords, utc } from './plain-words.ts';
import { readAddress } from './read-address.ts';
import { readDelivery } from './read-delivery.ts';
import { readForecast } from './read-forecast.ts';
import { readMessage } from './read-message.ts';
import { readWords } from './read-words.ts';
import { DEFAULT_RULE, type Defaults, PREDICATES, type Predicate, type Reading } from './reading.ts';
import { screenQuestion } from './screening.ts';
import { normaliseSite } from './site.ts';
import { cleanText } from './text.ts';
import { type Token, tokenise } from './tokens.ts';
import { type Warning, warn } from './warning.ts';

export type ParseOptions = {
  /** Unix seconds; only dates of forecasts depend on it. */
  readonly now: number;
  readonly defaults?: Defaults;
};

const EXAMPLES =
  'Ask for example "Is uniswap.org a scam?", "Is 0x… on Base the real USDC?" or "Will … by 2027-03-31?".';

/** More words than this belong into a message or a statement. */
const MAX_TOKENS = 80;

type Parts = {
  readonly subject: Subject;
  readonly predicate: Predicate;
  readonly warnings: readonly Warning[];
  readonly rule?: ResolutionRule | null;
  readonly decidedBy?: number;
};

const reading = (parts: Parts, before: readonly Warning[], defaults: Defaults): Reading => {
  const { subject, predicate } = parts;
  const outcomes = PREDICATES[predicate];
  const rule = parts.rule ?? defaults.rule ?? DEFAULT_RULE;
  return {
    kind: subject.kind,
    subject,
    predicate,
    outcomes,
    plainWords: readingWords(subject, predicate, outcomes, rule),
    warnings: [...before, ...parts.warnings],
    draft: { subject, predicate, outcomes, rule },
    decidedBy: parts.decidedBy ?? null,
  };
};

/**
 * Reads a question. The same words, time and defaults always give the same reading; what was changed,
 * assumed or looks like a trick is in `warnings`.
 *
 * @returns refused with a code of the areas `input`, `intent` or `screening`
 * @example
 * ```ts
 * import { parseQuestion } from '@surety/intent';
 * const read = parseQuestion('Is uniswap-claim-rewards.app a scam?', { now: 1_800_000_000 });
 * // read.value.subject → { kind: 'site', host: 'uniswap-claim-rewards.app' }
 * ```
 */
export const parseQuestion = (text: unknown, { now, defaults = {} }: ParseOptions): Result<Reading> => {
  const clean = cleanText(text);
  if (!clean.ok) return clean;
  const question = clean.value.text;
  const parts = readMessageParts(question) ?? screened(question, () => readParts(question, now, defaults));
  return parts.ok ? ok(reading(parts.value, clean.value.warnings, defaults)) : parts;
};

/** A message is evidence of what somebody else wrote; asking whether it is a scam pays nobody to do what it says. */
const readMessageParts = (question: string): Result<Parts> | null => {
  const message = readMessage(question);
  if (message === null || !message.ok) return message;
  return ok({ subject: { kind: 'message', text: message.value }, predicate: 'scam', warnings: [] });
};

const screened = (question: string, read: () => Result<Parts>): Result<Parts> => {
  if (question.length > LIMITS.plainQuestionChars) return tooLong(question);
  const refusal = screenQuestion(question);
  return refusal === null ? read() : refuse(refusal);
};

const tooLong = (question: string): Result<never> => {
  const limit = `${LIMITS.plainQuestionChars} characters, or ${LIMITS.questionChars} for a message`;
  const message = `The question has ${question.length} characters; only a message may have more than ${LIMITS.plainQuestionChars}.`;
  const next = 'Shorten it, or write "Is this message a scam: …" before a message.';
  return refuse({ code: 'input.too-large', message, next, field: 'question', value: show(question), limit });
};

const readParts = (question: string, now: number, defaults: Defaults): Result<Parts> => {
  const tokens = tokenise(question);
  const delivery = readDelivery(question, tokens);
  if (delivery !== null)
    return delivery.ok ? ok({ subject: delivery.value, predicate: 'delivered', warnings: [] }) : delivery;
  const forecast = readForecast(question, now);
  if (forecast !== null) {
    if (!forecast.ok) return forecast;
    const { subject, at, dateWords, rule } = forecast.value;
    const said = warn('date.assumed', `"${dateWords}" is read as ${utc(at)}.`);
    return ok({ subject, predicate: 'happens', warnings: [said], rule, decidedBy: at });
  }
  return readSubject(tokens, defaults);
};

const readSubject = (tokens: readonly Token[], defaults: Defaults): Result<Parts> => {
  const subjects = tokens.filter((token) => token.kind === 'site' || token.kind === 'address');
  const distinct = new Set(subjects.map((token) => token.key));
  const [first] = subjects;
  if (first === undefined && tokens.some((token) => token.kind === 'digest')) return looksSecret();
  if (first === undefined) {
    const message = 'The question names no site, address, message, delivery or dated event.';
    return refuse({
      code: 'intent.no-subject',
      message,
      next: EXAMPLES,
      field: 'question',
      value: show(tokens.map((t) => t.text).join(' ')),
    });
  }
  if (distinct.size > 1) {
    const message = `The question names ${distinct.size} subjects: ${show([...distinct].join(', '))}.`;
    return refuse({
      code: 'intent.many-subjects',
      message,
      next: 'Ask about one at a time.',
      field: 'question',
      limit: '1 subject',
    });
  }
  if (tokens.length > MAX_TOKENS) return notUnderstood(tokens);
  const read = first.kind === 'address' ? readAddress(tokens, defaults.chainId ?? 1) : readSite(first, tokens);
  return read ?? notUnderstood(tokens);
};

/** 64 hex digits may be a private key, so the refusal does not repeat them. */
const looksSecret = (): Result<never> => {
  const message = 'That is 32 bytes: a transaction hash or a private key, not an address of 20 bytes.';
  const next = 'Never paste a private key anywhere. Ask about the address that you would send to or approve.';
  return refuse({ code: 'intent.bad-address', message, next, field: 'subject.address', limit: '0x and 40 hex digits' });
};

const readSite = (token: Token, tokens: readonly Token[]): Result<Parts> | null => {
  const site = normaliseSite(token.text);
  if (!site.ok) return site;
  const words = readWords(tokens);
  if (words === null) return null;
  return ok({ subject: site.value.subject, predicate: 'scam', warnings: [...site.value.warnings, ...words.warnings] });
};

const notUnderstood = (tokens: readonly Token[]): Result<never> => {
  const words = tokens.map((token) => token.text).join(' ');
  const message = 'The subject is clear, but not what is asked of it.';
  return refuse({ code: 'intent.not-understood', message, next: EXAMPLES, field: 'question', value: show(words) });
};
