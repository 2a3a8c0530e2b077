/**
 * Edit distance with weights for how people misread and mistype: a swap of neighbouring letters or a
 * neighbouring key is nearer than an arbitrary letter. Optimal string alignment (Damerau), in halves of an
 * edit so that it stays in integers.
 */

/** Cost of one arbitrary insertion, deletion or substitution. */
export const EDIT = 2;

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const VOWELS = 'aeiou';
const ASCII = 128;

/** Cost of reading one ASCII character for another. */
const costs = new Uint8Array(ASCII * ASCII).fill(EDIT);
const setBoth = (a: string, b: string, cost: number): void => {
  costs[a.charCodeAt(0) * ASCII + b.charCodeAt(0)] = cost;
  costs[b.charCodeAt(0) * ASCII + a.charCodeAt(0)] = cost;
};
for (let code = 0; code < ASCII; code++) costs[code * ASCII + code] = 0;
ROWS.forEach((row, y) => {
  [...row].forEach((key, x) => {
    for (const other of [row[x + 1], ROWS[y + 1]?.[x], ROWS[y + 1]?.[x - 1]])
      if (other !== undefined) setBoth(key, other, 1);
  });
});
for (const a of VOWELS) for (const b of VOWELS) if (a !== b) setBoth(a, b, 1);

const substitution = (a: number, b: number): number =>
  a < ASCII && b < ASCII ? costs[a * ASCII + b]! : a === b ? 0 : EDIT;

/** Longest string compared; labels have at most 63 characters. */
const MAX = 64;
let before = new Int32Array(MAX + 1);
let previous = new Int32Array(MAX + 1);
let row = new Int32Array(MAX + 1);

/**
 * Weighted distance in halves of an edit, or `limit + 1` where it is larger than `limit`.
 * A doubled or dropped double letter costs 1; a transposition costs 1.
 */
export const distance = (a: string, b: string, limit: number): number => {
  const n = a.length;
  const m = b.length;
  if (Math.abs(n - m) > limit || n > MAX || m > MAX) return limit + 1;
  for (let j = 0; j <= m; j++) previous[j] = j * EDIT;
  let bestBefore = 0;
  for (let i = 1; i <= n; i++) {
    const x = a.charCodeAt(i - 1);
    const beforeX = i > 1 ? a.charCodeAt(i - 2) : -1;
    row[0] = i * EDIT;
    let best = row[0];
    for (let j = 1; j <= m; j++) {
      const y = b.charCodeAt(j - 1);
      const beforeY = j > 1 ? b.charCodeAt(j - 2) : -1;
      let cost = previous[j - 1]! + substitution(x, y);
      const dropped = previous[j]! + (x === beforeX ? 1 : EDIT);
      if (dropped < cost) cost = dropped;
      const added = row[j - 1]! + (y === beforeY ? 1 : EDIT);
      if (added < cost) cost = added;
      if (x === beforeY && beforeX === y && x !== y) {
        const swapped = before[j - 2]! + 1;
        if (swapped < cost) cost = swapped;
      }
      row[j] = cost;
      if (cost < best) best = cost;
    }
    // A transposition reaches back two rows, so both must be hopeless.
    if (best > limit && bestBefore > limit) return limit + 1;
    bestBefore = best;
    const spare = before;
    before = previous;
    previous = row;
    row = spare;
  }
  return Math.min(previous[m]!, limit + 1);
};
