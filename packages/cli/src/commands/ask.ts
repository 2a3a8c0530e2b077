/** `surety ask`: read back, confirm, pay, watch the price move, keep the receipt. */

import { join, relative, resolve } from 'node:path';
import { type Asked, type AskProgress, ask, type Market, type Reading } from '@surety/sdk';
import { formatDollars, parseDollars, type Receipt, unwrap } from '@surety/sdk/base';
import { receiptBytes } from '@surety/sdk/verify';
import { parseQuestion, plainWords } from '@surety/sdk/words';
import { parseDuration, spoken } from '../duration.ts';
import { type Connection, connect } from '../local/connect.ts';
import { fail } from '../local/fail.ts';
import { writeFile } from '../local/files.ts';
import { ensureKey } from '../local/keys.ts';
import { ensureBalance } from '../local/purse.ts';
import { answerLine, priceLine, readWords } from '../market-words.ts';
import { abbreviate, subjectLine } from '../report.ts';
import type { Context, Run, Values } from '../table.ts';
import { spark } from '../terminal/chart.ts';
import { confirm } from '../terminal/prompt.ts';
import { safe } from '../terminal/safe.ts';
import { wrap } from '../terminal/table.ts';

/** $0.05. */
const DEFAULT_BUDGET = 50_000n;

/** The time of day in UTC. */
const utcMinute = (seconds: number): string => `${new Date(seconds * 1_000).toISOString().slice(11, 16)} UTC`;

const now = (): number => Math.floor(Date.now() / 1_000);

/** Refuses here what need not leave this machine: harmful questions, typing errors. */
const readLocally = (question: string): void => {
  const read = parseQuestion(question, { now: now() });
  // A node may have an interpreter for what this grammar cannot read; everything else it would refuse as well.
  if (!read.ok && read.problem.code !== 'intent.not-understood' && read.problem.code !== 'intent.no-subject')
    fail(read.problem);
};

/** Nobody signs a reading that only a node has made. */
const checkReading = (question: string, { claim, plainWords: words }: Reading): void => {
  const own = parseQuestion(question, { now: now() });
  const same =
    !own.ok ||
    JSON.stringify(Object.entries(own.value.subject).sort()) === JSON.stringify(Object.entries(claim.subject).sort());
  if (same && (!own.ok || own.value.predicate === claim.predicate) && plainWords(claim) === words) return;
  const message = 'The node read the question otherwise than this machine does; nothing was signed.';
  fail({
    code: 'cli.reading-differs',
    message,
    next: 'Update Surety here or there, or ask another node.',
    value: words.slice(0, 120),
  });
};

const showReading = ({ out }: Context, reading: Reading, payer: string, balance: bigint): void => {
  const { bold, dim, yellow } = out.style;
  out.line(bold(wrap(safe(reading.plainWords.split(' You pay ')[0]!), out.width)));
  out.line();
  const budget = formatDollars(BigInt(reading.claim.budgetMicroUsd));
  out.line(
    `  ${dim('Budget')}  ${budget}, paid by you (${payer.slice(0, 6)}…${payer.slice(-4)}, balance ${formatDollars(balance)})`,
  );
  out.line(`  ${dim('Closes')}  in ${spoken(reading.claim.closesAt - now())}; until then others may trade`);
  out.line(`  ${dim('Reads ')}  ${wrap(safe(reading.looksAt.join('; ')), out.width, '          ')}`);
  for (const warning of reading.warnings) out.line(`  ${yellow('!')} ${wrap(safe(warning), out.width, '    ')}`);
  out.line();
};

const fileFor = (values: Values, cwd: string, { claim, claimId }: Reading): string => {
  if (typeof values.out === 'string') return resolve(cwd, values.out);
  const slug = abbreviate(subjectLine(claim))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return join(cwd, `receipt-${slug}-${claimId.slice(0, 6)}.json`);
};

/** The receipt as a file, and as the page that verifies itself where the node can write one. */
const keepReceipt = async (
  { client }: Connection,
  file: string,
  receipt: Receipt,
  receiptId: string | null,
): Promise<readonly string[]> => {
  writeFile(file, new TextDecoder().decode(receiptBytes(receipt)));
  if (receiptId === null) return [file];
  const html = await client.try.receiptHtml({ receiptId });
  if (!html.ok) return [file];
  const page = `${file.replace(/\.json$/, '')}.html`;
  writeFile(page, html.value);
  return [file, page];
};

