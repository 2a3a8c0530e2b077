/**
 * Labelled questions that calibrated and trained nothing, and what each juror states of them. Sites: first listed from
 * `TEST_FROM` on under registered domains never listed before, beside legitimate crypto hosts that no shipped model saw.
 * Tokens: the test half of the labels, where two lists at least know the symbol.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from '@surety/core';
import { tokenJurors } from '../../packages/analysts/src/jurors/token-jurors.ts';
import {
  eligibleJurors,
  hostParts,
  type NameAnalyst,
  purePlayers,
  siteJurors,
} from '../../packages/analysts/src/pure.ts';
import { labelledTokens, tokenQuestions, tokenSide } from '../../packages/analysts/training/token-questions.ts';
import { loadSites } from '../sites/data.ts';

const ANY_ADDRESS = '0x0000000000000000000000000000000000000000';
const TOKENS = join(import.meta.dirname, '../../../shared/data/tokens/tokens.csv');

export type Question = {
  /** Whether the subject is what a high probability says: a scam, or not the token it is said to be. */
  readonly bad: boolean;
  /** Each juror's probability of that in parts per million; `null` where it states none. */
  readonly stated: readonly (number | null)[];
  /** What each juror would say if it had to say one thing: bad or not; `null` where it does not read such a question at all. */
  readonly leans: readonly (boolean | null)[];
};

export type QuestionSet = {
  readonly kind: 'sites' | 'tokens';
  readonly jurors: readonly { readonly id: string; readonly program: string }[];
  readonly questions: readonly Question[];
};

const named = (jurors: readonly NameAnalyst[], subject: Subject): QuestionSet['jurors'] =>
  jurors.map((juror) => ({ id: juror.id, program: juror.readSync(subject).program }));

const HALF_PPM = 500_000;

/** Names that no site juror reads (shared hosting, beyond the Latin alphabet) stay in: they are asked about too. */
export const siteSet = (): QuestionSet | null => {
  const data = loadSites();
  if (data === null) return null;
  const jurors = eligibleJurors(purePlayers, siteJurors);
  const ask = (host: string, bad: boolean): Question => {
    const stated = jurors.map((juror) => juror.readSync({ kind: 'site', host }).probabilityPpm);
    const { sharedHosting, isIdn } = hostParts(host);
    // Silence of a juror that reads the name means that it saw no sign.
    return { bad, stated, leans: stated.map((ppm) => (sharedHosting || isIdn ? null : (ppm ?? 0) > HALF_PPM)) };
  };
  const readable = (host: string): boolean => hostParts(host).label !== '';
  const questions = [
    ...data.testScams.filter(readable).map((host) => ask(host, true)),
    ...data.testLegitimate.filter(readable).map((host) => ask(host, false)),
  ];
  return { kind: 'sites', jurors: named(jurors, { kind: 'site', host: 'a.com' }), questions };
};

export const tokenSet = (): QuestionSet | null => {
  if (!existsSync(TOKENS)) return null;
  const jurors = eligibleJurors(purePlayers, tokenJurors);
  const stated = (chainId: number, address: string, symbol: string): (number | null)[] =>
    jurors.map((juror) => juror.readSync({ kind: 'token', chainId, address, symbol }).probabilityPpm);
  const known = labelledTokens(readFileSync(TOKENS, 'utf8')).filter(
    (token) =>
      tokenSide(token) === 'test' &&
      stated(token.chainId, token.address, token.symbol).filter((ppm) => ppm !== null).length >= 2,
  );
  const questions = tokenQuestions(known).map(({ kind, chainId, address, claim }) => {
    const said = stated(chainId, address, claim);
    return { bad: kind !== 'own', stated: said, leans: said.map((ppm) => (ppm === null ? null : ppm > HALF_PPM)) };
  });
  const anything: Subject = { kind: 'token', chainId: 1, address: ANY_ADDRESS };
  return { kind: 'tokens', jurors: named(jurors, anything), questions };
};

/** How much each question counts: both answers together the same, the prior of one half. */
export const weightsOf = (questions: readonly Question[]): Float64Array => {
  const bad = questions.filter((question) => question.bad).length;
  return Float64Array.from(questions, (question) => 0.5 / (question.bad ? bad : questions.length - bad));
};
