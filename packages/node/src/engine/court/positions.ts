/** Money in a case, by the account that put it there: what it would go back to if the case were undone. Pure. */
import type { CaseState } from './case-state.ts';

export const positionsIn = ({ game }: CaseState): readonly (readonly [account: string, amountMicroUsd: bigint])[] => {
  if (game === undefined) return [];
  const credits = [...game.credits];
  if (game.phase.kind === 'final' || game.phase.kind === 'undecided') return credits;
  const shares = [...game.rungs, ...game.pots].flatMap((each) => each.shares);
  const locks = game.rounds.flatMap(({ seats }) => seats);
  return [
    ...credits,
    ...shares.map(({ account, amountMicroUsd }) => [account, amountMicroUsd] as const),
    ...locks.map(({ juror, lockedMicroUsd }) => [juror, lockedMicroUsd] as const),
  ];
};
