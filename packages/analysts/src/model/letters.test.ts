import assert from 'node:assert/strict';
import { test } from 'node:test';
import { log } from '../../training/exact-math.ts';
import { example } from '../../training/example.ts';
import { fitLetters } from '../../training/letters.ts';
import { imitations, ordinary } from '../../training/synthetic.ts';
import { hostParts } from '../host.ts';
import { decodeLetters, emptyTable, encodeLetters, lettersMilli, slotOf } from './letters.ts';

const examples = [
  ...imitations(400, 5).map((h) => example(h, true)),
  ...ordinary(400, 6).map((h) => example(h, false)),
];
const OPTIONS = { bits: 11, salt: 3, stepMilli: 40, backOff: 3 };

test('the longest run that the table holds counts, shorter ones where it is missing', () => {
  const table = emptyTable({ bits: 8, salt: 1, stepMilli: 100 });
  const put = (run: string, value: number) => {
    const { at, check } = slotOf(run, table);
    table.slots[at] = check;
    table.slots[at + 1] = value;
  };
  // "^ab$.com$": nine signs, so the sum is divided by 3.
  put('b', 30);
  assert.equal(lettersMilli(table, hostParts('ab.com')), 1_000);
  put('ab', 60);
  assert.equal(lettersMilli(table, hostParts('ab.com')), 2_000);
  assert.equal(lettersMilli(table, hostParts('xb.com')), 1_000);
});

test('training twice gives the same bytes, the file decodes to the same table, and it separates what it learned', () => {
  const table = fitLetters(examples, OPTIONS);
  const text = JSON.stringify(encodeLetters(table));
  assert.equal(JSON.stringify(encodeLetters(fitLetters(examples, OPTIONS))), text);
  assert.deepEqual(decodeLetters(JSON.parse(text)), table);
  const mean = (hosts: readonly string[]) =>
    hosts.reduce((sum, host) => sum + lettersMilli(table, hostParts(host)), 0) / hosts.length;
  assert.ok(mean(imitations(100, 99)) > 500);
  assert.ok(mean(ordinary(100, 98)) < -500);
});

test('a table of another size is refused', () => {
  const stored = encodeLetters(emptyTable({ bits: 4, salt: 0, stepMilli: 1 }));
  assert.throws(() => decodeLetters({ ...stored, bits: 5 }), { code: 'internal' });
});

test('the logarithm of training is that of mathematics', () => {
  for (const x of [1e-9, 0.1, 0.75, 1, 1.5, 2, 3.7, 1e6]) assert.ok(Math.abs(log(x) - Math.log(x)) < 1e-12, `${x}`);
});
