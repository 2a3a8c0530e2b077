/** Refusals on one line. */
import { type ErrorCode, type Problem, refuse, show } from '@surety/core';

/** A refusal that names the field, its value and the limit it broke, and says what to do next. */
export const no = (
  code: ErrorCode,
  field: string,
  value: unknown,
  limit: string,
  message: string,
  next: string,
): { readonly ok: false; readonly problem: Problem } =>
  refuse({ code, message, next, field, value: show(value), limit });
