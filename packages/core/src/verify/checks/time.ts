/** Time: the receipt is not from the future of this clock, and where it stands in its life. */
import { broken, type Check, checkOf, type Opened } from '../check.ts';

/** How far the clocks of issuer and verifier may differ, in seconds. */
export const CLOCK_SKEW_SECONDS = 300;

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

export const checkTime = ({ statement, now }: Opened): Check => {
  const { issuedAt, finalAfter, status } = statement.predicate;
  if (issuedAt > now + CLOCK_SKEW_SECONDS) {
    return broken('time', {
      code: 'receipt.clock-skew',
      message: `The receipt is issued at ${iso(issuedAt)}, but your clock says ${iso(now)}.`,
      next: 'Set your clock right, then verify again.',
      field: 'predicate.issuedAt',
      value: iso(issuedAt),
      limit: `at most ${CLOCK_SKEW_SECONDS} s ahead`,
    });
  }
  const provisional =
    now < finalAfter ? `until ${iso(finalAfter)}` : 'and its time has passed: ask for the final ruling';
  const words = {
    provisional: `Provisional ${provisional}.`,
    final: `Final since ${iso(issuedAt)}.`,
    superseded: 'Superseded by a later receipt.',
    overturned: 'Overturned by a later ruling.',
  }[status];
  return checkOf('time', {
    holds: 'shown',
    summary: `Issued at ${iso(issuedAt)}. ${words}`,
    proves: [{ property: 'authenticity', of: 'the stated time: the issuer signed it' }],
    assumes: ['the clock of the issuer'],
    doesNotProve: ['that it is still the latest ruling'],
    freshAt: issuedAt,
  });
};
