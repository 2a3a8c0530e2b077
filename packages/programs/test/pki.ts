/** Keys and certificates of tests, all from fixed secrets, so that vectors made of them can be made again. */
import { createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { bits, boolean, commonName, der, integer, octets, oid, sequence, time } from './der.ts';

export type Curve = 'P-256' | 'P-384' | 'P-521';

const CURVES = {
  'P-256': {
    openssl: 'prime256v1',
    hash: 'sha256',
    bytes: 32,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  'P-384': {
    openssl: 'secp384r1',
    hash: 'sha384',
    bytes: 48,
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  'P-521': {
    openssl: 'secp521r1',
    hash: 'sha512',
    bytes: 66,
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
} as const;

export type TestKey = {
  readonly privateKey: KeyObject;
  readonly spki: Buffer;
  readonly publicPem: string;
  readonly curve: Curve;
  /** `x ‖ y`. */
  readonly point: Buffer;
  /** ECDSA as `r ‖ s`, and in DER, with the hash of the key's size; the same message always gives the same signature. */
  readonly signRaw: (message: Uint8Array) => Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

const bigOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytesOf = (value: bigint, bytes: number): Buffer =>
  Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex');

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  for (let [b, e] = [base % modulus, exponent]; e > 0n; b = (b * b) % modulus, e >>= 1n) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
};

export const derInteger = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return der(0x02, bytes[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
};

/** ECDSA with a nonce that is a hash of secret and message: Node's own draws one. */
const ecdsa = (curve: Curve, secret: Uint8Array, message: Uint8Array): { readonly r: bigint; readonly s: bigint } => {
  const { openssl, hash, bytes, order } = CURVES[curve];
  const nonce = (bigOf(createHash('sha512').update(secret).update(message).digest()) % (order - 1n)) + 1n;
  const ecdh = createECDH(openssl);
  ecdh.setPrivateKey(bytesOf(nonce, bytes));
  const r = bigOf(ecdh.getPublicKey().subarray(1, 1 + bytes)) % order;
  const e = bigOf(createHash(hash).update(message).digest());
  const s = (power(nonce, order - 2n, order) * (e + r * bigOf(secret))) % order;
  return { r, s };
};

/** The key of a name. */
export const testKey = (name: string, curve: Curve = 'P-256'): TestKey => {
  const { openssl, bytes } = CURVES[curve];
  const secret = Buffer.alloc(bytes);
  createHash('sha256')
    .update(name)
    .digest()
    .copy(secret, bytes - 32, 1);
  const ecdh = createECDH(openssl);
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const coordinate = (k: number): string => point.subarray(1 + k * bytes, 1 + (k + 1) * bytes).toString('base64url');
  const jwk = { kty: 'EC', crv: curve, d: secret.toString('base64url'), x: coordinate(0), y: coordinate(1) };
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    curve,
    point: point.subarray(1),
    signRaw: (message) => {
      const { r, s } = ecdsa(curve, secret, message);
      return Buffer.concat([bytesOf(r, bytes), bytesOf(s, bytes)]);
    },
    sign: (message) => {
      const { r, s } = ecdsa(curve, secret, message);
      return sequence(derInteger(r), derInteger(s));
    },
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
  /** 1 unless stated. */
  readonly serial?: bigint;
  readonly from?: number;
  readonly until?: number;
};

const ALGORITHM = {
  'P-256': '1.2.840.10045.4.3.2',
  'P-384': '1.2.840.10045.4.3.3',
  'P-521': '1.2.840.10045.4.3.4',
} as const;

/** How signatures by a key are called in certificates. */
export const algorithmOf = ({ curve }: TestKey): Buffer => sequence(oid(ALGORITHM[curve]));

/** The part of a certificate that is signed. */
export const tbsCertificate = (options: CertificateOptions): Buffer =>
  sequence(
    der(0xa0, integer(2)),
    derInteger(options.serial ?? 1n),
    algorithmOf(options.by),
    commonName(options.issuer),
    sequence(time(options.from ?? VALID.from), time(options.until ?? VALID.until)),
    commonName(options.subject),
    options.key.spki,
    ...(options.extensions.length > 0 ? [der(0xa3, sequence(...options.extensions))] : []),
  );

export const certificate = (options: CertificateOptions): Buffer => {
  const tbs = tbsCertificate(options);
  return sequence(tbs, algorithmOf(options.by), bits(options.by.sign(tbs)));
};

export const toPem = (bytes: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;
