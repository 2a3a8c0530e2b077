/** The body of every refusal. */

import { ERRORS, type ErrorCode, type Problem } from '@surety/core';
import * as z from 'zod';

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

export const problem = z.strictObject({
  code: z.enum(codes),
  message: z.string(),
  next: z.string(),
  field: z.string().exactOptional(),
  value: z.string().exactOptional(),
  limit: z.string().exactOptional(),
});

export const errorEnvelope = z.strictObject({
  error: z.strictObject({ ...problem.shape, docs: z.string(), requestId: z.string() }),
});

/** What an HTTP error body holds: the problem, the page that explains its code, and the id under which the node logged it. */
export type ErrorEnvelope = { readonly error: Problem & { readonly docs: string; readonly requestId: string } };

/** Path of the page that explains a code, on every node. */
export const docsPath = (code: ErrorCode): string => `/docs/errors/${code.split('.')[0]}#${code.replaceAll('.', '-')}`;

export const envelopeOf = (refusal: Problem, requestId: string): ErrorEnvelope => ({
  error: { ...refusal, docs: docsPath(refusal.code), requestId },
});
