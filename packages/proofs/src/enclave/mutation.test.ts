/** Changed attestations are refused, or say exactly what the unchanged one says. The fuzz bench tries many more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, show } from '@surety/core';
import { MADE_AT, NITRO_ROOT, TDX_ROOT } from '../../test/development.ts';
import { nitroDocument } from '../../test/development-nitro.ts';
import { tdxCollateral, tdxQuote } from '../../test/development-tdx.ts';
import { type TdxCollateral, verifyNitro, verifyTdx } from './index.ts';

const nitro = (bytes: Uint8Array) => verifyNitro(bytes, { atSeconds: MADE_AT, roots: [NITRO_ROOT] });
const quote = tdxQuote().quote;
const collateral = tdxCollateral();
const tdx = (bytes: Uint8Array, by: TdxCollateral = collateral) =>
  verifyTdx(bytes, by, { atSeconds: MADE_AT, roots: [TDX_ROOT] });

/** Flips a bit in every `stride`th byte; how many of the results were accepted, each saying what the original says. */
const flipped = (bytes: Uint8Array, stride: number, verify: (changed: Uint8Array) => Result<unknown>): number => {
  const said = JSON.stringify(verify(Uint8Array.from(bytes)));
  assert.match(said, /"ok":true/);
  let accepted = 0;
  for (let at = 0; at < bytes.length; at += stride) {
    const changed = Uint8Array.from(bytes);
    changed[at]! ^= 1 << ((at / stride) % 8);
    const result = verify(changed);
    if (!result.ok) continue;
    accepted++;
    assert.equal(JSON.stringify(result), said, `byte ${at} of ${show(bytes.length)}`);
  }
  return accepted;
};

test('Nitro: a flipped bit anywhere', () => {
  flipped(nitroDocument(), 7, nitro);
});

test('TDX: a flipped bit anywhere in the quote', () => {
  flipped(quote, 17, tdx);
});

test('TDX: a flipped bit in what is signed is never accepted', () => {
  const signed = 48 + 584;
  assert.equal(
    flipped(quote.subarray(0, signed), 5, (head) => tdx(Buffer.concat([head, quote.subarray(signed)]))),
    0,
  );
});

test('TDX: a flipped bit anywhere in the collateral', () => {
  const parts = ['tcbInfoSignature', 'qeIdentitySignature', 'rootCrl', 'pckCrl'] as const;
  for (const part of parts) {
    flipped(collateral[part], 13, (changed) => tdx(quote, { ...collateral, [part]: changed }));
  }
  for (const part of ['tcbInfo', 'qeIdentity'] as const) {
    const verify = (changed: Uint8Array) =>
      tdx(quote, { ...collateral, [part]: Buffer.from(changed).toString('latin1') });
    assert.equal(flipped(Buffer.from(collateral[part]), 41, verify), 0);
  }
});

test('an attestation cut short anywhere is refused', () => {
  const document = nitroDocument();
  for (let length = 0; length < document.length; length += 11)
    assert.equal(nitro(document.subarray(0, length)).ok, false);
  for (let length = 0; length < quote.length; length += 31) assert.equal(tdx(quote.subarray(0, length)).ok, false);
});
