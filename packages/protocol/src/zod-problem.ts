/** Turns the first of zod's issues into a {@link Problem} that names field, value, limit and next step. */
import { type ErrorCode, type Problem, show } from '@surety/core';
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown => {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
};

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

const isAmount = (field: string): boolean => /Micro(?:Usd|Shares)?$/.test(field);

const amountCode = (value: unknown): ErrorCode => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d*\.?\d+(?:e[+-]?\d+)?$/i.test(text)) return 'input.malformed';
  if (text.startsWith('-')) return 'amount.negative';
  return /[.e]/i.test(text) ? 'amount.not-integer' : 'input.malformed';
};

const sizeCode = (issue: { origin: string }, value: unknown, big: boolean): ErrorCode => {
  if (issue.origin !== 'string' && issue.origin !== 'array') return 'input.out-of-range';
  if (big) return 'input.too-large';
  return (value as { length?: number }).length === 0 ? 'input.empty' : 'input.out-of-range';
};

const codeOf = (issue: Issue, field: string, value: unknown): ErrorCode => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'input.unknown-field';
    case 'invalid_type':
      if (value === undefined) return 'input.missing-field';
      return isAmount(field) ? amountCode(value) : 'input.malformed';
    case 'invalid_union':
      return value === undefined ? 'input.missing-field' : 'input.malformed';
    case 'too_big':
      return sizeCode(issue, value, true);
    case 'too_small':
      return sizeCode(issue, value, false);
    case 'invalid_format':
      if (value === '') return 'input.empty';
      return isAmount(field) ? amountCode(value) : 'input.malformed';
    default:
      return value === undefined ? 'input.missing-field' : 'input.malformed';
  }
};

const limitOf = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'invalid_format':
      return issue.pattern ?? issue.format;
    case 'invalid_value':
      return issue.values.map(String).join(' | ');
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String).join(' | ') : undefined;
    case 'invalid_type':
      return issue.expected;
    default:
      return undefined;
  }
};

const NEXT: { readonly [C in ErrorCode]?: string } = {
  'input.unknown-field': 'Remove the field or correct its name.',
  'input.missing-field': 'Add the field.',
  'input.too-large': 'Send less.',
  'input.empty': 'Give it a value.',
  'amount.not-integer': 'Send whole base units (a millionth of a dollar or share) as a decimal string.',
  'amount.negative': 'Send an amount of zero or more.',
};

/** The refusal of an input that does not fit its schema. `root` names the part: `body`, `query`, `params`. */
export const problemOf = (error: z.core.$ZodError, input: unknown, root: string): Problem => {
  const issue = error.issues[0];
  if (issue === undefined)
    return { code: 'input.malformed', message: `The ${root} is not valid.`, next: 'See /openapi.json.' };
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const value = valueAt(input, path);
  const field = path.length === 0 ? root : dotted(path);
  const code = codeOf(issue, field, value);
  const limit = limitOf(issue);
  return {
    code,
    message: `${field}: ${issue.message}.`,
    next: NEXT[code] ?? 'Correct the field; /openapi.json states its form and limits.',
    field,
    ...(value === undefined ? {} : { value: show(value) }),
    ...(limit === undefined ? {} : { limit }),
  };
};
