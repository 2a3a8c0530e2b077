import type { MarketSummary } from '@surety/sdk/page';
import { type Headline, headline, outcomeWords, sentence } from '../../ui/wording.ts';

/**
 * The answer as the market gives it. While nothing has been resolved it is the price in words; afterwards
 * it is what was decided, and the price stays beside it as what it is: the last price.
 */
export const answerOf = (
  market: Pick<MarketSummary, 'claim' | 'answer' | 'probabilitiesPpm' | 'tradeCount'>,
): Headline => {
  const { claim, answer, probabilitiesPpm } = market;
  const { kind } = answer.decidedBy;
  if (kind === 'market') {
    const price = headline(claim.outcomes, probabilitiesPpm);
    // An even price that nobody has moved is no close call: nobody has said anything.
    return market.tradeCount === 0 ? { ...price, words: 'Nobody has bet yet' } : price;
  }
  if (answer.outcome === null) return { words: 'Undecided', outcome: -1, probabilityPpm: answer.probabilityPpm };
  const outcome = claim.outcomes.indexOf(answer.outcome);
  const words = sentence(outcomeWords(claim.outcomes, outcome));
  return { words, outcome, probabilityPpm: probabilitiesPpm[outcome] ?? answer.probabilityPpm };
};
