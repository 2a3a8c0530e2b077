/** Cases of a court of contracts in lines for a terminal, in the words of the node's own court. */
import { formatDollars } from '@surety/sdk/base';
import {
  type ChainCase,
  chainPhaseWords,
  dueWords,
  personsWords,
  rulingWords,
  seatsWords,
  servingWords,
  unruledWords,
  verdictWords,
} from '@surety/sdk/court';
import { spoken } from './duration.ts';
import type { Output } from './terminal/output.ts';
import { safe } from './terminal/safe.ts';
import { cut, table, wrap } from './terminal/table.ts';

const dollars = (microUsd: string | bigint): string => formatDollars(BigInt(microUsd));
const MARKS = { past: '●', running: '◌', 'to-come': '○' } as const;

/** What is asked, or by what digest. */
const subjectOf = ({ plainWords, question }: ChainCase): string =>
  plainWords ?? `a question that nobody has published (${question.slice(0, 10)}…)`;

export const printChainCases = (out: Output, cases: readonly ChainCase[]): void => {
  const { dim } = out.style;
  if (cases.length === 0) {
    out.line('No contract has asked this court anything of late.');
    return;
  }
  const header = ['ID', 'QUESTION', 'BONDS', 'LEFT', 'WHERE IT STANDS'].map(dim);
  const rows = cases.map((of) => [
    dim(`chain:${of.caseId}`),
    cut(safe(subjectOf(of).replace(/\s+/g, ' ')), Math.max(20, out.width - 80)),
    dollars(of.bondsMicroUsd),
    of.endsAt === null ? '' : spoken(Math.max(0, of.endsAt - of.chain.now)),
    safe(chainPhaseWords(of)),
  ]);
  for (const line of table([header, ...rows], { right: [2, 3] })) out.line(line);
};

const ladder = (of: ChainCase): readonly string[] => {
  const [proposal] = of.rungs;
  const named = (code: number): string => `“${safe(verdictWords(of.labels, code))}”`;
  const proposed =
    proposal === undefined || proposal.outcome === null
      ? `${MARKS['to-come']} nothing is proposed yet: a bond of ${dollars(of.leastBondMicroUsd)} to ${dollars(of.mostBondMicroUsd)}`
      : `${MARKS.past} proposed: ${named(proposal.outcome)}, bond ${dollars(proposal.bondMicroUsd)}, by ${of.proposer}`;
  return [
    proposed,
    ...of.rounds.map((round) => {
      const ruling = round.ruling === null ? '' : `${named(round.ruling)}: `;
      return `${MARKS[round.state]} round ${round.number}, ${seatsWords(round, of.oneOperator)}: ${ruling}${safe(rulingWords(of.labels, round))}`;
    }),
  ];
};

/** What going on takes, or what is due, with the command for it. */
const nextLines = (of: ChainCase): readonly string[] => {
  const id = `chain:${of.caseId}`;
  if (of.phase === 'asked')
    return [
      `surety court propose ${id} --for OUTCOME proposes one of ${of.labels.map((each) => `“${each}”`).join(', ')}.`,
    ];
  const due = dueWords(of);
  const how = of.due === 'draw' ? `surety court draw ${id} does it.` : 'surety court serve --keep all does it.';
  const lines = due === null ? [] : [`${due} ${how}`];
  if (of.need === null) return lines;
  const { bondMicroUsd, feesMicroUsd } = of.need;
  const all = BigInt(bondMicroUsd) + BigInt(feesMicroUsd);
  return [
    ...lines,
    `Going on costs ${dollars(all)}: a bond of ${dollars(bondMicroUsd)}, and ${dollars(feesMicroUsd)} for the jurors. surety challenge ${id} --for OUTCOME pays it.`,
  ];
};

/** Opened votes of rounds that have ended, with the reasons that were published. */
const voteLines = (of: ChainCase): readonly string[] =>
  of.rounds
    .filter(({ state }) => state === 'past')
    .flatMap(({ number, panel }) =>
      panel
        .filter(({ vote }) => vote === 'cast' || vote === 'abstained')
        .map(({ juror, family, outcome, reason }) => {
          const said = outcome === null ? 'abstained' : `“${verdictWords(of.labels, outcome)}”`;
          const who = family === null ? juror : `${juror} (${family})`;
          return `round ${number}, ${who}: ${said}. ${reason ?? 'No reason is published.'}`;
        }),
    );

const isOpenChain = ({ phase }: ChainCase): boolean => phase !== 'final' && phase !== 'undecided';

export const printChainCase = (out: Output, of: ChainCase): void => {
  const { bold, dim } = out.style;
  const left = of.endsAt === null ? '' : ` ${spoken(Math.max(0, of.endsAt - of.chain.now))} left.`;
  out.line(`${bold(wrap(safe(subjectOf(of)), out.width))}\n`);
  out.line(`  ${safe(chainPhaseWords(of))}${left}`);
  const latest =
    of.latestEnd === null
      ? ''
      : `Over by ${new Date(of.latestEnd * 1_000).toISOString().slice(0, 16)}Z at the latest · `;
  out.line(dim(`  ${latest}case ${of.caseId} of ${of.chain.court} · asked by ${of.asker}\n`));
  for (const line of ladder(of)) out.line(`  ${wrap(line, out.width, '    ')}`);
  for (const line of voteLines(of)) out.line(dim(`    ${wrap(safe(line), out.width, '      ')}`));
  if (of.claim === null)
    out.line(
      `\n  ${wrap('Jurors cannot read what is asked: nobody published a claim with this digest, and they will abstain.', out.width, '  ')}`,
    );
  const warnings = isOpenChain(of) ? [servingWords(of), unruledWords(of)] : [];
  for (const line of warnings) if (line !== null) out.line(`\n  ${wrap(safe(line), out.width, '  ')}`);
  const persons = personsWords(of);
  if (persons !== null) out.line(`\n  ${wrap(safe(persons), out.width, '  ')}`);
  for (const line of nextLines(of)) out.line(`\n  ${wrap(safe(line), out.width, '  ')}`);
  out.line(dim('\n  A ruling shows how many said so, not that it is right.'));
};
