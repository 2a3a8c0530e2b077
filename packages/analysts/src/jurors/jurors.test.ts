import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Subject } from '@surety/core';
import { speaksTo, voteOf } from '../panel.ts';
import { pureJurors } from './jurors.ts';

const ARTEFACTS = join(import.meta.dirname, '../artefact');
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const USDT = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const NOBODY = '0x7f3A4c9B2D1E8F60A5b7C3d4E9f1a2B6C8D0e5F4';

const votes = (predicate: string, subject: Subject) =>
  pureJurors.filter((juror) => speaksTo(juror, { predicate, subject })).map((juror) => voteOf(juror.readSync(subject)));
const real = (symbol: string, address: string, chainId = 1) =>
  votes('genuine', { kind: 'token', chainId, address, symbol });
const message = (text: string) => votes('scam', { kind: 'message', text });

test('the committed lists are the bytes that the script took from the packages', () => {
  const { files } = JSON.parse(readFileSync(join(ARTEFACTS, 'tokens-origin.json'), 'utf8')) as {
    files: Record<string, string>;
  };
  assert.equal(Object.keys(files).length, 3);
  for (const [file, sha256] of Object.entries(files)) {
    assert.equal(
      createHash('sha256')
        .update(readFileSync(join(ARTEFACTS, file)))
        .digest('hex'),
      sha256,
      file,
    );
  }
});

test('a listed contract under its own name is genuine, under another listed name it is not', () => {
  assert.deepEqual(real('USDC', USDC), ['not-scam', 'not-scam', 'not-scam']);
  assert.deepEqual(real('USDC', USDT), ['scam', 'scam', 'scam']);
  assert.deepEqual(real('USDC', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', 8453), [null, 'not-scam', 'not-scam']);
});

test('a borrowed symbol alone, an unknown claim and no claim decide nothing: honest tokens share symbols', () => {
  assert.deepEqual(real('USDC', NOBODY), [null, null, null]);
  assert.deepEqual(real('Circle', USDC), [null, null, null]);
  assert.deepEqual(votes('genuine', { kind: 'token', chainId: 1, address: USDC }), [null, null, null]);
});

test('a message that leads to a site on which jurors are sure is a scam; no message is cleared', () => {
  const lure = 'Your wallet has been suspended. Verify your seed phrase at metamask-support-desk.com within 24 hours.';
  assert.deepEqual(message(lure), ['scam', 'scam', 'scam']);
  for (const text of [
    'Never go to metamask-support-desk.com, it is a scam.',
    'The meeting moved to Tuesday, see https://calendar.google.com/',
    'Send me your seed phrase.',
    'Please review https://github.com/a/b/pull/3; the draft is at https://my-app.vercel.app',
  ]) {
    assert.deepEqual(message(text), [null, null, null], text);
  }
});
