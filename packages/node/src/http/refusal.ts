/** Problems as HTTP responses, and everything unexpected as `internal` with an id that is in the log. */
import { ERRORS, type Problem, SuretyError } from '@surety/core';
import { docsPath, envelopeOf } from '@surety/protocol';
import type { HttpContext } from './env.ts';
import type { HttpLog } from './options.ts';

export const jsonResponse = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  });

/** The status and body that answer with a problem. */
export const refusalBody = (problem: Problem, requestId: string): { status: number; body: string } => ({
  status: ERRORS[problem.code].http,
  body: JSON.stringify(envelopeOf(problem, requestId)),
});

export const refusalHeaders = (problem: Problem): Record<string, string> => ({
  link: `<${docsPath(problem.code)}>; rel="help"`,
  ...(ERRORS[problem.code].retryable && { 'retry-after': '1' }),
});

export const refusal = (context: HttpContext, problem: Problem, headers: Record<string, string> = {}): Response => {
  const { status, body } = refusalBody(problem, context.get('requestId'));
  return jsonResponse(status, body, { ...refusalHeaders(problem), ...headers });
};

/** The problem behind anything thrown. Only Surety's own errors speak to the outside; the rest goes to the log. */
export const problemOfThrown = (
  thrown: unknown,
  where: { readonly requestId: string; readonly route: string; readonly log: HttpLog },
): Problem => {
  if (thrown instanceof SuretyError && thrown.rule.http < 500) return thrown.problem;
  where.log({ requestId: where.requestId, route: where.route, error: thrown });
  if (thrown instanceof SuretyError && thrown.code !== 'internal') return thrown.problem;
  return {
    code: 'internal',
    message: `Something unexpected happened; the log has it under ${where.requestId}.`,
    next: 'Try again; if it happens again, report it with that id.',
  };
};
