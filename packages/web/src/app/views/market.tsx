import { type Subject, toUnicodeHost } from '@surety/sdk/page';
import { useEffect, useRef } from 'preact/hooks';
import { percent } from '../../ui/amount.ts';
import { questionParts } from '../../ui/question.ts';
import { SubjectLine } from '../../ui/subject-line.tsx';
import { Analysts } from '../market/analysts.tsx';
import { Answer } from '../market/answer.tsx';
import { answerOf } from '../market/answer-of.ts';
import { Contest } from '../market/contest.tsx';
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

/** What the question leaves out of its subject: how a host looks, a page, the end of a long message. */
const needsSubject = (subject: Subject, question: string): boolean => {
  if (subject.kind === 'site') return subject.url !== undefined || toUnicodeHost(subject.host) !== subject.host;
  return subject.kind === 'message' && !question.includes(subject.text);
};

/** One question: the answer now, how it moves, who says what, and a way to disagree with money. */
export const MarketView = ({ marketId }: { marketId: string }) => {
  const live = useMarket(marketId);
  const { market, prices, history, trades, reload } = live;
  const said = useRef('');
  const answer = market.kind === 'ready' ? answerOf({ ...market.value, probabilitiesPpm: [...prices] }) : null;

  const traded = market.kind === 'ready' && market.value.tradeCount > 0;

  useEffect(() => {
    if (answer === null) return;
    const words = traded ? `${answer.words}, ${percent(answer.probabilityPpm)}` : answer.words;
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
  const { question } = questionParts(of.plainWords);
  return (
    <div class="market">
      <header class="market-head">
        <h1>{question}</h1>
        {needsSubject(of.claim.subject, question) && (
          <p class="market-subject">
            <SubjectLine subject={of.claim.subject} />
          </p>
        )}
        <FeedBanner />
      </header>
      <div class="market-main">
        <Answer market={of} answer={answer} />
        {(of.tradeCount > 0 || of.status === 'open') && <PriceChart market={of} history={history} prices={prices} />}
        <Analysts market={of} price={prices[0] ?? 0} />
        <TradeFeed market={of} trades={trades} />
      </div>
      <div class="market-side">
        <ReceiptTeaser market={of} />
        <Contest market={of} />
        <TradeTicket market={of} prices={prices} onTraded={reload} />
        <Terms market={of} />
      </div>
    </div>
  );
};
