/** Claims, disputes and their money. Whether a move took effect is read from the claim's and the dispute's own state. */
import { encodeFunctionData, type Hex, isAddressEqual, keccak256 } from 'viem';
import { CLAIM_STATES, type Claim, type ClaimState, TURNS, type Turn } from '../arbiter/claim.ts';
import { claimArgument, claimIdOf, requestArgument } from '../arbiter/request.ts';
import { splitSignature } from '../authorization.ts';
import { Arbiter } from '../generated/index.ts';
import type { ArbiterIntent } from '../intent.ts';
import type { Handler, View } from './handler.ts';
import { authorizationUsed } from './token.ts';

type Of<K extends ArbiterIntent['kind']> = Extract<ArbiterIntent, { readonly kind: K }>;

const { abi } = Arbiter;

const idOf = (claim: Claim, { chain, contracts }: View): Hex =>
  claimIdOf(claim, { chainId: chain.chainId, arbiter: contracts.arbiter });

const statusOf = async (claim: Claim, view: View): Promise<{ state: ClaimState; disputes: number }> => {
  const { chain, contracts, at } = view;
  const status = await chain.reader.readContract({
    ...at,
    abi,
    address: contracts.arbiter,
    functionName: 'statusOf',
    args: [idOf(claim, view)],
  });
  return { state: CLAIM_STATES[status.state] ?? 'none', disputes: status.disputes };
};

const disputeOf = async (claim: Claim, disputeId: bigint, view: View) => {
  const { chain, contracts, at } = view;
  const found = await chain.reader.readContract({
    ...at,
    abi,
    address: contracts.arbiter,
    functionName: 'disputeOf',
    args: [idOf(claim, view), Number(disputeId)],
  });
  const turn: Turn = TURNS[found.turn] ?? 'none';
  return { challenger: found.challenger, turn, questionHash: found.questionHash };
};

/** Whether there is nothing left to decide. */
const isDecided = async ({ claim }: { readonly claim: Claim }, view: View): Promise<boolean> => {
  const { state } = await statusOf(claim, view);
  return state !== 'none' && state !== 'open';
};

type In = { readonly claim: Claim; readonly disputeId: bigint };

const isClosed = async ({ claim, disputeId }: In, view: View): Promise<boolean> =>
  (await disputeOf(claim, disputeId, view)).turn === 'closed';

const isOver = async (intent: In, view: View): Promise<boolean> =>
  (await isClosed(intent, view)) || (await isDecided(intent, view));

export const deposit: Handler<Of<'arbiter-deposit'>> = {
  call: ({ authorization: a }, { arbiter }) => {
    const { v, r, s } = splitSignature(a.signature);
    return {
      to: arbiter,
      data: encodeFunctionData({
        abi,
        functionName: 'depositWithAuthorization',
        args: [a.valueMicroUsd, a.from, a.validAfter, a.validBefore, a.nonce, v, r, s],
      }),
    };
  },
  effective: ({ authorization }, view) => authorizationUsed(authorization, view),
};

export const claim: Handler<Of<'claim'>> = {
  call: ({ claim: { request, output, trace }, signature, shown }, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({
      abi,
      functionName: 'claim',
      args: [
        requestArgument(request),
        signature,
        output,
        trace,
        shown.map(({ question }) => question),
        shown.map((each) => each.answer),
      ],
    }),
  }),
  effective: async (intent, view) => (await statusOf(intent.claim, view)).state !== 'none',
};

export const cancelRequest: Handler<Of<'cancel-request'>> = {
  call: ({ nonce }, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({ abi, functionName: 'cancel', args: [nonce] }),
  }),
  effective: ({ nonce }, { chain, contracts, at, sender }) =>
    chain.reader.readContract({
      ...at,
      abi,
      address: contracts.arbiter,
      functionName: 'nonceUsed',
      args: [sender, nonce],
    }),
};

