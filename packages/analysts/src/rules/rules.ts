/**
 * Hand-written rules on how a name is built and where it is hosted: no brand, no learned n-gram. Each rule adds
 * points; what a sum of points is worth is measured.
 */

import type { HostParts } from '../host.ts';
import { type WordGroup, wordsIn } from '../model/lexicon.ts';

/** Suffixes that cost next to nothing and turn up in abuse reports out of proportion. */
const CHEAP = new Set(
  'xyz top icu click online site live fun vip lol space website cfd sbs cyou quest pics buzz monster rest bond lat homes cam bid win loan work gq cf tk ml ga pw cc su ru shop store skin mom autos boats hair makeup cloud info'.split(
    ' ',
  ),
);
/** Suffixes for organisations that are checked, or where a local address is asked for. */
const GUARDED = new Set(
  'gov edu mil int gov.uk ac.uk edu.au gov.au ac.jp go.jp museum coop bank insurance aero'.split(' '),
);
/** Suffixes of countries with long-established commercial use. */
const ESTABLISHED = new Set(
  'de fr nl ch at se dk no fi it es pt be pl cz jp co.jp co.uk org.uk ca com.au co.nz com.br kr co.kr ie gr hu ro sk'.split(
    ' ',
  ),
);

export type Rule = {
  readonly id: string;
  readonly points: number;
  readonly says: string;
  readonly applies: (parts: HostParts, groups: ReadonlySet<WordGroup>) => boolean;
};

const hyphens = (text: string): number => text.split('-').length - 1;

/** Every rule, applied independently. */
export const RULES: readonly Rule[] = [
  { id: 'address-instead-of-name', points: 3, says: 'It is a bare IP address.', applies: (p) => p.isIp },
  { id: 'shared-hosting', points: 3, says: 'It sits on hosting where anybody publishes for nothing.', applies: (p) => p.sharedHosting },
  { id: 'cheap-suffix', points: 2, says: 'Its suffix is cheap and often abused.', applies: (p) => CHEAP.has(p.suffix) },
  { id: 'guarded-suffix', points: -6, says: 'Its suffix is given to checked organisations only.', applies: (p) => GUARDED.has(p.suffix) },
  { id: 'established-suffix', points: -3, says: 'Its suffix is that of a country with little abuse.', applies: (p) => ESTABLISHED.has(p.suffix) },
  { id: 'mixed-alphabet', points: 4, says: 'It is written with letters beyond the Latin alphabet.', applies: (p) => p.isIdn },
  { id: 'one-hyphen', points: 1, says: 'The name has a hyphen.', applies: (p) => hyphens(p.label) === 1 },
  { id: 'many-hyphens', points: 3, says: 'The name has several hyphens.', applies: (p) => hyphens(p.label) > 1 },
  { id: 'long-name', points: 1, says: 'The name is long.', applies: (p) => p.label.length > 20 },
  { id: 'digits', points: 1, says: 'The name ends in digits.', applies: (p) => /[a-z][0-9]+$/.test(p.label) },
  { id: 'suffix-in-name', points: 4, says: 'A domain ending stands inside the name, as if it ended there.', applies: (p) => /(^|[.-])(com|org|io|app|fi|finance|xyz|net)-/.test([...p.subdomains, p.label].join('.')) },
  { id: 'deep', points: 1, says: 'Several labels stand in front of the domain.', applies: (p) => p.subdomains.length > 1 },
  { id: 'giveaway', points: 4, says: 'It promises something for nothing.', applies: (_, g) => g.has('giveaway') },
  { id: 'allocation', points: 3, says: 'It says that a share is already yours.', applies: (_, g) => g.has('allocation') },
  { id: 'repair', points: 3, says: 'It says that something needs repair or verification.', applies: (_, g) => g.has('repair') },
  { id: 'connect', points: 2, says: 'It speaks of wallets and logging in.', applies: (_, g) => g.has('connect') },
  { id: 'governance', points: 1, says: 'It calls for a vote.', applies: (_, g) => g.has('governance') },
  { id: 'assurance', points: 2, says: 'It says of itself that it is genuine.', applies: (_, g) => g.has('assurance') },
  { id: 'business', points: -1, says: 'It uses words of ordinary business.', applies: (_, g) => g.has('business') },
]; // biome-ignore format: a table reads better as rows

/** The rules that apply to a host name. */
export const applying = (parts: HostParts): readonly Rule[] => {
  const groups = new Set([parts.label, ...parts.subdomains].flatMap(wordsIn).map((hit) => hit.group));
  return RULES.filter((rule) => rule.applies(parts, groups));
};

/** Sum of points. */
export const pointsOf = (rules: readonly Rule[]): number => rules.reduce((sum, rule) => sum + rule.points, 0);
