/** Bonds and cover. */
import { encodeFunctionData, type Hex } from 'viem';

import { splitSignature } from '../authorization.ts';
import { CoverBond } from '../generated/index.ts';
import type { CoverIntent, SignedReceipt } from '../intent.ts';
import { receiptArgument } from '../receipt.ts';
import type { Handler, View } from './handler.ts';
import { authorizationUsed } from './token.ts';

type Of<K extends CoverIntent['kind']> = Extract<CoverIntent, { readonly kind: K }>;

const { abi } = CoverBond;
const PAID = 2;
const RELEASED = 3;

const reservationOf = ({ message }: SignedReceipt, { chain, contracts, at }: View) =>
  chain.reader.readContract({
    ...at,
    abi,
    address: contracts.coverBond,
    functionName: 'reservation',
    args: [message.operator as Hex, message.claimId, message.coverBeneficiary as Hex],
  });

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
      args: [receiptArgument(receipt.message), receipt.signature],
    }),
  }),
  // As much money and as long: a restated receipt may promise more of either.
  effective: async ({ receipt }, view) => {
    const { chain, contracts, at } = view;
    const grace = { ...at, abi, address: contracts.coverBond, functionName: 'redeemGrace' } as const;
    const [{ amount, lockedUntil }, graceSeconds] = await Promise.all([
      reservationOf(receipt, view),
      chain.reader.readContract(grace),
    ]);
    const { coverMicroUsd, coverUntil } = receipt.message;
    return coverMicroUsd > 0n && amount >= coverMicroUsd && lockedUntil >= BigInt(coverUntil + graceSeconds);
  },
};

export const redeemCover: Handler<Of<'redeem-cover'>> = {
  call: ({ receipt, ruling }, { coverBond }) => ({
    to: coverBond,
    data: encodeFunctionData({
      abi,
      functionName: 'redeem',
      args: [receiptArgument(receipt.message), receipt.signature, receiptArgument(ruling.message), ruling.signature],
    }),
  }),
  effective: async ({ receipt }, view) => {
    const { state, amount } = await reservationOf(receipt, view);
    return state === PAID && amount >= receipt.message.coverMicroUsd;
  },
};

export const releaseCover: Handler<Of<'release-cover'>> = {
  call: ({ receipt }, { coverBond }) => ({
    to: coverBond,
    data: encodeFunctionData({
      abi,
      functionName: 'release',
      args: [receipt.message.operator as Hex, receipt.message.claimId, receipt.message.coverBeneficiary as Hex],
    }),
  }),
  effective: async ({ receipt }, view) => (await reservationOf(receipt, view)).state === RELEASED,
};
