/** Keys and certificates of tests, from fixed secrets: only ECDSA's nonces differ from run to run. */
import { createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { bits, boolean, commonName, der, integer, octets, oid, sequence, time } from './der.ts';

export type Curve = 'P-256' | 'P-384' | 'P-521';

const CURVES = {
  'P-256': { openssl: 'prime256v1', hash: 'sha256', bytes: 32 },
  'P-384': { openssl: 'secp384r1', hash: 'sha384', bytes: 48 },
  'P-521': { openssl: 'secp521r1', hash: 'sha512', bytes: 66 },
} as const;

export type TestKey = {
  readonly privateKey: KeyObject;
  readonly spki: Buffer;
  readonly publicPem: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** The key of a name. */
export const testKey = (name: string, curve: Curve = 'P-256'): TestKey => {
  const { openssl, hash, bytes } = CURVES[curve];
  const secret = Buffer.alloc(bytes);
  createHash('sha256')
    .update(name)
    .digest()
    .copy(secret, bytes - 32, 1);
  const ecdh = createECDH(openssl);
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const coordinate = (at: number): string => point.subarray(1 + at * bytes, 1 + (at + 1) * bytes).toString('base64url');
  const jwk = { kty: 'EC', crv: curve, d: secret.toString('base64url'), x: coordinate(0), y: coordinate(1) };
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (message) => sign(hash, message, privateKey),
  };
};

export const extension = (id: string, value: Uint8Array, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));

/** Usage bits: 0 signatures, 5 certificates. */
export const keyUsage = (...which: readonly number[]): Buffer =>
  extension('2.5.29.15', bits(Buffer.from([which.reduce((sum, bit) => sum | (0x80 >> bit), 0)])), true);
export const basicConstraints = (isCa: boolean, pathLength?: number): Buffer =>
  extension(
    '2.5.29.19',
    sequence(...(isCa ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    true,
  );
export const extendedKeyUsage = (...oids: readonly string[]): Buffer =>
  extension('2.5.29.37', sequence(...oids.map(oid)));
export const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';

export const CA = [basicConstraints(true), keyUsage(5)];
export const SIGNER = [keyUsage(0), extendedKeyUsage(CODE_SIGNING)];

/** Validity of all certificates unless stated: the years 2020 and 2040. */
export const VALID = { from: 1_577_836_800, until: 2_208_988_800 };

export type CertificateOptions = {
  readonly subject: string;
  readonly issuer: string;
  readonly key: TestKey;
  readonly by: TestKey;
  readonly extensions: readonly Uint8Array[];
  readonly from?: number;
  readonly until?: number;
};

/** The part of a certificate that is signed, signed with SHA-256. */
export const tbsCertificate = (options: CertificateOptions): Buffer =>
  sequence(
    der(0xa0, integer(2)),
    integer(1),
    sequence(oid('1.2.840.10045.4.3.2')),
    commonName(options.issuer),
    sequence(time(options.from ?? VALID.from), time(options.until ?? VALID.until)),
    commonName(options.subject),
    options.key.spki,
    ...(options.extensions.length > 0 ? [der(0xa3, sequence(...options.extensions))] : []),
  );

export const certificate = (options: CertificateOptions): Buffer => {
  const tbs = tbsCertificate(options);
  return sequence(tbs, sequence(oid('1.2.840.10045.4.3.2')), bits(sign('sha256', tbs, options.by.privateKey)));
};

export const toPem = (bytes: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;
