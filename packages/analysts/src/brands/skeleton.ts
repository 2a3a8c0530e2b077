/**
 * Skeletons: two strings that look alike at a glance have the same one. The idea is Unicode's UTS #39; the
 * table is our own and holds what address bars are attacked with, plus the ASCII pairs UTS #39 leaves apart
 * (`0`/`o`, `1`/`l`/`i`, `rn`/`m`, `vv`/`w`).
 */

/** Each row: the Latin letter, then characters that pass for it. */
const LOOKALIKES = [
  'aаɑαаạą@4', 'bЬƅьв8', 'cсϲᴄҫ', 'dԁժɗ', 'eеҽєɛәε3', 'fƒғ', 'gɡɢցġ9', 'hһհн', 'lіӏιıɩ1i|ⅼľĺ!', 'jјʝ', 'kкκқ',
  'mмḿ', 'nпηոńņ', 'oоοօσо0øө', 'pрρҏ', 'qԛզ', 'rгɾʀ', 'sѕʂ5ꜱ', 'tтτţț7', 'uυսцս', 'vѵνʋ', 'wԝшщѡω', 'xхχҳ',
  'yуүγყ', 'zᴢʐż2',
] as const; // biome-ignore format: a table reads better as rows

const fold = new Map<string, string>();
for (const row of LOOKALIKES) {
  const [letter = '', ...others] = [...row];
  for (const other of others) fold.set(other, letter);
}

/** Combining marks left after decomposition. */
const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]/gu;

/** What a hurried eye reads: one lower-case string in `a-z` for everything that looks like it, hyphens dropped. */
export const skeleton = (text: string): string => {
  let out = '';
  for (const character of text.toLowerCase().normalize('NFKD').replace(MARKS, '')) {
    if (character === '-' || character === '_') continue;
    out += fold.get(character) ?? character;
  }
  return out.replaceAll('rn', 'm').replaceAll('vv', 'w');
};

/** Whether the text holds a character outside ASCII that passes for an ASCII one. */
export const hasHomoglyph = (text: string): boolean => {
  for (const character of text) if (character > '\u007f') return true;
  return false;
};

/** Which of the letters a to z occur, one bit each: a lower bound on edits that costs nanoseconds. */
export const letterMask = (text: string): number => {
  let mask = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 97;
    if (code >= 0 && code < 26) mask |= 1 << code;
  }
  return mask;
};

/** Number of one bits of a 26-bit mask. */
export const bitCount = (mask: number): number => {
  let bits = mask;
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count++;
  return count;
};
