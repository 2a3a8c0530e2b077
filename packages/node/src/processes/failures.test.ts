import assert from 'node:assert/strict';
import { it } from 'node:test';
import { failureOf, translate } from './failures.ts';

/** What the programs really wrote, and what a person is told. */
const CASES: readonly (readonly [string, string, RegExp])[] = [
  ['FATAL:  could not write to file "base/4/1249": No space left on device', 'process.disk-full', /Free some space/],
  ['Error: Address already in use (os error 98)', 'process.port-taken', /Stop that program/],
  ['FATAL:  database files are incompatible with server', 'process.data-corrupt', /surety reset/],
  ['PANIC:  could not locate a valid checkpoint record at 0/15', 'process.data-corrupt', /surety reset/],
  ['FATAL:  data directory "/x" has wrong ownership', 'process.no-permission', /writable/],
  ['initdb: error: could not create directory "/x": Permission denied', 'process.no-permission', /writable/],
  ['Segmentation fault', 'process.start-failed', /Start again/],
  ['', 'process.start-failed', /it said nothing/],
];

it('what a program wrote before it ended becomes one line that says what to do', () => {
  for (const [log, code, words] of CASES) {
    const failure = failureOf('PostgreSQL', log);
    assert.equal(failure.code, code, log);
    assert.match(failure.message, words);
    assert.ok(!failure.message.includes('\n'));
  }
});

it('an error of the file system is translated once, and ours pass as they are', () => {
  const full = Object.assign(new RangeError('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const ours = translate('PostgreSQL', full);
  assert.equal(ours.code, 'process.disk-full');
  assert.equal(ours.cause, full);
  assert.equal(translate('PostgreSQL', ours), ours);
});
