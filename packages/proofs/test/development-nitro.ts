/** Development documents of AWS Nitro Enclaves. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { CertificateOptions } from '../../programs/test/pki.ts';
import { KEY_TAG } from '../src/enclave/index.ts';
import { cbor, type Written } from './cbor-writer.ts';
import { caExtensions, ENCLAVE_SECRET, issue, keys, MADE_AT, NITRO_ROOT, SIGNS } from './development.ts';

type Change = Partial<Omit<CertificateOptions, 'key'>>;

export type NitroChanges = {
  readonly fields?: readonly (readonly [string, Written])[];
  readonly without?: readonly string[];
  readonly leaf?: Change;
  readonly zone?: Change;
  /** What becomes of the payload before it is signed. */
  readonly payload?: (bytes: Uint8Array) => Uint8Array;
  readonly header?: Uint8Array;
  readonly unprotected?: Uint8Array;
  readonly by?: typeof keys.nitroLeaf;
};

const register = (byte: number): Uint8Array => new Uint8Array(48).fill(byte);

export const enclavePublicKey = (): Uint8Array => secp256k1.getPublicKey(ENCLAVE_SECRET, false);

export const PROTECTED = new Uint8Array([0xa1, 0x01, 0x38, 0x22]);

/** A document that binds the development enclave's key, with parts of it changed. */
export const nitroDocument = (changes: NitroChanges = {}): Buffer => {
  const zone = issue({
    subject: 'development zone',
    issuer: NITRO_ROOT.name,
    key: keys.nitroZone,
    by: keys.nitroRoot,
    extensions: caExtensions(0),
    serial: 2n,
    ...changes.zone,
  });
  const leaf = issue({
    subject: 'development instance',
    issuer: 'development zone',
    key: keys.nitroLeaf,
    by: keys.nitroZone,
    extensions: SIGNS,
    serial: 3n,
    ...changes.leaf,
  });
  const fields = new Map<string, Written>([
    ['module_id', 'i-development-enc0'],
    ['digest', 'SHA384'],
    ['timestamp', MADE_AT * 1000],
    ['pcrs', new Map([0, 1, 2, 3].map((i) => [i, register(i + 1)] as const))],
    ['certificate', leaf],
    ['cabundle', [NITRO_ROOT.certificate, zone]],
    ['public_key', enclavePublicKey()],
    ['user_data', KEY_TAG],
    ['nonce', null],
    ...(changes.fields ?? []),
  ]);
  for (const name of changes.without ?? []) fields.delete(name);
  const payload = (changes.payload ?? ((bytes) => bytes))(cbor(fields));
  const header = changes.header ?? PROTECTED;
  const message = cbor(['Signature1', header, new Uint8Array(0), payload]);
  const signature = (changes.by ?? keys.nitroLeaf).signRaw(message);
  return Buffer.concat([
    Buffer.from([0x84]),
    cbor(header),
    changes.unprotected ?? Buffer.from([0xa0]),
    cbor(payload),
    cbor(signature),
  ]);
};
