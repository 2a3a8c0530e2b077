/** Minting development dollars, and moving a token by signed permission. */
import { encodeFunctionData } from 'viem';

import { splitSignature } from '../authorization.ts';
import { DevDollar } from '../generated/index.ts';
import type { TokenIntent } from '../intent.ts';
import type { Handler, View } from './handler.ts';

type Of<K extends TokenIntent['kind']> = Extract<TokenIntent, { readonly kind: K }>;

const { abi } = DevDollar;

/** Whether an EIP-3009 nonce is used; the token sets it in the very transaction that moves the money. */
export const authorizationUsed = (
  authorization: Of<'transfer'>['authorization'],
  { chain, contracts, at }: View,
): Promise<boolean> =>
  chain.reader.readContract({
    ...at,
    abi,
    address: contracts.dollar,
    functionName: 'authorizationState',
    args: [authorization.from, authorization.nonce],
  });

export const mint: Handler<Of<'mint'>> = {
  call: ({ to, amountMicroUsd, id }, { dollar }) => ({
    to: dollar,
    data: encodeFunctionData({ abi, functionName: 'mintDevelopment', args: [to, amountMicroUsd, id] }),
  }),
  effective: ({ id }, { chain, contracts, at, sender }) =>
    chain.reader.readContract({
      ...at,
      abi,
      address: contracts.dollar,
      functionName: 'faucetIdUsed',
      args: [sender, id],
    }),
};

export const transfer: Handler<Of<'transfer'>> = {
  call: ({ authorization: a }, { dollar }) => {
    const { v, r, s } = splitSignature(a.signature);
    return {
      to: dollar,
      data: encodeFunctionData({
        abi,
        functionName: 'transferWithAuthorization',
        args: [a.from, a.to, a.valueMicroUsd, a.validAfter, a.validBefore, a.nonce, v, r, s],
      }),
    };
  },
  effective: ({ authorization }, view) => authorizationUsed(authorization, view),
};

export const permit: Handler<Of<'permit'>> = {
  call: ({ permit: p }, { dollar }) => {
    const { v, r, s } = splitSignature(p.signature);
    return {
      to: dollar,
      data: encodeFunctionData({
        abi,
        functionName: 'permit',
        args: [p.owner, p.spender, p.valueMicroUsd, p.deadline, v, r, s],
      }),
    };
  },
  effective: async ({ permit: p }, { chain, contracts, at }) =>
    (await chain.reader.readContract({
      ...at,
      abi,
      address: contracts.dollar,
      functionName: 'nonces',
      args: [p.owner],
    })) > p.nonce,
};
