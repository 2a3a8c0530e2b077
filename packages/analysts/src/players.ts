/** The built-in players that need only the subject's name: pure, re-run by any verifier. */

import type { NameAnalyst } from './analyst.ts';
import charmodel from './artefact/charmodel.json' with { type: 'json' };
import stackmodel from './artefact/stackmodel.json' with { type: 'json' };
import { lookalikeAnalyst } from './brands/lookalike.ts';
import { ethPhishingDetectAnalyst } from './lists/eth-phishing-detect.ts';
import { messageAnalyst } from './messages/analyst.ts';
import { siteAnalyst } from './model/site-analyst.ts';
import { PLAYER_DATA } from './player-data.ts';
import { popularAnalyst } from './popular/popular.ts';
import { registryAnalyst } from './registry/analyst.ts';
import { rulesAnalyst } from './rules/analyst.ts';

const MODEL_DATA = [...PLAYER_DATA, 'surety/popular-domains', 'surety/brands', 'surety/made-up-names#players'];

/** Character runs of the whole host name, linear. */
export const charmodelAnalyst = siteAnalyst({
  id: 'charmodel',
  view: 'A trained model of character runs: how names of scams are spelt.',
  family: 'model:charmodel',
  trainedOn: MODEL_DATA,
  codeVersion: 1,
  stored: charmodel,
  silentOnBrands: true,
  silentOnIdn: true,
});

/** Boosted trees over four linear views, shape and brand features. */
export const stackmodelAnalyst = siteAnalyst({
  id: 'stackmodel',
  view: 'Boosted trees over spelling, words, suffix, shape and imitated brands.',
  family: 'model:stackmodel',
  trainedOn: MODEL_DATA,
  codeVersion: 1,
  stored: stackmodel,
});

/** Every player that is a pure function of the subject. */
export const purePlayers: readonly NameAnalyst[] = [
  ethPhishingDetectAnalyst,
  charmodelAnalyst,
  stackmodelAnalyst,
  lookalikeAnalyst,
  rulesAnalyst,
  popularAnalyst,
  registryAnalyst(),
  messageAnalyst,
];
