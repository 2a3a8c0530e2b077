/** A claim in words a person can check; the asker signs exactly this text. */
import { formatDollars, type QuestionClaim, type ResolutionRule, type Subject } from '@surety/core';
import { chainName } from './chains.ts';
import { toUnicodeHost } from './punycode.ts';

/** Unix seconds as `2026-11-21 22:28 UTC`. */
export const utc = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const quote = (text: string, max = 160): string => {
  const line = text.replace(/\s+/gu, ' ');
  return line.length > max ? `"${line.slice(0, max - 1).toWellFormed()}…" (${text.length} characters)` : `"${line}"`;
};

const hostWords = (host: string): string => {
  const unicode = toUnicodeHost(host);
  return unicode === host ? host : `${host} (shown as ${unicode})`;
};

/** The subject as a noun phrase, e.g. `the site uniswap.org`. */
export const subjectWords = (subject: Subject): string => {
  switch (subject.kind) {
    case 'site':
      return `the site ${hostWords(subject.host)}${subject.url === undefined ? '' : `, asked about at ${subject.url},`}`;
    case 'token':
      return `the token at ${subject.address} on ${chainName(subject.chainId)}`;
    case 'address':
      return `the address ${subject.address} on ${chainName(subject.chainId)}`;
    case 'contract':
      return `the contract at ${subject.address} on ${chainName(subject.chainId)}`;
    case 'message':
      return `the message ${quote(subject.text)}`;
    case 'delivery':
      return `the deliverable ${subject.deliverableSha256.slice(0, 12)}…`;
    case 'forecast':
      return quote(subject.statement, 400);
  }
};

const tokenClaim = (subject: Extract<Subject, { readonly kind: 'token' }>): string => {
  const claimed = subject.symbol ?? subject.name;
  return claimed === undefined ? 'the token of a known project' : `the real ${claimed}`;
};

/** What a claim asks, in one sentence. */
export const questionWords = (subject: Subject, predicate: string): string => {
  if (subject.kind === 'forecast') return `${subjectWords(subject)} comes true or does not.`;
  if (subject.kind === 'token' && predicate === 'genuine') return `Is ${subjectWords(subject)} ${tokenClaim(subject)}?`;
  if (subject.kind === 'delivery') {
    return `Does ${subjectWords(subject)} fulfil the agreement ${subject.agreementSha256.slice(0, 12)}…: ${quote(subject.summary)}?`;
  }
  return `Is ${subjectWords(subject)} ${predicate === 'scam' ? 'a scam' : predicate}?`;
};

const ruleWords = (rule: ResolutionRule): string =>
  rule.kind === 'official'
    ? `the record of ${rule.source} decides`
    : `${rule.quorum} of ${rule.seats} jurors that share nothing with the players decide, or it is refunded as undecided`;

/** What the words were read as, before money and deadline: one or two sentences. */
export const readingWords = (
  subject: Subject,
  predicate: string,
  outcomes: readonly string[],
  rule: ResolutionRule,
): string => `${questionWords(subject, predicate)} Answers: ${outcomes.join(' or ')}; ${ruleWords(rule)}.`;

/** A whole claim in two sentences. Deterministic: the same claim always reads the same. */
export const plainWords = (claim: QuestionClaim): string =>
  `${readingWords(claim.subject, claim.predicate, claim.outcomes, claim.rule)} ` +
  `You pay ${formatDollars(BigInt(claim.budgetMicroUsd))} to open its market, which closes at ${utc(claim.closesAt)}.`;
