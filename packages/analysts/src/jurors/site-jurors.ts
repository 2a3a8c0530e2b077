/**
 * The built-in jurors of sites: models trained on registered domains that no player has seen, in families of their own.
 * A panel of a market takes the first of them; the court draws from all (`npm run bench -- selective` says how alike they err).
 */

import type { NameAnalyst } from '../analyst.ts';
import counts from '../artefact/juror-counts.json' with { type: 'json' };
import grams from '../artefact/juror-grams.json' with { type: 'json' };
import letters from '../artefact/juror-letters.json' with { type: 'json' };
import meaning from '../artefact/juror-meaning.json' with { type: 'json' };
import network from '../artefact/juror-network.json' with { type: 'json' };
import shape from '../artefact/juror-shape.json' with { type: 'json' };
import spaced from '../artefact/juror-spaced.json' with { type: 'json' };
import suffix from '../artefact/juror-suffix.json' with { type: 'json' };
import trees from '../artefact/juror-trees.json' with { type: 'json' };
import words from '../artefact/juror-words.json' with { type: 'json' };
import type { StoredScorer } from '../model/scorer.ts';
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

const careful = { silentOnIdn: true, clearsOnlyKnown: true } as const;

/** One of the court's further families, with a part of the data of its own; like the others it looks well-known sites up. */
const furtherModel = (family: string, part: number, view: string, stored: StoredScorer): NameAnalyst =>
  siteAnalyst({
    id: `juror-${family}`,
    view,
    family: `juror-model:${family}`,
    trainedOn: [
      `phantom/blocklist#court-${part}`,
      'polkadot-js/phishing 2025-Q3',
      'dawsbot/eth-labels#jurors',
      'surety/known-sites',
      `surety/made-up-names#court-${part}`,
    ],
    codeVersion: 1,
    stored,
    ...careful,
    known,
  });

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
  furtherModel(
    'shape',
    0,
    'Boosted trees over lengths, hyphens, digits and sounds of the name, and no letter of it.',
    shape,
  ),
  furtherModel('suffix', 1, 'The suffix, and how many labels hang in front; nothing of the name.', suffix),
  furtherModel(
    'meaning',
    2,
    'Boosted trees over what the words of the name promise or demand, and nothing else.',
    meaning,
  ),
  furtherModel('spaced', 3, 'Pairs of letters with others between them, linear.', spaced),
  furtherModel(
    'letters',
    4,
    'Which letter follows which: two models of spelling, one of scams, one of the rest.',
    letters,
  ),
  furtherModel(
    'network',
    5,
    'A convolution over the letters of the registered name, as an exact tensor program.',
    network,
  ),
  furtherModel('counts', 6, 'Boosted trees over how often each letter occurs in the name, in no order.', counts),
];

export const siteJurors: readonly NameAnalyst[] = siteModels.map(silentOnSharedHosting);
