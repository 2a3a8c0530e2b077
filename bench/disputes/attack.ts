/** A true claim on the chain, and somebody who wants it void: proofs of every kind, questions without end. */
import { unwrap } from '@surety/core';
import { answer, encodeQuestion, NO_RECORD, type Question, type RunBook } from '@surety/proofs';
import type { Random } from '../../packages/programs/test/random.ts';
import { readAccumulators } from '../../packages/proofs/src/optimistic/answer-judge.ts';
import type { Partials } from '../../packages/proofs/src/optimistic/partials.ts';
import { refuteElement, refuteEnd, refutePartial } from '../../packages/proofs/src/optimistic/refute.ts';
import { anyQuestion } from '../../packages/proofs/test/any-question.ts';
import { attempts, changed } from '../../packages/proofs/test/attempts.ts';
import type { Claimed, Party } from '../disputes-gas/court.ts';
import { shownAhead } from './claims.ts';

/** Most questions of one dispute (spec 14.4). */
const MOST_QUESTIONS = 32;

export type Attack = {
  readonly claimed: Claimed;
  /** Transactions that were sent to void it. */
  readonly proofs: number;
  readonly questions: number;
  /** Disputes that the challenger lost or will lose by the clock, and of those the ones that wait for it. */
  readonly disputes: number;
  readonly silent: readonly number[];
  /** What should not have happened: a proof that was taken, an answer that was refused. */
  readonly broken: readonly string[];
};

/** A question with a reason, without one, or bytes that are none. */
const drawn = (run: RunBook, random: Random, last: Partials | null): Uint8Array => {
  if (last !== null && random.chance(50)) {
    const refine: Question = {
      kind: 'refine',
      part: random.int(0, last.accumulators.length - 1),
      per: random.int(1, 3),
      partials: last,
    };
    return encodeQuestion(refine);
  }
  const asked = encodeQuestion(anyQuestion(random, run));
  if (random.chance(80)) return asked;
  const other = changed(asked, random);
  return other.length === 0 ? asked : other;
};

/** What may be brought against what the last answer left behind. */
const againstRecord = async (run: RunBook, random: Random, last: Partials | null): Promise<Uint8Array[]> => {
  const step = (await run.step(random.int(0, run.steps - 1)))!;
  const node = random.int(0, run.program.nodes - 1);
  const made: (() => Uint8Array)[] = [() => refuteElement(run, step, node, 0, { chunk: 0, count: 1 })];
  if (last !== null) {
    const at = (await run.step(last.step)) ?? step;
    const part = random.int(0, last.accumulators.length - 1);
    made.push(
      () => refutePartial(run, at, last, part),
      () => refuteEnd(run, at, last),
    );
  }
  return made.flatMap((make) => {
    try {
      return [make()];
    } catch {
      // What is no fold has no terms to bring, and of a place that does not exist nothing can be written.
      return [];
    }
  });
};

/**
 * Attacks a true claim.
 * @param loot proofs that refuted lies about the same run
 */
export const attack = async (
  run: RunBook,
  { provider, challenger }: { readonly provider: Party; readonly challenger: Party },
  random: Random,
  loot: readonly Uint8Array[],
): Promise<Attack> => {
  const claimed = await provider.claim(run.run, random.chance(50) ? await shownAhead(run, run.inputTensors) : []);
  const broken: string[] = [];
  let [proofs, questions] = [0, 0];
  const bring = async (disputeId: number, given: Uint8Array): Promise<void> => {
    for (const proof of random.chance(50) ? [given] : [given, changed(given, random)]) {
      proofs++;
      const { isDone } = await challenger.refute(claimed, disputeId, proof);
      if (isDone) broken.push(`a true claim is refuted by ${Buffer.from(proof).toString('hex')}`);
    }
  };
  for (const proof of await attempts(run, random)) await bring(0, proof);
  for (const proof of loot) if (random.chance(30)) await bring(0, proof);
  const silent: number[] = [];
  const disputes = random.int(1, 2);
  for (let d = 0; d < disputes; d++) {
    const wanted = random.chance(5) ? MOST_QUESTIONS : random.int(1, 6);
    let [disputeId, record]: [number, Uint8Array] = [0, NO_RECORD];
    let last: Partials | null = null;
    for (let asked = 0; asked < wanted; asked++) {
      const question = drawn(run, random, last);
      if (disputeId === 0) ({ disputeId } = await challenger.dispute(claimed, question));
      else await challenger.ask(claimed, disputeId, question);
      questions++;
      const told = unwrap(await answer(run, question, record));
      const { sent, record: left } = await provider.answer(claimed, disputeId, { question, answer: told });
      if (!sent.isDone || left === null) {
        broken.push(`an answer is refused, to ${Buffer.from(question).toString('hex')}`);
        break;
      }
      last = readAccumulators(question, record, told);
      record = left;
      if (random.chance(30)) for (const proof of await againstRecord(run, random, last)) await bring(disputeId, proof);
      if (loot.length > 0 && random.chance(10)) await bring(disputeId, random.pick(loot));
    }
    if (wanted === MOST_QUESTIONS) {
      const { isDone } = await challenger.ask(claimed, disputeId, encodeQuestion(anyQuestion(random, run)));
      if (isDone) broken.push('a question too many is taken');
    }
    if (random.chance(50)) await challenger.concede(claimed, disputeId);
    else silent.push(disputeId);
  }
  return { claimed, proofs, questions, disputes, silent, broken };
};
