/** Every move of a claim and of its disputes: who made it, when, and what it says. */
import type { Run, RunDispute, RunMove } from '@surety/protocol';
import { isIterated } from './names.ts';
import { answerWords, questionWords, refutationWords } from './words.ts';

export type ToldMove = {
  readonly who: 'Provider' | 'Challenger' | 'Somebody';
  readonly account: string;
  /** Unix seconds, by the chain. */
  readonly at: number;
  readonly transaction: string;
  readonly words: string;
  /** For the answer, in the smallest unit of the chain's currency; `null` where nothing was prepaid. */
  readonly prepaidWei: string | null;
};

/** Which side an account is. */
const whoIs = (run: Run, account: string): ToldMove['who'] => {
  if (account === run.provider) return 'Provider';
  return run.disputed.some(({ challenger }) => challenger === account) ? 'Challenger' : 'Somebody';
};

const CLOSED: Readonly<Record<NonNullable<RunDispute['closed']>['how'], string>> = {
  conceded: 'Gave up. The stake went to the provider.',
  'challenger-clock': 'Closed it: the challenger’s clock had run out. The stake went to the provider.',
  'provider-clock': 'Closed it: the provider’s clock had run out. The claim is void.',
  refuted: 'Refuted the run. The claim is void.',
  settled: 'Settled it: the claim had been decided otherwise.',
};

const closing = (run: Run, dispute: RunDispute): readonly ToldMove[] => {
  if (dispute.closed === null) return [];
  const { how, at, transaction } = dispute.closed;
  const refutation = run.end?.kind === 'void' && run.end.dispute === dispute.number ? run.end.refutation : null;
  const words = refutation === null ? CLOSED[how] : `${CLOSED[how]} ${refutationWords(refutation, isIterated(run))}`;
  const account = how === 'conceded' || run.end === null || run.end.at !== at ? dispute.challenger : run.end.by;
  return [{ who: whoIs(run, account), account, at, transaction, words, prepaidWei: null }];
};

const told = (move: RunMove, iterated: boolean): ToldMove => {
  const { by: account, at, transaction } = move;
  return move.kind === 'asked'
    ? {
        ...{ who: 'Challenger', account, at, transaction },
        words: questionWords(move.question, iterated),
        prepaidWei: move.prepaidWei,
      }
    : { who: 'Provider', account, at, transaction, words: answerWords(move.answer), prepaidWei: null };
};

/** The claim itself. What was shown with it are answers of their own: `run.shown`. */
export const claimMove = (run: Run): ToldMove => ({
  who: 'Provider',
  account: run.provider,
  at: run.madeAt,
  transaction: run.transaction,
  words: `Made the claim${run.shown.length === 0 ? '.' : ', and showed in advance:'}`,
  prepaidWei: null,
});

/** Moves of one dispute in order, its end included. */
export const disputeMoves = (run: Run, dispute: RunDispute): readonly ToldMove[] => [
  ...dispute.moves.map((move) => told(move, isIterated(run))),
  ...closing(run, dispute),
];

/** Whether a dispute goes on. */
export const disputeState = (run: Run, { closed }: RunDispute): string =>
  closed !== null ? 'closed' : run.state === 'open' ? 'open' : 'ended with the claim';

const endWords = (run: Run): string | null => {
  const { end } = run;
  if (end === null || (end.kind === 'void' && end.dispute !== null)) return null;
  if (end.kind === 'annulled')
    return run.doubted
      ? 'Showed that the result lies outside the agreed tolerance. The claim is annulled.'
      : 'Annulled it: a proof was asked for, and none came within the window.';
  if (end.kind === 'final')
    return end.proved
      ? 'Proved the run. The result is final.'
      : 'Made it final: the window was over and no dispute open.';
  return end.refutation === null
    ? 'Refuted the run. The claim is void.'
    : `Refuted the run, without a dispute. The claim is void. ${refutationWords(end.refutation, isIterated(run))}`;
};

/** What decided the claim, unless a dispute did; `null` while nothing has. */
export const endMove = (run: Run): ToldMove | null => {
  const words = endWords(run);
  if (words === null || run.end === null) return null;
  const { by: account, at, transaction } = run.end;
  return { who: whoIs(run, account), account, at, transaction, words, prepaidWei: null };
};
