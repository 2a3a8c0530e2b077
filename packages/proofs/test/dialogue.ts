/** A dispute without a chain: a watcher against whoever claimed something, move by move, judged by the readable judge. */
import type { Run } from '../src/index.ts';
import { judge } from '../src/optimistic/judge.ts';
import type { Exchange, Wrong } from '../src/optimistic/move.ts';
import { type MoveOptions, nextMove } from '../src/optimistic/next-move.ts';
import { NO_RECORD } from '../src/optimistic/partials.ts';
import type { RunBook } from '../src/optimistic/run-book.ts';

export type Provider = {
  readonly run: Run;
  /** Null when it has no answer: its clock runs out. */
  readonly answer: (question: Uint8Array, record: Uint8Array) => Promise<Uint8Array | null>;
};

export type Outcome = {
  readonly end: 'refuted' | 'ran-out' | 'nothing' | 'cannot';
  /** Questions, answers, and the refutation. */
  readonly transactions: number;
  readonly exchanges: readonly Exchange[];
  readonly proof: Uint8Array | null;
  readonly wrong: Wrong | null;
  /** What the proof builds on. */
  readonly record: Uint8Array;
};

/**
 * Plays a dispute to its end. The watcher knows nothing but its own run and the exchanges, as after a restart.
 * @throws {RangeError} when the watcher makes a move that gets it nowhere
 */
export const dispute = async (own: RunBook, provider: Provider, options: MoveOptions = {}): Promise<Outcome> => {
  const exchanges: Exchange[] = [];
  let record: Uint8Array = NO_RECORD;
  let transactions = 0;
  for (;;) {
    const move = await nextMove(own, provider.run, exchanges, options);
    const over = (end: Outcome['end'], proof: Uint8Array | null = null, wrong: Wrong | null = null): Outcome => {
      return { end, transactions, exchanges, proof, wrong, record };
    };
    if (move.kind === 'nothing' || move.kind === 'cannot') return over(move.kind);
    transactions++;
    if (move.kind === 'refute') {
      if (!move.inDispute) record = NO_RECORD;
      const verdict = judge(provider.run, new Uint8Array(0), record, move.proof);
      if (verdict.holds !== 'refuted') throw new RangeError(`a refutation that shows nothing: ${verdict.why}`);
      return over('refuted', move.proof, move.wrong);
    }
    const { question } = move;
    if (exchanges.some((before) => Buffer.compare(before.question, question) === 0)) {
      throw new RangeError(`a question asked twice: ${Buffer.from(question).toString('hex')}`);
    }
    const answer = await provider.answer(question, record);
    if (answer === null) return over('ran-out');
    transactions++;
    const verdict = judge(provider.run, question, record, answer);
    if (verdict.holds !== 'shown') return over('ran-out');
    record = verdict.record;
    exchanges.push({ question, answer });
  }
};
