import { type Subject, toUnicodeHost } from '@surety/sdk/page';
import { useEffect, useRef } from 'preact/hooks';
import { percent } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { SubjectLine } from '../../ui/subject-line.tsx';
import { Analysts } from '../market/analysts.tsx';
import { Answer } from '../market/answer.tsx';
import { answerOf } from '../market/answer-of.ts';
import { PriceChart } from '../market/price-chart.tsx';
import { ReceiptTeaser } from '../market/receipt-teaser.tsx';
import { Terms } from '../market/terms.tsx';
import { TradeFeed } from '../market/trade-feed.tsx';
import { TradeTicket } from '../market/trade-ticket.tsx';
import { useMarket } from '../market/use-market.ts';
import { FeedBanner } from '../parts/feed-banner.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { announceCalmly } from '../state/announce.ts';

/** A plain host stands in the question already; anything else is shown whole. */
const needsSubject = (subject: Subject): boolean =>
  subject.kind !== 'forecast' &&
  (subject.kind !== 'site' || subject.url !== undefined || toUnicodeHost(subject.host) !== subject.host);

/** One question: the answer now, how it moves, who says what, and a way to disagree with money. */
export const MarketView = ({ marketId }: { marketId: string }) => {
  const live = useMarket(marketId);
  const { market, prices, history, trades, reload } = live;
  const said = useRef('');
  const answer = market.kind === 'ready' ? answerOf({ ...market.value, probabilitiesPpm: [...prices] }) : null;

  useEffect(() => {
    if (answer === null) return;
    const words = `${answer.words}, ${percent(answer.probabilityPpm)}`;
    if (said.current !== '' && said.current !== words) announceCalmly(`Now: ${words}`);
    said.current = words;
  }, [answer?.words, answer?.probabilityPpm]);

  if (market.kind === 'failed') {
    return (
      <div class="column stack">
        <h1>Market</h1>
        <ProblemNotice problem={market.problem} onRetry={reload} />
      </div>
    );
  }
  if (market.kind === 'loading' || answer === null) {
    return (
      <div class="column stack">
        <Waiting what="The market" lines={6} />
      </div>
    );
  }
  const of = market.value;
  return (
    <div class="market">
      <header class="market-head">
        <h1>{questionParts(of.plainWords).question}</h1>
        {needsSubject(of.claim.subject) && (
          <p class="market-subject">
            <SubjectLine subject={of.claim.subject} />
          </p>
        )}
        <FeedBanner />
      </header>
      <div class="market-main">
        <Answer market={of} answer={answer} />
        <PriceChart market={of} history={history} prices={prices} />
        <Analysts market={of} price={prices[0] ?? 0} />
        <TradeFeed market={of} trades={trades} />
      </div>
      <div class="market-side">
        <ReceiptTeaser market={of} />
        <TradeTicket market={of} prices={prices} onTraded={reload} />
        <Terms market={of} />
      </div>
    </div>
  );
};
