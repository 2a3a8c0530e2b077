/** Asking a court without a contract: the text of the claim, and the question. */
import { encodeFunctionData, getAbiItem, pad, toEventSelector, zeroHash } from 'viem';
import { COURT_GAS } from '../court/gas.ts';
import type { CourtAskIntent } from '../court/intent.ts';
import { publicationAddress, publicationCall } from '../court/publication.ts';
import { Court } from '../generated/index.ts';
import { readLogs } from '../log-book.ts';
import type { Handler } from './handler.ts';

type Of<K extends CourtAskIntent['kind']> = Extract<CourtAskIntent, { readonly kind: K }>;

const { abi } = Court;
const ASKED = toEventSelector(getAbiItem({ abi, name: 'Asked' }));

export const publish: Handler<Of<'court-publish'>> = {
  call: ({ kind, claim }) => ({ ...publicationCall(claim), mostGas: COURT_GAS[kind] }),
  effective: async ({ claim }, { chain, at }) =>
    (await chain.reader.getTransactionCount({ ...at, address: publicationAddress(claim) })) > 0,
};

export const ask: Handler<Of<'court-ask'>> = {
  call: ({ kind, at, question, outcomes, policyId, exclusions, rewardUnits, opensAt, answerBy, payWei }) => {
    const terms = {
      ...{ question, outcomes, policy: policyId, exclusions: exclusions ?? zeroHash, reward: rewardUnits },
      ...{ opensAt, answerBy, callback: false },
    };
    const data = encodeFunctionData({ abi, functionName: 'ask', args: [terms] });
    return { to: at.court, data, value: payWei, mostGas: COURT_GAS[kind] };
  },
  effective: async ({ at: { court }, question, sinceBlock }, { chain, at, sender }) => {
    const to = at.blockNumber ?? (await chain.reader.getBlockNumber({ cacheTime: 0 }));
    const topics = [ASKED, null, pad(sender), question];
    return (await readLogs(chain, { address: [court], topics }, sinceBlock, to)).length > 0;
  },
};
