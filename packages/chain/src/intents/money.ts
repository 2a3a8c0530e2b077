/** Money going into and out of the settlement contract. */
import { encodeFunctionData } from 'viem';

import { splitSignature } from '../authorization.ts';
import { Settlement } from '../generated/index.ts';
import type { SettlementIntent } from '../intent.ts';
import type { SumLeaf, SumPath } from '../sum-tree.ts';
import type { Handler } from './handler.ts';
import { authorizationUsed } from './token.ts';

type Of<K extends SettlementIntent['kind']> = Extract<SettlementIntent, { readonly kind: K }>;

const { abi } = Settlement;
const RECLAIMED = 3;

export const leafArgument = (leaf: SumLeaf) => ({
  account: leaf.account,
  authorised: leaf.authorisedMicroUsd,
  withdrawn: leaf.withdrawnMicroUsd,
  cash: leaf.cashMicroUsd,
  positions: leaf.positionsMicroUsd,
  positionsCommitment: leaf.positionsCommitment,
});

export const pathArgument = (path: SumPath) => ({
  index: BigInt(path.index),
  siblings: path.siblings.map(({ hash, sumMicroUsd }) => ({ hash, sum: sumMicroUsd })),
});

export const deposit: Handler<Of<'deposit'>> = {
  call: ({ authorization: a }, { settlement }) => {
    const { v, r, s } = splitSignature(a.signature);
    return {
      to: settlement,
      data: encodeFunctionData({
        abi,
        functionName: 'depositWithAuthorization',
        args: [a.from, a.valueMicroUsd, a.validAfter, a.validBefore, a.nonce, v, r, s],
      }),
    };
  },
  effective: ({ authorization }, view) => authorizationUsed(authorization, view),
};

export const reclaim: Handler<Of<'reclaim'>> = {
  call: ({ depositId }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({ abi, functionName: 'reclaim', args: [depositId] }),
  }),
  effective: async ({ depositId }, { chain, contracts, at }) =>
    (await chain.reader.readContract({
      ...at,
      abi,
      address: contracts.settlement,
      functionName: 'depositState',
      args: [depositId],
    })) === RECLAIMED,
};

export const withdraw: Handler<Of<'withdraw'>> = {
  call: ({ rootNumber, leaf, path }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({
      abi,
      functionName: 'withdraw',
      args: [rootNumber, leafArgument(leaf), pathArgument(path)],
    }),
  }),
  effective: async ({ leaf }, { chain, contracts, at }) =>
    (await chain.reader.readContract({
      ...at,
      abi,
      address: contracts.settlement,
      functionName: 'withdrawn',
      args: [leaf.account],
    })) >= leaf.authorisedMicroUsd,
};

export const exit: Handler<Of<'exit'>> = {
  call: ({ leaf, path }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({ abi, functionName: 'exit', args: [leafArgument(leaf), pathArgument(path)] }),
  }),
  effective: ({ leaf }, { chain, contracts, at }) =>
    chain.reader.readContract({
      ...at,
      abi,
      address: contracts.settlement,
      functionName: 'exited',
      args: [leaf.account],
    }),
};
