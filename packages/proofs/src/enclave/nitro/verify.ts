/** A Nitro document under the pinned root: chain, then signature. */
import { ok, type Result, toHex } from '@surety/core';
import type { Root } from '@surety/programs/certificates';
import type { NitroAttestation } from '../attestation.ts';
import { verifyStatementChain } from '../chain.ts';
import { keyOfSpki, signed } from '../ecdsa.ts';
import { nitroMeasurement } from '../measurement.ts';
import { refused } from '../problem.ts';
import { AWS_NITRO_ROOT } from '../roots.ts';
import { isDebug, readNitroDocument } from './document.ts';

/**
 * What the hypervisor vouches for in a document.
 * @param options.atSeconds Unix seconds at which every certificate must be valid; that of a document lives for hours
 * @param options.roots instead of the AWS root; any other makes the attestation a `development` one
 */
export const verifyNitro = (
  bytes: Uint8Array,
  options: { readonly atSeconds: number; readonly roots?: readonly Root[] },
): Result<NitroAttestation> => {
  const read = readNitroDocument(bytes);
  if (!read.ok) return read;
  const document = read.value;
  const certificates = [document.certificate, ...document.cabundle];
  const roots = options.roots ?? [AWS_NITRO_ROOT];
  const chain = verifyStatementChain(certificates, { roots, atSeconds: options.atSeconds, field: 'cabundle' });
  if (!chain.ok) return chain;
  const key = keyOfSpki('P-384', chain.value.certificates[0].publicKey);
  if (key === null || !signed('P-384', key, document.signed, document.signature)) {
    const message = 'The signature does not fit the document and its certificate: one of them was changed.';
    return refused('attestation.signature-wrong', 'signature', message, 'Get the document again from the enclave.');
  }
  return ok({
    platform: 'aws-nitro',
    root: chain.value.root,
    development: chain.value.development,
    debug: isDebug(document),
    measurement: nitroMeasurement(document.pcrs),
    registers: Object.fromEntries([...document.pcrs].map(([i, value]) => [`pcr${i}`, toHex(value)])),
    issuedAtMs: document.timestampMs,
    moduleId: document.moduleId,
    publicKey: document.publicKey,
    userData: document.userData,
    nonce: document.nonce,
  });
};
