/** A short text that changes with every move of a claim. */
import { createHash } from 'node:crypto';
import type { ClaimView } from '@surety/chain';

export const markOf = ({ state, disputes, shown, ended }: ClaimView): string => {
  const moves = disputes.map(({ turn, runsOutAt, exchanges, closedIn }) => [
    turn,
    runsOutAt,
    closedIn,
    exchanges.map(({ askedIn, answeredIn }) => [askedIn, answeredIn]),
  ]);
  const text = JSON.stringify([state, shown.length, moves, ended?.transaction ?? null]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
};
