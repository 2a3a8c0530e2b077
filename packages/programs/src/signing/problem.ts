/** Refusals of this folder, and foreign libraries' exceptions turned into them. */
import { type ErrorCode, type Result, refuserOf, show } from '@surety/core';

type ModelCode = Extract<ErrorCode, `model.${string}`>;

/** A refusal of a signed model; `field` is a dotted path into the bundle, the files or the trust. */
export const refused = refuserOf<ModelCode>();

/** Runs a foreign reader over bytes of others; whatever it throws becomes the refusal that `onError` makes of its words. */
export const translate = <T>(read: () => T, onError: (words: string) => Result<T>): Result<T> => {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return onError(error instanceof Error ? error.message : show(error));
  }
};
