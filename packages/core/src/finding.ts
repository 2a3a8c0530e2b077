/**
 * Findings: what a piece of evidence shows about one link of a claim, what it assumes, and what it does
 * not prove. Findings are recomputed from evidence, never read from a receipt. See `spec/03-evidence.md`.
 */

/** The four links of a decision; each can be false on its own. */
export const LINKS = ['intent', 'input', 'program', 'output'] as const;
export type Link = (typeof LINKS)[number];

/** The closed list of properties that evidence can prove. Truth is not on it. */
export const PROPERTIES = [
  'integrity',
  'authenticity',
  'confidentiality',
  'availability',
  'freshness',
  'uniqueness-of-person',
  'inclusion',
  'reproducibility',
  'agreement',
] as const;
export type Property = (typeof PROPERTIES)[number];

export type Holds = 'shown' | 'refuted' | 'not-shown';

export type Finding = {
  readonly link: Link;
  /** Which evidence it was recomputed from: the evidence id, or the check's name for whole-receipt checks. */
  readonly source: string;
  readonly holds: Holds;
  /** One plain sentence: what was checked and what came of it. */
  readonly summary: string;
  /** Each property with the plain words of what exactly it is a property of. */
  readonly proves: readonly { readonly property: Property; readonly of: string }[];
  /** Whom or what one must still trust. */
  readonly assumes: readonly string[];
  /** What this does not prove; never empty. */
  readonly doesNotProve: readonly [string, ...string[]];
  /** Unix seconds at which the evidence was true; `null` where it carries no time. */
  readonly freshAt: number | null;
};
