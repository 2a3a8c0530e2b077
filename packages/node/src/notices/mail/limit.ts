/** How often mailboxes are asked whether they want notices: passkeys are free, and nobody's mailbox is to be filled by them. */
import { createHmac } from 'node:crypto';
import { ok, type Problem, type Result, refuse } from '@surety/core';

/** Seconds until the same mailbox may be asked again. */
const MAILBOX_SECONDS = 86_400;
const [HOUR_SECONDS, IN_AN_HOUR] = [3_600, 60];

const limited = (limit: string): Problem => ({
  code: 'rate.limited',
  message: 'This mailbox was asked already, or too many were.',
  next: 'Confirm by the mail that was sent, or try again tomorrow.',
  field: 'action.to.address',
  limit,
});

/**
 * Takes note that a mailbox is asked, or refuses. Kept in memory, by digests that say nothing of addresses; a node that starts anew
 * begins anew.
 */
export const createAskLimit = (options: {
  /** Unix seconds. */
  readonly now: () => number;
  readonly secret: string;
}): ((address: string) => Result<true>) => {
  const asked = new Map<string, number>();
  return (address) => {
    const now = options.now();
    for (const [known, at] of asked) if (at + MAILBOX_SECONDS <= now) asked.delete(known);
    const digest = createHmac('sha256', options.secret).update(`ask ${address.toLowerCase()}`).digest('hex');
    if (asked.has(digest)) return refuse(limited('once a day for a mailbox'));
    const lately = [...asked.values()].filter((at) => at + HOUR_SECONDS > now).length;
    if (lately >= IN_AN_HOUR) return refuse(limited(`${IN_AN_HOUR} mailboxes an hour`));
    asked.set(digest, now);
    return ok(true);
  };
};
