/**
 * Training hosts made up from our own tables, so that models meet what the lists are thin on: brand
 * imitations of every trick, and the names of ordinary small businesses. Seeded; owes nothing to anybody.
 */

import { BRANDS, ownerOf } from '../src/brands/brand.ts';
import { hostParts } from '../src/host.ts';
import { WORD_GROUPS } from '../src/model/lexicon.ts';
import { type Random, random } from './random.ts';

const SCAM_SUFFIXES =
  'com xyz app net org top io online site pro live network cc info co tech finance fun vip icu click space cloud pages.dev vercel.app web.app netlify.app'.split(
    ' ',
  );
const ORDINARY_SUFFIXES =
  'com com com com com co.uk de fr nl org net it es ca com.au ch se pl eu us in co.jp com.br be at dk no'.split(' ');

const FIRST =
  'anna ben carla david emma frank grace henry iris jack karen leo maria nina oscar paula rosa sam tina victor walter joes maries smith miller jones taylor brown wilson garcia martin weber rossi dubois jansen north south east west lake river hill green blue red golden silver little big old new sunny happy royal city town village oak maple cedar willow stone bridge harbor valley mountain ocean forest garden market corner main first'.split(
    ' ',
  );
const TRADE =
  'bakery cafe coffee dental clinic plumbing roofing gardens landscaping law legal accounting tax design studio photo photography wedding weddings hotel inn guesthouse travel tours yoga fitness gym school academy kindergarten music books bookshop florist flowers jewelry shoes fashion boutique furniture kitchen kitchens interiors painting electric heating motors cars garage tyres cycling bikes sports golf tennis football swim farm organic wine wines brewery pizza sushi-bar grill restaurant catering foods cheese honey vet pets dogs cats toys games news gazette times post weather insurance realty homes properties builders construction engineering consulting partners group services solutions systems software labs tech electronics print press church museum theatre gallery library county council rescue charity foundation society club'.split(
    ' ',
  );

const pick = <T>(items: readonly T[], draw: Random): T => items[Math.floor(draw() * items.length)]!;

const ACTIONS = [
  ...WORD_GROUPS.giveaway,
  ...WORD_GROUPS.allocation,
  ...WORD_GROUPS.repair,
  ...WORD_GROUPS.connect,
  ...WORD_GROUPS.governance,
  ...WORD_GROUPS.assurance,
];

const ASCII_SWAPS: readonly (readonly [string, string])[] = [
  ['l', '1'],
  ['i', 'l'],
  ['o', '0'],
  ['m', 'rn'],
  ['w', 'vv'],
  ['e', '3'],
  ['a', '4'],
  ['s', '5'],
  ['i', '1'],
  ['l', 'i'],
];

const slip = (word: string, draw: Random): string => {
  const at = 1 + Math.floor(draw() * Math.max(1, word.length - 1));
  const kind = Math.floor(draw() * 5);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + word.charAt(at - 1) + word.slice(at);
  if (kind === 2) return word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1);
  if (kind === 3)
    return word.slice(0, at) + 'abcdefghijklmnopqrstuvwxyz'.charAt(Math.floor(draw() * 26)) + word.slice(at + 1);
  const [from, to] = pick(ASCII_SWAPS, draw);
  return word.includes(from) ? word.replace(from, to) : word + word.charAt(word.length - 1);
};

const ALL_SUFFIXES = [...SCAM_SUFFIXES, ...SCAM_SUFFIXES, ...ORDINARY_SUFFIXES];

/** The ways a name is built on a mark; loud ones demand something, quiet ones sound like a company. */
const TRICKS: readonly ((mark: string, domain: string, draw: Random) => string)[] = [
  (mark, _, draw) => `${mark}-${pick(ACTIONS, draw)}`,
  (mark, _, draw) => `${pick(ACTIONS, draw)}-${mark}`,
  (mark, _, draw) => slip(mark, draw),
  (mark, _, draw) => slip(slip(mark, draw), draw),
  (mark, _, draw) => `${pick(ACTIONS, draw)}${mark}`,
  (mark, _, draw) => `${slip(mark, draw)}-${pick(ACTIONS, draw)}`,
  (_, domain, draw) => `${domain}-${pick(ACTIONS, draw)}-${pick(ACTIONS, draw)}`,
  (mark, _, draw) => `${pick(ACTIONS, draw)}.${slip(mark, draw)}`,
  (mark, _, draw) => `${mark}${pick(ACTIONS, draw)}`,
  (mark, _, draw) => `${mark}${pick(TRADE, draw)}`,
  (mark, _, draw) => `${pick(FIRST, draw)}${mark}`,
  (mark, _, draw) => `${slip(mark, draw)}${pick(TRADE, draw)}`,
  (mark, _, draw) => `${mark}.${pick(FIRST, draw)}${pick(TRADE, draw)}`,
  (mark) => mark,
];

/** Made-up imitations of the brand table's crypto brands; a few land on a genuine domain and are dropped. */
export const imitations = (count: number, seed: number): string[] => {
  const draw = random(seed);
  const crypto = BRANDS.filter((brand) => brand.field === 'crypto');
  const names = Array.from({ length: count }, () => {
    const brand = pick(crypto, draw);
    const strong = brand.marks.filter((mark) => !mark.common);
    const mark = strong.length > 0 ? pick(strong, draw).text : brand.name.replaceAll('.', '');
    return `${pick(TRICKS, draw)(mark, pick(brand.domains, draw), draw)}.${pick(ALL_SUFFIXES, draw)}`;
  });
  return names.filter((name) => ownerOf(hostParts(name)) === null);
};

/** Made-up ordinary names: a bakery, a dentist, a garage. */
export const ordinary = (count: number, seed: number): string[] => {
  const draw = random(seed);
  return Array.from({ length: count }, () => {
    const join = draw() < 0.35 ? '-' : '';
    const name = draw() < 0.3 ? `the${join}` : '';
    const middle = draw() < 0.35 ? `${pick(FIRST, draw)}${join}` : '';
    return `${name}${pick(FIRST, draw)}${join}${middle}${pick(TRADE, draw)}.${pick(ORDINARY_SUFFIXES, draw)}`;
  });
};
