/**
 * Claims, disputes and clocks as spec 14.4 words them, in memory, and a route whose disputes take a stated number of
 * questions: to play {@link decide} against any schedule. The contract itself is played in `watch.test.ts`.
 */
import type { ClaimView, Dispute } from '@surety/chain';
import type { Knowledge, NextStep } from './knowledge.ts';
import type { Move } from './moves.ts';

type Hex = `0x${string}`;

export const WATCHER: Hex = '0x000000000000000000000000000000000000000A';
export const PROVIDER: Hex = '0x000000000000000000000000000000000000000b';
export const STRANGER: Hex = '0x000000000000000000000000000000000000000C';
const ZERO: Hex = `0x${'0'.repeat(40)}`;
const ID: Hex = `0x${'7'.repeat(64)}`;

export const BOND = 50_000_000n;
export const STAKE_PPM = 100_000n;
export const WINDOW = 600;
export const CLOCK = 300;

/** How many questions lead to the proof; each is its number. */
export const depthRoute = (depth: number) => {
  const question = (n: number): Hex => `0x${n.toString(16).padStart(4, '0')}`;
  const answerTo = (asked: Hex): Hex => `${asked}aa`;
  const next = (exchanges: Dispute['exchanges']): NextStep => {
    const answered = exchanges.filter((each) => each.answer !== null).length;
    return answered < depth ? { kind: 'ask', question: question(answered) } : { kind: 'refute', proof: '0xff' };
  };
  const wrong = ({ disputes }: ClaimView): Knowledge => {
    const answered = disputes.filter(({ exchanges }) => exchanges.at(-1)?.answer != null);
    return {
      kind: 'wrong',
      steps: new Map([[0n, next([])], ...answered.map((d) => [d.id, next(d.exchanges)] as const)]),
    };
  };
  const right = ({ disputes }: ClaimView): Knowledge => {
    const asked = disputes.filter(({ turn }) => turn === 'provider');
    return {
      kind: 'right',
      proof: null,
      answers: new Map(asked.map((d) => [d.id, answerTo(d.exchanges.at(-1)!.question)])),
    };
  };
  return { wrong, right, answerTo, question };
};

type Live = {
  id: bigint;
  challenger: Hex;
  turn: Dispute['turn'];
  left: { provider: number; challenger: number };
  since: number;
  exchanges: Dispute['exchanges'][number][];
  stakeTo: Hex | null;
};

/** One claim on a chain of its own. */
export class World {
  now = 1_000_000;
  readonly madeAt = this.now;
  state: ClaimView['state'] = 'open';
  readonly disputes: Live[] = [];
  /** Stakes that challengers lost to the provider, by challenger. */
  readonly lost = new Map<Hex, bigint>();
  readonly isWrong: boolean;
  readonly depth: number;

  constructor(isWrong: boolean, depth: number) {
    this.isWrong = isWrong;
    this.depth = depth;
  }

  private runsOutAt(dispute: Live): number {
    if (dispute.turn === 'provider') return dispute.since + dispute.left.provider;
    return dispute.turn === 'challenger' ? dispute.since + dispute.left.challenger : 0;
  }

  view(): ClaimView {
    const request: ClaimView['claim']['request'] = {
      requester: PROVIDER,
      provider: ZERO,
      program: ID,
      input: ID,
      verifier: ZERO,
      priceMicroUsd: 0n,
      bondMicroUsd: BOND,
      deadline: 2n ** 40n,
      windowSeconds: WINDOW,
      clockSeconds: CLOCK,
      premiumPpm: 0,
      proofRequired: false,
      callback: ZERO,
      nonce: 1n,
    };
    return {
      id: ID,
      claim: { request, provider: PROVIDER, output: ID, trace: ID },
      state: this.state,
      madeIn: ID,
      madeAt: this.madeAt,
      windowEndsAt: this.madeAt + WINDOW,
      shown: [],
      disputes: this.disputes.map((each) => ({
        id: each.id,
        challenger: each.challenger,
        turn: each.turn,
        runsOutAt: this.runsOutAt(each),
        stakeMicroUsd: (BOND * STAKE_PPM) / 1_000_000n,
        stakeTo: each.stakeTo,
        closedIn: each.stakeTo === null ? null : ID,
        exchanges: [...each.exchanges],
      })),
      ended: null,
    };
  }

  private close(dispute: Live): void {
    dispute.turn = 'closed';
    dispute.stakeTo = PROVIDER;
    this.lost.set(dispute.challenger, (this.lost.get(dispute.challenger) ?? 0n) + (BOND * STAKE_PPM) / 1_000_000n);
  }

  private void(by: Live): void {
    this.state = 'void';
    by.turn = 'closed';
    by.stakeTo = by.challenger;
  }

  private pass(dispute: Live, side: 'provider' | 'challenger'): void {
    dispute.left[side] -= this.now - dispute.since;
    dispute.since = this.now;
    dispute.turn = side === 'provider' ? 'challenger' : 'provider';
  }

  private settle(disputeId: bigint): boolean {
    const dispute = this.disputes.find((each) => each.id === disputeId);
    if (dispute === undefined || dispute.turn === 'closed') return false;
    dispute.turn = 'closed';
    dispute.stakeTo = dispute.challenger;
    return true;
  }

  /** Plays a move as the contract would; says whether it took effect. */
  play(from: Hex, move: Move): boolean {
    if (this.state !== 'open') return move.kind === 'settle' && this.settle(move.disputeId);
    if (move.kind === 'finalise') {
      const over = this.now > this.madeAt + WINDOW && this.disputes.every((each) => each.turn === 'closed');
      if (over) this.state = 'final';
      return over;
    }
    // No route of this world takes a proof of a run.
    if (move.kind === 'prove') return false;
    if (move.kind === 'dispute') {
      if (this.now > this.madeAt + WINDOW) return false;
      const left = { provider: CLOCK, challenger: CLOCK };
      const exchanges = [{ question: move.question, askedIn: ID, answer: null, answeredIn: null, record: null }];
      const id = BigInt(this.disputes.length + 1);
      this.disputes.push({ id, challenger: from, turn: 'provider', left, since: this.now, exchanges, stakeTo: null });
      return true;
    }
    const dispute = this.disputes.find((each) => each.id === move.disputeId);
    if (dispute === undefined || dispute.turn === 'closed' || move.kind === 'settle') return false;
    const late = this.now > this.runsOutAt(dispute);
    if (move.kind === 'expire') {
      if (!late) return false;
      if (dispute.turn === 'provider') this.void(dispute);
      else this.close(dispute);
      return true;
    }
    if (late) return false;
    if (move.kind === 'concede') {
      if (dispute.challenger !== from) return false;
      this.close(dispute);
      return true;
    }
    if (move.kind === 'answer') {
      const last = dispute.exchanges.at(-1)!;
      if (dispute.turn !== 'provider' || from !== PROVIDER || move.answer !== `${last.question}aa`) return false;
      dispute.exchanges[dispute.exchanges.length - 1] = { ...last, answer: move.answer, answeredIn: ID };
      this.pass(dispute, 'provider');
      return true;
    }
    if (dispute.turn !== 'challenger' || dispute.challenger !== from) return false;
    if (move.kind === 'ask') {
      dispute.exchanges.push({ question: move.question, askedIn: ID, answer: null, answeredIn: null, record: null });
      this.pass(dispute, 'challenger');
      return true;
    }
    if (!this.isWrong || dispute.exchanges.length < this.depth) return false;
    this.void(dispute);
    return true;
  }
}
