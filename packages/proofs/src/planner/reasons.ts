/** Why the planner chose what it chose: short sentences, exact numbers. */
import { costOf, type RouteOption, type Terms } from './option.ts';
import type { MarketFacts, Question } from './question.ts';
import { chance, dollars, duration, percent } from './words.ts';

/** What each route is called in a sentence. */
export const TITLES = {
  rerun: 'Run it again yourself',
  'checked-proof': 'Proof checked on chain',
  optimistic: 'Bond and window',
  'proof-steps': 'Proof by steps',
  enclave: 'Enclave',
  'zero-knowledge': 'Zero-knowledge',
  statistical: 'Record of sums',
} as const;

/** What a proof hides, in a sentence. */
const HIDDEN = {
  public: 'nothing is hidden',
  'private-weights': 'they stay hidden',
  'private-input': 'the input stays hidden',
  'private-both': 'they stay hidden, and so does the input',
} as const;

/** What keeps the watchers looking: faults and audits, or else lies. */
const lookingReason = ({ provider, watchers }: MarketFacts, { wrongPpm }: Terms): string => {
  const audits = watchers.auditPpm === 0 ? '' : ` beside ${percent(watchers.auditPpm)} of audits`;
  return wrongPpm === BigInt(provider.faultPpm)
    ? `Looking pays: ${percent(provider.faultPpm)} of results are taken to be wrong by error or spite${audits}, and no more is needed.`
    : `Looking pays only while some lie: ${percent(Number(wrongPpm))} of results${audits} are expected to be lies.`;
};

/** Of a claim that stands unless somebody finds it wrong, and how that is found. */
const claimReasons = ({ market, rules, valueMicroUsd }: Question, terms: Terms, found: string): string[] => {
  const { count, checkPpm, silenced } = market.watchers;
  const window = duration(terms.windowSeconds * 1_000n);
  const clock = duration(terms.clockSeconds * 1_000n);
  return [
    `The provider posts ${dollars(terms.bondMicroUsd)}; for ${window} ${found}`,
    `The chance that a lie stands is ${chance(terms.standsE18)} at most: ${count} watchers check ${percent(checkPpm)} of claims each, and ${silenced} that found it may be silenced.`,
    lookingReason(market, terms),
    `Against such watchers lying does not pay: a liar who challenges himself still loses the ${percent(rules.burnPpm)} of the bond that is burnt, and ${dollars(valueMicroUsd)} is at stake.`,
    `The window outlasts the censorship that a lie could pay for, at ${dollars(market.chain.censorMicroUsdPerSecond)} a second.`,
    terms.coverMicroUsd > 0n
      ? `You would not wait that long: while no dispute is open, reserve cover of ${dollars(terms.coverMicroUsd)}; it pays you if the result is proved wrong, not if a wrong one stands.`
      : `A dispute makes it later: each side has ${clock} for its moves, so it is final after ${duration(terms.latestMilliseconds)} at the latest.`,
  ];
};

const ofChoice = (question: Question, { route, terms }: RouteOption): string[] => {
  switch (route) {
    case 'rerun':
      return ['You can run it yourself: that is exact, and you have to believe nobody.'];
    case 'enclave':
      return [
        'The result is final at once, and weights and input stay hidden if they have to.',
        `You believe the maker of the hardware: breaking it is taken to cost ${dollars(terms!.attackMicroUsd!)}.`,
      ];
    case 'statistical':
      return [
        'You check the exact sums of the run against the weights, which takes less than running it, and run the rest.',
        `Wrong sums pass with a chance of ${chance(terms!.standsE18)} at most, as long as no provider learns of a rejection and meets the same secret again.`,
      ];
    case 'zero-knowledge':
      return [
        'The result is final as soon as you have checked the proof, and what has to stay hidden does.',
        'You believe no provider and no hardware: a wrong result passes with a chance of 2^-96 at most for each challenge that its maker tries, if SHA-256 behaves as a random oracle.',
      ];
    case 'checked-proof':
      return [
        'The result is final in the transaction that brings its proof: the contract checks it, and nobody has to watch.',
        'A wrong result passes with a chance of 2^-96 at most for each challenge that its maker tries, if SHA-256 behaves as a random oracle. Nothing is hidden.',
      ];
    case 'proof-steps':
      return [
        ...claimReasons(question, terms!, 'anybody who has the data of the proof can have a wrong step of it found.'),
        `One honest watcher has to have the data: they are to be published with the claim, or asked for on the chain at the price of a stake. The weights are needed by nobody, and ${HIDDEN[question.privacy]}.`,
      ];
    case 'optimistic':
      return claimReasons(question, terms!, 'anybody can prove the result wrong.');
  }
};

const ofOther = (option: RouteOption, chosen: RouteOption | null): string => {
  const title = TITLES[option.route];
  if (!option.admissible) return `${title}: no. ${option.objections.join(' ')}`;
  const more = costOf(option) - costOf(chosen!);
  if (more === 0n) return `${title}: costs the same and assumes more.`;
  return `${title}: possible, but costs ${dollars(more)} more.`;
};

/** First what is said for the choice, then a sentence for every other route. */
export const reasonsOf = (
  question: Question,
  options: readonly RouteOption[],
  chosen: RouteOption | null,
): string[] => {
  const first =
    chosen === null
      ? ['No route fits. Change what you ask for by what is said below, or do not rely on the result.']
      : [
          `${TITLES[chosen.route]}: ${dollars(costOf(chosen))}, ${duration(chosen.terms!.latencyMilliseconds)}. No other route that fits costs less.`,
          ...ofChoice(question, chosen),
        ];
  return [...first, ...options.filter((option) => option !== chosen).map((option) => ofOther(option, chosen))];
};
