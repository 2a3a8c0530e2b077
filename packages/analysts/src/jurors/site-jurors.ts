/** The built-in jurors of sites: models trained on registered domains that no player has seen, in families of their own. */

import type { NameAnalyst } from '../analyst.ts';
import grams from '../artefact/juror-grams.json' with { type: 'json' };
import trees from '../artefact/juror-trees.json' with { type: 'json' };
import words from '../artefact/juror-words.json' with { type: 'json' };
import { siteAnalyst } from '../model/site-analyst.ts';
import { KNOWN_SITES } from './known-sites.ts';
import { silentOnSharedHosting } from './silent-on-shared-hosting.ts';

/** The legitimate side is shared among the jurors; the scams are in thirds. */
const dataOf = (part: number): string[] => [
  `polkadot-js/phishing#jurors-${part}`,
  'dawsbot/eth-labels#jurors',
  'surety/known-sites',
  `surety/made-up-names#jurors-${part}`,
];

const known = new Set(KNOWN_SITES);

/** Too high for a vote at the default ratio: on the name alone a juror never clears a site that it does not know. */
const LEAST_UNKNOWN_PPM = 120_000;
const careful = { silentOnIdn: true, leastUnknownPpm: LEAST_UNKNOWN_PPM } as const;

/** What the jurors learned, wherever the site is; the bench measures them on shared hosting. */
export const siteModels: readonly NameAnalyst[] = [
  siteAnalyst({
    id: 'juror-grams',
    view: 'Character runs of the whole name, linear.',
    family: 'juror-model:grams',
    trainedOn: dataOf(0),
    codeVersion: 1,
    stored: grams,
    ...careful,
  }),
  siteAnalyst({
    id: 'juror-trees',
    view: 'Boosted trees over the label’s characters, the suffix and the shape; knows some genuine sites.',
    family: 'juror-model:trees',
    trainedOn: dataOf(1),
    codeVersion: 1,
    stored: trees,
    ...careful,
    known,
  }),
  siteAnalyst({
    id: 'juror-words',
    view: 'Boosted trees over words, characters and the shape; knows some genuine sites.',
    family: 'juror-model:words',
    trainedOn: dataOf(2),
    codeVersion: 1,
    stored: words,
    ...careful,
    known,
  }),
];

export const siteJurors: readonly NameAnalyst[] = siteModels.map(silentOnSharedHosting);
