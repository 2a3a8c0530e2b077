/** Uniform elements of M31 from the platform's generator: what hides. */
import { type Ext, P } from './field/ext.ts';

/** Most bytes that `getRandomValues` gives at once. */
const QUOTA_WORDS = 16_384;

/** So many uniform elements: words of 31 bits, of which p itself is drawn again. */
export const randomWords = (count: number): Uint32Array => {
  const words = new Uint32Array(count);
  for (let at = 0; at < count; ) {
    const drawn = new Uint32Array(Math.min(QUOTA_WORDS, count - at));
    crypto.getRandomValues(drawn);
    for (const word of drawn) if ((word & P) !== P) words[at++] = word & P;
  }
  return words;
};

export const randomExts = (count: number): Ext[] => {
  const words = randomWords(4 * count);
  return Array.from(
    { length: count },
    (_, i): Ext => [words[4 * i]!, words[4 * i + 1]!, words[4 * i + 2]!, words[4 * i + 3]!],
  );
};
