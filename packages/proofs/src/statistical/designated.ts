/**
 * A checker with a secret key (spec 19.6): weights folded once a model, then every run checked for the price of reading it. The
 * key lasts as long as the provider learns nothing of it.
 */
import { ok, type Result, refuse } from '@surety/core';
import { afterTries, type Chance } from './bound.ts';
import type { Checker, CheckOptions, Verdict } from './check.ts';
import type { Key } from './key.ts';
import type { Questionable } from './questionable.ts';

/**
 * Independent vectors of a secret key: 2^−30 where all sums are those of `matmul`, 2^−29 with a `conv`. A liar has one try at
 * each key, for it goes with the first rejection; whoever lets providers try again and again takes two.
 */
export const SECRET_VECTORS = 1;

export type Secret = {
  readonly key: Key;
  readonly accepted: number;
  readonly rejected: number;
  /** Whether it may be used no more. */
  readonly spent: boolean;
  /** Whether providers learn which runs were rejected. */
  readonly verdictsAreSecret: boolean;
};

/**
 * A new secret.
 * @param seed 32 random bytes that nobody else sees
 * @param options.verdictsAreSecret whether no provider learns, from an answer, a payment or a dispute, that a run was rejected
 */
export const newSecret = async (
  checker: Checker,
  seed: Uint8Array,
  options: { readonly vectors?: number; readonly verdictsAreSecret?: boolean } = {},
): Promise<Secret> => ({
  key: await checker.key(seed, options.vectors ?? SECRET_VECTORS),
  accepted: 0,
  rejected: 0,
  spent: false,
  verdictsAreSecret: options.verdictsAreSecret ?? false,
});

/**
 * Chance that this secret has let, or lets next, some wrong run through. An acceptance of a right run says nothing, for it is
 * accepted under every key. A rejection rules out the keys under which that record would have passed: those that a provider
 * learnt of are counted, though the key goes with the first.
 */
export const secretBound = ({ rejected }: Pick<Secret, 'rejected'>, sums: Chance): Chance => afterTries(sums, rejected);

/**
 * Checks a record and says what is left of the secret: after a rejection nothing, unless verdicts are secret.
 * Problems: those of `Checker.check`, and `statistical.key-spent`.
 */
export const checkDesignated = async (
  checker: Checker,
  secret: Secret,
  question: Questionable,
  options: Pick<CheckOptions, 'trace'> = {},
): Promise<Result<{ readonly verdict: Verdict; readonly secret: Secret }>> => {
  if (secret.spent) {
    return refuse({
      code: 'statistical.key-spent',
      message: 'The secret key was spent by a rejection that the provider may know of.',
      next: 'Draw a new one from fresh random bytes.',
      field: 'secret',
    });
  }
  const [checked] = (await checker.check([question], secret.key, options)) as [Result<Verdict>];
  if (!checked.ok) return checked;
  const rejected = checked.value.wrong !== null;
  const next: Secret = {
    ...secret,
    accepted: secret.accepted + (rejected ? 0 : 1),
    rejected: secret.rejected + (rejected ? 1 : 0),
    spent: rejected && !secret.verdictsAreSecret,
  };
  return ok({ verdict: checked.value, secret: next });
};
