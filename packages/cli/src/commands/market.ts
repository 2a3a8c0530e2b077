/** `surety market ID`: price, players, evidence; `--follow` keeps printing what happens. */
import { resolve } from 'node:path';
import type { Market, StreamEvent } from '@surety/sdk';
import { adapterIdIn, formatDollars } from '@surety/sdk/base';
import { receiptBytes } from '@surety/sdk/verify';
import { spoken } from '../duration.ts';
import { type Connection, connect } from '../local/connect.ts';
import { writeFile } from '../local/files.ts';
import { findMarket } from '../local/find-market.ts';
import { answerLine, priceLine } from '../market-words.ts';
import type { Context, Run } from '../table.ts';
import { percent, spark } from '../terminal/chart.ts';
import { safe } from '../terminal/safe.ts';
import { table, wrap } from '../terminal/table.ts';

const players = (context: Context, market: Market): void => {
  const { out } = context;
  const { dim } = out.style;
  if (market.players.length === 0) return;
  out.line(dim('  PLAYERS'));
  const rows = market.players.map(({ label, account, lastProbabilityPpm }) => [
    `  ${safe(label)}`,
    lastProbabilityPpm === undefined ? dim('stays out') : percent(lastProbabilityPpm),
    dim(`${account.slice(0, 6)}…${account.slice(-4)}`),
  ]);
  for (const line of table(rows, { right: [1] })) out.line(line);
  out.line();
};

const evidence = (context: Context, market: Market): void => {
  const { out } = context;
  const { dim, yellow } = out.style;
  const reports = market.evidence.flatMap(({ evidence: each }) => (each.kind === 'analyst-report' ? [each] : []));
  if (reports.length > 0) out.line(dim('  EVIDENCE'));
  for (const { analyst, probabilityPpm, reasons, saw, didNotSee, program, execution } of reports) {
    out.line(`  ${safe(analyst)}  ${probabilityPpm === null ? dim('abstains') : percent(probabilityPpm)}`);
    for (const reason of reasons.slice(0, 3)) out.line(`    ${wrap(safe(reason), out.width, '    ')}`);
    const unseen = didNotSee.length === 0 ? '' : yellow(` — not ${safe(didNotSee.join(', '))}`);
    out.line(`    ${wrap(`${dim(`read ${safe(saw.join(', ')) || 'nothing'}`)}${unseen}`, out.width, '    ')}`);
    if (execution === undefined) continue;
    out.line(`    ${dim(`${program} through adapter ${adapterIdIn(execution)}`)}`);
    const shows = program.startsWith('hidden:')
      ? 'private: not shown equal to any program until it is revealed'
      : 'whoever holds the program can check that this program on this input gave this output';
    out.line(
      `    ${wrap(`${dim(shows)}${yellow(' — not that it is right, nor how it was trained')}`, out.width, '    ')}`,
    );
  }
};

const show = (context: Context, market: Market): void => {
  const { out } = context;
  const { bold, dim } = out.style;
  const now = Math.floor(Date.now() / 1_000);
  out.line(`${bold(wrap(safe(market.plainWords), out.width))}\n`);
  out.line(priceLine(out, market.claim, market.probabilitiesPpm, market.tradeCount));
  out.line(
    `  ${dim(
      spark(
        market.priceHistory.map(({ probabilitiesPpm }) => probabilitiesPpm[0] ?? 0),
        Math.min(60, out.width - 4),
      ),
    )}`,
  );
  out.line(answerLine(out, market));
  const time = market.status === 'open' ? `closes in ${spoken(market.closesAt - now)}` : market.status;
  out.line(
    dim(
      `  ${time} · subsidy ${formatDollars(BigInt(market.subsidyMicroUsd))} · traded ${formatDollars(BigInt(market.volumeMicroUsd))} · ${market.marketId}\n`,
    ),
  );
  players(context, market);
  evidence(context, market);
};

const eventLine = (context: Context, market: Market, event: StreamEvent): string => {
  const data = event.data as {
    readonly probabilitiesPpm?: readonly number[];
    readonly costMicroUsd?: string;
    readonly account?: string;
  };
  const time = new Date(event.at * 1_000).toISOString().slice(11, 19);
  const price =
    data.probabilitiesPpm === undefined
      ? ''
      : `  ${safe(market.claim.outcomes[0]!)} ${percent(data.probabilitiesPpm[0] ?? 0)}`;
  const by = data.account === undefined ? '' : `  ${data.account.slice(0, 6)}…${data.account.slice(-4)}`;
  return `  ${context.out.style.dim(time)}  ${safe(event.kind).padEnd(9)}${price}${by}`;
};

/** The newest receipt, which after a decision may carry a cover that the first one had not. */
const keepNewest = async (
  { client }: Connection,
  { marketId }: Market,
  file: string,
  { out }: Context,
): Promise<void> => {
  writeFile(file, new TextDecoder().decode(receiptBytes(await client.marketReceipt({ marketId }))));
  if (!out.json) out.line(`\n  ${out.style.dim('Receipt')}  ${safe(file)}`);
};

export const run: Run = async ({ args: [id = ''], values, context }) => {
  const { out, signal } = context;
  const connection = await connect(context);
  const market = await findMarket(connection, id);
  if (out.json) out.data(market);
  else show(context, market);
  if (typeof values.out === 'string') await keepNewest(connection, market, resolve(context.cwd, values.out), context);
  if (values.follow !== true || market.status === 'settled') return 0;
  const stream = `market:${market.marketId}`;
  for await (const event of connection.client.follow([stream], { after: { [stream]: market.seq }, signal })) {
    if (out.json) process.stdout.write(`${JSON.stringify(event)}\n`);
    else out.line(eventLine(context, market, event));
    if (event.kind === 'settled') break;
  }
  return 0;
};
