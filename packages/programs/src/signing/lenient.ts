/** Readers of other people's JSON: core's strict shapes, but fields that are not asked for are passed over. */
import { ok, type Problem, type Result, shapes } from '@surety/core';

type Fields = { readonly [name: string]: shapes.Shape<unknown> };
type Read<F extends Fields> = { readonly [K in keyof F]: shapes.Shaped<F[K]> };

/** An object with all of `required` and any of `optional`; other fields are ignored, and absent or `null` optional ones left out. */
export const lenient =
  <R extends Fields, O extends Fields = Record<never, never>>(
    required: R,
    optional: O = {} as O,
  ): shapes.Shape<Read<R> & Partial<Read<O>>> =>
  (value, path) => {
    const strict = shapes.object(required, optional);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return strict(value, path);
    const asked = Object.entries(value).filter(
      ([key, item]) => Object.hasOwn(required, key) || (Object.hasOwn(optional, key) && item !== null),
    );
    return strict(Object.fromEntries(asked), path);
  };

/** JSON of bytes of others, then a shape; every refusal becomes the one that `asProblem` makes of it. */
export const readJson = <T>(
  text: string,
  options: { readonly shape: shapes.Shape<T>; readonly at: string; readonly asProblem: (p: Problem) => Problem },
): Result<{ readonly json: unknown; readonly value: T }> => {
  const refusal = (problem: Problem): Result<never> => ({ ok: false, problem: options.asProblem(problem) });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const message = `${options.at === '' ? 'The bundle' : options.at} is not JSON.`;
    return refusal({ code: 'input.malformed', message, next: 'Get the file again.', field: options.at });
  }
  const value = options.shape(json, options.at);
  return value.ok ? ok({ json, value: value.value }) : refusal(value.problem);
};