const showAnswer = (context: Context, asked: Extract<Asked, { kind: 'answered' }>, files: readonly string[]): void => {
  const { out, cwd } = context;
  const { bold, dim } = out.style;
  const { market, answer } = asked;
  out.done();
  const history = market.priceHistory.map(({ probabilitiesPpm }) => probabilitiesPpm[0] ?? 0);
  if (!out.live) out.line(priceLine(out, market.claim, market.probabilitiesPpm, market.tradeCount));
  out.line(`  ${dim(`${spark(history, 40)}  how the price moved`)}`);
  out.line(answerLine(out, market));
  out.line(`  ${dim('Read')}  ${wrap(readWords(market), out.width, '        ')}\n`);
  if (answer.status === 'provisional') {
    const left = market.closesAt - now();
    const until =
      market.status === 'open' && left > 0 ? `open to other players for ${spoken(left)}` : 'it can still be challenged';
    out.line(dim(`  Provisional: ${until}. surety market ${market.marketId.slice(0, 8)} --follow`));
  }
  for (const file of files) out.line(`  ${dim('Receipt')}  ${relative(cwd, file) || file}`);
  out.line(`  ${dim('Check it')} ${bold(`surety verify ${relative(cwd, files[0]!)}`)}`);
};

/** Events that a person who waits wants to read; trades only move the line. */
const TOLD: { readonly [kind: string]: string } = {
  closed: 'closed to trades',
  voted: 'a juror voted',
  resolved: 'resolved; it can be challenged until it is final',
  settled: 'final',
};

/** Shows the first answer, then what happens to it, while it happens. */
const progressPrinter = ({ out }: Context, waits: boolean): ((progress: AskProgress) => void) => {
  let claim: Market['claim'] | null = null;
  return (progress) => {
    if (progress.kind === 'read') claim = progress.reading.claim;
    if (progress.kind === 'answered') {
      const { market } = progress;
      if (waits)
        out.line(
          `${answerLine(out, market)}\n  ${out.style.dim(`resolves by ${utcMinute(market.resolvesBy)}; Ctrl-C leaves it open`)}`,
        );
      out.update(priceLine(out, market.claim, market.probabilitiesPpm, market.tradeCount));
    }
    if (progress.kind !== 'event') return;
    const told = TOLD[progress.event.kind];
    if (told !== undefined) {
      out.done();
      out.line(`  ${out.style.dim(`${utcMinute(progress.event.at)}  ${told}`)}`);
    }
    const { probabilitiesPpm } = progress.event.data as { readonly probabilitiesPpm?: readonly number[] };
    if (probabilitiesPpm !== undefined && claim !== null) out.update(priceLine(out, claim, probabilitiesPpm, null));
  };
};

export const run: Run = async ({ args: [question = ''], values, context }) => {
  const { out, home, cwd, signal } = context;
  const budget = typeof values.budget === 'string' ? unwrap(parseDollars(values.budget, '--budget')) : DEFAULT_BUDGET;
  const closeSeconds = typeof values.close === 'string' ? unwrap(parseDuration(values.close, '--close')) : undefined;
  readLocally(question);
  const connection = await connect(context);
  const { client } = connection;
  const wallet = ensureKey(home, 'cli');
  const balance = await ensureBalance(connection, wallet.address, budget, '--budget');
  const asked = await ask(question, {
    client,
    wallet,
    signal,
    wait: values.wait === true ? 'final' : 'first',
    budgetMicroUsd: budget,
    ...(closeSeconds === undefined ? {} : { closeSeconds }),
    ...(values.cover === true ? { coverBeneficiary: wallet.address } : {}),
    confirm: async (reading) => {
      checkReading(question, reading);
      showReading(context, reading, wallet.address, balance);
      if (values.yes === true || out.json) return true;
      return confirm('Ask this?', { fallback: true });
    },
    onProgress: progressPrinter(context, values.wait === true),
  });
  if (asked.kind === 'declined')
    return fail({ code: 'cli.declined', message: 'Not asked; nothing was paid.', next: 'Ask again in other words.' });
  const { market, receipt } = asked;
  const files = await keepReceipt(connection, fileFor(values, cwd, asked.reading), receipt, market.receiptId);
  if (out.json) {
    const { plainWords: words, warnings, looksAt } = asked.reading;
    out.data({
      marketId: market.marketId,
      plainWords: words,
      warnings,
      looksAt,
      answer: asked.answer,
      probabilitiesPpm: market.probabilitiesPpm,
      closesAt: market.closesAt,
      environment: market.environment,
      receipt: files[0],
      receiptHtml: files[1] ?? null,
    });
  } else showAnswer(context, asked, files);
  return 0;
};
