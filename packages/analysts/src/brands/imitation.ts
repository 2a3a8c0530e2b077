/**
 * Which brand a host name imitates, and how. Names the brand and the trick; says nothing of intent: fan
 * sites and shops imitate too, so the analyst on top turns the trick into a probability measured on data.
 */

import type { HostParts } from '../host.ts';
import { isLexiconWord } from '../model/lexicon.ts';
import { BRANDS, type Brand, type Mark, ownerOf } from './brand.ts';
import { distance, EDIT } from './distance.ts';
import { bitCount, hasHomoglyph, letterMask, skeleton } from './skeleton.ts';

/** The tricks, strongest evidence of imitation first. */
export const TRICKS = [
  /** A brand's whole domain in front of another: `uniswap.org.evil.xyz`, `uniswap.org-claim.xyz`. */
  'domain-in-subdomain',
  /** Letters of another script, or digits, that draw the brand: `mеtamask`, `c0inbase`. */
  'homoglyph',
  /** One or two slips from the brand: `metamsak`, `unipswap`. */
  'typo',
  /** The brand and other words: `uniswap-claim`, `claimuniswap`. */
  'combination',
  /** The brand alone under a suffix it does not use: `uniswap.xyz`. */
  'other-suffix',
  /** The brand as a subdomain of somebody else: `lido.example.com`. */
  'subdomain',
  /** A slip away and with other words: `claim-unlswap`. */
  'typo-combination',
] as const;
export type Trick = (typeof TRICKS)[number];

export type Imitation = {
  readonly brand: string;
  /** The string of the brand that was matched. */
  readonly mark: string;
  readonly trick: Trick;
  /** The piece of the host name that matched. */
  readonly piece: string;
  /** Whether the mark is an everyday word, which makes the finding weak. */
  readonly common: boolean;
  /** Weighted distance in halves of an edit; 0 for an exact or a skeleton match. */
  readonly halfEdits: number;
};

type Candidate = { readonly brand: Brand; readonly mark: Mark; readonly letters: number };

const bySkeleton = new Map<string, Candidate>();
const longMarks: Candidate[] = [];
for (const brand of BRANDS) {
  for (const mark of brand.marks) {
    const candidate = { brand, mark, letters: letterMask(mark.skeleton) };
    if (!bySkeleton.has(mark.skeleton)) bySkeleton.set(mark.skeleton, candidate);
    if (mark.text.length >= 5) longMarks.push(candidate);
  }
}
longMarks.sort((a, b) => b.mark.skeleton.length - a.mark.skeleton.length || (a.mark.text < b.mark.text ? -1 : 1));

const found = (c: Pick<Candidate, 'brand' | 'mark'>, trick: Trick, piece: string, halfEdits = 0): Imitation => ({
  brand: c.brand.name,
  mark: c.mark.text,
  trick,
  piece,
  common: c.mark.common,
  halfEdits,
});

/** Half edits allowed for a mark of this length: short names have too many honest neighbours. */
const allowance = (length: number): number =>
  length < 5 ? 0 : length < 6 ? 1 : length < 8 ? EDIT : length < 11 ? EDIT + 1 : 2 * EDIT;

const nearest = (piece: string, whole: boolean): Imitation | null => {
  let best: Imitation | null = null;
  const pieceSkeleton = skeleton(piece);
  if (pieceSkeleton.length < 4 || isLexiconWord(piece)) return null;
  const letters = letterMask(pieceSkeleton);
  for (const c of longMarks) {
    if (c.mark.common && c.mark.text.length < 6) continue;
    const limit = Math.min(allowance(c.mark.skeleton.length), (best?.halfEdits ?? 99) - 1);
    if (limit < 1 || Math.abs(c.mark.skeleton.length - pieceSkeleton.length) > limit) continue;
    // People keep the beginning or the end of a name; and one half edit swaps at most one letter for another.
    const text = c.mark.skeleton;
    if (text[0] !== pieceSkeleton[0] && text.slice(-2) !== pieceSkeleton.slice(-2)) continue;
    if (bitCount(c.letters ^ letters) > 2 * limit) continue;
    const d = distance(pieceSkeleton, c.mark.skeleton, limit);
    if (d <= limit && d > 0) best = found(c, whole ? 'typo' : 'typo-combination', piece, d);
  }
  return best;
};

