/**
 * `tokens`: how often the token jurors vote and how often they are right, on labels that calibrated nothing: the test half
 * of `../shared/data/tokens` (names that Etherscan gives to contracts; noisy). Half of the questions ask a contract under
 * its own symbol, a quarter under another's, a quarter an address nobody has used. Strictly read: an honest token that
 * shares its symbol with a better-known one counts as genuine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenJurors } from '../packages/analysts/src/jurors/token-jurors.ts';
import { eligibleJurors, purePlayers, voteOf } from '../packages/analysts/src/pure.ts';
import { registryAnalyst } from '../packages/analysts/src/registry/analyst.ts';
import {
  labelledTokens,
  type TokenQuestion,
  tokenQuestions,
  tokenSide,
} from '../packages/analysts/training/token-questions.ts';
import type { Figure } from './figure.ts';
import { figure, type Judged, panelFigures } from './jurors/panel.ts';

const LABELS = join(import.meta.dirname, '../../shared/data/tokens/tokens.csv');

const jurors = eligibleJurors(purePlayers, tokenJurors);
const ids = jurors.map(({ id }) => id);
const registry = registryAnalyst();

const subjectOf = ({ chainId, address, claim }: TokenQuestion) =>
  ({ kind: 'token', chainId, address, symbol: claim }) as const;

const judge = (question: TokenQuestion): Judged => ({
  scam: question.kind !== 'own',
  votes: jurors.map((juror) => voteOf(juror.readSync(subjectOf(question)))),
  weight: 1,
});

/** How many lists can compare the claim with anything. */
const listsThatKnow = (question: TokenQuestion): number =>
  jurors.filter((juror) => juror.readSync(subjectOf(question)).probabilityPpm !== null).length;

/** What a borrowed symbol is worth: the players' registry states it by hand, the labels say how often it was so. */
const borrowedSymbol = (questions: readonly TokenQuestion[]): Figure => {
  const borrowed = questions.filter((q) => registry.readSync(subjectOf(q)).facts.standing === 'impostor');
  const value = (100 * borrowed.filter(({ kind }) => kind !== 'own').length) / Math.max(1, borrowed.length);
  return figure('player token-registry: a borrowed symbol is an impostor', value, '%', {
    peer: `states 93 % by hand; ${borrowed.length} questions`,
  });
};

export const run = async (): Promise<Figure[]> => {
  if (!existsSync(LABELS)) {
    process.stderr.write('tokens: ../shared/data is absent: nothing to measure on.\n');
    return ['all, panel', 'known to two lists, panel'].map((name) =>
      figure(`${name}: right when it decides`, null, '%'),
    );
  }
  const tokens = labelledTokens(readFileSync(LABELS, 'utf8')).filter((token) => tokenSide(token) === 'test');
  const all = tokenQuestions(tokens);
  const known = tokenQuestions(
    tokens.filter((token) => listsThatKnow({ ...token, kind: 'own', claim: token.symbol }) >= 2),
  );
  return [
    ...panelFigures('all', ids, all.map(judge)),
    ...panelFigures('known to two lists', ids, known.map(judge)),
    borrowedSymbol(known),
  ];
};
