import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex, recoverDigest, unwrap } from '@surety/core';
import { enclaveVectors } from '../../test/vectors.ts';
import { verifyNitro, verifyTdx } from './index.ts';

const FILE = new URL('../../../../vectors/enclave.json', import.meta.url);
const committed = JSON.parse(readFileSync(FILE, 'utf8')) as ReturnType<typeof enclaveVectors>;
const { atSeconds, nitro, tdx, run, address } = committed;
const bytes = (hex: string): Uint8Array => unwrap(fromHex(hex));

test('vectors/enclave.json is what its script writes', () => {
  assert.deepEqual(committed, JSON.parse(JSON.stringify(enclaveVectors())));
});

test('vectors/enclave.json: the Nitro document', () => {
  const roots = [{ name: 'vector', certificate: bytes(nitro.root) }];
  const result = verifyNitro(bytes(nitro.document), { atSeconds, roots });
  assert.ok(result.ok && result.value.development);
  assert.equal(result.value.measurement, nitro.measurement);
});

test('vectors/enclave.json: TDX quotes and collateral', () => {
  const { tcbInfo, qeIdentity, tcbSigningChain, ...rest } = tdx.collateral as Record<string, string> & {
    tcbSigningChain: string[];
  };
  const part = (name: string): Uint8Array => bytes(rest[name]!);
  const collateral = {
    ...{ tcbInfo: tcbInfo!, qeIdentity: qeIdentity!, tcbSigningChain: tcbSigningChain.map(bytes) },
    ...{ tcbInfoSignature: part('tcbInfoSignature'), qeIdentitySignature: part('qeIdentitySignature') },
    ...{ rootCrl: part('rootCrl'), pckCrl: part('pckCrl') },
  };
  const roots = [{ name: 'vector', certificate: bytes(tdx.root) }];
  for (const { name, quote, measurement, status } of tdx.quotes) {
    const result = verifyTdx(bytes(quote), collateral, { atSeconds, roots });
    assert.ok(result.ok && result.value.development, name);
    assert.deepEqual([result.value.measurement, result.value.tcb.status], [measurement, status], name);
  }
});

test('vectors/enclave.json: the signed run', () => {
  assert.equal(unwrap(recoverDigest(unwrap(fromHex(run.digest.slice(2))), run.signature)), address);
});
