import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bar, percent, spark } from './chart.ts';
import { createOutput } from './output.ts';
import { safe } from './safe.ts';
import { bare, createStyle, wantsColor } from './style.ts';
import { cut, table, wrap } from './table.ts';

test('a percentage is never rounded up to certainty', () => {
  assert.deepEqual([0, 999, 934_567, 999_999, 1_000_000].map(percent), [
    '0.0 %',
    '0.0 %',
    '93.4 %',
    '99.9 %',
    '100.0 %',
  ]);
});

test('bars and lines have their width', () => {
  for (const ppm of [0, 1, 62_500, 500_000, 999_999, 1_000_000]) assert.equal([...bar(ppm, 24)].length, 24);
  assert.equal(spark([0, 1_000_000], 10), '▁█');
  assert.ok(
    [
      ...spark(
        Array.from({ length: 500 }, () => 500_000),
        60,
      ),
    ].length <= 60,
  );
});

test('colours follow the terminal and the user', () => {
  assert.equal(wantsColor({}, true), true);
  assert.equal(wantsColor({}, false), false);
  assert.equal(wantsColor({ NO_COLOR: '1' }, true), false);
  assert.equal(wantsColor({ FORCE_COLOR: '1' }, false), true);
  assert.equal(wantsColor({ TERM: 'dumb' }, true), false);
  assert.equal(bare(createStyle(true).red('x')), 'x');
});

test('text from elsewhere cannot move the cursor or turn the line around', () => {
  assert.equal(safe('a\u001b[2Kb\u202ec'), 'a\\u{1b}[2Kb\\u{202e}c');
});

test('columns line up by what is seen', () => {
  const { red } = createStyle(true);
  const lines = table(
    [
      ['a', red('xx'), '1'],
      ['bbb', 'y', '22'],
    ],
    { right: [2] },
  ).map(bare);
  assert.deepEqual(lines, ['a    xx   1', 'bbb  y   22']);
  assert.equal(cut('abcdef', 4), 'abc…');
  assert.equal(wrap('one two three', 8), 'one two\nthree');
});

test('progress goes to a terminal on stderr only, and is wiped before anything else is said there', () => {
  const said = (isTTY: boolean, quiet = false): string => {
    let text = '';
    const stderr = { isTTY, write: (more: string) => (text += more) };
    const options = { json: true, quiet, color: false, env: {} };
    const out = createOutput({ stdout: { write: () => assert.fail('stdout') }, stderr }, options);
    out.progress('10 %');
    out.progress('20 %');
    out.note('done');
    out.progress(null);
    return text;
  };
  assert.equal(said(true), '10 %\r\u001b[2K20 %\r\u001b[2Kdone\n');
  assert.equal(said(false), 'done\n');
  assert.equal(said(true, true), '');
});
