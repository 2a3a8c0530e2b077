/** "Will … by <date>?", with an official source where the words name one. */
import { ok, type ResolutionRule, type Result, refuse, type Subject } from '@surety/core';
import { deadlineOf } from './date.ts';
import { LIMITS } from './limits.ts';
import { utc } from './plain-words.ts';
import { normaliseSite } from './site.ts';

export type Forecast = {
  readonly subject: Extract<Subject, { readonly kind: 'forecast' }>;
  /** Unix seconds. */
  readonly at: number;
  readonly dateWords: string;
  /** The official record that decides, where the question names one. */
  readonly rule: ResolutionRule | null;
};

/** Leaves room for the written-out date. */
const MAX_CHARS = LIMITS.statementChars - 40;

const HEAD =
  /^(?:(?:please|hey|hi|surety|so|ok)[\s,]+)*(?:will|forecast:|is it likely that|how likely is it that|(?:what is|what's) the (?:probability|chance) (?:that|of)|is|are|does|do)\b/i;
const FUTURE = /^(?:\S+[\s,]+){0,3}?(?:will|forecast:)|how likely|likely that|(?:probability|chance)|\bgoing to\b/i;
const SOURCE =
  /\b(?:according to|as (?:reported|published|recorded) (?:by|on|at)|source:|resolved by)\s+(.{1,100}?)[\s,:(]*\(?(https?:\/\/[^\s)?]+[^\s).,?]|)\)?\s*\??$/i;

/** Reads a forecast, or `null` where the question is of another kind. */
export const readForecast = (question: string, now: number): Result<Forecast> | null => {
  if (!HEAD.test(question) || !FUTURE.test(question)) return null;
  const statement = question.replace(/\s+/gu, ' ').trim();
  if (statement.length > MAX_CHARS) {
    const message = `The forecast has ${statement.length} characters; the limit is ${MAX_CHARS}.`;
    return refuse({
      code: 'input.too-large',
      message,
      next: 'Shorten it.',
      field: 'subject.statement',
      limit: `${MAX_CHARS} characters`,
    });
  }
  const deadline = deadlineOf(statement, now);
  if (!deadline.ok) return deadline;
  const rule = officialRule(statement);
  if (rule !== null && !rule.ok) return rule;
  const { at, words } = deadline.value;
  // A claim is read long after it was asked, so "by Friday" is written out.
  const whole = /\d{4}/.test(words) ? statement : `${statement} [by ${utc(at)}]`;
  return ok({ subject: { kind: 'forecast', statement: whole }, at, dateWords: words, rule: rule?.value ?? null });
};

/** An official source counts only with a link to its record; a bare name decides nothing. */
const officialRule = (statement: string): Result<ResolutionRule> | null => {
  const match = SOURCE.exec(statement);
  if (match === null || match[2] === undefined || match[2] === '') return null;
  const site = normaliseSite(match[2]);
  if (!site.ok) return site;
  const { subject } = site.value;
  const source = match[1]!.trim().replace(/^the\s+/i, '') || subject.host;
  return ok({
    kind: 'official',
    source: /^https?:/i.test(source) ? subject.host : source,
    url: subject.url ?? `https://${subject.host}/`,
  });
};
