/** The built-in jurors: models trained on registered domains that no player has seen, in families of their own. */

import { abstain, type NameAnalyst } from '../analyst.ts';
import grams from '../artefact/juror-grams.json' with { type: 'json' };
import trees from '../artefact/juror-trees.json' with { type: 'json' };
import words from '../artefact/juror-words.json' with { type: 'json' };
import { hostParts } from '../host.ts';
import { siteAnalyst } from '../model/site-analyst.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { KNOWN_SITES } from './known-sites.ts';

/** The legitimate side is shared among the jurors; the scams are in thirds. */
const dataOf = (part: number): string[] => [
  `polkadot-js/phishing#jurors-${part}`,
  'dawsbot/eth-labels#jurors',
  'surety/known-sites',
  `surety/made-up-names#jurors-${part}`,
];

/** Probability that a page on a site that everybody in the field knows is the site of a scam; set by hand. */
const KNOWN_PPM = 10_000;
const DID_NOT_SEE = ['the page', 'whether the site is compromised today', 'sites that are honest and little known'];
const known = new Set(KNOWN_SITES);

/** Knows genuine sites by a table of its own, written apart from the players'. */
const knownSitesJuror = nameAnalyst({
  id: 'juror-known-sites',
  view: 'Knows well-known genuine sites by a table of its own; silent on the rest.',
  family: 'juror-table:known-sites',
  trainedOn: ['surety/known-sites'],
  reads: ['site'],
  codeVersion: 1,
  artefact: () => KNOWN_SITES.join('\n'),
  readSubject: (subject, program) => {
    if (subject.kind !== 'site') return abstain(program, 'Not a site.', DID_NOT_SEE);
    const { host, registrable } = hostParts(subject.host);
    const facts = { host, registrable, known: known.has(registrable) };
    if (!facts.known) return abstain(program, `${registrable} is not among the sites it knows.`, DID_NOT_SEE, facts);
    const reasons = [{ text: `${registrable} is a genuine site that everybody in its field knows.` }];
    return {
      probabilityPpm: KNOWN_PPM,
      saw: [`the host name ${host}`],
      didNotSee: DID_NOT_SEE,
      reasons,
      facts,
      program,
    };
  },
});

/** Every juror that is a pure function of the subject. */
export const pureJurors: readonly NameAnalyst[] = [
  knownSitesJuror,
  siteAnalyst({
    id: 'juror-grams',
    view: 'Character runs of the whole name, linear.',
    family: 'juror-model:grams',
    trainedOn: dataOf(0),
    codeVersion: 1,
    stored: grams,
    silentOnIdn: true,
  }),
  siteAnalyst({
    id: 'juror-trees',
    view: 'Boosted trees over the label’s characters, the suffix and the shape.',
    family: 'juror-model:trees',
    trainedOn: dataOf(1),
    codeVersion: 1,
    stored: trees,
    silentOnIdn: true,
  }),
  siteAnalyst({
    id: 'juror-words',
    view: 'Boosted trees over words, characters and the shape.',
    family: 'juror-model:words',
    trainedOn: dataOf(2),
    codeVersion: 1,
    stored: words,
    silentOnIdn: true,
  }),
];
