/** `surety court [ID]`: the cases there are, or the ladder of one; `chain:7` is a case that a contract asked. */

import { formatDollars } from '@surety/sdk/base';
import type { CaseSummary, ChainCase, ChainCases, CourtCase } from '@surety/sdk/court';
import { phaseWords, verdictWords } from '@surety/sdk/court';
import { printChainCase, printChainCases } from '../chain-court-words.ts';
import { ladderLines, needLine, standingLine } from '../court-words.ts';
import { spoken } from '../duration.ts';
import { rpcUrlOf, silent, startProgram } from '../local/chain-program.ts';
import { connect } from '../local/connect.ts';
import { chainCaseId, coinUnits, courtPlaces } from '../local/court-program.ts';
import { fail } from '../local/fail.ts';
import { findMarket } from '../local/find-market.ts';
import { abbreviate, subjectLine } from '../report.ts';
import type { Context, Run, Values } from '../table.ts';
import { safe } from '../terminal/safe.ts';
import { cut, table, wrap } from '../terminal/table.ts';

const list = ({ out }: Context, cases: readonly CaseSummary[]): void => {
  const { dim } = out.style;
  if (cases.length === 0) {
    out.line('No answer is before the court. surety challenge ID --for OUTCOME contests one.');
    return;
  }
  const now = Math.floor(Date.now() / 1_000);
  const header = ['ID', 'SUBJECT', 'BONDS', 'LEFT', 'WHERE IT STANDS'].map(dim);
  const rows = cases.map((of) => [
    dim(of.caseId.slice(0, 8)),
    cut(safe(abbreviate(subjectLine(of.claim)).replace(/\s+/g, ' ')), Math.max(20, out.width - 80)),
    formatDollars(BigInt(of.bondsMicroUsd)),
    of.endsAt === null ? '' : spoken(Math.max(0, of.endsAt - now)),
    safe(phaseWords(of)),
  ]);
  for (const line of table([header, ...rows], { right: [2, 3] })) out.line(line);
};

const show = ({ out }: Context, of: CourtCase): void => {
  const { bold, dim } = out.style;
  const now = Math.floor(Date.now() / 1_000);
  out.line(`${bold(wrap(safe(of.plainWords), out.width))}\n`);
  out.line(`  ${standingLine(of, now)}`);
  out.line(
    dim(`  Over by ${new Date(of.latestEnd * 1_000).toISOString().slice(0, 16)}Z at the latest · ${of.caseId}\n`),
  );
  for (const line of ladderLines(of)) out.line(`  ${wrap(line, out.width, '    ')}`);
  out.line();
  for (const { outcome, reason } of of.statements)
    out.line(
      `  ${wrap(`for “${safe(verdictWords(of.claim.outcomes, outcome))}”: ${safe(reason)}`, out.width, '    ')}`,
    );
  const need = needLine(of);
  if (need !== null) out.line(`\n  ${wrap(need, out.width, '  ')}`);
  if (of.bribe !== null) {
    const price = `Buying the next panel would take ${formatDollars(BigInt(of.bribe.budgetMicroUsd))} that ${of.bribe.seats} jurors believe in. A ruling shows how many said so, not that it is right.`;
    out.line(`  ${dim(wrap(price, out.width, '  '))}`);
  }
};

type ChainMessage = (ChainCases & { readonly kind: 'cases' }) | { readonly kind: 'case'; readonly case: ChainCase };

/** What a court of contracts has, read from its chain; needs no node. */
const showChain = async (caseId: number | null, values: Values, context: Context): Promise<number> => {
  const { out, env, signal } = context;
  const task = JSON.stringify({ ...courtPlaces(values, context), coinUnits: coinUnits(values), caseId });
  const RPC_URL = rpcUrlOf(values, context, 'court');
  const { messages } = startProgram<ChainMessage>('court-cases', { ...env, RPC_URL, SURETY_TASK: task }, signal);
  for await (const message of messages) {
    if (message.kind === 'refused') return fail(message.problem);
    if (message.kind === 'case') {
      if (out.json) out.data(message.case);
      else printChainCase(out, message.case);
    } else if (out.json) out.data({ chain: message.chain, cases: message.cases });
    else printChainCases(out, message.cases);
    return 0;
  }
  return silent('The court');
};

export const run: Run = async ({ args: [id], values, context }) => {
  const caseId = id === undefined ? null : chainCaseId(id);
  if (caseId !== null || (id === undefined && values.chain === true)) return showChain(caseId, values, context);
  const connection = await connect(context);
  const { client } = connection;
  if (id === undefined) {
    const state = values.ended === true ? 'ended' : 'open';
    const { cases, next } = await client.cases({ state, limit: 50 });
    if (context.out.json) context.out.data({ cases, next });
    else list(context, cases);
    return 0;
  }
  const { marketId } = await findMarket(connection, id);
  const of = await client.case({ marketId });
  if (context.out.json) context.out.data(of);
  else show(context, of);
  return 0;
};