export const dispute: Handler<Of<'dispute'>> = {
  call: (intent, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({
      abi,
      functionName: 'dispute',
      args: [claimArgument(intent.claim), intent.question],
    }),
    value: intent.prepayWei,
  }),
  effective: async (intent, view) => {
    const { state, disputes } = await statusOf(intent.claim, view);
    if (state !== 'open') return state !== 'none';
    const asked = keccak256(intent.question);
    // The newest first: that is where the own one is, unless others were faster.
    for (let id = BigInt(disputes); id > 0n; id--) {
      const found = await disputeOf(intent.claim, id, view);
      const isLive = found.turn === 'provider' || found.turn === 'challenger';
      if (isAddressEqual(found.challenger, view.sender) && (isLive || found.questionHash === asked)) return true;
    }
    return false;
  },
};

export const ask: Handler<Of<'ask'>> = {
  call: (intent, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({
      abi,
      functionName: 'ask',
      args: [claimArgument(intent.claim), Number(intent.disputeId), intent.question],
    }),
    value: intent.prepayWei,
  }),
  effective: async (intent, view) => {
    const { turn } = await disputeOf(intent.claim, intent.disputeId, view);
    return turn === 'provider' || turn === 'closed' || (await isDecided(intent, view));
  },
};

export const answer: Handler<Of<'answer'>> = {
  call: (intent, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({
      abi,
      functionName: 'answer',
      args: [claimArgument(intent.claim), Number(intent.disputeId), intent.question, intent.answer],
    }),
  }),
  effective: async (intent, view) => {
    const { turn, questionHash } = await disputeOf(intent.claim, intent.disputeId, view);
    const isOwed = turn === 'provider' && questionHash === keccak256(intent.question);
    return !isOwed || (await isDecided(intent, view));
  },
};

export const refute: Handler<Of<'refute'>> = {
  call: (intent, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({
      abi,
      functionName: 'refute',
      args: [claimArgument(intent.claim), Number(intent.disputeId), intent.proof],
    }),
  }),
  effective: isDecided,
};

export const prove: Handler<Of<'prove'>> = {
  call: (intent, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({ abi, functionName: 'prove', args: [claimArgument(intent.claim), intent.proof] }),
  }),
  effective: isDecided,
};

export const finalise: Handler<Of<'finalise'>> = {
  call: (intent, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({ abi, functionName: 'finalise', args: [claimArgument(intent.claim)] }),
  }),
  effective: isDecided,
};

/** Of the three that close one dispute. */
const closing = <K extends 'concede' | 'expire' | 'settle'>(
  functionName: K,
  effective: (intent: In, view: View) => Promise<boolean>,
): Handler<Of<K>> => ({
  call: (intent: In, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({
      abi,
      functionName: functionName as 'concede' | 'expire' | 'settle',
      args: [claimArgument(intent.claim), Number(intent.disputeId)],
    }),
  }),
  effective,
});

export const concede = closing('concede', isOver);
export const expire = closing('expire', isOver);
export const settle = closing('settle', isClosed);

export const withdraw: Handler<Of<'arbiter-withdraw'>> = {
  call: ({ amountMicroUsd }, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({ abi, functionName: 'withdraw', args: [amountMicroUsd] }),
  }),
  effective: async ({ amountMicroUsd }, { chain, contracts, at, sender }) =>
    (await chain.reader.readContract({
      ...at,
      abi,
      address: contracts.arbiter,
      functionName: 'balanceOf',
      args: [sender],
    })) < amountMicroUsd,
};

export const withdrawNative: Handler<Of<'arbiter-withdraw-native'>> = {
  call: ({ to }, { arbiter }) => ({
    to: arbiter,
    data: encodeFunctionData({ abi, functionName: 'withdrawNative', args: [to] }),
  }),
  effective: async (_, { chain, contracts, at, sender }) =>
    (await chain.reader.readContract({
      ...at,
      abi,
      address: contracts.arbiter,
      functionName: 'owedNative',
      args: [sender],
    })) === 0n,
};
