import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { messageAnalyst } from './analyst.ts';
import { hostsIn } from './signs.ts';

const read = (text: string) => messageAnalyst.readSync({ kind: 'message', text });

test('a classic phishing message, its demand and the brand its link borrows', () => {
  const reading = read(
    'Your wallet has been suspended. Verify your seed phrase at metamask-support-desk.com within 24 hours or lose your funds.',
  );
  assert.ok((reading.probabilityPpm ?? 0) > 950_000);
  assert.equal(reading.facts.imitates, 'metamask');
  assert.match(String(reading.facts.signs), /secret.*threat hurry/);
});

test('ordinary messages are not called scams', () => {
  for (const text of [
    'Lunch at noon?',
    'The meeting moved to Tuesday, see calendar.google.com',
    'Your parcel arrives tomorrow.',
  ]) {
    assert.equal(read(text).probabilityPpm, null, text);
  }
});

test('finds hosts, defanged ones too', () => {
  assert.deepEqual(hostsIn('go to hxxps://metamask[.]io-verify[.]com/x or Evil.XYZ.'), [
    'metamask.io-verify.com',
    'evil.xyz',
  ]);
});

test('reads anything in bounded time', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3_000 }), (text) => read(text).didNotSee.length > 0),
    { numRuns: 40 },
  );
  assert.ok(read('verify '.repeat(50_000)).didNotSee.some((s) => s.includes('characters')));
});