/** Labels and pieces read at either end of a long host name, so that reading stays well below a millisecond. */
const MAX_AT_EACH_END = 4;

const atBothEnds = (items: readonly string[]): readonly string[] =>
  items.length <= 2 * MAX_AT_EACH_END ? items : [...items.slice(0, MAX_AT_EACH_END), ...items.slice(-MAX_AT_EACH_END)];

const pieces = (label: string): readonly string[] => atBothEnds(label.split('-').filter((piece) => piece !== ''));

const inLabel = (label: string, where: 'label' | 'subdomain'): Imitation | null => {
  const text = skeleton(label);
  const parts = pieces(label);
  const whole = bySkeleton.get(text);
  if (whole !== undefined) {
    const trick =
      label.replaceAll('-', '') === whole.mark.text ? (where === 'label' ? 'other-suffix' : 'subdomain') : 'homoglyph';
    return found(whole, trick, label);
  }
  for (const piece of parts) {
    const c = bySkeleton.get(skeleton(piece));
    if (c === undefined || parts.length === 1) continue;
    return found(c, piece === c.mark.text ? 'combination' : 'homoglyph', piece);
  }
  for (const c of longMarks) {
    if (c.mark.common && c.mark.text.length < 7) continue;
    const at = text.indexOf(c.mark.skeleton);
    if (at >= 0) return found(c, label.replaceAll('-', '').includes(c.mark.text) ? 'combination' : 'homoglyph', label);
  }
  const typo = nearest(label, true);
  if (typo !== null) return typo;
  if (parts.length > 1)
    for (const piece of parts) {
      const near = nearest(piece, false);
      if (near !== null) return near;
    }
  return null;
};

/** Brand by genuine domain, dots turned into hyphens: `uniswap-org`. */
const byHyphened = new Map<string, Brand>();
for (const brand of BRANDS) for (const domain of brand.domains) byHyphened.set(domain.replaceAll('.', '-'), brand);

const MAX_FRONT_WORDS = 40;

/** A brand's whole domain written in front of the registrable part, dots kept or turned into hyphens. */
const domainInFront = (parts: HostParts): Imitation | null => {
  const words = [...parts.subdomains, parts.label].join('.').split(/[.-]/).slice(0, MAX_FRONT_WORDS);
  for (let i = 0; i + 1 < words.length; i++) {
    for (let length = 2; length <= 3 && i + length <= words.length; length++) {
      const domain = words.slice(i, i + length).join('-');
      const brand = byHyphened.get(domain);
      const mark = brand?.marks[0];
      const bare = i + length === words.length && parts.subdomains.length === 0 && length < words.length;
      if (brand === undefined || mark === undefined || bare) continue;
      return { ...found({ brand, mark }, 'domain-in-subdomain', domain.replaceAll('-', '.')), common: false };
    }
  }
  return null;
};

const rank = (i: Imitation): number => TRICKS.indexOf(i.trick) + (i.common ? 10 : 0);

/** The strongest imitation in a host name; `null` for a brand's own site or where nothing resembles a brand. */
export const imitationOf = (parts: HostParts): Imitation | null => {
  if (parts.isIp || parts.label === '' || ownerOf(parts) !== null) return null;
  const all = [
    domainInFront(parts),
    inLabel(parts.label, 'label'),
    ...atBothEnds(parts.subdomains).map((s) => inLabel(s, 'subdomain')),
  ];
  const sorted = all.filter((i) => i !== null).sort((a, b) => rank(a) - rank(b));
  const best = sorted[0] ?? null;
  if (best !== null && best.trick !== 'domain-in-subdomain' && hasHomoglyph(best.piece))
    return { ...best, trick: 'homoglyph' };
  return best;
};
