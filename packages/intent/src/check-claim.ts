/**
 * What a service checks of a claim from outside: its shape (`@surety/core`), that its subject is in the one
 * normalised form, that predicate and outcomes belong together, that its words pass screening, and that its
 * money and deadline are within limits.
 */
import {
  ok,
  type Problem,
  parseClaim,
  type QuestionClaim,
  type Result,
  refuse,
  type Subject,
  show,
} from '@surety/core';
import { normaliseAddress } from './address.ts';
import { deadlineOf } from './date.ts';
import { LIMITS } from './limits.ts';
import { PREDICATES, PREDICATES_OF } from './reading.ts';
import { screenQuestion } from './screening.ts';
import { normaliseSite } from './site.ts';
import { cleanText } from './text.ts';

const problem = (
  code: Problem['code'],
  field: string,
  value: unknown,
  message: string,
  next: string,
  limit?: string,
): Problem => ({
  code,
  message,
  next,
  field,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

const notNormal = (field: string, value: string, normal: string): Problem =>
  problem('input.not-canonical', field, value, `${field} is not in its normalised form.`, `Send ${show(normal)}.`);

const checkText = (field: string, value: string | undefined, maxChars: number): Problem | null => {
  if (value === undefined) return null;
  const clean = cleanText(value, { field, maxChars });
  if (!clean.ok) return clean.problem;
  return clean.value.text === value ? null : notNormal(field, value, clean.value.text);
};

const checkSite = (subject: Extract<Subject, { readonly kind: 'site' }>): Problem | null => {
  const site = normaliseSite(subject.url ?? subject.host);
  if (!site.ok) return site.problem;
  if (site.value.subject.host !== subject.host) return notNormal('subject.host', subject.host, site.value.subject.host);
  return site.value.subject.url === subject.url
    ? null
    : notNormal('subject.url', subject.url ?? '', site.value.subject.url ?? 'no url');
};

const checkAddress = (address: string): Problem | null => {
  const parsed = normaliseAddress(address);
  return parsed.ok ? null : parsed.problem;
};

/** Whether a subject is in its normalised form; `null` when it is. */
export const checkSubject = (subject: Subject): Problem | null => {
  switch (subject.kind) {
    case 'site':
      return checkSite(subject);
    case 'token':
      return (
        checkAddress(subject.address) ??
        checkText('subject.symbol', subject.symbol, LIMITS.symbolChars) ??
        checkText('subject.name', subject.name, LIMITS.nameChars)
      );
    case 'address':
    case 'contract':
      return checkAddress(subject.address);
    case 'message':
      return checkText('subject.text', subject.text, LIMITS.questionChars);
    case 'delivery':
      return checkText('subject.summary', subject.summary, LIMITS.statementChars) ?? screenQuestion(subject.summary);
    case 'forecast':
      return (
        checkText('subject.statement', subject.statement, LIMITS.statementChars) ?? screenQuestion(subject.statement)
      );
  }
};

const checkPredicate = (claim: QuestionClaim): Problem | null => {
  const allowed = PREDICATES_OF[claim.subject.kind];
  const predicate = allowed.find((each) => each === claim.predicate);
  if (predicate === undefined) {
    const message = `"${show(claim.predicate)}" is not asked of a ${claim.subject.kind}.`;
    return problem(
      'input.out-of-range',
      'predicate',
      claim.predicate,
      message,
      `Send ${allowed.join(' or ')}.`,
      allowed.join(' | '),
    );
  }
  const outcomes = PREDICATES[predicate];
  const same = claim.outcomes.length === outcomes.length && outcomes.every((label, i) => label === claim.outcomes[i]);
  if (same) return null;
  const next = `Send ${JSON.stringify(outcomes)}.`;
  return problem('input.out-of-range', 'outcomes', claim.outcomes, `The outcomes of "${predicate}" are fixed.`, next);
};

const checkMoney = (claim: QuestionClaim): Problem | null => {
  for (const field of ['budgetMicroUsd', 'valueAtStakeMicroUsd'] as const) {
    if (BigInt(claim[field]) <= LIMITS.budgetMicroUsd) continue;
    const limit = `0 .. ${LIMITS.budgetMicroUsd}`;
    return problem(
      'input.out-of-range',
      field,
      claim[field],
      `${field} is above one million dollars.`,
      'Send less.',
      limit,
    );
  }
  return null;
};

const checkDeadline = (claim: QuestionClaim, now: number): Problem | null => {
  const latest = now + LIMITS.horizonSeconds;
  if (claim.closesAt <= now) {
    const message = 'The market would close before it opens.';
    return problem(
      'intent.past-deadline',
      'closesAt',
      claim.closesAt,
      message,
      'Send a later deadline.',
      `after ${now}`,
    );
  }
  if (claim.closesAt > latest) {
    const message = 'The market would stay open for more than five years.';
    return problem(
      'input.out-of-range',
      'closesAt',
      claim.closesAt,
      message,
      'Send an earlier deadline.',
      `at most ${latest}`,
    );
  }
  if (claim.subject.kind !== 'forecast') return null;
  const named = deadlineOf(claim.subject.statement, now);
  return named.ok ? null : named.problem;
};

/**
 * A claim from outside, strictly.
 *
 * @param options.now unix seconds; leave out to skip the deadline (a claim read back from a receipt)
 * @returns the claim, or refused with the first problem: a code of the areas `input`, `amount`, `intent` or `screening`
 */
export const checkClaim = (value: unknown, { now }: { readonly now?: number } = {}): Result<QuestionClaim> => {
  const parsed = parseClaim(value);
  if (!parsed.ok) return parsed;
  const claim = parsed.value;
  const found =
    checkSubject(claim.subject) ??
    checkPredicate(claim) ??
    checkMoney(claim) ??
    (now === undefined ? null : checkDeadline(claim, now));
  return found === null ? ok(claim) : refuse(found);
};
