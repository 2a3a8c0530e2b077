/**
 * Where a receipt that no longer reads is broken. Verification names the first place that does not read; this says
 * which of the four links rests on it.
 */
import type { Finding, Verification } from '@surety/sdk/page-verify';

type Link = Finding['link'];

const LINK_OF_KIND: Readonly<Record<string, Link>> = {
  'asker-signature': 'intent',
  screening: 'intent',
  'analyst-report': 'program',
  'juror-vote': 'program',
  'market-record': 'output',
  'official-record': 'output',
  'court-record': 'output',
};

const KIND = new RegExp(`"kind":"(${Object.keys(LINK_OF_KIND).join('|')})"`, 'g');

/** The statement inside a receipt file, as far as it is text at all. */
const statementText = (file: Uint8Array): string => {
  const payload = /"payload":"([A-Za-z0-9+/=]*)"/.exec(new TextDecoder().decode(file))?.[1];
  try {
    return atob(payload ?? '');
  } catch {
    return '';
  }
};

/** The link that rests on a part of the predicate; `null` where the path does not say. */
export const linkOfPath = (path: string, statement: string): Link | null => {
  const part = /predicate\.([a-zA-Z]+)(?:\.(\d+)(\.kind)?)?/.exec(path);
  if (part === null) return null;
  const [, name, index, kind] = part;
  if (name === 'claim') return 'intent';
  if (name !== 'evidence') return 'output';
  // With a kind itself unreadable, counting kinds would name a neighbour.
  if (index === undefined || kind !== undefined) return null;
  const found = [...statement.matchAll(KIND)][Number(index)]?.[1];
  return found === undefined ? null : (LINK_OF_KIND[found] ?? null);
};

/** The findings of a verification, with the broken link in place of "not read" where a broken file tells which it is. */
export const withBrokenPart = (
  verification: Verification,
  findings: readonly Finding[],
  file: Uint8Array,
): readonly Finding[] => {
  const [path] = verification.changed;
  if (verification.verdict !== 'malformed' || path === undefined) return findings;
  const link = linkOfPath(path, statementText(file));
  if (link === null) return findings;
  const where = path.replace(/^envelope\.payload: /, '');
  const broken: Finding = {
    link,
    source: where,
    holds: 'refuted',
    summary: `The file no longer reads at ${where}, which this link rests on.`,
    proves: [],
    assumes: [],
    doesNotProve: ['who changed it, or when', 'that nothing else was changed'],
    freshAt: null,
  };
  return findings.map((finding) => (finding.link === link ? broken : finding));
};
