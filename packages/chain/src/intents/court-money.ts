/** Money going into and out of a court. */
import { encodeFunctionData } from 'viem';
import { COURT_GAS } from '../court/gas.ts';
import type { CourtMoneyIntent } from '../court/intent.ts';
import { Court, DevDollar } from '../generated/index.ts';
import type { Handler, View } from './handler.ts';

type Of<K extends CourtMoneyIntent['kind']> = Extract<CourtMoneyIntent, { readonly kind: K }>;

const { abi } = Court;

const balanceOf = ({ at: { court } }: CourtMoneyIntent, { chain, at, sender }: View): Promise<bigint> =>
  chain.reader.readContract({ ...at, abi, address: court, functionName: 'balanceOf', args: [sender] });

export const approve: Handler<Of<'court-approve'>> = {
  call: ({ kind, at, currency, amountUnits }) => ({
    to: currency,
    data: encodeFunctionData({ abi: DevDollar.abi, functionName: 'approve', args: [at.court, amountUnits] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, { chain, at, sender }) =>
    (await chain.reader.readContract({
      ...at,
      abi: DevDollar.abi,
      address: intent.currency,
      functionName: 'allowance',
      args: [sender, intent.at.court],
    })) >= intent.amountUnits,
};

export const deposit: Handler<Of<'court-deposit'>> = {
  call: ({ kind, at, amountUnits, payWei }, _, sender) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'deposit', args: [sender, amountUnits] }),
    value: payWei,
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => (await balanceOf(intent, view)) >= intent.untilUnits,
};

export const withdraw: Handler<Of<'court-withdraw'>> = {
  call: ({ kind, at, to, amountUnits }) => ({
    to: at.court,
    data: encodeFunctionData({ abi, functionName: 'withdraw', args: [to, amountUnits] }),
    mostGas: COURT_GAS[kind],
  }),
  effective: async (intent, view) => (await balanceOf(intent, view)) < intent.amountUnits,
};
