/** Bonds and cover. */
import { encodeFunctionData, type Hex } from 'viem';

import { splitSignature } from '../authorization.ts';
import { CoverBond } from '../generated/index.ts';
import type { CoverIntent, SignedReceipt } from '../intent.ts';
import type { Contracts } from '../plan.ts';
import { receiptArgument, receiptDigest } from '../receipt.ts';
import type { Handler, View } from './handler.ts';
import { authorizationUsed } from './token.ts';

type Of<K extends CoverIntent['kind']> = Extract<CoverIntent, { readonly kind: K }>;

const { abi } = CoverBond;
const NONE = 0;
const PAID = 2;
const RELEASED = 3;

const digestOf = ({ message }: SignedReceipt, contracts: Contracts, chainId: number): Hex =>
  receiptDigest(message, { chainId, verifyingContract: contracts.receiptVerifier });

const stateOf = async (receipt: SignedReceipt, { chain, contracts, at }: View): Promise<number> => {
  const found = await chain.reader.readContract({
    ...at,
    abi,
    address: contracts.coverBond,
    functionName: 'reservation',
    args: [receipt.issuer, digestOf(receipt, contracts, chain.chainId)],
  });
  return found.state;
};

export const bond: Handler<Of<'bond'>> = {
  call: ({ authorization: a }, { coverBond }) => {
    const { v, r, s } = splitSignature(a.signature);
    return {
      to: coverBond,
      data: encodeFunctionData({
        abi,
        functionName: 'bondWithAuthorization',
        args: [a.valueMicroUsd, a.from, a.validAfter, a.validBefore, a.nonce, v, r, s],
      }),
    };
  },
  effective: ({ authorization }, view) => authorizationUsed(authorization, view),
};

export const reserveCover: Handler<Of<'reserve-cover'>> = {
  call: ({ receipt }, { coverBond }) => ({
    to: coverBond,
    data: encodeFunctionData({
      abi,
      functionName: 'reserve',
      args: [receiptArgument(receipt.message), receipt.signature, receipt.issuer],
    }),
  }),
  effective: async ({ receipt }, view) => (await stateOf(receipt, view)) !== NONE,
};

export const redeemCover: Handler<Of<'redeem-cover'>> = {
  call: ({ receipt, ruling }, { coverBond }) => ({
    to: coverBond,
    data: encodeFunctionData({
      abi,
      functionName: 'redeem',
      args: [
        receiptArgument(receipt.message),
        receipt.signature,
        receiptArgument(ruling.message),
        ruling.signature,
        receipt.issuer,
      ],
    }),
  }),
  effective: async ({ receipt }, view) => (await stateOf(receipt, view)) === PAID,
};

export const releaseCover: Handler<Of<'release-cover'>> = {
  call: ({ receipt }, contracts, chainId) => ({
    to: contracts.coverBond,
    data: encodeFunctionData({
      abi,
      functionName: 'release',
      args: [receipt.issuer, digestOf(receipt, contracts, chainId)],
    }),
  }),
  effective: async ({ receipt }, view) => (await stateOf(receipt, view)) === RELEASED,
};
