/**
 * Measures what each standing of a token list is worth and writes `src/artefact/tokens-calibration.json`:
 *
 *     node packages/analysts/training/calibrate-tokens.ts --labels FILE [--out DIRECTORY]
 *
 * `FILE` is `tokens.csv` of `dawsbot/eth-labels` (MIT; see `src/artefact/TOKENS.md`); only rates over one half
 * of them are kept; the other half is for `npm run bench -- tokens`. The same labels give the same bytes.
 */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import aave from '../src/artefact/tokens-aave.json' with { type: 'json' };
import superchain from '../src/artefact/tokens-superchain.json' with { type: 'json' };
import wallets from '../src/artefact/tokens-wallets.json' with { type: 'json' };
import { indexTokens, type StoredTokenList, type TokenStanding } from '../src/token-lists/token-list.ts';
import type { TokenCalibration } from '../src/token-lists/token-list-analyst.ts';
import { labelledTokens, tokenQuestions, tokenSide } from './token-questions.ts';

const { values } = parseArgs({ options: { labels: { type: 'string' }, out: { type: 'string' } } });
if (values.labels === undefined) {
  process.stderr.write('Say where the labels are: --labels tokens.csv (see src/artefact/TOKENS.md).\n');
  process.exit(2);
}
const bytes = readFileSync(values.labels);
const tokens = labelledTokens(bytes.toString('utf8')).filter((token) => tokenSide(token) === 'calibration');

/**
 * Probability that the contract is not what it is said to be, at a prior of one half over questions whose claim the list
 * knows. One case more of each is counted than was seen, so that nothing unseen is called impossible.
 */
const calibrate = (list: StoredTokenList): TokenCalibration => {
  const index = indexTokens(list);
  const standingOf = (chainId: number, address: string, claim: string): TokenStanding['kind'] =>
    index.standing(chainId, address, claim).kind;
  const known = tokens.filter(({ chainId, address, symbol }) => standingOf(chainId, address, symbol) !== 'unknown');
  const asked = tokenQuestions(known).map(({ kind, chainId, address, claim }) => ({
    own: kind === 'own',
    standing: standingOf(chainId, address, claim),
  }));
  const ppmOf = (standing: TokenStanding['kind']): number => {
    const rate = (own: boolean): number => {
      const of = asked.filter((a) => a.own === own);
      // Each token is asked twice on either side; it is one observation.
      return (of.filter((a) => a.standing === standing).length / 2 + 1) / (of.length / 2 + 2);
    };
    return Math.round((1e6 * rate(false)) / (rate(true) + rate(false)));
  };
  return { fitsPpm: ppmOf('fits'), anotherPpm: ppmOf('another'), bearsPpm: ppmOf('bears'), tokens: known.length };
};

const stored = {
  command: 'node packages/analysts/training/calibrate-tokens.ts --labels FILE',
  labels: { name: 'dawsbot/eth-labels', sha256: createHash('sha256').update(bytes).digest('hex'), used: tokens.length },
  calibrations: { wallets: calibrate(wallets), superchain: calibrate(superchain), aave: calibrate(aave) },
};
writeFileSync(
  join(values.out ?? join(import.meta.dirname, '../src/artefact'), 'tokens-calibration.json'),
  `${JSON.stringify(stored, null, 2)}\n`,
);
process.stderr.write(`${JSON.stringify(stored.calibrations, null, 2)}\n`);
