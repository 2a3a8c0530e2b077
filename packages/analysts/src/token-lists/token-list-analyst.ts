/**
 * An analyst over one curator's token list. It answers only whether a contract is the token that it is said to be, and
 * every probability it states was measured on labelled tokens by `training/calibrate-tokens.ts`.
 */

import type { Subject } from '@surety/core';
import { abstain, clampPpm, type NameAnalyst, type Reading } from '../analyst.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { indexTokens, type StoredTokenList, type TokenIndex, type TokenStanding } from './token-list.ts';

/** What a standing was worth: parts per million that the contract is not the token it is said to be. */
export type TokenCalibration = {
  readonly fitsPpm: number;
  readonly anotherPpm: number;
  readonly bearsPpm: number;
  /** Labelled tokens it was measured on: those whose symbol the list knows. */
  readonly tokens: number;
};

export type TokenListParts = {
  readonly id: string;
  readonly view: string;
  readonly family: string;
  readonly trainedOn: readonly string[];
  readonly list: StoredTokenList;
  readonly calibration: TokenCalibration;
};

const DID_NOT_SEE = [
  'the contract’s code, owner and balances',
  'whether the token is worth anything or its makers are honest',
  'tokens outside the list, and what changed after it was published',
] as const;

const sentenceOf = (standing: Exclude<TokenStanding, { kind: 'unknown' }>): string => {
  if (standing.kind === 'fits') return `The list holds this contract as ${standing.symbol}, as it is said to be.`;
  if (standing.kind === 'another')
    return `The list holds this contract as ${standing.symbol}, and ${standing.claimed} under another.`;
  return `The list holds ${standing.claimed} under another contract; honest tokens often share a symbol, so this alone decides nothing.`;
};

type Token = Extract<Subject, { readonly kind: 'token' }>;

const readToken = (subject: Token, index: TokenIndex, parts: TokenListParts, program: string): Reading => {
  const claim = subject.symbol ?? subject.name ?? '';
  const standing = index.standing(subject.chainId, subject.address, claim);
  const facts = { chainId: subject.chainId, address: subject.address, standing: standing.kind };
  const saw = [`${parts.list.from.join(', ')} (${parts.list.entries.length} entries)`];
  if (standing.kind === 'unknown') {
    const why = claim === '' ? 'Nothing is claimed of this contract.' : `The list knows no ${claim} on this chain.`;
    return { ...abstain(program, why, DID_NOT_SEE, facts), saw };
  }
  const { calibration } = parts;
  return {
    probabilityPpm: clampPpm(calibration[`${standing.kind}Ppm`]),
    saw,
    didNotSee: DID_NOT_SEE,
    reasons: [
      { text: sentenceOf(standing) },
      { text: `What that is worth was measured on ${calibration.tokens} labelled tokens whose symbol the list knows.` },
    ],
    facts,
    program,
  };
};

/** The analyst; its index is built at the first reading and kept. */
export const tokenListAnalyst = (parts: TokenListParts): NameAnalyst => {
  let index: TokenIndex | null = null;
  return nameAnalyst({
    ...parts,
    reads: ['token'],
    answers: ['genuine'],
    codeVersion: 1,
    artefact: () => JSON.stringify([parts.list, parts.calibration]),
    readSubject: (subject, program) => {
      if (subject.kind !== 'token') return abstain(program, 'Not a token.', DID_NOT_SEE);
      index ??= indexTokens(parts.list);
      return readToken(subject, index, parts, program);
    },
  });
};
