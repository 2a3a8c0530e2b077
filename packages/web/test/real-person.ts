/** People at a court of contracts: a stake has no command, and is put there by transactions. */
import type { Chain } from '@surety/chain';
import type { RealCourt } from './real-court.ts';

export type Person = { readonly who: string; readonly chain: Chain };

/** Somebody with a stake, who judges when drawn. */
export const joinAsPerson = async (court: RealCourt, who: string, stakeUnits: bigint): Promise<Person> => {
  const chain = await court.member(who);
  const { currency } = court.setting;
  await court.must(chain, { kind: 'court-approve', currency, amountUnits: stakeUnits });
  await court.must(chain, { kind: 'court-deposit', amountUnits: stakeUnits, untilUnits: stakeUnits, payWei: 0n });
  await court.must(chain, { kind: 'court-join-as-person', stakeUnits });
  return { who, chain };
};
