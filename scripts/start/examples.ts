/** The example questions: asked once, shown moving, tabled with what each receipt is worth, and every receipt verified. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Receipt, ReceiptPredicate, Trust } from '@surety/core';
import { formatDollars } from '@surety/core';
import { ask, type Client, createClient, type Market } from '@surety/sdk';
import { receiptBytes, verify } from '@surety/sdk/verify';
import { ensureKey } from '../../packages/cli/src/local/keys.ts';
import { chanceWords } from '../../packages/cli/src/market-words.ts';
import { percent } from '../../packages/cli/src/terminal/chart.ts';
import { ROOT } from '../repo/workspace.ts';

type Example = { readonly question: string };
type Row = {
  readonly question: string;
  readonly market: Market;
  readonly file: string;
  readonly predicate: ReceiptPredicate;
};

export type ExamplesOptions = {
  readonly url: string;
  readonly home: string;
  readonly trust: Trust;
  /** Unix milliseconds at which the command was launched. */
  readonly launchedAt: number;
  readonly say: (text?: string) => void;
  /** Aborts once the node is being stopped. */
  readonly signal: AbortSignal;
};

/** Seconds for which the examples' markets stay open to others, and how long their panels may take. */
const CLOSE_SECONDS = 15;
const PANEL_SECONDS = 30;
const AT_ONCE = 3;
const BARS = '▁▂▃▄▅▆▇█';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const readExamples = (): readonly Example[] =>
  readFileSync(join(ROOT, 'examples', 'questions.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Example);

/** Which examples were asked before, by question; a start asks nothing twice. */
const readAsked = (file: string): Record<string, string> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

/** The way of the first outcome's price, from the opening to now. */
const moves = ({ priceHistory, claim }: Market): string => {
  const prices = priceHistory.map(({ probabilitiesPpm }) => probabilitiesPpm[0] ?? 0);
  const step = Math.max(1, Math.ceil(prices.length / 16));
  const bars = prices.filter((_, index) => index % step === 0 || index === prices.length - 1);
  const line = bars.map((ppm) => BARS[Math.min(7, Math.floor(ppm / 125_000))]).join('');
  return `${line} ${claim.outcomes[0]} ${percent(prices[0] ?? 0)} → ${percent(prices.at(-1) ?? 0)}`;
};

const askAll = async (
  client: Client,
  options: ExamplesOptions,
  examples: readonly Example[],
): Promise<Map<string, string>> => {
  const file = join(options.home, 'examples.json');
  const asked = readAsked(file);
  const fresh = examples.filter(({ question }) => asked[question] === undefined);
  if (fresh.length === 0)
    options.say(`All ${examples.length} example questions were asked before; nothing is asked again.`);
  else options.say(`Asking ${fresh.length} questions; each opens a market in which the built-in players trade.\n`);
  const wallet = ensureKey(options.home, 'cli');
  if (fresh.length > 0) await client.faucet({ address: wallet.address });
  let first = true;
  const queue = [...fresh];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      options.signal.throwIfAborted();
      const started = Date.now();
      const answer = await ask(next.question, { client, wallet, closeSeconds: CLOSE_SECONDS, signal: options.signal });
      if (answer.kind !== 'answered') continue;
      asked[next.question] = answer.marketId;
      writeFileSync(file, `${JSON.stringify(asked, null, 2)}\n`);
      const took = `${((Date.now() - started) / 1_000).toFixed(1)} s`;
      const outcome = answer.answer.outcome ?? 'undecided so far';
      options.say(`  ${cut(next.question, 52).padEnd(52)}  ${moves(answer.market).padEnd(46)}  ${outcome} (${took})`);
      if (first)
        options.say(`  ↑ first answer ${((Date.now() - options.launchedAt) / 1_000).toFixed(1)} s after launch`);
      first = false;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return new Map(Object.entries(asked));
};

/** The market once something other than its price has decided it, or as it is when that takes too long. */
const decided = async (client: Client, marketId: string, until: number): Promise<Market> => {
  for (;;) {
    const market = await client.market({ marketId });
    if (market.answer.decidedBy.kind !== 'market' || Date.now() > until) return market;
    await sleep(500);
  }
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 28);

const keep = async (client: Client, folder: string, question: string, market: Market): Promise<Row> => {
  const receipt = (await client.marketReceipt({ marketId: market.marketId })) as Receipt;
  const file = join(folder, `${slug(question)}-${market.marketId.slice(0, 6)}.json`);
  writeFileSync(file, receiptBytes(receipt));
  if (market.receiptId !== null) {
    writeFileSync(file.replace(/\.json$/, '.html'), await client.receiptHtml({ receiptId: market.receiptId }));
  }
  const statement = JSON.parse(Buffer.from(receipt.envelope.payload, 'base64').toString()) as {
    predicate: ReceiptPredicate;
  };
  return { question, market, file, predicate: statement.predicate };
};

const how = ({ decidedBy, status }: ReceiptPredicate): string => {
  const what =
    decidedBy.kind === 'panel'
      ? `panel ${decidedBy.votesFor}:${decidedBy.votesAgainst}, ${decidedBy.abstained} abstained`
      : decidedBy.kind === 'undecided'
        ? `needs people, ${status === 'provisional' ? 'to be refunded' : 'refunded'}`
        : decidedBy.kind;
  return `${what} (${status})`;
};

const table = (rows: readonly Row[], say: ExamplesOptions['say']): void => {
  const cells = rows.map(({ question, market, file, predicate }) => [
    cut(question, 44),
    predicate.outcome ?? 'undecided',
    chanceWords(market),
    how(predicate),
    formatDollars(BigInt(predicate.costMicroUsd)),
    predicate.cover === null ? 'none' : formatDollars(BigInt(predicate.cover.amountMicroUsd)),
    relative(ROOT, file),
  ]);
  const head = ['question', 'answer', 'price', 'decided by', 'cost', 'cover', 'receipt'];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => (row[column] ?? '').length)));
  say();
  for (const row of [head, widths.map((width) => '─'.repeat(width)), ...cells]) {
    say(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
  }
};

