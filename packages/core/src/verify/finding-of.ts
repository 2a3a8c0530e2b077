import type { Evidence } from '../evidence.ts';
import { evidenceIdOf } from '../evidence-shape.ts';
import type { Finding, Link } from '../finding.ts';

/** The parts of a finding that differ; the rest has the cautious default. */
type Parts = Pick<Finding, 'holds' | 'summary' | 'doesNotProve'> & Partial<Finding>;

const CAUTIOUS = { proves: [], assumes: [], freshAt: null } as const;

/** A finding from one piece of evidence. */
export const findingOf = (link: Link, evidence: Evidence, parts: Parts): Finding => ({
  ...CAUTIOUS,
  freshAt: 'at' in evidence ? evidence.at : null,
  ...parts,
  link,
  source: evidenceIdOf(evidence),
});

/** A finding from the receipt as a whole; `source` names the check. */
export const findingAbout = (link: Link, source: string, parts: Parts): Finding => ({
  ...CAUTIOUS,
  ...parts,
  link,
  source,
});

/** Parts per million as a percentage in words, exact: `97.3 %`. */
export const percent = (ppm: number): string => {
  const tail = (ppm % 10_000).toString().padStart(4, '0').replace(/0+$/, '');
  return `${(ppm - (ppm % 10_000)) / 10_000}${tail === '' ? '' : `.${tail}`} %`;
};
