/** What can be fetched of a case. */
import { type ContractCase, hasEnded } from '@surety/chain';
import { OUTCOME } from '@surety/core';
import type { ChainCase } from '@surety/protocol';

/** What nobody has fetched yet: of a case that has ended everything, before only what was paid for a rung that another outcome filled. */
export const owedOf = (of: ContractCase): ChainCase['owed'] => {
  const ended = hasEnded(of);
  const ruled = of.rounds.some(({ result }) => result?.ruled === true);
  const isDue = ({ rung, outcome, collectedUnits }: ContractCase['contributions'][number]): boolean => {
    const filled = of.rungs[rung];
    if (collectedUnits !== null) return false;
    if (filled === undefined || (filled.outcome ?? OUTCOME.abstain) !== outcome) return ended || filled !== undefined;
    // A losing rung gets nothing, unless no panel ruled.
    return ended && (of.state === 'undecided' || !ruled || filled.outcome === null || outcome === of.standing);
  };
  const shares = of.contributions
    .filter(isDue)
    .map(({ rung, outcome, contributor }) => ({ kind: 'share' as const, account: contributor, rung, outcome }));
  const seats = (ended ? of.rounds : []).flatMap(({ number, seats }) =>
    seats
      .filter(({ settled, state }) => settled === null && state !== 'shown')
      .map(({ juror, seat }) => ({ kind: 'seat' as const, account: juror, round: number, seat })),
  );
  return [...shares, ...seats];
};
