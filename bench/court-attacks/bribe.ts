/** p + ε: what has to be promised, and whether the promise outbids what the game pays for the truth. */
import { bribePrice, type Case, type CourtPolicy, ladderOf, POLICIES } from '../../packages/court/src/index.ts';
import { ais, CHALLENGER, PROPOSER, people, USD } from '../../packages/court/test/support.ts';
import type { Figure } from '../figure.ts';
import { calledTo, disputed, ended, held, LIE, netUsd, stated, TRUTH, withPeopleFee } from './cases.ts';

const JURORS = { ai: ais(24, 100_000n), people: people(300, 100_000n) };

const dollars = (amount: bigint): number => Number(amount) / Number(USD);

/** Bonds of a case when round `number` has been called, from a first bond. */
const bondsAt = (policy: CourtPolicy, first: bigint, number: number): bigint =>
  ladderOf(policy, first)
    .slice(0, number + 1)
    .reduce((sum, { bondMicroUsd }) => sum + bondMicroUsd, 0n);

const prices = (name: string, policy: CourtPolicy, first: bigint): Figure[] =>
  policy.rounds.map(({ jurors, seats }, i) => {
    const price = bribePrice(policy, i + 1, bondsAt(policy, first, i + 1));
    const each = dollars(price.perSeatMicroUsd).toFixed(2);
    return stated(
      `p + ε bribe of round ${i + 1} (${seats} ${jurors === 'ai' ? 'AI' : 'people'}), ${name}: money to be seen`,
      dollars(price.budgetMicroUsd),
      'USD',
      `${price.seats} seats at $${each}; spent if it works: 0`,
    );
  });

/** The pay of a seat that voted an outcome in a round, less its lock: what it gained or lost. */
const payOf = (state: Case, number: number, outcome: number): bigint[] => {
  const { seats } = state.rounds[number - 1]!;
  return seats.flatMap(({ juror, vote, lockedMicroUsd }) =>
    vote.kind === 'revealed' && vote.outcome === outcome ? [(state.credits.get(juror) ?? 0n) - lockedMicroUsd] : [],
  );
};

const highest = (amounts: readonly bigint[]): bigint => {
  let most = amounts[0]!;
  for (const amount of amounts) if (amount > most) most = amount;
  return most;
};

/**
 * A round of which a majority but one takes the bribe: the truth carries, and whoever took it is paid by the briber. That pay has
 * to be more than the truth brought; here it is held against what the game paid.
 */
const outbids = (): Figure[] =>
  POLICIES.oracle.rounds.map((rules, i) => {
    const taken = Math.floor(rules.seats / 2);
    let votes = 0;
    const vote = (_: string, number: number): number => (number === i + 1 && votes++ < taken ? LIE : TRUTH);
    const end = ended(calledTo(i + 1, JURORS), JURORS, vote, () => false);
    const gap = highest(payOf(end, i + 1, TRUTH)) + highest(payOf(end, i + 1, LIE).map((pay) => -pay));
    const bonds = bondsAt(POLICIES.oracle, 100n * USD, i + 1);
    const { perSeatMicroUsd } = bribePrice(POLICIES.oracle, i + 1, bonds);
    return held(
      `round ${i + 1}, played: the truth pays a seat more than the bribed vote by`,
      dollars(gap),
      'USD',
      `< ${dollars(perSeatMicroUsd).toFixed(2)}`,
      gap < perSeatMicroUsd && gap > 0n,
      'the price promised to each seat is above it, or the bribe would not be taken',
    );
  });

/** What a lie through the whole ladder takes when every panel is bribed and every ruling appealed. */
const whole = (first: bigint): Figure => {
  const policy = POLICIES.oracle;
  const bribes = policy.rounds.reduce(
    (sum, _, i) => sum + bribePrice(policy, i + 1, bondsAt(policy, first, i + 1)).budgetMicroUsd,
    0n,
  );
  const bonds = bondsAt(policy, first, policy.rounds.length);
  return stated(
    `p + ε bribe of every panel at a first bond of $${dollars(first)}: money to be seen`,
    dollars(bribes),
    'USD',
    `bonds of all rungs together $${dollars(bonds)}; a value at stake above both is not safe here`,
  );
};

/** A liar who has bought the AI panels, and nothing more, against a truth that has to appeal twice to reach people. */
const cheapPanels = (): Figure => {
  const policy = POLICIES.oracle;
  const ladder = ladderOf(policy, policy.leastBondMicroUsd);
  const brought = [2, 3].reduce((sum, i) => sum + ladder[i]!.bondMicroUsd + ladder[i]!.feesMicroUsd, 0n);
  const end = ended(
    disputed({ policy, bondMicroUsd: policy.leastBondMicroUsd }),
    JURORS,
    (_, number) => (number < 3 ? LIE : TRUTH),
    (side, state) => side === TRUTH && state.rounds.length < 3,
  );
  const [liar, honest] = [netUsd(end, PROPOSER), netUsd(end, CHALLENGER)];
  return held(
    'both AI panels bought for promises of $3, at the least bond: the truth brings in appeals',
    dollars(brought),
    'USD',
    'it is made whole',
    honest >= 0 && liar < 0,
    `gains $${honest.toFixed(2)}; the liar loses $${(-liar).toFixed(2)}: AI rounds are fast, and not safe beyond what somebody would appeal for`,
  );
};

export const bribes = (): Figure[] => [
  ...prices('first bond $100', POLICIES.oracle, 100n * USD),
  ...prices('first bond $10,000', POLICIES.oracle, 10_000n * USD),
  ...prices('first bond $100, people at $100', withPeopleFee(100n), 100n * USD).slice(2),
  whole(100n * USD),
  whole(10_000n * USD),
  ...outbids(),
  cheapPanels(),
];
