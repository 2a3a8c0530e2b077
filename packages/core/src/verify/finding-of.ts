import type { Evidence } from '../evidence.ts';
import { evidenceIdOf } from '../evidence-shape.ts';
import type { Finding, Link } from '../finding.ts';

/** The link that each kind of evidence supports. */
export const LINK_OF_EVIDENCE: Readonly<Record<Evidence['kind'], Link>> = {
  'asker-signature': 'intent',
  screening: 'intent',
  'analyst-report': 'program',
  'juror-vote': 'program',
  'market-record': 'output',
  'official-record': 'output',
  'court-record': 'output',
};

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

/**
 * Refuted, where the evidence is dated after its receipt, else `null`. Whoever made it wrote that date: a later one would
 * make all that it says fresher than it can be.
 */
export const datedAfter = (issuedAt: number, link: Link, evidence: Evidence): Finding | null =>
  'at' in evidence && evidence.at > issuedAt
    ? findingOf(link, evidence, {
        holds: 'refuted',
        summary: `A piece of evidence (${evidence.kind}) is dated after the receipt was issued.`,
        doesNotProve: ['when it was made'],
        freshAt: null,
      })
    : null;

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
