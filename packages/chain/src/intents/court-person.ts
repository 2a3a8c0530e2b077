/** Being shown to be one person, and the ticket that comes with it. */
import { encodeFunctionData } from 'viem';
import { COURT_GAS } from '../court/gas.ts';
import type { CourtJurorIntent } from '../court/intent.ts';
import { CourtJurors, PersonTokens } from '../generated/index.ts';
import type { Handler, View } from './handler.ts';

type Of<K extends CourtJurorIntent['kind']> = Extract<CourtJurorIntent, { readonly kind: K }>;

const holdsTicket = async ({ at: { jurors } }: CourtJurorIntent, { chain, at, sender }: View): Promise<boolean> => {
  const of = { ...at, abi: CourtJurors.abi, address: jurors } as const;
  return (await chain.reader.readContract({ ...of, functionName: 'personOf', args: [sender] })).drawable;
};

export const show: Handler<Of<'court-show-person'>> = {
  call: ({ kind, registry, account, token }) => ({
    to: registry,
    data: encodeFunctionData({ abi: PersonTokens.abi, functionName: 'register', args: [account, token] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: ({ registry, account }, { chain, at }) =>
    chain.reader.readContract({
      ...{ ...at, abi: PersonTokens.abi, address: registry },
      functionName: 'isHuman',
      args: [account],
    }),
};

export const join: Handler<Of<'court-join-by-person'>> = {
  call: ({ kind, at }) => ({
    to: at.jurors,
    data: encodeFunctionData({ abi: CourtJurors.abi, functionName: 'joinByPerson' }),
    mostGas: COURT_GAS[kind],
  }),
  effective: holdsTicket,
};

export const leave: Handler<Of<'court-leave-by-person'>> = {
  call: ({ kind, at }) => ({
    to: at.jurors,
    data: encodeFunctionData({ abi: CourtJurors.abi, functionName: 'leaveByPerson' }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => !(await holdsTicket(intent, view)),
};
