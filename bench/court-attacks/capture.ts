/** An attacker with a share of all juror stake: panels that he owns, and what the ladder makes of it. */
import { capture } from '../../lab/court/closed-form.ts';
import { type Candidate, drawSeats, POLICIES, seedOf } from '../../packages/court/src/index.ts';
import { account, ais, hashOf, PROPOSER, people, USD } from '../../packages/court/test/support.ts';
import type { Figure } from '../figure.ts';
import { disputed, ended, held, type Jurors, LIE, named, netUsd, stated, TRUTH } from './cases.ts';

const SHARE = 0.3;
const DRAWS = 4_000;
const LADDERS = 150;

/** Honest jurors of many families and operators, and as many of the attacker's, who splits his stake among all. */
const owned = (honest: readonly Candidate[], share: number): readonly Candidate[] =>
  honest.flatMap((one, i) => {
    const weight = (part: number): bigint => BigInt(Math.round(part * 1_000_000)) * 1_000n;
    const mine = {
      ...one,
      juror: account(`attacker ${i} ${one.cluster}`),
      operator: `attacker ${i}`,
      freeMicroUsd: 100n * USD,
    };
    return [
      { ...one, weight: weight(1 - share), freeMicroUsd: 100n * USD },
      { ...mine, weight: weight(share) },
    ];
  });

/** Two honest jurors a cluster would change nothing: a cluster has one seat. */
export const jurorsWith = (share: number): Jurors & { readonly isAttacker: (juror: string) => boolean } => {
  const [ai, persons] = [owned(ais(40), share), owned(people(400), share)];
  const honest = new Set([...ais(40), ...people(400)].map(({ juror }) => juror));
  return { ai, people: persons, isAttacker: (juror) => !honest.has(juror) };
};

/** How many standard deviations of `DRAWS` draws a measured share is from an expected one. */
const apart = (seen: number, expected: number): number =>
  Math.abs(seen - expected) / Math.sqrt((expected * (1 - expected)) / DRAWS);

const panels = (): Figure[] => {
  const { ai, people: persons, isAttacker } = jurorsWith(SHARE);
  return POLICIES.oracle.rounds.map(({ jurors, seats }, i) => {
    let captured = 0;
    for (let n = 0; n < DRAWS; n += 1) {
      const { drawn } = drawSeats(
        {
          seed: seedOf(hashOf(`capture ${n}`), hashOf('capture'), i + 1),
          candidates: jurors === 'ai' ? ai : persons,
          jurors,
          seats,
          lockMicroUsd: 0n,
          operators: 'distinct',
          barred: new Set(),
          staleClusters: new Set(),
        },
        [],
        seats,
        0,
      );
      if (2 * drawn.filter(({ juror }) => isAttacker(juror)).length > seats) captured += 1;
    }
    const [share, exact] = [captured / DRAWS, capture(seats, SHARE)];
    return held(
      `30 % of the stake is a majority of ${seats} ${jurors === 'ai' ? 'AI seats' : 'people'}`,
      share,
      'of panels',
      `= ${exact.toPrecision(3)}`,
      apart(share, exact) < 4,
      `binomial ${exact.toPrecision(3)}; ${DRAWS} panels drawn`,
    );
  });
};

const ladders = (share: number): Figure[] => {
  const jurors = jurorsWith(share);
  let [won, cost, alone] = [0, 0, 0];
  for (let i = 0; i < LADDERS; i += 1) {
    const vote = (juror: string): number => (jurors.isAttacker(juror) ? LIE : TRUTH);
    const end = ended(disputed(named(i)), jurors, vote, () => true);
    if (end.phase.kind === 'final' && end.phase.outcome === LIE) won += 1;
    cost -= netUsd(end, PROPOSER);
    const unopposed = ended(disputed(named(i)), jurors, vote, (side) => side === LIE);
    if (unopposed.phase.kind === 'final' && unopposed.phase.outcome === LIE) alone += 1;
  }
  const percent = `${100 * share} %`;
  const exact = capture(31, share);
  const most = exact + 4 * Math.sqrt((exact * (1 - exact)) / LADDERS);
  return [
    held(
      `${percent} of the stake, whole ladder, both sides go on to the end: the lie wins`,
      won / LADDERS,
      'of cases',
      `<= ${most.toPrecision(2)}`,
      won / LADDERS <= most,
      `the last panel alone decides: ${exact.toPrecision(3)}; ${LADDERS} cases`,
    ),
    stated(
      `${percent} of the stake, whole ladder: the liar loses in bonds`,
      cost / LADDERS,
      'USD a case',
      'mean; first bond $100',
    ),
    stated(
      `${percent} of the stake, and nobody appeals for the truth: the lie wins`,
      alone / LADDERS,
      'of cases',
      'what an appeal is for',
    ),
  ];
};

export const captures = (): Figure[] => [...panels(), ...ladders(SHARE), ...ladders(0.5)];
