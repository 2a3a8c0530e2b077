/**
 * A white-box attacker: knows every shipped model and asks it about a thousand names per brand. Every name still
 * looks like the brand: it contains it, or its skeleton, or lies within two edits.
 */

import { distance, EDIT } from '../../packages/analysts/src/brands/distance.ts';
import { type Brand, hostParts, skeleton } from '../../packages/analysts/src/pure.ts';
import { type Random, random } from '../../packages/analysts/training/random.ts';

/** Suffixes that legitimate projects use too: the attacker can afford them. */
const SUFFIXES =
  'com io org finance network xyz app co fi de ch eu co.uk net ai exchange money tech one art world me gg dev pro'.split(
    ' ',
  );
/** Words that sound like a company and not like a demand. */
const QUIET =
  'labs group digital research news media asset capital partners global home hq team community world studio works systems holdings press blog academy shop games europe asia japan berlin docs forum research institute ventures store house club garden coffee music'.split(
    ' ',
  );
/** Words that phishing uses; the attacker tries them as well. */
const LOUD = 'app claim portal wallet swap airdrop launch vote stake bridge'.split(' ');
/** Neutral domains to hang a brand in front of. */
const PARENTS =
  'northgate.de bluehill.ch cloudworks.io maplepartners.com stonebridge.co.uk openfield.org harborlight.net brightside.eu fieldnotes.co riverstone.ai'.split(
    ' ',
  );

const pick = <T>(items: readonly T[], draw: Random): T => items[Math.floor(draw() * items.length)]!;

const slips = (word: string, draw: Random): string => {
  let out = word;
  for (let n = draw() < 0.6 ? 1 : 2; n > 0; n--) {
    const at = 1 + Math.floor(draw() * (out.length - 1));
    const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(Math.floor(draw() * 26));
    const kind = Math.floor(draw() * 3);
    out =
      kind === 0
        ? out.slice(0, at) + letter + out.slice(at)
        : kind === 1
          ? out.slice(0, at) + letter + out.slice(at + 1)
          : out.slice(0, at) + out.slice(at + 1);
  }
  return out;
};

const draws: readonly ((mark: string, draw: Random) => string)[] = [
  (mark, draw) => `${mark}${pick(QUIET, draw)}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${pick(QUIET, draw)}${mark}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${mark}-${pick(QUIET, draw)}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${mark}${pick(LOUD, draw)}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${slips(mark, draw)}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${slips(mark, draw)}${pick(QUIET, draw)}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${mark}.${pick(SUFFIXES, draw)}`,
  (mark, draw) => `${mark}.${pick(PARENTS, draw)}`,
  (mark, draw) => `${pick(LOUD, draw)}.${slips(mark, draw)}.${pick(SUFFIXES, draw)}`,
];

/** Whether a person would still read the brand in the name. */
const looksLike = (host: string, mark: string): boolean => {
  const parts = hostParts(host);
  const wanted = skeleton(mark);
  return [parts.label, ...parts.subdomains].some((label) => {
    const seen = skeleton(label);
    if (seen.includes(wanted)) return true;
    for (let from = 0; from < seen.length; from++) {
      for (let length = wanted.length - 2; length <= wanted.length + 2; length++) {
        if (from + length <= seen.length && distance(seen.slice(from, from + length), wanted, 2 * EDIT) <= 2 * EDIT)
          return true;
      }
    }
    return false;
  });
};

/** Distinct names for one brand, none of them the brand's own. */
export const namesFor = (brand: Brand, count: number, seed: number): string[] => {
  const draw = random(seed);
  const mark = brand.marks[0]?.text ?? brand.name;
  const names = new Set<string>();
  for (let tries = 0; names.size < count && tries < count * 20; tries++) {
    const host = pick(draws, draw)(mark, draw);
    if (!brand.domains.includes(hostParts(host).registrable) && looksLike(host, mark)) names.add(host);
  }
  return [...names];
};
