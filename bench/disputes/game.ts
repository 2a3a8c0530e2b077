/** One claim of a liar on the chain, from the claim to the verdict: the liar's best play against the watcher's next move. */
import { type Exchange, type MoveOptions, NO_RECORD, nextMove, type RunBook, type Wrong } from '@surety/proofs';
import type { View } from '../../packages/proofs/src/optimistic/view.ts';
import { lie } from '../../packages/proofs/test/liar.ts';
import type { Claimed, Party, Sent } from '../disputes-gas/court.ts';

export type Sides = { readonly provider: Party; readonly watcher: Party };

export type Play = {
  /** What the provider answers together with its claim. */
  readonly ahead?: readonly Exchange[];
  /** Of accumulators, the first part that the liar tells wrongly. */
  readonly from?: number;
  readonly decidingGas?: number;
};

export type Game = {
  readonly claimed: Claimed;
  /** `clock`: the liar has no answer, and the watcher waits for its time to run out. `lost`: the watcher knows no way on. */
  readonly end: 'refuted' | 'clock' | 'lost';
  /** Why it is lost. */
  readonly why: string;
  readonly wrong: Wrong | null;
  /** From the first question to the verdict; of `clock`, without the call that ends it. */
  readonly transactions: number;
  readonly answers: readonly number[];
  /** Gas of questions, and of the refutation. */
  readonly asked: number;
  readonly deciding: number;
  /** What decided. */
  readonly proof: Uint8Array | null;
  readonly disputeId: number;
};

/** Plays until the claim is void, or only time is missing. */
export const playLie = async (own: RunBook, view: View, sides: Sides, play: Play = {}): Promise<Game> => {
  const { provider, watcher } = sides;
  const { ahead = [], from = 0 } = play;
  const options: MoveOptions = {
    elsewhere: ahead,
    ...(play.decidingGas === undefined ? {} : { decidingGas: play.decidingGas }),
  };
  const claimed = await provider.claim(view.run, ahead);
  const exchanges: Exchange[] = [];
  const answers: number[] = [];
  let [record, disputeId, asked, transactions]: [Uint8Array, number, number, number] = [NO_RECORD, 0, 0, 0];
  const over = (end: Game['end'], given: Partial<Game> = {}): Game => ({
    claimed,
    end,
    why: '',
    wrong: null,
    transactions,
    answers,
    asked,
    deciding: 0,
    proof: null,
    disputeId,
    ...given,
  });
  const did = (sent: Sent): number => {
    transactions++;
    return sent.gas;
  };
  for (;;) {
    const move = await nextMove(own, view.run, exchanges, options);
    if (move.kind === 'nothing') return over('lost', { why: 'the watcher sees nothing wrong' });
    if (move.kind === 'cannot') return over('lost', { why: move.problem.message });
    if (move.kind === 'refute') {
      const sent = await watcher.refute(claimed, disputeId, move.proof);
      const { wrong, proof } = move;
      const shown = { wrong, proof, deciding: did(sent) };
      return sent.isDone ? over('refuted', shown) : over('lost', { ...shown, why: 'the refutation shows nothing' });
    }
    const { question } = move;
    if (disputeId === 0) {
      const opened = await watcher.dispute(claimed, question);
      disputeId = opened.disputeId;
      asked += did(opened.sent);
    } else {
      const sent = await watcher.ask(claimed, disputeId, question);
      asked += did(sent);
      if (!sent.isDone) return over('lost', { why: 'the question is refused' });
    }
    const answer = await lie(view, question, record, from);
    if (answer === null) return over('clock');
    const { sent, record: left } = await provider.answer(claimed, disputeId, { question, answer });
    // What is no answer changes nothing, and is no move of a dispute.
    if (left === null) return over('clock');
    answers.push(did(sent));
    record = left;
    exchanges.push({ question, answer });
  }
};
