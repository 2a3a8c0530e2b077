/** Lives of cases that together go through every step, ending and kind of payment. */
import { OUTCOME } from '@surety/core';
import { type Candidate, type CaseEvent, exclusionProof, exclusionRoot, isByPerson } from '../src/index.ts';
import { type Recorder, record } from './record.ts';
import {
  account,
  ais,
  committing,
  drawing,
  ENOUGH,
  funding,
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

const T = PROPOSAL.at;

/** The first case of a court: contracts count them. */
const FIRST = `0x${'0'.repeat(63)}1`;

/** Unequal stakes, two of one cluster, two of one operator. */
const AI: readonly Candidate[] = ais(14).map((one, i) => ({
  ...one,
  weight: BigInt(50 + 37 * i) * USD,
  freeMicroUsd: BigInt(50 + 37 * i) * USD,
  cluster: i === 1 ? 1 : i + 1,
  operator: i === 3 ? 'operator 2' : one.operator,
}));

const PEOPLE: readonly Candidate[] = people(80).map((one, i) => ({
  ...one,
  weight: BigInt(20 + 5 * (i % 7)) * USD,
  // Some have locked what they have in other cases.
  freeMicroUsd: i % 9 === 0 ? 0n : BigInt(20 + 5 * (i % 7)) * USD,
}));

/** The same people, each shown to be one. */
const PERSONS: readonly Candidate[] = people(80).map((one) => ({ ...one, weight: 1n, freeMicroUsd: 0n }));

export const POOLS: Readonly<Record<string, readonly Candidate[]>> = { ai: AI, people: PEOPLE, persons: PERSONS };

type Votes = (place: number, juror: string) => number | null;

/** Seats a round, has it vote, and counts it. */
const play = (
  life: Recorder,
  votes: Votes,
  readings: (place: number) => string | undefined = () => undefined,
): void => {
  const { number } = lastRound(life.state());
  const rules = life.state().terms.policy.rounds[number - 1]!;
  life.take(drawing(life.state(), rules.jurors === 'ai' ? AI : isByPerson(rules) ? PERSONS : PEOPLE));
  vote(life, votes, readings);
};

const vote = (
  life: Recorder,
  votes: Votes,
  readings: (place: number) => string | undefined = () => undefined,
): void => {
  const { seats, drawEndsAt, commitEndsAt, revealEndsAt } = lastRound(life.state());
  const cast = seats.map(({ juror }, i) => ({ juror, outcome: votes(i, juror), reading: readings(i) }));
  const each = (make: typeof committing, at: number): void => {
    for (const { juror, outcome, reading } of cast) {
      if (outcome !== null) life.take(make(life.state(), juror, outcome, at, reading));
    }
  };
  each(committing, drawEndsAt);
  each(revealing, commitEndsAt);
  life.take({ kind: 'advance', at: revealEndsAt });
};

const end = (life: Recorder): void => life.take({ kind: 'advance', at: windowEnd(life.state()) });

const begin = (changes: Parameters<typeof record>[0] = {}): Recorder => record({ caseId: FIRST, ...changes }, POOLS);

const challenge: CaseEvent = funding('challenger', 1, ENOUGH, T + 60);

const unchallenged = (): unknown => {
  const life = begin();
  life.take(funding('late', 1, 10n * USD, T + 5));
  life.take({ kind: 'advance', at: T + 7_199 });
  end(life);
  life.take({ kind: 'withdraw', at: T + 7_200, account: account('late') });
  return life.done('a proposal that nobody challenges in full');
};

const crowd = (): unknown => {
  const life = begin({ bondMicroUsd: 100n * USD + 1n });
  life.take(funding('a', 1, 77_777_777n, T + 1));
  life.take(funding('b', OUTCOME.invalid, 5n * USD, T + 2));
  life.take(funding('c', 1, 33n * USD, T + 3));
  life.take(funding('a', 1, ENOUGH, T + 4));
  play(life, (i) => (i === 2 ? 0 : 1));
  end(life);
  return life.done('a challenge that many fill, and an AI panel that agrees with it');
};

const ladder = (): unknown => {
  const life = begin();
  life.take(challenge);
  for (const [round, ruling] of [1, 0, 1, 0].entries()) {
    play(life, (i) => (i % 5 === 4 ? 1 - ruling : i % 7 === 6 ? OUTCOME.abstain : i === 9 ? null : ruling));
    if (round === 3) break;
    const at = lastRound(life.state()).revealEndsAt;
    life.take(funding(`appellant ${round}`, 1 - ruling, 50n * USD + 1n, at));
    life.take(funding(`friend ${round}`, 1 - ruling, ENOUGH, at + 1));
  }
  return life.done('the whole ladder');
};

const unsure = (funded: boolean): unknown => {
  const life = begin();
  life.take(challenge);
  play(life, () => OUTCOME.abstain);
  play(life, (i) => (i < 3 ? 0 : i < 6 ? 1 : OUTCOME.abstain));
  if (funded) {
    life.take(funding('nobody’s friend', OUTCOME.tooEarly, USD, lastRound(life.state()).revealEndsAt));
    life.take(funding('challenger', 1, ENOUGH, lastRound(life.state()).revealEndsAt));
    play(life, (i) => (i < 9 ? 1 : 0));
  }
  end(life);
  return life.done(
    funded ? 'unsure AI panels, and people who are paid to decide' : 'unsure AI panels, and nobody pays people',
  );
};

/** The policy lets what stood before stand where no panel rules. */
const stands = (): unknown => {
  const life = begin({ policy: { ...ORACLE, unruled: 'stands' } });
  life.take(challenge);
  play(life, (i) => (i === 0 ? 1 : OUTCOME.abstain));
  play(life, (i) => (i < 3 ? 0 : i < 6 ? 1 : null));
  const { revealEndsAt } = lastRound(life.state());
  life.take(funding('proposer', 0, ENOUGH, revealEndsAt));
  life.take(funding('challenger', 1, 33n * USD, revealEndsAt));
  end(life);
  return life.done('unsure AI panels, and a proposal that stands');
};

const standsAppealed = (): unknown => {
  const life = begin({ policy: { ...ORACLE, unruled: 'stands' } });
  life.take(challenge);
  play(life, () => 1);
  life.take(funding('proposer', 0, ENOUGH, lastRound(life.state()).revealEndsAt));
  play(life, () => OUTCOME.abstain);
  life.take(funding('third', OUTCOME.invalid, ENOUGH, lastRound(life.state()).revealEndsAt));
  play(life, (i) => (i < 4 ? 0 : i < 8 ? 1 : OUTCOME.abstain));
  life.take(funding('challenger', 1, ENOUGH, lastRound(life.state()).revealEndsAt));
  end(life);
  return life.done('a ruling that stands where two later panels have none');
};

/** Whoever is against what stands calls everybody, and nobody comes. */
const standsAlone = (): unknown => {
  const life = begin({ policy: { ...ORACLE, unruled: 'stands' } });
  life.take(challenge);
  while (life.state().phase.kind !== 'final') {
    const { phase } = life.state();
    if (phase.kind === 'appealable') life.take(funding('challenger', 1, ENOUGH, phase.endsAt - 1));
    end(life);
  }
  return life.done('a proposal that stands after panels that nobody sat in');
};

const audited = (): unknown => {
  const life = begin({ policy: { ...ORACLE, auditor: account('auditor') } });
  life.take(funding('stranger', null, ENOUGH, T));
  life.take(funding('auditor', null, ENOUGH, T + 10));
  play(life, () => 1);
  life.take(funding('proposer', 0, ENOUGH, lastRound(life.state()).revealEndsAt));
  play(life, () => 0);
  end(life);
  return life.done('an audit that a panel gets wrong, and the next one right');
};

const nobody = (): unknown => {
  const life = begin();
  life.take(challenge);
  while (life.state().phase.kind !== 'undecided') end(life);
  return life.done('a case that everybody leaves');
};

const faults = (): unknown => {
  const holders = PEOPLE.slice(0, 25).map(({ juror }) => juror);
  const life = begin({ exclusionRoot: exclusionRoot(holders) });
  life.take(challenge);
  play(life, () => 1);
  life.take(funding('x', 0, ENOUGH, lastRound(life.state()).revealEndsAt));
  play(life, () => 0);
  life.take(funding('y', 1, ENOUGH, lastRound(life.state()).revealEndsAt));
  life.take(drawing(life.state(), PEOPLE));
  const { seats, drawEndsAt } = lastRound(life.state());
  for (const { juror } of seats.filter((seat) => holders.includes(seat.juror))) {
    life.take({ kind: 'strike', at: drawEndsAt - 1, juror, proof: exclusionProof(holders, juror)! });
  }
  const sold = lastRound(life.state()).seats[0]!.juror;
  life.take(committing(life.state(), sold, 0, drawEndsAt));
  life.take({
    kind: 'show-early',
    at: drawEndsAt,
    by: account('buyer'),
    juror: sold,
    ...openingOf(life.state(), sold, 0),
  });
  const reason = hashOf('one reason for two');
  vote(
    life,
    (i) => (i === 0 ? null : i === 14 ? null : i === 13 ? OUTCOME.abstain : i === 12 ? 0 : 1),
    (i) => (i === 3 || i === 5 ? reason : undefined),
  );
  end(life);
  return life.done('strikes, a vote shown early, a copy, an absence, and a wrong vote among people');
};

/** People are drawn one by one and lock nothing; two are position holders, one sells its vote, two copy, one stays away. */
const byPerson = (): unknown => {
  const rounds = ORACLE.rounds.map((round) =>
    round.jurors === 'people' ? { ...round, lossToGain: 0, absenceMicroUsd: 0n } : round,
  );
  const holders = PERSONS.slice(0, 25).map(({ juror }) => juror);
  const life = begin({ policy: { ...ORACLE, rounds }, exclusionRoot: exclusionRoot(holders) });
  life.take(challenge);
  play(life, () => OUTCOME.abstain);
  play(life, () => OUTCOME.abstain);
  life.take(funding('challenger', 1, ENOUGH, lastRound(life.state()).revealEndsAt));
  life.take(drawing(life.state(), PERSONS));
  const { seats, drawEndsAt } = lastRound(life.state());
  for (const { juror } of seats.filter((seat) => holders.includes(seat.juror))) {
    life.take({ kind: 'strike', at: drawEndsAt - 1, juror, proof: exclusionProof(holders, juror)! });
  }
  const sold = lastRound(life.state()).seats[0]!.juror;
  life.take(committing(life.state(), sold, 0, drawEndsAt));
  const opening = openingOf(life.state(), sold, 0);
  life.take({ kind: 'show-early', at: drawEndsAt, by: account('buyer'), juror: sold, ...opening });
  const reason = hashOf('one reason for two');
  vote(
    life,
    (i) => (i === 0 || i === 14 ? null : i === 13 ? OUTCOME.abstain : i > 9 ? 0 : 1),
    (i) => (i === 3 || i === 5 ? reason : undefined),
  );
  life.take(funding('proposer', 0, ENOUGH, lastRound(life.state()).revealEndsAt));
  play(life, (i) => (i < 18 ? 1 : i < 28 ? 0 : null));
  return life.done('people drawn by person: strikes, a vote shown early, a copy, absences, and a panel after that');
};

/** All scenarios, in the order of the vectors. */
export const scenarios = (): readonly unknown[] => [
  unchallenged(),
  crowd(),
  ladder(),
  unsure(true),
  unsure(false),
  stands(),
  standsAppealed(),
  standsAlone(),
  audited(),
  nobody(),
  faults(),
  byPerson(),
];
