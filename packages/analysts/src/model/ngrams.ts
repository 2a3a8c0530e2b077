/**
 * A host name as sets of hashed features, in views that fail differently: every character run, the words, the suffix,
 * the chosen label alone, and its letters two by two with others between them. `plain` is what everybody starts from;
 * the bench compares with it.
 */

import type { HostParts } from '../host.ts';
import { hashBin, hashStart, hashStep, hashText } from './hash.ts';

export type View = 'grams' | 'words' | 'suffix' | 'label' | 'spaced' | 'plain';

/** How a view hashes: `bits` sets the table size, `salt` makes two models' collisions independent. */
export type Hashing = { readonly view: View; readonly bits: number; readonly salt: number };

/** Longest text a view reads; the rest of a longer host name adds nothing but time. */
const MAX_VIEW_CHARACTERS = 120;

const runs = (text: string, shortest: number, longest: number, { salt, bits }: Hashing, out: Set<number>): void => {
  const end = Math.min(text.length, MAX_VIEW_CHARACTERS);
  for (let from = 0; from < end; from++) {
    let state = hashStart(salt);
    for (let length = 1; length <= longest && from + length <= end; length++) {
      state = hashStep(state, text.charCodeAt(from + length - 1));
      if (length >= shortest) out.add(hashBin(state, bits));
    }
  }
};

const words = (parts: HostParts, { salt, bits }: Hashing, out: Set<number>): void => {
  const list = [parts.label, ...parts.subdomains].join('-').match(/[a-z\u0080-\uffff]+/g) ?? [];
  const tokens = ['^', ...list.slice(0, 20), `.${parts.suffix}`];
  tokens.forEach((token, i) => {
    out.add(hashText(token, salt, bits));
    if (i > 0) out.add(hashText(`${tokens[i - 1]} ${token}`, salt, bits));
  });
};

/** How far apart the two letters of a pair stand. */
const NEAREST = 2;
const FARTHEST = 5;

const spacedPairs = (text: string, { salt, bits }: Hashing, out: Set<number>): void => {
  const end = Math.min(text.length, MAX_VIEW_CHARACTERS);
  for (let from = 0; from < end; from++) {
    for (let gap = NEAREST; gap <= FARTHEST && from + gap < end; gap++)
      out.add(hashText(`${text[from]}${gap}${text[from + gap]}`, salt, bits));
  }
};

/** The distinct bins of a host name under one hashing, in first-seen order. */
export const bins = (parts: HostParts, hashing: Hashing): number[] => {
  const out = new Set<number>();
  if (hashing.view === 'grams') {
    runs(`^${parts.label}$.${parts.suffix}$${parts.subdomains.map((sub) => ` _${sub}$`).join('')}`, 2, 5, hashing, out);
  } else if (hashing.view === 'label') {
    runs(`^${parts.label}$`, 1, 4, hashing, out);
  } else if (hashing.view === 'spaced') {
    spacedPairs(`^${parts.label}$`, hashing, out);
  } else if (hashing.view === 'plain') {
    runs(`^${parts.host}$`, 3, 5, hashing, out);
  } else if (hashing.view === 'words') {
    words(parts, hashing, out);
  } else {
    out.add(hashText(parts.suffix, hashing.salt, hashing.bits));
    out.add(hashText(`*.${parts.suffix.split('.').at(-1)}`, hashing.salt, hashing.bits));
    out.add(hashText(`${parts.suffix} ${Math.min(3, parts.subdomains.length)}`, hashing.salt, hashing.bits));
  }
  return [...out];
};
