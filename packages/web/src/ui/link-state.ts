import type { Finding, Holds, Link } from '@surety/sdk/page';

/** The order in which a decision is read; each link can be false on its own. */
export const LINK_ORDER: readonly Link[] = ['intent', 'input', 'program', 'output'];

/** The question each link answers, in plain words. */
export const LINK_QUESTION: Readonly<Record<Link, string>> = {
  intent: 'Was this what was asked?',
  input: 'What was looked at?',
  program: 'What worked it out?',
  output: 'How was the answer reached?',
};

export const HOLDS_WORDS: Readonly<Record<Holds, string>> = {
  shown: 'shown',
  refuted: 'broken',
  'not-shown': 'not shown',
};

export type LinkState = {
  readonly link: Link;
  /** `refuted` if any finding is; `shown` only if there are findings and every one is; else `not-shown`. */
  readonly holds: Holds;
  readonly findings: readonly Finding[];
  readonly shownCount: number;
};

/** A link is worth no more than its weakest finding; one without findings shows nothing. */
export const linkStates = (findings: readonly Finding[]): readonly LinkState[] =>
  LINK_ORDER.map((link) => {
    const own = findings.filter((finding) => finding.link === link);
    const shownCount = own.filter((finding) => finding.holds === 'shown').length;
    const refuted = own.some((finding) => finding.holds === 'refuted');
    const holds: Holds = refuted ? 'refuted' : own.length > 0 && shownCount === own.length ? 'shown' : 'not-shown';
    return { link, holds, findings: own, shownCount };
  });

/** What stands under a link's name: `shown`, `2 of 3 shown`, `not shown`, `broken`. */
export const linkSummary = ({ holds, findings, shownCount }: LinkState): string => {
  if (holds === 'refuted') return 'broken';
  if (holds === 'shown') return 'shown';
  return shownCount === 0 ? 'not shown' : `${shownCount} of ${findings.length} shown`;
};
