/** Sending what is intended until it is final, and settling what becomes of what a contract refuses. */
import { decodeIntent, intentStatus, readSettlement, submit } from '@surety/chain';
import { type Problem, unwrap } from '@surety/core';
import { type ChainState, type Intended, isDerived } from '../chain-state.ts';
import { broken, type ChainParts } from './parts.ts';

/** Whether the trouble is the chain's or the key's, and no contract has spoken yet. */
const isOfChain = ({ code }: Problem): boolean => code.startsWith('chain.') && code !== 'chain.reverted';

/**
 * Where the intents that need a look begin: with the first that is not final, or with the very first where the newest
 * final one is gone, because the chain was rewound further than it said it could be.
 */
const firstToCheck = async (parts: ChainParts, intents: ChainState['intents']): Promise<number> => {
  const { chain, contracts, finality } = parts;
  const first = intents.findIndex(({ final }) => !final);
  const open = first < 0 ? intents.length : first;
  const last = intents[open - 1];
  if (last === undefined) return open;
  const status = await intentStatus(chain, contracts, decodeIntent(last.intent), finality);
  return unwrap(status) === 'absent' ? 0 : open;
};

/**
 * Journals a contract's refusal and says whether the intents after it may go on in this pass. What can be derived afresh
 * is given up, so that it blocks nothing; money that was to be moved stays and is tried again, beside the others.
 */
const refuse = async (parts: ChainParts, intended: Intended, problem: Problem): Promise<boolean> => {
  const { chain, contracts, state, record, onError } = parts;
  onError(broken({ ...problem, message: `${intended.id}: ${problem.message}` }));
  // No contract of ours refuses without a name: it may be a token, a node's limit on gas, …; sent again in the next pass.
  if (problem.code === 'chain.reverted') return true;
  const { id } = intended;
  const { refusals } = await state();
  const isKnown = refusals.some((each) => each.id === id && each.code === problem.code);
  if (isDerived(intended) || !isKnown) {
    const { rootCount } = unwrap(await readSettlement(chain, contracts));
    await record({ kind: 'refused', id, code: problem.code, rootCount: Number(rootCount) });
  }
  return !isDerived(intended);
};

/** One pass over the intents, in order: a later one may need an earlier one. Marks what has become final. */
export const pursue = async (parts: ChainParts): Promise<void> => {
  const { chain, contracts, finality, state, record, onError } = parts;
  const { intents } = await state();
  for (const intended of intents.slice(await firstToCheck(parts, intents))) {
    const intent = decodeIntent(intended.intent);
    const status = unwrap(await intentStatus(chain, contracts, intent, finality));
    if (status === 'final' && !intended.final) await record({ kind: 'final', id: intended.id });
    if (status !== 'absent') continue;
    const sent = await submit(chain, contracts, intent);
    if (sent.kind === 'lost' || (sent.kind === 'refused' && isOfChain(sent.problem))) {
      onError(broken(sent.problem));
      return;
    }
    if (sent.kind === 'refused' && !(await refuse(parts, intended, sent.problem))) return;
  }
};
