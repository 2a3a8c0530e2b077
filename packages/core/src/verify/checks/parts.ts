/** The digest of each part of the statement: they name which part was changed. */

import type { Finding, Link } from '../../finding.ts';
import type { ReceiptStatement } from '../../receipt.ts';
import { partDigests } from '../../receipt-build.ts';
import { broken, type Check, checkOf } from '../check.ts';
import { findingAbout, LINK_OF_EVIDENCE } from '../finding-of.ts';

/** Names of the parts that differ from their digests, in the statement's order. */
export const changedParts = (statement: ReceiptStatement): readonly string[] => {
  const right = partDigests(statement.predicate);
  const { subject } = statement;
  const differing = right.flatMap(({ name, digest }, i) =>
    subject[i]?.name === name && subject[i].digest.sha256 === digest.sha256 ? [] : [name],
  );
  return subject.length === right.length ? differing : [...differing, 'subject'];
};

const LINK_OF_PART: Readonly<Record<string, Link>> = {
  claim: 'intent',
  outcome: 'output',
  probabilitiesPpm: 'output',
  status: 'output',
  decidedBy: 'output',
};

const linkOf = (part: string, statement: ReceiptStatement): Link | undefined => {
  const evidence = statement.predicate.evidence[Number(part.slice('evidence.'.length))];
  return part.startsWith('evidence.') && evidence !== undefined ? LINK_OF_EVIDENCE[evidence.kind] : LINK_OF_PART[part];
};

/** A refuted finding on the link that each changed part belongs to. */
export const changedFindings = (statement: ReceiptStatement, changed: readonly string[]): readonly Finding[] =>
  changed.flatMap((part) => {
    const link = linkOf(part, statement);
    if (link === undefined) return [];
    const summary = `${part} was changed after it was signed: it no longer has its digest.`;
    return [
      findingAbout(link, `predicate.${part}`, { holds: 'refuted', summary, doesNotProve: ['what it said before'] }),
    ];
  });

export const checkParts = (changed: readonly string[]): Check => {
  if (changed.length > 0) {
    return broken('parts', {
      code: 'receipt.changed',
      message: `Changed after signing: ${changed.map((part) => `predicate.${part}`).join(', ')} (or its digest).`,
      next: 'Do not rely on it; get the receipt again from whoever issued it.',
      field: `predicate.${changed[0]}`,
    });
  }
  return checkOf('parts', {
    holds: 'shown',
    summary: 'Claim, evidence and ruling have the digests that the statement lists.',
    proves: [{ property: 'integrity', of: 'each part of the statement against its digest' }],
    doesNotProve: ['that what they say is so'],
  });
};
