/**
 * Punycode decoding (RFC 3492), so that readers see the letters a person sees. Pure and bounded: a label of
 * more than 63 characters, or one that is not valid Punycode, is returned unchanged.
 */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
const MAX_CODE_POINT = 0x10ffff;

const adapt = (delta: number, points: number, first: boolean): number => {
  let d = first ? Math.floor(delta / DAMP) : delta >> 1;
  d += Math.floor(d / points);
  let k = 0;
  for (; d > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) d = Math.floor(d / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * d) / (d + SKEW));
};

const digit = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 22;
  if (code >= 97 && code <= 122) return code - 97;
  return BASE;
};

/** What follows `xn--`, decoded; `null` where it is not Punycode. */
const decode = (input: string): string | null => {
  const output: number[] = [];
  const basicEnd = input.lastIndexOf('-');
  for (let i = 0; i < basicEnd; i++) output.push(input.charCodeAt(i));
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let i = 0;
  for (let at = basicEnd < 0 ? 0 : basicEnd + 1; at < input.length; ) {
    const start = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      if (at >= input.length) return null;
      const value = digit(input.charCodeAt(at++));
      if (value >= BASE) return null;
      i += value * weight;
      const threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
      if (value < threshold) break;
      weight *= BASE - threshold;
      if (i > 0x7fffffff || weight > 0x7fffffff) return null;
    }
    const length = output.length + 1;
    bias = adapt(i - start, length, start === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > MAX_CODE_POINT || (n >= 0xd800 && n <= 0xdfff)) return null;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
};

/** One label as a person sees it: `xn--mtamask-bya` → `métamask`. Other labels come back unchanged. */
export const unicodeLabel = (label: string): string =>
  label.startsWith('xn--') && label.length <= 63 ? (decode(label.slice(4)) ?? label) : label;
