/** `surety markets`: the newest first, one line each. */
import type { MarketSummary } from '@surety/sdk';
import { formatDollars } from '@surety/sdk/base';
import { spoken } from '../duration.ts';
import { connect } from '../local/connect.ts';
import { chanceWords, decidedWords, tone } from '../market-words.ts';
import { UsageError } from '../refusal.ts';
import { abbreviate, subjectLine } from '../report.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { cut, table } from '../terminal/table.ts';

const STATUSES = ['open', 'closed', 'resolved', 'settled'] as const;

const statusOf = (text: string): MarketSummary['status'] => {
  const found = STATUSES.find((status) => status === text);
  if (found === undefined)
    throw new UsageError(`--status "${text}" is none of ${STATUSES.join(', ')}.`, 'Use one of them.', '--status');
  return found;
};

const limitOf = (text: string): number => {
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= 500) return Number(text);
  throw new UsageError(`--limit "${text}" is not a number from 1 to 500.`, 'Write for example --limit 50.', '--limit');
};

export const run: Run = async ({ values, context }) => {
  const { out } = context;
  const status = typeof values.status === 'string' ? { status: statusOf(values.status) } : {};
  const limit = typeof values.limit === 'string' ? limitOf(values.limit) : 20;
  const { client } = await connect(context);
  const { markets, next } = await client.markets({ ...status, limit });
  if (out.json) {
    out.data({ markets, next });
    return 0;
  }
  if (markets.length === 0) {
    out.line('No markets yet. Open one: surety ask "Is google.com a scam?"');
    return 0;
  }
  const now = Math.floor(Date.now() / 1_000);
  const { bold, dim } = out.style;
  const header = ['ID', 'SUBJECT', 'ANSWER', '', 'TRADES', 'VOLUME', 'STATE'].map(dim);
  const rows = markets.map((market) => [
    dim(market.marketId.slice(0, 8)),
    cut(safe(abbreviate(subjectLine(market.claim)).replace(/\s+/g, ' ')), Math.max(20, out.width - 72)),
    bold(tone(out, market.claim, market.answer.outcome)(safe(market.answer.outcome ?? 'undecided'))),
    chanceWords(market),
    String(market.tradeCount),
    formatDollars(BigInt(market.volumeMicroUsd)),
    market.status === 'open'
      ? `open, ${spoken(market.closesAt - now)} left`
      : `${market.answer.status}, ${decidedWords(market.answer)}`,
  ]);
  for (const line of table([header, ...rows], { right: [3, 4, 5] })) out.line(line);
  if (next !== null) out.line(dim(`More: surety markets --limit ${Math.min(500, limit * 5)}`));
  return 0;
};
