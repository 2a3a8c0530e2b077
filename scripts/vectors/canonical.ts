/**
 * Writes `vectors/canonical.json`: canonical encodings and refusals, read by TypeScript and Solidity alike.
 * Run: `node scripts/vectors/canonical.ts`
 */
import { toHex, utf8 } from '../../packages/core/src/bytes.ts';
import { encode, idOf } from '../../packages/core/src/canonical.ts';
import { decode } from '../../packages/core/src/canonical-decode.ts';
import { writeVectors } from './write.ts';

const nest = (depth: number): unknown => (depth === 0 ? 1 : [nest(depth - 1)]);

const values: [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['zero', 0],
  ['minus one', -1],
  ['largest integer', 9007199254740991],
  ['smallest integer', -9007199254740991],
  ['empty text', ''],
  ['plain text', 'Is uniswap-claim.app a scam?'],
  ['text beyond ASCII', 'Größe €1 – 東京 🦄'],
  ['no normalisation: composed', '\u00e9'],
  ['no normalisation: decomposed', 'e\u0301'],
  ['every simple escape', '"\\\b\t\n\f\r'],
  ['slash and delete are not escaped', '/\u007f'],
  ['control characters', '\u0000\u0001\u0007\u000b\u000e\u000f\u0010\u001f'],
  ['line separators are not escaped', '\u2028\u2029'],
  ['byte order mark inside text', '\ufeff'],
  ['empty list', []],
  ['empty object', {}],
  ['list', [1, 'a', null, [true, []], {}]],
  [
    'keys in byte order',
    { b: 1, a: 2, B: 3, A: 4, _: 5, '0': 6, '10': 7, '9': 8, $: 9, '@': 10, '-': 11, '.': 12, '/': 13, ':': 14 },
  ],
  ['prefix of a key comes first', { ab: 1, a: 2, abc: 3 }],
  ['longest key', { ['k'.repeat(64)]: 1 }],
  ['key named __proto__', Object.fromEntries([['__proto__', 1]])],
  ['deepest', nest(32)],
  [
    'a small claim',
    { type: 'surety/claim/question/v1', outcomes: ['yes', 'no'], closesAt: 1793491200, budgetMicroUsd: '50000' },
  ],
];

/** Name and bytes; each comment says what a careless reader would let through. */
const refused: [string, Uint8Array][] = [
  ['no bytes', utf8('')],
  ['space before', utf8(' 1')],
  ['newline after', utf8('1\n')],
  ['space inside a list', utf8('[1, 2]')],
  ['space after a key', utf8('{"a": 1}')],
  ['space before a key', utf8('{ "a":1}')],
  ['two values', utf8('1 2')],
  ['byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x31])],
  ['minus zero', utf8('-0')],
  ['leading zero', utf8('01')],
  ['plus sign', utf8('+1')],
  ['fraction', utf8('1.0')],
  ['exponent', utf8('1e3')],
  ['beyond 2^53 - 1', utf8('9007199254740992')],
  ['below -(2^53 - 1)', utf8('-9007199254740992')],
  ['very long number', utf8('1'.repeat(400))],
  ['minus alone', utf8('-')],
  ['keys out of order', utf8('{"b":1,"a":2}')],
  ['key twice', utf8('{"a":1,"a":2}')],
  ['key with a space', utf8('{"a b":1}')],
  ['empty key', utf8('{"":1}')],
  ['key beyond ASCII', utf8('{"é":1}')],
  ['key of 65 characters', utf8(`{"${'k'.repeat(65)}":1}`)],
  ['escaped key', utf8('{"\\u0061":1}')],
  ['escaped slash', utf8('"\\/"')],
  ['escaped letter', utf8('"\\u0061"')],
  ['upper-case escape', utf8('"\\u000F"')],
  ['long form of a short escape', utf8('"\\u000a"')],
  ['escaped surrogate pair', utf8('"\\ud83e\\udd84"')],
  ['escaped lone surrogate', utf8('"\\ud800"')],
  ['raw control character', utf8('"\u0001"')],
  ['unknown escape', utf8('"\\x41"')],
  ['text without end', utf8('"abc')],
  ['text ending in a backslash', utf8('"\\')],
  ['list without end', utf8('[1')],
  ['object without end', utf8('{"a":1')],
  ['comma before the end', utf8('[1,]')],
  ['comma before the end of an object', utf8('{"a":1,}')],
  ['missing comma', utf8('[1 2]')],
  ['missing colon', utf8('{"a"1}')],
  ['single quotes', utf8("'a'")],
  ['comment', utf8('/**/1')],
  ['NaN', utf8('NaN')],
  ['True', utf8('True')],
  ['tru', utf8('tru')],
  ['unpaired bracket', utf8(']')],
  ['33 levels', utf8(`${'['.repeat(33)}1${']'.repeat(33)}`)],
  ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ['overlong UTF-8', new Uint8Array([0x22, 0xc0, 0xaf, 0x22])],
  ['surrogate in UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['beyond Unicode', new Uint8Array([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22])],
  ['cut UTF-8', new Uint8Array([0x22, 0xe2, 0x82, 0x22])],
];

writeVectors('canonical', {
  description:
    'Canonical JSON (spec/01-canonical.md). hex: the bytes. id: SHA-256 of the bytes. invalid: bytes that every reader must refuse, with the code and byte offset of the TypeScript reader.',
  valid: values.map(([name, value]) => {
    const bytes = encode(value);
    return { name, text: new TextDecoder().decode(bytes), hex: toHex(bytes), id: idOf(value) };
  }),
  invalid: refused.map(([name, bytes]) => {
    const result = decode(bytes);
    if (result.ok) return { name, hex: toHex(bytes), code: 'ACCEPTED', offset: null, reason: 'a bug' };
    const offset = / at byte (\d+)\.$/.exec(result.problem.message)?.[1];
    return {
      name,
      hex: toHex(bytes),
      code: result.problem.code,
      offset: offset === undefined ? null : Number(offset),
      reason: result.problem.message,
    };
  }),
});
