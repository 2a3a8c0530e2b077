/** Ways to spoil bytes and values, as damage, carelessness and malice do. */
import { concatBytes, type Json, utf8 } from '../../packages/core/src/index.ts';
import type { Random } from './random.ts';

const SNIPPETS: readonly Uint8Array[] = [
  ...['{', '}', '[', ']', '"', ',', ':', '\\', '\\u0000', '\\ud800', ' ', '\n', '-0', '1e9', '1.0', 'null', '0', '='],
  ...['"__proto__":{},', '"constructor":1,', '\u2028', 'é', '\ufeff', '9007199254740993', '-', '/', '+', '\u2014 '],
].map(utf8);
const RAW: readonly Uint8Array[] = [[0], [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]].map(
  (bytes) => new Uint8Array(bytes),
);

/** One to four edits: a flipped bit, a cut, an insertion, a doubled or moved stretch, a truncation. */
export const mutateBytes = (source: Uint8Array, random: Random): Uint8Array => {
  let bytes = source;
  for (let edits = 1 + random.below(4); edits > 0; edits--) bytes = edit(bytes, random);
  return bytes;
};

const edit = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = random.below(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const length = 1 + random.below(16);
  switch (random.below(7)) {
    case 0:
    case 1: {
      const changed = bytes.slice();
      if (at < changed.length) changed[at]! ^= 1 << random.below(8);
      return changed;
    }
    case 2:
      return concatBytes(before, after.subarray(length));
    case 3:
      return concatBytes(before, random.pick(random.below(4) === 0 ? RAW : SNIPPETS), after);
    case 4:
      return concatBytes(before, after.subarray(0, length), after);
    case 5: {
      const from = random.below(bytes.length + 1);
      return concatBytes(before, bytes.subarray(from, from + length), after.subarray(length));
    }
    default:
      return random.below(8) === 0 ? before : concatBytes(before, SNIPPETS[0]!, after);
  }
};

const deep = (levels: number): Json => (levels === 0 ? 0 : [deep(levels - 1)]);

const VALUES: readonly Json[] = [
  ...[null, true, false, 0, -1, 1, 2 ** 53 - 1, -(2 ** 53 - 1), 1e15],
  ...[
    '',
    '0',
    '-1',
    '01',
    '1.5',
    '1e3',
    '9'.repeat(40),
    'x'.repeat(5000),
    '\u0000',
    '🦄',
    'ＡＢＣ',
    '../../etc/passwd',
  ],
  ...[
    '0x',
    `0x${'0'.repeat(40)}`,
    'f'.repeat(64),
    'F'.repeat(64),
    '=',
    'AAAA',
    'AA==',
    'AB==',
    '\u202e',
    'javascript:0',
  ],
  ...[[], {}, [[]], { kind: 'site' }, { kind: '__proto__' }, { __proto__: 1 }, deep(40)],
];

type Members = { readonly [key: string]: Json };

/** The value with one member somewhere replaced, removed, doubled, renamed or added. */
export const mutateValue = (value: Json, random: Random): Json => {
  if (typeof value !== 'object' || value === null || random.below(12) === 0) return random.pick(VALUES);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(6) === 0) return [...value, random.pick(VALUES)];
    const i = random.below(value.length);
    if (random.below(8) === 0) return value.toSpliced(i, 1);
    if (random.below(10) === 0) return [...value, ...value];
    return value.with(i, mutateValue(value[i]!, random));
  }
  const entries = Object.entries(value as Members);
  if (entries.length === 0 || random.below(10) === 0) {
    return { ...value, [random.pick(['more', '__proto__', 'kind', 'type', 'a b', ''])]: random.pick(VALUES) };
  }
  const [key, inner] = random.pick(entries);
  const others = Object.fromEntries(entries.filter(([name]) => name !== key));
  const how = random.below(10);
  if (how === 0) return others;
  if (how === 1) return { ...others, [`${key}x`]: inner };
  return { ...others, [key]: mutateValue(inner, random) };
};
