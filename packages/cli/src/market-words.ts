/** Prices and answers of markets in one line each. */
import type { Market, MarketSummary } from '@surety/sdk';
import { bar, percent } from './terminal/chart.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';

type Claim = Market['claim'];

/** The live line: `scam ███████░░░ 73.4 %  7 trades`. */
export const priceLine = (
  out: Output,
  claim: Claim,
  probabilitiesPpm: readonly number[],
  trades: number | null,
): string => {
  const [first = 0] = probabilitiesPpm;
  const many = trades === null ? '' : out.style.dim(`  ${trades} trade${trades === 1 ? '' : 's'}`);
  return `  ${safe(claim.outcomes[0]!)} ${out.style.cyan(bar(first, 24))} ${percent(first)}${many}`;
};

const DECIDED: { readonly [kind in Market['answer']['decidedBy']['kind']]: string } = {
  market: "the market's price; nobody has decided",
  panel: 'an independent panel',
  official: 'an official record',
  people: 'people',
  court: 'the court',
  undecided: 'nobody: refunded once that is final',
};

/** How an answer came about, in words. */
export const decidedWords = ({ decidedBy, status }: Market['answer']): string => {
  if (decidedBy.kind === 'undecided' && status !== 'provisional') return 'nobody: refunded';
  const unaudited = decidedBy.kind === 'panel' && !decidedBy.audited ? ', unaudited' : '';
  return `${DECIDED[decidedBy.kind]}${unaudited}`;
};

/** The affirmative outcome of a question of harm is bad news; of a question of genuineness it is good news. */
export const tone = (out: Output, claim: Claim, outcome: string | null): ((text: string) => string) => {
  if (outcome === null) return out.style.yellow;
  const affirmative = outcome === claim.outcomes[0];
  if (claim.predicate === 'happens') return out.style.cyan;
  return (claim.predicate === 'scam') === affirmative ? out.style.red : out.style.green;
};

type Priced = Pick<MarketSummary, 'claim' | 'answer' | 'probabilitiesPpm'>;

/** The price of the answer; where there is none, of the outcome that is priced highest, by its name. */
export const chanceWords = ({ claim, answer, probabilitiesPpm }: Priced): string => {
  if (answer.outcome !== null) return percent(answer.probabilityPpm);
  const highest = Math.max(...probabilitiesPpm);
  const leads = probabilitiesPpm.indexOf(highest);
  // Of equals none leads.
  const name = leads === probabilitiesPpm.lastIndexOf(highest) ? `${safe(claim.outcomes[leads]!)} ` : '';
  return `${name}${percent(highest)}`;
};

/** What the analysts say they read, and what none of them did. */
export const readWords = (market: Market): string => {
  const reports = market.evidence.flatMap(({ evidence }) => (evidence.kind === 'analyst-report' ? [evidence] : []));
  const [first, ...others] = reports;
  if (first === undefined) return 'nothing';
  const read = [...new Set(reports.flatMap(({ saw }) => saw))];
  const unread = first.didNotSee.filter((each) => others.every(({ didNotSee }) => didNotSee.includes(each)));
  return safe(`${read.join('; ')}${unread.length > 0 ? ` — not ${unread.join(', ')}` : ''}, as its readers say`);
};

/** The answer: outcome, probability, how it was decided. */
export const answerLine = (out: Output, market: Priced): string => {
  const { answer } = market;
  const { outcome, status } = answer;
  const paint = tone(out, market.claim, outcome);
  return `  ${out.style.bold(paint(safe(outcome ?? 'undecided')))}  ${chanceWords(market)}  ${out.style.dim(`${status}; decided by ${decidedWords(answer)}`)}`;
};
