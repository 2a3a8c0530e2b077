/** A life of a case drawn at random: right steps and wrong ones, in and out of time, checked after every one. */

import assert from 'node:assert/strict';
import { ERRORS, OUTCOME } from '@surety/core';
import {
  type Candidate,
  type Case,
  type CaseEvent,
  exclusionProof,
  exclusionRoot,
  heldMicroUsd,
  step,
} from '../src/index.ts';
import { splitmix } from './random.ts';
import {
  account,
  ais,
  committing,
  drawing,
  hashOf,
  lastRound,
  ORACLE,
  openingOf,
  PROPOSAL,
  people,
  revealing,
  USD,
  windowEnd,
} from './support.ts';

const PAYERS = ['proposer', 'challenger', 'ann', 'bob', 'cid', 'auditor'];

export class Schedule {
  state: Case | undefined;
  private at: number = PROPOSAL.at;
  /** What came in less what went out. */
  private net = 0n;
  private readonly random: ReturnType<typeof splitmix>;
  private readonly votes = new Map<string, number>();
  private readonly holders: readonly string[];
  /** People are drawn one by one, and lock nothing. */
  private readonly byPerson: boolean;
  /** How often the case moves on where it can, in percent: some lives are lazy, some full. */
  private readonly zeal: number;

  constructor(seed: number) {
    this.random = splitmix(seed);
    this.zeal = this.random.int(5, 95);
    this.byPerson = this.random.chance(30);
    this.holders = this.random.chance(50) ? people(20).map(({ juror }) => juror) : [];
    this.take({
      ...PROPOSAL,
      outcomes: this.random.int(2, 4),
      outcome: this.random.pick([0, 1, OUTCOME.invalid]),
      rewardMicroUsd: this.random.pick([0n, 7n, 5n * USD]),
      bondMicroUsd: this.random.pick([100n * USD, 100n * USD + 1n, 777_777_777n]),
      exclusionRoot: this.holders.length > 0 ? exclusionRoot(this.holders) : null,
      policy: {
        ...ORACLE,
        auditor: account('auditor'),
        operators: this.random.chance(20) ? 'one' : 'distinct',
        unruled: this.random.chance(50) ? 'stands' : 'undecided',
        callMultiple: this.random.int(2, 9),
        rounds: ORACLE.rounds.map((round) => ({
          ...round,
          feePerSeatMicroUsd: this.random.pick([50_000n, 3n, 99_999_999n]),
          absenceMicroUsd: this.random.int(0, 1) === 0 ? 0n : 1n,
          ...(this.byPerson && round.jurors === 'people' && { lossToGain: 0, absenceMicroUsd: 0n }),
        })),
      },
    });
  }

  /** Takes one step and checks everything that holds after any step. */
  private take(event: CaseEvent): void {
    const before = this.state;
    const next = step(before, event);
    if (next.kind === 'refused') {
      assert.ok(next.problem.code in ERRORS);
      assert.equal(before === undefined ? 0n : heldMicroUsd(before), this.net, 'a refusal changes nothing');
      return;
    }
    for (const effect of next.effects) {
      if (effect.kind !== 'take' && effect.kind !== 'pay') continue;
      assert.ok(effect.amountMicroUsd >= 0n);
      this.net += effect.kind === 'take' ? effect.amountMicroUsd : -effect.amountMicroUsd;
    }
    assert.equal(heldMicroUsd(next.state), this.net, `${event.kind}: nothing appears or vanishes`);
    assert.ok(next.state.burntMicroUsd >= (before?.burntMicroUsd ?? 0n));
    for (const amount of next.state.credits.values()) assert.ok(amount > 0n);
    this.state = next.state;
    this.checkTime(next.state);
  }

  private checkTime(state: Case): void {
    if (state.phase.kind === 'final' || state.phase.kind === 'undecided') return;
    assert.ok(windowEnd(state) <= state.latestEnd, 'no step extends the latest end');
    assert.ok(state.phase.kind === 'round' || state.phase.endsAt > this.at, 'a window lies ahead');
  }

  private outcome(): number {
    return this.random.pick([0, 0, 1, 1, 1, 2, OUTCOME.undecidable, OUTCOME.invalid, 200]);
  }

  private pool(): readonly Candidate[] {
    const round = lastRound(this.state!);
    const ai = this.state!.terms.policy.rounds[round.number - 1]!.jurors === 'ai';
    if (this.random.chance(10)) return [];
    if (ai) return ais(this.random.int(1, 14), 5_000n);
    const all = people(this.random.int(10, 90), 5_000n);
    return this.byPerson ? all.map((one) => ({ ...one, weight: 1n, freeMicroUsd: 0n })) : all;
  }

