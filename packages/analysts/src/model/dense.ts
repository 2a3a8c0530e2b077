/**
 * A host name as a short row of whole numbers: shape, suffix, and what its words promise. `full` also knows the brand
 * table; `plain` does not, so that a juror can use it beside players that do. `shape` and `meaning` are its two halves, so
 * that two jurors can look at different things: the one at lengths, hyphens, digits and sounds, and at no letter; the
 * other at what words promise, and at nothing else. `counts` is how often each letter occurs, in no order.
 */

import { ownerOf } from '../brands/brand.ts';
import { imitationOf, TRICKS } from '../brands/imitation.ts';
import type { HostParts } from '../host.ts';
import { GROUPS, type WordHit, wordsIn } from './lexicon.ts';

export type Layout = 'plain' | 'full' | 'shape' | 'meaning' | 'counts';

const longest = (texts: readonly string[]): number => texts.reduce((max, text) => Math.max(max, text.length), 0);
const shortest = (texts: readonly string[]): number => texts.reduce((min, text) => Math.min(min, text.length), 64);
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const shape = (parts: HostParts): number[] => {
  const { label, subdomains, suffix } = parts;
  const pieces = label.split('-');
  const below = subdomains.join('.');
  return [
    label.length,
    pieces.length - 1,
    count(label, /[0-9]/g),
    label === '' ? 0 : Math.floor((100 * count(label, /[aeiou]/g)) / label.length),
    longest(label.match(/[bcdfghjklmnpqrstvwxyz]+/g) ?? []),
    new Set(label).size,
    longest(pieces),
    shortest(pieces),
    /^[a-z]+[0-9]+$/.test(label) ? 1 : 0,
    /(.)\1/.test(label) ? 1 : 0,
    subdomains.length,
    below.length,
    count(below, /-/g),
    parts.sharedHosting ? 1 : 0,
    parts.isIdn ? 1 : 0,
    parts.isIp ? 1 : 0,
    suffix.length,
    suffix.split('.').length,
  ];
};

/** Every letter as a vowel or a consonant, digits and hyphens kept apart: how a name sounds, not what it says. */
const soundsOf = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => ('aeiou'.includes(letter) ? 'v' : 'c')).replace(/[0-9]/g, 'd');

const sounds = (parts: HostParts): number[] => {
  const text = [parts.label, ...parts.subdomains].map((label) => `^${soundsOf(label)}$`).join('.');
  const runs = text.match(/c+|v+|d+/g) ?? [];
  return [
    count(text, /cv/g),
    count(text, /vc/g),
    count(text, /ccc/g),
    count(text, /vv/g),
    runs.length,
    /^\^(c*)/.exec(text)?.[1]?.length ?? 0,
    /(c*)\$/.exec(text)?.[1]?.length ?? 0,
    text.indexOf('-'),
    longest(runs),
  ];
};

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789-'];

const letterCounts = (label: string): number[] => LETTERS.map((letter) => label.split(letter).length - 1);

const lexical = (label: string, hits: readonly WordHit[]): number[] => {
  const first = hits[0];
  const last = hits.at(-1);
  const covered = hits.reduce((sum, hit) => sum + hit.word.length, 0);
  return [
    label.length - covered - count(label, /-/g),
    first?.at === 0 ? GROUPS.indexOf(first.group) + 1 : 0,
    last !== undefined && last.at + last.word.length === label.length ? GROUPS.indexOf(last.group) + 1 : 0,
  ];
};

const groupCounts = (hits: readonly WordHit[]): number[] =>
  GROUPS.map((group) => hits.reduce((sum, hit) => sum + (hit.group === group ? 1 : 0), 0));

const brandFeatures = (parts: HostParts): number[] => {
  const imitation = imitationOf(parts);
  return [
    ownerOf(parts) === null ? 0 : 1,
    imitation === null ? 0 : TRICKS.indexOf(imitation.trick) + 1,
    imitation === null ? 0 : imitation.common ? 1 : 2,
    imitation?.mark.length ?? 0,
    imitation?.halfEdits ?? 0,
  ];
};

/** The row. Its order is part of every artefact that was trained on it. */
export const denseFeatures = (parts: HostParts, layout: Layout): number[] => {
  if (layout === 'counts') return letterCounts(parts.label);
  if (layout === 'shape') return [...shape(parts), ...sounds(parts)];
  const hits = wordsIn(parts.label);
  const meaning = [
    ...lexical(parts.label, hits),
    ...groupCounts(hits),
    ...groupCounts(parts.subdomains.flatMap(wordsIn)),
  ];
  if (layout === 'meaning') return meaning;
  const row = [...shape(parts), ...meaning];
  return layout === 'plain' ? row : [...row, ...brandFeatures(parts)];
};
