/** Joining and leaving the jurors of a court. */
import { encodeFunctionData, type Hex, isAddressEqual } from 'viem';
import { COURT_GAS } from '../court/gas.ts';
import type { CourtJurorIntent } from '../court/intent.ts';
import { CourtJurors } from '../generated/index.ts';
import type { Call } from '../send.ts';
import type { Handler, View } from './handler.ts';

type Of<K extends CourtJurorIntent['kind']> = Extract<CourtJurorIntent, { readonly kind: K }>;

const { abi } = CourtJurors;

const callTo = ({ kind, at }: CourtJurorIntent, data: Hex): Call => ({
  to: at.jurors,
  data,
  mostGas: COURT_GAS[kind],
});

const jurorOf = ({ at: { jurors } }: CourtJurorIntent, key: Hex, { chain, at }: View) =>
  chain.reader.readContract({ ...at, abi, address: jurors, functionName: 'jurorOf', args: [key] });

export const admitFamily: Handler<Of<'court-admit-family'>> = {
  call: (intent) =>
    callTo(intent, encodeFunctionData({ abi, functionName: 'admitFamily', args: [intent.family, intent.cluster] })),
  effective: async ({ at: { jurors }, family, cluster }, { chain, at }) => {
    const args = [family] as const;
    return (
      (await chain.reader.readContract({ ...at, abi, address: jurors, functionName: 'clusterOf', args })) === cluster
    );
  },
};

export const serve: Handler<Of<'court-serve'>> = {
  call: (intent) => callTo(intent, encodeFunctionData({ abi, functionName: 'serve', args: [intent.operator] })),
  effective: async ({ at: { jurors }, operator }, { chain, at, sender }) =>
    isAddressEqual(
      await chain.reader.readContract({
        ...{ ...at, abi, address: jurors },
        functionName: 'operatorFor',
        args: [sender],
      }),
      operator,
    ),
};

export const joinAsPerson: Handler<Of<'court-join-as-person'>> = {
  call: (intent) =>
    callTo(intent, encodeFunctionData({ abi, functionName: 'joinAsPerson', args: [intent.stakeUnits] })),
  effective: async (intent, view) => isAddressEqual((await jurorOf(intent, view.sender, view)).operator, view.sender),
};

export const joinAsProgram: Handler<Of<'court-join-as-program'>> = {
  call: (intent) =>
    callTo(
      intent,
      encodeFunctionData({
        abi,
        functionName: 'joinAsProgram',
        args: [intent.key, intent.family, intent.program, intent.stakeUnits],
      }),
    ),
  effective: async (intent, view) => isAddressEqual((await jurorOf(intent, intent.key, view)).operator, view.sender),
};

export const addStake: Handler<Of<'court-add-stake'>> = {
  call: (intent) =>
    callTo(intent, encodeFunctionData({ abi, functionName: 'addStake', args: [intent.key, intent.amountUnits] })),
  effective: async (intent, view) => (await jurorOf(intent, intent.key, view)).stake >= intent.untilUnits,
};

export const withdrawStake: Handler<Of<'court-withdraw-stake'>> = {
  call: (intent) =>
    callTo(intent, encodeFunctionData({ abi, functionName: 'withdrawStake', args: [intent.key, intent.amountUnits] })),
  effective: async (intent, view) => (await jurorOf(intent, intent.key, view)).stake <= intent.downToUnits,
};