  private fund(): CaseEvent {
    const who = this.random.pick(PAYERS);
    const outcome = who === 'auditor' && this.random.chance(50) ? null : this.outcome();
    const amountMicroUsd = this.random.pick([1n, 33n * USD + 1n, 10_000_000n * USD]);
    return { kind: 'fund', at: this.at, account: account(who), outcome, amountMicroUsd };
  }

  /** Something that a seated juror, or somebody who watches one, does. */
  private vote(state: Case): CaseEvent | null {
    const round = lastRound(state);
    const seat = round.seats.length > 0 ? this.random.pick(round.seats) : undefined;
    if (seat === undefined) return null;
    const { juror } = seat;
    const key = `${round.number} ${juror}`;
    const reading = this.random.chance(10) ? hashOf('one reason') : undefined;
    const voted = this.votes.get(key);
    if (this.at < round.drawEndsAt && this.random.chance(30)) {
      const proof = exclusionProof(this.holders.length > 0 ? this.holders : [juror], juror) ?? [];
      return { kind: 'strike', at: this.at, juror, proof };
    }
    if (seat.commitment === null) {
      const outcome = this.random.pick([0, 1, 1, 1, OUTCOME.abstain, OUTCOME.invalid]);
      this.votes.set(key, reading === undefined ? outcome : outcome + 1_000);
      return committing(state, juror, outcome, this.at, reading);
    }
    if (voted === undefined) return null;
    const [outcome, given] = voted >= 1_000 ? [voted - 1_000, hashOf('one reason')] : [voted, undefined];
    if (this.random.chance(3)) {
      return {
        kind: 'show-early',
        at: this.at,
        by: account('buyer'),
        juror,
        ...openingOf(state, juror, outcome, given),
      };
    }
    return revealing(state, juror, outcome, this.at, given);
  }

  /** A step that makes sense now, more or less. */
  private next(state: Case): CaseEvent | null {
    const { kind } = state.phase;
    if (this.random.chance(5)) return { kind: 'withdraw', at: this.at, account: account(this.random.pick(PAYERS)) };
    if (kind === 'final' || kind === 'undecided') return null;
    if (kind !== 'round') return this.random.chance(this.zeal) ? this.fund() : { kind: 'advance', at: this.at };
    const round = lastRound(state);
    if (round.beacon === null && this.at >= round.beaconAt && this.random.chance(80)) {
      const half = round.opensAt + (round.drawEndsAt - round.opensAt) / 2;
      const source = this.at < half ? 'drand' : 'chain';
      return { ...drawing(state, this.pool()), at: this.at, source } as CaseEvent;
    }
    return this.random.chance(90) ? this.vote(state) : { kind: 'advance', at: this.at };
  }

  /** Time goes by: a little, or to the next edge of a window. */
  private wait(state: Case): void {
    const { phase } = state;
    if (phase.kind === 'final' || phase.kind === 'undecided') return;
    const { beaconAt, drawEndsAt, commitEndsAt, revealEndsAt } = state.rounds.at(-1) ?? {
      ...{ beaconAt: 0, drawEndsAt: 0, commitEndsAt: 0, revealEndsAt: 0 },
    };
    const edges = 'endsAt' in phase ? [phase.endsAt] : [beaconAt, drawEndsAt, commitEndsAt, revealEndsAt];
    const edge = edges.find((one) => one > this.at);
    this.at = edge !== undefined && this.random.chance(20) ? edge - this.random.int(0, 1) : this.at + 1;
  }

  /** So many steps, each at most a rung, a vote or a count; votes of a whole panel count as one. */
  play(steps: number): void {
    for (let i = 0; i < steps && this.state !== undefined; i += 1) {
      const many = this.state.phase.kind === 'round' ? 2 * lastRound(this.state).seats.length + 1 : 1;
      for (let j = 0; j < many; j += 1) {
        const event = this.next(this.state);
        if (event !== null) this.take(event);
      }
      this.wait(this.state);
    }
  }

  /** Nobody does anything any more but to execute what is due: every case comes to an end. */
  finish(): void {
    for (let i = 0; i < 20; i += 1) {
      const { state } = this;
      if (state === undefined || state.phase.kind === 'final' || state.phase.kind === 'undecided') return;
      this.at = Math.max(this.at, windowEnd(state));
      assert.ok(this.at <= state.latestEnd);
      const before = state;
      this.take({ kind: 'advance', at: this.at });
      assert.notEqual(this.state, before, `a case sticks in ${state.phase.kind}`);
    }
    assert.fail('a case goes on for ever');
  }

  withdrawAll(): void {
    for (const who of [...this.state!.credits.keys()]) this.take({ kind: 'withdraw', at: this.at, account: who });
  }
}
