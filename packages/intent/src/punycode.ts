/** Punycode decoding (RFC 3492, section 6.2). Encoding is left to the platform's `URL`, which does UTS #46. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

const adapt = (delta: number, points: number, first: boolean): number => {
  let d = first ? Math.floor(delta / 700) : delta >> 1;
  d += Math.floor(d / points);
  let k = 0;
  for (; d > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) d = Math.floor(d / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * d) / (d + 38));
};

const digitOf = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return BASE;
};

/** The label behind the part after `xn--`, or `null` where it is not valid Punycode. */
export const decodePunycode = (encoded: string): string | null => {
  const split = encoded.lastIndexOf('-');
  const output = split > 0 ? [...encoded.slice(0, split)].map((c) => c.codePointAt(0)!) : [];
  let n = 128;
  let i = 0;
  let bias = 72;
  for (let at = split > 0 ? split + 1 : 0; at < encoded.length; ) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(encoded.charCodeAt(at++));
      if (!(digit < BASE)) return null;
      i += digit * weight;
      if (i > 0x7fffffff) return null;
      const t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
      if (digit < t) break;
      weight *= BASE - t;
    }
    const points = output.length + 1;
    bias = adapt(i - before, points, before === 0);
    n += Math.floor(i / points);
    i %= points;
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return null;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
};

/** A host in A-label form with every `xn--` label decoded, for showing to people. */
export const toUnicodeHost = (host: string): string =>
  host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.');
