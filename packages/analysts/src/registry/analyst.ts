/** The token registry analyst: is this the contract it claims to be? */

import type { Subject } from '@surety/core';
import { abstain, type NameAnalyst, type Reading } from '../analyst.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { type Registry, standing } from './registry.ts';
import { GENUINE_TOKENS } from './tokens.ts';

/** The table that ships. */
export const BUILT_IN_REGISTRY: Registry = {
  name: 'surety/genuine-tokens',
  tokens: GENUINE_TOKENS.trim()
    .split('\n')
    .map((line) => {
      const [chainId = '', symbol = '', address = '', ...name] = line.split(' ');
      return { chainId: Number(chainId), symbol, address, name: name.join(' ') };
    }),
};

/** The very contract in the registry: what remains is an error of the table. */
const GENUINE_PPM = 8_000;
/** A genuine contract under another symbol: not what it is said to be, however honest the token itself. */
const MISNAMED_PPM = 900_000;
/** A known symbol on a foreign contract: bridges and wrappers exist, so not certainty. */
const IMPOSTOR_PPM = 930_000;
/** The symbol is drawn with look-alike letters: no bridge does that. */
const DRAWN_PPM = 985_000;
/** Known on another chain only: a bridged token or an imitation. */
const ELSEWHERE_PPM = 620_000;

type OnChain = Extract<Subject, { readonly address: string }>;

const readToken = (registry: Registry, subject: OnChain, program: string): Reading => {
  const result = standing(registry, subject);
  const claim = subject.kind === 'token' ? (subject.symbol ?? subject.name ?? '') : '';
  const saw = [
    `chain ${subject.chainId}, contract ${subject.address}${claim === '' ? '' : `, claimed to be ${claim}`}`,
    `${registry.name} (${registry.tokens.length} tokens)`,
  ];
  const didNotSee = [
    'the contract’s code and balances',
    'tokens outside the registry',
    'whether the token is worth its price',
  ];
  const facts = { chainId: subject.chainId, address: subject.address, standing: result.kind };
  const reading = (probabilityPpm: number, text: string): Reading => ({
    probabilityPpm,
    saw,
    didNotSee,
    reasons: [{ text }, { text: 'What that is worth is an assumption set by hand, not a measurement.' }],
    facts,
    program,
  });
  if (result.kind === 'unknown')
    return {
      ...abstain(program, 'The registry knows neither this contract nor the symbol it claims.', didNotSee, facts),
      saw,
    };
  const { token } = result;
  if (result.kind === 'genuine') {
    return result.claimFits
      ? reading(GENUINE_PPM, `This is the genuine contract of ${token.name} (${token.symbol}).`)
      : reading(MISNAMED_PPM, `This is the contract of ${token.symbol}, not of ${claim}.`);
  }
  if (result.kind === 'elsewhere') {
    return reading(
      ELSEWHERE_PPM,
      `${token.symbol} is known on chain ${token.chainId}, not on this one: a bridged token or an imitation.`,
    );
  }
  return result.drawn
    ? reading(
        DRAWN_PPM,
        `Its ${result.by} is drawn to look like ${token.symbol}, whose contract here is ${token.address}.`,
      )
    : reading(IMPOSTOR_PPM, `It bears the ${result.by} of ${token.symbol}, whose contract here is ${token.address}.`);
};

/** An analyst over a registry; pass a larger one from {@link loadRegistry}. */
export const registryAnalyst = (registry: Registry = BUILT_IN_REGISTRY): NameAnalyst =>
  nameAnalyst({
    id: 'token-registry',
    view: 'Compares a contract and the symbol it claims with genuine contracts.',
    family: 'table:tokens',
    trainedOn: [registry.name],
    reads: ['token', 'contract', 'address'],
    codeVersion: 2,
    artefact: () => JSON.stringify(registry.tokens),
    readSubject: (subject, program) =>
      subject.kind === 'token' || subject.kind === 'contract' || subject.kind === 'address'
        ? readToken(registry, subject, program)
        : abstain(program, 'Not on a chain.', ['the subject']),
  });
