/** Character language models: how likely a label is as a scam's and as a project's. Few examples suffice them. */

import { hashText } from '../../../packages/analysts/src/model/hash.ts';
import type { Example } from '../../../packages/analysts/training/example.ts';

const ORDER = 5;
const BITS = 20;
/** Signs a label may be made of, for the uniform floor. */
const ALPHABET = 38;

export type Language = (label: string) => number;

/** Interpolated Witten-Bell estimates from weighted labels: mean log-probability of a sign. */
export const fitLanguage = (examples: readonly Example[]): Language => {
  const seen = new Float64Array(2 ** BITS);
  const total = new Float64Array(2 ** BITS);
  const kinds = new Float64Array(2 ** BITS);
  const heaviest = examples.reduce((max, e) => Math.max(max, e.weight), 0);
  const text = (label: string): string => `^^^^${label.slice(0, 64)}$`;
  for (const { parts, weight } of examples) {
    const signs = text(parts.label);
    const w = weight / heaviest;
    for (let at = ORDER - 1; at < signs.length; at++) {
      for (let n = 0; n < ORDER; n++) {
        const context = hashText(signs.slice(at - n, at), n, BITS);
        const whole = hashText(signs.slice(at - n, at + 1), n + 16, BITS);
        if (seen[whole] === 0) kinds[context] = kinds[context]! + w;
        seen[whole] = seen[whole]! + w;
        total[context] = total[context]! + w;
      }
    }
  }
  return (label) => {
    const signs = text(label);
    let sum = 0;
    for (let at = ORDER - 1; at < signs.length; at++) {
      let p = 1 / ALPHABET;
      for (let n = 0; n < ORDER; n++) {
        const context = hashText(signs.slice(at - n, at), n, BITS);
        const all = total[context]!;
        if (all === 0) break;
        const novel = kinds[context]!;
        p = (seen[hashText(signs.slice(at - n, at + 1), n + 16, BITS)]! + novel * p) / (all + novel);
      }
      sum += Math.log(p);
    }
    return sum / (signs.length - ORDER + 1);
  };
};