/** Asks what was not asked before, waits for the panels, prints the table and verifies every receipt. */
export const runExamples = async (options: ExamplesOptions): Promise<void> => {
  const { say, home, trust } = options;
  const client = createClient({ url: options.url });
  const examples = readExamples();
  const marketIds = await askAll(client, options, examples);
  const waiting = await Promise.all([...marketIds.values()].map((marketId) => client.market({ marketId })));
  if (waiting.some(({ answer }) => answer.decidedBy.kind === 'market')) {
    say(`\nThe markets stay open to others for ${CLOSE_SECONDS} s; then the panels vote ...`);
  }
  const folder = join(home, 'receipts');
  mkdirSync(folder, { recursive: true });
  const until = Date.now() + (CLOSE_SECONDS + PANEL_SECONDS) * 1_000;
  const rows: Row[] = [];
  for (const { question } of examples) {
    options.signal.throwIfAborted();
    const marketId = marketIds.get(question);
    if (marketId !== undefined) rows.push(await keep(client, folder, question, await decided(client, marketId, until)));
  }
  table(rows, say);
  const now = Math.floor(Date.now() / 1_000);
  const checked = await Promise.all(
    rows.map(async ({ file }) => ({ file, verdict: (await verify(readFileSync(file), { trust, now })).verdict })),
  );
  const good = checked.filter(({ verdict }) => verdict === 'trusted');
  say(`\n  ${good.length} of ${checked.length} receipts verified against ${relative(ROOT, join(home, 'trust.json'))}.`);
  for (const { file, verdict } of checked) if (verdict !== 'trusted') say(`  ${verdict}: ${relative(ROOT, file)}`);
};
