/** The measured model's linear views: the shipped ones and two that cross what was chosen with its suffix. */

import type { HostParts } from '../../../packages/analysts/src/host.ts';
import { hashText } from '../../../packages/analysts/src/model/hash.ts';
import { wordsIn } from '../../../packages/analysts/src/model/lexicon.ts';
import { bins } from '../../../packages/analysts/src/model/ngrams.ts';

/** A host name as distinct bins of a table of `2^bits`. */
export type Features = { readonly name: string; readonly bits: number; readonly of: (parts: HostParts) => number[] };

/** Letters as `a`, digits as `0`; with runs cut to one sign, or as they are. */
const pattern = (label: string): string => label.replace(/[^0-9-]/g, 'a').replace(/[0-9]/g, '0');
const collapsed = (label: string): string => pattern(label).replace(/(.)\1+/g, '$1');

const crosses = ({ label, suffix, subdomains }: HostParts): string[] => {
  const top = suffix.split('.').at(-1) ?? '';
  const words = wordsIn(label);
  const shape = collapsed(label);
  const out = [
    `s ${suffix}`,
    `t ${top}`,
    `p ${shape}`,
    `P ${pattern(label)}`,
    `ps ${shape} ${suffix}`,
    `n ${label.length}`,
    `ns ${label.length >> 1} ${suffix}`,
    `d ${Math.min(3, subdomains.length)} ${suffix}`,
    `w ${words.map((w) => w.group).join(' ')}`,
  ];
  for (const w of words) {
    out.push(`g ${w.group} ${suffix}`, `v ${w.word}`, `vs ${w.word} ${suffix}`);
    out.push(
      w.at === 0 ? `first ${w.word}` : w.at + w.word.length === label.length ? `last ${w.word}` : `in ${w.word}`,
    );
  }
  for (const piece of label.split('-'))
    out.push(`k ${piece}`, `kp ${pattern(piece)}`, `kn ${Math.min(12, piece.length)}`);
  for (let n = 2; n <= 6 && n <= label.length; n++) out.push(`a${label.slice(0, n)}`, `z${label.slice(-n)}`);
  for (let n = 2; n <= 4 && n <= label.length; n++)
    out.push(`a${label.slice(0, n)} ${suffix}`, `z${label.slice(-n)} ${suffix}`);
  for (const sub of subdomains) out.push(`u ${sub}`, `up ${collapsed(sub)}`, `us ${sub} ${suffix}`);
  return out;
};

const gramsBySuffix = ({ label, suffix }: HostParts): string[] => {
  const text = `^${label.slice(0, 64)}$`;
  const out = [`s ${suffix}`];
  for (let at = 0; at + 3 <= text.length; at++) {
    out.push(text.slice(at, at + 3), `${text.slice(at, at + 3)} ${suffix}`);
    if (at + 4 <= text.length) out.push(text.slice(at, at + 4), `${text.slice(at, at + 4)} ${suffix}`);
  }
  return out;
};

const hashed = (name: string, bits: number, salt: number, texts: (parts: HostParts) => string[]): Features => ({
  name,
  bits,
  of: (parts) => [...new Set(texts(parts).map((text) => hashText(text, salt, bits)))],
});

const shipped = (view: 'grams' | 'words' | 'suffix' | 'label', bits: number, salt: number): Features => ({
  name: view,
  bits,
  of: (parts) => bins(parts, { view, bits, salt }),
});

/** The views, in the order the trees read them. */
export const views = (salt: number): Features[] => [
  shipped('grams', 20, salt),
  shipped('words', 18, salt),
  shipped('suffix', 12, salt),
  shipped('label', 19, salt),
  hashed('crosses', 18, salt, crosses),
  hashed('grams by suffix', 20, salt, gramsBySuffix),
];
