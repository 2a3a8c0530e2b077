import type { Market } from '@surety/sdk/page';
import { percent } from '../../ui/amount.ts';
import { decidedWords } from '../../ui/receipt/decided-words.ts';
import { StatusChip } from '../../ui/status-chip.tsx';
import { countdown, moment } from '../../ui/time.ts';
import type { Headline } from '../../ui/wording.ts';
import { now } from '../state/clock.ts';

const Due = ({ market }: { market: Market }) => {
  const left = market.closesAt - now.value;
  if (market.status === 'open' && left > 0) {
    return (
      <span>
        trading closes in <time dateTime={new Date(market.closesAt * 1000).toISOString()}>{countdown(left)}</time>
      </span>
    );
  }
  if (market.status === 'open' || market.status === 'closed')
    return <span>closed, being decided by {moment(market.resolvesBy)}</span>;
  return <span>closed {moment(market.closesAt)}</span>;
};

/** The answer, large. Its percentage is a price; after a decision it is the last price, and says so; no number where nobody bet. */
export const Answer = ({ market, answer }: { market: Market; answer: Headline }) => {
  const priced = market.answer.decidedBy.kind === 'market';
  return (
    <section class="answer sheet" aria-labelledby="answer-words">
      <div class="answer-status">
        <StatusChip status={market.answer.status} />
        <span class="small quiet">
          <Due market={market} />
        </span>
      </div>
      <div class="answer-line">
        <h2 id="answer-words">{answer.words}</h2>
        {market.tradeCount > 0 && (
          <p class={priced ? 'answer-number' : 'answer-number answer-number-past'}>
            {percent(answer.probabilityPpm)}
            <small>{priced ? 'probability' : 'last price'}</small>
          </p>
        )}
      </div>
      <p class="small quiet">{decidedWords(market.answer)}</p>
    </section>
  );
};
