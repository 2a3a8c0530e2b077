/**
 * Development attestations: of the real formats, under roots whose keys stand below for everybody to use. No hardware
 * stands behind them; they are for tests, benches and development chains, and verifiers call them `development`.
 */
import { addressBytes, addressOfSecretKey, sha256, utf8 } from '@surety/core';
import type { Root } from '@surety/programs/certificates';
import { basicConstraints, type CertificateOptions, certificate, keyUsage, testKey } from '../../programs/test/pki.ts';

/** Keys from fixed words: whoever reads this has them. */
export const keys = {
  nitroRoot: testKey('surety development nitro root', 'P-384'),
  nitroZone: testKey('surety development nitro zone', 'P-384'),
  nitroLeaf: testKey('surety development nitro instance', 'P-384'),
  root: testKey('surety development tdx root'),
  pckCa: testKey('surety development pck ca'),
  pck: testKey('surety development pck'),
  tcbSigning: testKey('surety development tcb signing'),
  attestation: testKey('surety development attestation key'),
  stranger: testKey('surety stranger'),
};

/** The secp256k1 key of the development enclave, and its address. */
export const ENCLAVE_SECRET: Uint8Array = sha256(utf8('surety development enclave'));
export const ENCLAVE_ADDRESS: string = addressOfSecretKey(ENCLAVE_SECRET);

/** Unix seconds at which development attestations are made. */
export const MADE_AT = 1_790_000_000;

/** A CA that may sign certificates and revocation lists. */
export const caExtensions = (pathLength?: number): readonly Uint8Array[] => [
  basicConstraints(true, pathLength),
  keyUsage(5, 6),
];
export const SIGNS = [keyUsage(0), basicConstraints(false)];

export const issue = (options: CertificateOptions): Buffer => certificate(options);

const nitroRoot = issue({
  subject: 'Surety DEVELOPMENT Nitro root',
  issuer: 'Surety DEVELOPMENT Nitro root',
  key: keys.nitroRoot,
  by: keys.nitroRoot,
  extensions: caExtensions(),
});

const tdxRoot = issue({
  subject: 'Surety DEVELOPMENT TDX root',
  issuer: 'Surety DEVELOPMENT TDX root',
  key: keys.root,
  by: keys.root,
  extensions: caExtensions(1),
});

export const NITRO_ROOT: Root = { name: 'Surety DEVELOPMENT Nitro root', certificate: nitroRoot };
export const TDX_ROOT: Root = { name: 'Surety DEVELOPMENT TDX root', certificate: tdxRoot };

export const enclaveAddressBytes = (): Uint8Array => {
  const bytes = addressBytes(ENCLAVE_ADDRESS);
  if (!bytes.ok) throw new TypeError('the address of a key is an address');
  return bytes.value;
};
