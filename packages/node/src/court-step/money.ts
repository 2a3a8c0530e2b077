/** Own money out of cases that have ended, and out of the court. */
import { type Intent, readCourtMoney } from '@surety/chain';
import { unwrap } from '@surety/core';
import { type At, caseOf, type Planned } from './here.ts';

/** Fetches what the own contributions and seats of a case that has ended are owed. */
export type Collecting = { readonly kind: 'collect'; readonly caseId: number };
export type Withdrawing = { readonly kind: 'withdraw' };

export const collecting = async ({ at, me, ...here }: At, { caseId }: Collecting): Promise<Planned> => {
  const of = await caseOf({ at, me, ...here }, caseId);
  const seats = of.rounds.flatMap((round) =>
    round.seats
      .filter(({ juror, settled, state }) => juror === me && settled === null && state !== 'shown')
      .map(({ seat }): Intent => ({ kind: 'court-settle-seat', at, caseId: of.id, round: round.number, seat })),
  );
  const paid = of.contributions
    .filter(({ contributor, collectedUnits }) => contributor === me && collectedUnits === null)
    .map(({ rung, outcome }): Intent => ({ kind: 'court-collect', at, caseId: of.id, rung, outcome, contributor: me }));
  return { costUnits: 0n, words: `Fetch what case ${of.id} owes to ${me}.`, intents: [...seats, ...paid] };
};

export const withdrawing = async ({ chain, at, me, setting }: At): Promise<Planned> => {
  const { balanceUnits } = unwrap(await readCourtMoney(chain, setting, me));
  const words = `Pay out the balance at the court to ${me}.`;
  if (balanceUnits === 0n) return { costUnits: 0n, words, intents: [] };
  return { costUnits: 0n, words, intents: [{ kind: 'court-withdraw', at, to: me, amountUnits: balanceUnits }] };
};
