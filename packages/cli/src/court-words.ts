/** A case of the court in lines for a terminal: the ladder, the sides, what going on costs. */
import { formatDollars } from '@surety/sdk/base';
import { type CourtCase, needMicroUsd, phaseWords, rulingWords, seatsWords, verdictWords } from '@surety/sdk/court';
import { spoken } from './duration.ts';
import { safe } from './terminal/safe.ts';

const dollars = (microUsd: string | bigint): string => formatDollars(BigInt(microUsd));

const MARKS = { past: '●', running: '◌', 'to-come': '○' } as const;

/** The way up, one line a rung. */
export const ladderLines = (of: CourtCase): readonly string[] => {
  const { outcomes } = of.claim;
  const [proposal] = of.rungs;
  const proposed = `${MARKS.past} proposed: “${safe(verdictWords(outcomes, proposal?.outcome ?? 0))}”, bond ${dollars(proposal?.bondMicroUsd ?? '0')}`;
  return [
    proposed,
    ...of.rounds.map((round) => {
      const ruling = round.ruling === null ? '' : `“${safe(verdictWords(outcomes, round.ruling))}”: `;
      return `${MARKS[round.state]} round ${round.number}, ${seatsWords(round, of.oneOperator)}: ${ruling}${safe(rulingWords(outcomes, round))}`;
    }),
  ];
};

/** Where it stands and how long there is. */
export const standingLine = (of: CourtCase, now: number): string => {
  const left = of.endsAt === null ? '' : ` ${spoken(Math.max(0, of.endsAt - now))} left.`;
  return `${safe(phaseWords(of))}${left}`;
};

/** What going on costs, or nothing. */
export const needLine = (of: CourtCase): string | null => {
  const need = needMicroUsd(of);
  if (need === null || of.need === null) return null;
  const { bondMicroUsd, feesMicroUsd } = of.need;
  return `Going on costs ${dollars(need)}: a bond of ${dollars(bondMicroUsd)}, and ${dollars(feesMicroUsd)} for the jurors.`;
};
