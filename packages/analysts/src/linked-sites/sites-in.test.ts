import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_SITES, sitesIn, warns } from './sites-in.ts';

test('links, defanged links, bare names; userinfo does not hide the site', () => {
  assert.deepEqual(sitesIn('go to hxxps://metamask[.]io-verify[.]com/x or Evil.XYZ.'), [
    'metamask.io-verify.com',
    'evil.xyz',
  ]);
  assert.deepEqual(sitesIn('https://opensea.io@free-mint.xyz/claim'), ['free-mint.xyz']);
  assert.deepEqual(sitesIn('Verify your phrase at metamask-support-desk.com within 24 hours'), [
    'metamask-support-desk.com',
  ]);
});

test('files, mail addresses, numbers, prose and shared hosting are no sites to judge', () => {
  assert.deepEqual(sitesIn('the draft is at https://my-app.vercel.app and x.github.io'), []);
  assert.deepEqual(
    sitesIn('run install.sh, see notes.html, alsa-driver.spec, v0.59.1, me@company.com and 10.0.0.1. Then rest.'),
    [],
  );
});

test('a warning is told from a lure', () => {
  assert.ok(warns('Never visit metamask-support-desk.com, they steal'));
  assert.ok(warns('This is a phishing page'));
  assert.equal(warns('Verify your seed phrase at metamask-support-desk.com within 24 hours.'), false);
});

test('anything is read, in bounded time, to a bounded list', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => sitesIn(text).length <= MAX_SITES),
    { numRuns: 60 },
  );
  assert.ok(sitesIn(`${'a.'.repeat(20_000)}com`).length <= MAX_SITES);
  assert.ok(sitesIn('b-'.repeat(20_000)).length <= MAX_SITES);
});
