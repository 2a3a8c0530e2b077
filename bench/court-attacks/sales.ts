/** Selling a vote with a receipt, disputing with oneself, and guessing. */
import { type Case, lockOf, POLICIES } from '../../packages/court/src/index.ts';
import {
  account,
  after,
  ais,
  begun,
  committing,
  drawing,
  ENOUGH,
  funding,
  lastRound,
  openingOf,
  PROPOSAL,
  PROPOSER,
  people,
  USD,
} from '../../packages/court/test/support.ts';
import type { Figure } from '../figure.ts';
import { calledTo, disputed, ended, held, LIE, netUsd, TRUTH } from './cases.ts';

const JURORS = { ai: ais(24, 100_000n), people: people(300, 100_000n) };

const dollars = (amount: bigint): number => Number(amount) / Number(USD);

/** The buyer is shown the opening before the reveal, and takes half of the lock instead of keeping his word. */
const receipts = (): Figure[] =>
  [1, 3].map((number) => {
    const rules = POLICIES.oracle.rounds[number - 1]!;
    const called = calledTo(number, JURORS);
    const drawn = after(called, drawing(called, JURORS[rules.jurors]));
    const { seats, drawEndsAt, commitEndsAt } = lastRound(drawn);
    const { juror } = seats[0]!;
    const show = { kind: 'show-early', at: commitEndsAt - 1, by: account('buyer'), juror } as const;
    const sold = after(drawn, committing(drawn, juror, LIE, drawEndsAt), { ...show, ...openingOf(drawn, juror, LIE) });
    const gained = sold.credits.get(account('buyer')) ?? 0n;
    return held(
      `a vote of ${rules.jurors === 'ai' ? 'an AI juror' : 'a person'} sold with a receipt before the reveal: the buyer gains by showing it`,
      dollars(gained),
      'USD',
      'the vote is void',
      lastRound(sold).seats[0]!.vote.kind === 'shown' && gained === lockOf(rules) / 2n,
      `the seller loses $${dollars(lockOf(rules))}; after the reveal votes are public, and cost the price of a bribe`,
    );
  });

/** A liar takes the challenge himself, so that nobody else can; the panel says what is true. */
const withOneself = (): Figure => {
  const own = after(begun({ outcome: LIE, rewardMicroUsd: 0n, outcomes: 3 }), {
    ...funding('proposer', 2, ENOUGH, PROPOSAL.at + 1),
  });
  const end = ended(
    own,
    JURORS,
    () => TRUTH,
    () => false,
  );
  const lost = -netUsd(end, PROPOSER);
  const right = end.phase.kind === 'final' && end.phase.outcome === TRUTH;
  return held(
    'a liar who challenges himself for a third outcome: he loses',
    lost,
    'USD',
    'the truth is ruled',
    right,
    'nobody bonded it: half is burnt, and no person sat to get the rest',
  );
};

/** What a seat of the first panel gains by the final outcome and loses by another. */
const breakEven = (bond: bigint): number => {
  const end: Case = ended(disputed({ bondMicroUsd: bond }), JURORS, votesOnce(), () => false);
  const pays = end.rounds[0]!.seats.map(({ juror, lockedMicroUsd }) => (end.credits.get(juror) ?? 0n) - lockedMicroUsd);
  const [loss, gain] = [pays.find((pay) => pay < 0n)!, pays.find((pay) => pay > 0n)!];
  return Number(-loss) / Number(gain - loss);
};

/** One of three is wrong. */
const votesOnce = (): (() => number) => {
  let seat = 0;
  return () => (seat++ === 0 ? LIE : TRUTH);
};

const guessing = (): Figure[] =>
  [100n, 10_000n].map((bond) => {
    const even = breakEven(bond * USD);
    const rungs = 3n * bond;
    const share = dollars((bond * USD) / 2n / 2n);
    return held(
      `an AI seat at a first bond of $${bond}: sure enough to vote, as the game paid it`,
      even,
      '',
      '= 0.9',
      Math.abs(even - 0.9) < 1e-9,
      `with a share of the losers' bonds ($${rungs} in the case, $${share} a seat) it would be ${(0.45 / (0.45 + 0.05 + share)).toPrecision(2)}: a coin would do`,
    );
  });

export const sales = (): Figure[] => [...receipts(), withOneself(), ...guessing()];
