/**
 * `prove-growth`: time, memory and size of proofs for perceptrons of 10^4 to 10^8 weights, public and hidden, one thread, each in
 * a process of its own; exponents fitted by least squares over the upper half, where constant costs no longer rule. Writes
 * `docs/charts/prove-growth.svg`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { growthChart } from './prove-growth/chart.ts';
import { exponent, type Growth, SIZES, widthsOf } from './prove-growth/growth.ts';
import { inProcess } from './prove-large/in-process.ts';

const MIB = 2 ** 20;

const measured = (hidden: boolean): Growth[] =>
  SIZES.map((weights) => {
    const proofs = weights <= 1e6 ? 9 : weights <= 1e7 ? 5 : 3;
    const { commit, prove, verify, proofBytes, peakBytes } = inProcess(
      'prove-growth',
      widthsOf(weights).join('x'),
      hidden,
      proofs,
    );
    const seconds = { commit: commit / 1000, prove: prove / 1000, verify: verify / 1000 };
    return { weights, ...seconds, proofKib: proofBytes / 1024, peakMib: peakBytes / MIB };
  });

const KINDS = [
  ['prove', 's'],
  ['verify', 's'],
  ['proofKib', 'KiB'],
  ['peakMib', 'MiB'],
] as const;

const NAMES = { commit: 'commit', prove: 'proving', verify: 'verifying', proofKib: 'size', peakMib: 'memory' } as const;

const figuresOf = (rows: readonly Growth[], hidden: boolean): Figure[] => {
  const of = hidden ? 'weights hidden' : 'weights public';
  const plain = { goal: '', holds: null, peer: '' };
  const kinds = hidden ? ([...KINDS, ['commit', 's']] as const) : KINDS;
  return kinds.flatMap(([kind, unit]) => [
    ...rows.map(
      (row): Figure => ({
        name: `${NAMES[kind]}, ${of}, ${row.weights.toExponential(0)} weights`,
        value: row[kind],
        unit,
        ...plain,
      }),
    ),
    { name: `${NAMES[kind]}, ${of}: exponent`, value: exponent(rows, kind), unit: '', ...plain },
  ]);
};

export const run = async (): Promise<readonly Figure[]> => {
  const [open, hidden] = [measured(false), measured(true)];
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'charts', 'prove-growth.svg'), growthChart(open, hidden));
  return [...figuresOf(open, false), ...figuresOf(hidden, true)];
};
