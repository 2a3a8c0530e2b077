/** What the drift chart draws, apart from drawing so that it can be tested. */
import type { ModelVersion } from '@surety/sdk/page';

export const MEASURES = [
  ['choices', 'Choices changed'],
  ['mean', 'Mean change'],
  ['max', 'Largest change'],
] as const;

export type Measure = (typeof MEASURES)[number][0];

/** One step between versions: its value, or why there is none. */
export type Bar = {
  readonly version: number;
  readonly from: number | null;
  readonly value: number | null;
  /** The value, or the reason for none, in words. */
  readonly words: string;
};

/** A real number with four significant digits. */
export const significant = (value: number): string => String(Number(value.toPrecision(4)));

const amountOf = ({ drift }: ModelVersion, measure: Measure): number | null => {
  if (drift === null || drift.result.kind !== 'measured') return null;
  const { argmaxChanged, probes, meanAbsolute, maxAbsolute } = drift.result;
  if (measure === 'choices') return argmaxChanged === null ? null : argmaxChanged / probes;
  return Number(measure === 'mean' ? meanAbsolute : maxAbsolute);
};

const whyNot = ({ program, drift, version }: ModelVersion): string => {
  if (version === 1) return 'first version';
  if (program === null) return 'not public';
  if (drift === null) return 'not measured';
  return drift.result.kind === 'not-comparable' ? 'not comparable' : 'chooses nothing';
};

/** A share as a percentage that does not round a change away. */
const share = (value: number): string => (value > 0 && value < 0.001 ? '< 0.1 %' : `${(value * 100).toFixed(1)} %`);

export const barsOf = (versions: readonly ModelVersion[], measure: Measure): readonly Bar[] =>
  versions.map((version) => {
    const value = amountOf(version, measure);
    const words = value === null ? whyNot(version) : measure === 'choices' ? share(value) : significant(value);
    return { version: version.version, from: version.drift?.from ?? null, value, words };
  });

/** The top of the scale: 1, 2 or 5 times a power of ten, not below the largest bar; a share never goes beyond 1. */
export const topOf = (bars: readonly Bar[], measure: Measure): number => {
  const most = Math.max(0, ...bars.map(({ value }) => value ?? 0));
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const top = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most) ?? most;
  return measure === 'choices' ? Math.min(1, top) : top;
};
