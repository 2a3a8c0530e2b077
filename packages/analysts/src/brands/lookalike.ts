/** The look-alike analyst: names the brand that a host imitates, and the trick. */

import { abstain, clampPpm, type Reading } from '../analyst.ts';
import tallies from '../artefact/lookalike.json' with { type: 'json' };
import { type HostParts, hostParts } from '../host.ts';
import { wordsIn } from '../model/lexicon.ts';
import { nameAnalyst } from '../name-analyst.ts';
import { PLAYER_DATA } from '../player-data.ts';
import { ownerOf } from './brand.ts';
import { CRYPTO_BRANDS } from './crypto-brands.ts';
import { type Imitation, imitationOf, type Trick } from './imitation.ts';
import { WEB_BRANDS } from './web-brands.ts';

const DID_NOT_SEE = [
  'the page',
  'whether the brand itself runs this site under a domain we do not know',
  'brands outside its table',
] as const;

const TELL: Readonly<Record<Trick, (i: Imitation) => string>> = {
  'domain-in-subdomain': (i) =>
    `It puts ${i.brand}'s whole domain ${i.piece} in front of a domain that is not ${i.brand}'s.`,
  homoglyph: (i) => `"${i.piece}" is drawn to look like ${i.mark}.`,
  typo: (i) => `"${i.piece}" is a slip away from ${i.mark}.`,
  combination: (i) => `It joins ${i.mark} with other words, on a domain ${i.brand} does not publish from.`,
  'other-suffix': (i) => `It is ${i.mark} under a suffix ${i.brand} does not publish from.`,
  subdomain: (i) => `It names ${i.mark} in front of a domain that is not ${i.brand}'s.`,
  'typo-combination': (i) => `"${i.piece}" is a slip away from ${i.mark}, joined with other words.`,
};

/** Groups whose words make an imitation a demand. */
const DEMANDS = new Set(['giveaway', 'allocation', 'repair', 'connect', 'governance', 'assurance']);

/** The case a host falls into; probabilities are measured per case. */
export const caseOf = (parts: HostParts): { readonly key: string; readonly imitation: Imitation } | null => {
  const imitation = imitationOf(parts);
  if (imitation === null) return null;
  const demand = [parts.label, ...parts.subdomains].flatMap(wordsIn).some((hit) => DEMANDS.has(hit.group));
  return { key: `${imitation.trick}${imitation.common ? ' common' : ''}${demand ? ' demand' : ''}`, imitation };
};

const measured: Readonly<Record<string, number>> = tallies;

const read = (host: string, program: string): Reading => {
  const parts = hostParts(host);
  const owner = ownerOf(parts);
  if (owner !== null)
    return abstain(
      program,
      `It is ${owner.name}'s own domain, which says nothing about what is published there.`,
      DID_NOT_SEE,
      { host: parts.host, brand: owner.name, own: true },
    );
  const found = caseOf(parts);
  if (found === null) return abstain(program, 'It resembles no brand of the table.', DID_NOT_SEE, { host: parts.host });
  const { imitation, key } = found;
  const ppm = measured[key];
  const facts = {
    host: parts.host,
    imitates: imitation.brand,
    trick: imitation.trick,
    piece: imitation.piece,
    case: key,
  };
  const reasons = [{ text: TELL[imitation.trick](imitation) }];
  const saw = [`the host name ${parts.host}`, 'a table of brands and their domains'];
  return {
    probabilityPpm: ppm === undefined ? null : clampPpm(ppm),
    saw,
    didNotSee: DID_NOT_SEE,
    reasons,
    facts,
    program,
  };
};

/** Names the imitated brand; silent where nothing is imitated. */
export const lookalikeAnalyst = nameAnalyst({
  id: 'look-alikes',
  view: 'Compares the name with brands: other alphabets, slips, added words, a brand in front of a foreign domain.',
  family: 'rules:look-alikes',
  trainedOn: ['surety/brands', ...PLAYER_DATA],
  reads: ['site'],
  codeVersion: 1,
  artefact: () => CRYPTO_BRANDS + WEB_BRANDS + JSON.stringify(tallies),
  readSubject: (subject, program) =>
    subject.kind === 'site' ? read(subject.host, program) : abstain(program, 'Not a site.', DID_NOT_SEE),
});
