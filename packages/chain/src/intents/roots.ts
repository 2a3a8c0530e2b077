/** Posting roots and log roots, forcing withdrawals, and leaving. */
import { encodeFunctionData, type Hex } from 'viem';

import { Anchor, Settlement } from '../generated/index.ts';
import type { AnchorIntent, SettlementIntent } from '../intent.ts';
import type { Handler, View } from './handler.ts';
import { leafArgument, pathArgument } from './money.ts';

type Of<K extends SettlementIntent['kind']> = Extract<SettlementIntent, { readonly kind: K }>;

const { abi } = Settlement;
const EXITING = 1;

export const postRoot: Handler<Of<'post-root'>> = {
  call: ({ root }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({
      abi,
      functionName: 'postRoot',
      args: [
        {
          number: root.number,
          hash: root.hash,
          sum: root.sumMicroUsd,
          depositsThrough: root.depositsThrough,
          depositsCommitment: root.depositsCommitment,
          journalPosition: root.journalPosition,
        },
      ],
    }),
  }),
  effective: async ({ root }, { chain, contracts, at }) => {
    const posted = await chain.reader.readContract({
      ...at,
      abi,
      address: contracts.settlement,
      functionName: 'roots',
      args: [root.number],
    });
    return (
      posted.postedAt > 0n &&
      posted.hash === root.hash.toLowerCase() &&
      posted.sum === root.sumMicroUsd &&
      posted.depositsThrough === root.depositsThrough
    );
  },
};

const openRequest = async (account: Hex, { chain, contracts, at }: View): Promise<boolean> => {
  const request = await chain.reader.readContract({
    ...at,
    abi,
    address: contracts.settlement,
    functionName: 'forced',
    args: [account],
  });
  return request.deadline > 0n;
};

export const requestForced: Handler<Of<'request-forced'>> = {
  call: ({ rootNumber, leaf, path }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({
      abi,
      functionName: 'requestForced',
      args: [rootNumber, leafArgument(leaf), pathArgument(path)],
    }),
  }),
  effective: ({ leaf }, view) => openRequest(leaf.account, view),
};

export const answerForced: Handler<Of<'answer-forced'>> = {
  call: ({ rootNumber, leaf, path }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({
      abi,
      functionName: 'answerForced',
      args: [rootNumber, leafArgument(leaf), pathArgument(path)],
    }),
  }),
  effective: async ({ leaf }, view) => !(await openRequest(leaf.account, view)),
};

const exiting = async (_: unknown, { chain, contracts, at }: View): Promise<boolean> =>
  (await chain.reader.readContract({ ...at, abi, address: contracts.settlement, functionName: 'mode' })) === EXITING;

export const startExitAfterSilence: Handler<Of<'start-exit-after-silence'>> = {
  call: (_, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({ abi, functionName: 'startExitAfterSilence' }),
  }),
  effective: exiting,
};

export const startExitAfterForced: Handler<Of<'start-exit-after-forced'>> = {
  call: ({ account }, { settlement }) => ({
    to: settlement,
    data: encodeFunctionData({ abi, functionName: 'startExitAfterForced', args: [account] }),
  }),
  effective: exiting,
};

export const anchor: Handler<AnchorIntent> = {
  call: ({ origin, treeSize, rootHash, consistency }, contracts) => ({
    to: contracts.anchor,
    data: encodeFunctionData({
      abi: Anchor.abi,
      functionName: 'anchor',
      args: [origin, treeSize, rootHash, consistency],
    }),
  }),
  effective: async ({ origin, treeSize, rootHash }, { chain, contracts, at, sender }) =>
    (await chain.reader.readContract({
      ...at,
      abi: Anchor.abi,
      address: contracts.anchor,
      functionName: 'rootAt',
      args: [sender, origin, treeSize],
    })) === rootHash.toLowerCase(),
};
