/**
 * `surety challenge ID --for OUTCOME`: contests an answer, appeals a ruling, or pays for people, with money and a reason; of
 * `chain:7`, a case that a contract asked, with money alone.
 */

import { resolve } from 'node:path';
import { type Market, openAccount } from '@surety/sdk';
import { formatDollars } from '@surety/sdk/base';
import { needMicroUsd, OUTCOME, verdictWords } from '@surety/sdk/court';
import { type Connection, connect } from '../local/connect.ts';
import { chainCaseId, takeStep } from '../local/court-program.ts';
import { fail } from '../local/fail.ts';
import { findMarket } from '../local/find-market.ts';
import { ensureKey, loadKey } from '../local/keys.ts';
import { UsageError } from '../refusal.ts';
import type { Run } from '../table.ts';
import { safe } from '../terminal/safe.ts';

const SPECIAL: Readonly<Record<string, number>> = {
  undecidable: OUTCOME.undecidable,
  'too-early': OUTCOME.tooEarly,
  invalid: OUTCOME.invalid,
};

const outcomeOf = ({ claim }: Market, text: unknown): number => {
  const { outcomes } = claim;
  const named = typeof text === 'string' ? outcomes.indexOf(text) : -1;
  if (named >= 0) return named;
  const special = typeof text === 'string' ? SPECIAL[text] : undefined;
  if (special !== undefined) return special;
  const choices = [...outcomes, ...Object.keys(SPECIAL)].map((each) => `"${each}"`).join(', ');
  throw new UsageError(
    `--for ${typeof text === 'string' ? `"${text}"` : 'is missing and'} names no outcome.`,
    `Use one of ${choices}.`,
    '--for',
  );
};

const payOf = (text: string): bigint => {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null)
    throw new UsageError(`--pay "${text}" is no amount of dollars.`, 'Write for example --pay 0.30.', '--pay');
  return BigInt(match[1]!) * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'));
};

/** All that the rung takes: of the case that is open, or of the first challenge. */
const costOf = async ({ client }: Connection, { marketId, contest }: Market): Promise<bigint> => {
  if (contest !== undefined) return BigInt(contest.costMicroUsd);
  const found = await client.try.case({ marketId });
  const need = found.ok ? needMicroUsd(found.value) : null;
  if (need !== null) return need;
  return fail({
    code: 'question.not-challengeable',
    message: 'There is nothing to contest here now.',
    next: 'surety market and surety court show where it stands.',
    field: 'ID',
    value: marketId,
  });
};

export const run: Run = async ({ args: [id = ''], values, context }) => {
  const { out, home, cwd } = context;
  const caseId = chainCaseId(id);
  if (caseId !== null) {
    if (typeof values.for !== 'string') throw new UsageError('--for is missing.', 'Name the outcome.', '--for');
    const amountUnits = typeof values.pay === 'string' ? payOf(values.pay).toString() : null;
    return takeStep({ kind: 'challenge', caseId, outcome: values.for, amountUnits }, values, context);
  }
  const connection = await connect(context);
  const { client } = connection;
  const market = await findMarket(connection, id);
  const outcome = outcomeOf(market, values.for);
  const reason = typeof values.reason === 'string' ? values.reason.trim() : '';
  if (reason === '')
    throw new UsageError('--reason is missing.', 'Say why: everybody reads it beside your money.', '--reason');
  const amount = typeof values.pay === 'string' ? payOf(values.pay) : await costOf(connection, market);
  const wallet = typeof values.key === 'string' ? loadKey(resolve(cwd, values.key)) : ensureKey(home, 'cli');
  const account = await openAccount({ client, wallet, limitMicroUsd: amount, scope: 'challenge' });
  const { marketId } = market;
  const body = { type: 'surety/action/challenge/v1', marketId, outcome, reason } as const;
  const result = await account.act({ ...body, amountMicroUsd: amount.toString() });
  if (result.kind !== 'challenge')
    return fail({ code: 'http.not-surety', message: 'The node answered another action.', next: 'Check --url.' });
  if (out.json) {
    out.data(result);
    return 0;
  }
  const words = safe(verdictWords(market.claim.outcomes, outcome));
  out.line(`${out.style.green('✔')} ${formatDollars(BigInt(result.takenMicroUsd))} paid in for “${words}”.`);
  const missing = BigInt(result.missingMicroUsd);
  out.line(missing === 0n ? '  The next panel is called.' : `  ${formatDollars(missing)} are still missing.`);
  out.line(out.style.dim(`  Follow it: surety court ${marketId.slice(0, 8)}`));
  return 0;
};
