/** `surety player backtest`: a file or a model, on labelled lines, or on markets that people or an official record decided. */
import { resolve } from 'node:path';
import type { MarketSummary, QuestionClaim } from '@surety/sdk';
import { parseQuestion } from '@surety/sdk/words';
import { type Scored, score } from '../backtest.ts';
import { connect } from '../local/connect.ts';
import { fail } from '../local/fail.ts';
import { readBytes } from '../local/files.ts';
import { loadPlayer } from '../local/player.ts';
import type { Believe } from '../local/player-file.ts';
import type { Context, Run } from '../table.ts';
import { percent } from '../terminal/chart.ts';

const MAX_LABEL_BYTES = 64 * 1_048_576;
const UNPAID = {
  budgetMicroUsd: '0',
  valueAtStakeMicroUsd: '0',
  asker: '0x0000000000000000000000000000000000000000',
  nonce: '0'.repeat(32),
};

type Known = { readonly claim: QuestionClaim; readonly happened: boolean; readonly pricePpm: number | null };

const badLine = (file: string, line: number, why: string): never =>
  fail({
    code: 'input.malformed',
    message: `Line ${line} of ${file}: ${why}.`,
    next: 'Each line is {"question": "…", "outcome": "…"}.',
    field: `line ${line}`,
  });

/** Labelled questions from a JSONL file; `outcome` is one of the labels of the question's reading. */
export const readLabels = (file: string, text: string, now: number): readonly Known[] =>
  text.split('\n').flatMap((line, i): readonly Known[] => {
    if (line.trim() === '') return [];
    let row: { readonly question?: unknown; readonly outcome?: unknown };
    try {
      row = JSON.parse(line) as typeof row;
    } catch {
      return badLine(file, i + 1, 'it is not JSON');
    }
    const read = parseQuestion(row.question, { now });
    if (!read.ok) return badLine(file, i + 1, read.problem.message.replace(/\.$/, ''));
    const index = read.value.outcomes.indexOf(String(row.outcome));
    if (index < 0) return badLine(file, i + 1, `its outcome is none of ${read.value.outcomes.join(', ')}`);
    const claim: QuestionClaim = { type: 'surety/claim/question/v1', ...read.value.draft, ...UNPAID, closesAt: now };
    return [{ claim, happened: index === 0, pricePpm: null }];
  });

/** Models must not be graded by models alone: only what people or a record decided counts as known. */
const isKnown = ({ answer }: MarketSummary): boolean => {
  const { decidedBy, outcome } = answer;
  return (
    outcome !== null &&
    (decidedBy.kind === 'people' || decidedBy.kind === 'official' || (decidedBy.kind === 'panel' && decidedBy.audited))
  );
};

const settledMarkets = async (context: Context): Promise<readonly Known[]> => {
  const { client } = await connect(context);
  const known: Known[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly markets: readonly MarketSummary[]; readonly next: string | null } = await client.markets({
      status: 'settled',
      ...(cursor === null ? {} : { cursor }),
    });
    for (const market of page.markets.filter(isKnown)) {
      known.push({
        claim: market.claim,
        happened: market.answer.outcome === market.claim.outcomes[0],
        pricePpm: market.probabilitiesPpm[0] ?? null,
      });
    }
    cursor = page.next;
  } while (cursor !== null);
  return known;
};

const beliefOf = async (believe: Believe, claim: QuestionClaim): Promise<number | null> => {
  const believed = await believe(claim);
  const belief = believed !== null && typeof believed === 'object' ? believed.probabilityPpm : believed;
  if (belief === null || (Number.isInteger(belief) && belief >= 0 && belief <= 1_000_000)) return belief;
  const next = 'Return a whole number from 0 to 1000000, or null to stay out.';
  return fail({
    code: 'cli.bad-player',
    message: `The player believes ${String(belief)}.`,
    next,
    limit: '0 .. 1000000 or null',
  });
};

export const run: Run = async ({ args: [player], values, context }) => {
  const { out, cwd } = context;
  const { believe } = await loadPlayer(player, values, context);
  const file = typeof values.data === 'string' ? resolve(cwd, values.data) : null;
  const known =
    file === null
      ? await settledMarkets(context)
      : readLabels(
          file,
          new TextDecoder().decode(readBytes(file, { what: 'The labels', maxBytes: MAX_LABEL_BYTES })),
          Math.floor(Date.now() / 1_000),
        );
  const rows: Scored[] = [];
  for (const { claim, happened, pricePpm } of known)
    rows.push({ beliefPpm: await beliefOf(believe, claim), happened, pricePpm });
  const result = score(rows);
  if (out.json) out.data({ ...result, source: file ?? 'markets that people or a record decided' });
  else if (result.questions === 0)
    out.line('No market has been decided by people or a record yet. Name labelled questions with --data.');
  else {
    const { bold, dim } = out.style;
    const thousandths = (ppm: number | null): string =>
      ppm === null
        ? 'n/a'
        : (ppm / 1_000_000).toLocaleString('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 });
    out.line(`  questions   ${result.questions}, answered ${result.answered}`);
    out.line(`  accuracy    ${result.accuracyPpm === null ? 'n/a' : percent(result.accuracyPpm)}`);
    out.line(
      `  Brier       ${bold(thousandths(result.brierPpm))}  ${dim('0 is perfect, 0.25 is always saying one half')}`,
    );
    if (result.marketBrierPpm !== null) out.line(`  the market  ${thousandths(result.marketBrierPpm)}`);
  }
  return 0;
};
