/** Proofs of training for people. */
import type { VerifiedTraining } from '@surety/sdk/training';
import { number } from './model-report.ts';
import type { Output } from './terminal/output.ts';
import { table } from './terminal/table.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** `40.0 %`, rounded down. */
const percent = (part: number, of: number): string => {
  const permille = of === 0 ? 0 : Math.floor((part * 1_000) / of);
  return `${Math.floor(permille / 10)}.${permille % 10} %`;
};

/** Millionths between the two rates, rounded up; null where a group is empty. */
export const apartPpm = ({ positives, members }: Pick<VerifiedTraining, 'positives' | 'members'>): number | null => {
  const [[p0, p1], [m0, m1]] = [positives, members];
  return m0 === 0 || m1 === 0 ? null : Math.ceil((Math.abs(p0 * m1 - p1 * m0) * 1_000_000) / (m0 * m1));
};

/** What is said for programs: hex for bytes. */
export const trainingData = ({
  setting,
  program,
  run,
  dataSet,
  auditSet,
  first,
  last,
  ...shown
}: VerifiedTraining) => ({
  setting,
  program: hex(program),
  run: hex(run),
  dataSet: hex(dataSet),
  auditSet: hex(auditSet),
  first: hex(first),
  last: hex(last),
  counts: shown.counts,
  positives: shown.positives,
  members: shown.members,
  apartPpm: apartPpm(shown),
});

/** @param percentOf millionths as percent */
export const printTraining = (out: Output, verified: VerifiedTraining, percentOf: (ppm: number) => string): void => {
  const { setting, counts, positives, members, dataSet, auditSet, first, last } = verified;
  const { shape, steps, batches, audit } = setting;
  const group = (i: 0 | 1): string =>
    `${positives[i]} of ${members[i]} in group ${i} (${percent(positives[i], members[i])})`;
  const apart = apartPpm(verified);
  const rates =
    apart === null ? 'a group is empty: no rates to compare' : `at most ${percentOf(apart)} percentage points apart`;
  const rows = [
    [
      'trained',
      `${shape.widths.join(' → ')}, ${number(steps)} steps, rate 1/${2 ** shape.rateBits}, momentum ${shape.momentum32nds}/32`,
    ],
    [
      'data set',
      `${number(batches * shape.batch)} samples in ${batches} batches of ${shape.batch}: ${counts.map((count, label) => `${number(count)} of class ${label}`).join(', ')}`,
    ],
    ['audit', `class ${audit.positive} for ${group(0)} and ${group(1)}: ${rates}`],
  ];
  for (const line of table(rows.map(([name, words]) => [`  ${name}`, words!]))) out.line(line);
  const roots = [
    ['data set', dataSet],
    ['audit set', auditSet],
    ['first model', first],
    ['last model', last],
  ] as const;
  for (const line of table(roots.map(([name, root]) => [`  root of ${name}`, hex(root)])))
    out.line(out.style.dim(line));
};
