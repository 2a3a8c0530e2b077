import type { MarketSummary } from '@surety/sdk/page';
import { dollars, percent } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { countdown } from '../../ui/time.ts';
import { answerOf } from '../market/answer-of.ts';
import { href } from '../router.ts';
import { now } from '../state/clock.ts';

const Due = ({ market }: { market: MarketSummary }) => {
  if (market.answer.decidedBy.kind !== 'market') return <span>{market.answer.status}, decided</span>;
  if (market.status !== 'open') return <span>being decided</span>;
  const left = market.closesAt - now.value;
  return <span>{left > 0 ? `closes in ${countdown(left)}` : 'closing'}</span>;
};

const tradedWords = ({ tradeCount, volumeMicroUsd }: MarketSummary): string =>
  tradeCount === 0
    ? 'nobody bet'
    : `${tradeCount} trade${tradeCount === 1 ? '' : 's'} · ${dollars(volumeMicroUsd)} traded`;

/** Where the price stands between the outcomes; the number beside it says the same. */
const Meter = ({ ppm }: { ppm: number }) => (
  <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="meter-rest" width="100" height="6" />
    <rect class="meter-first" width={ppm / 10_000} height="6" />
  </svg>
);

/** Markets as rows: question, answer, state. */
export const MarketRows = ({ markets }: { markets: readonly MarketSummary[] }) => (
  <ul class="list market-rows">
    {markets.map((market) => {
      const says = answerOf(market);
      return (
        <li key={market.marketId}>
          <a href={href({ kind: 'market', marketId: market.marketId })}>
            <span class="row-question">{questionParts(market.plainWords).question}</span>
            <span class="row-answer">
              <span>{says.words}</span>
              {market.answer.decidedBy.kind === 'market' && market.tradeCount > 0 && (
                <strong>{percent(says.probabilityPpm)}</strong>
              )}
            </span>
            {market.tradeCount > 0 && <Meter ppm={market.probabilitiesPpm[0] ?? 0} />}
            <span class="row-state small quiet">
              <Due market={market} /> · {tradedWords(market)}
            </span>
          </a>
        </li>
      );
    })}
  </ul>
);
