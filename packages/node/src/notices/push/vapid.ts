/** Who sends a push message: VAPID (RFC 8292), a short-lived token signed by the node's own P-256 key. */
import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';

export type VapidKey = {
  /** Uncompressed point of P-256, hex; the browser subscribes with it. */
  readonly publicKey: string;
  readonly key: KeyObject;
};

/** Hours that a token is good for; services take no more than 24. */
const LIFE_SECONDS = 12 * 3_600;

const base64Url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** @param secretKey scalar of P-256, 32 bytes as hex */
export const vapidKeyOf = (secretKey: string): VapidKey => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(secretKey, 'hex');
  const point = pair.getPublicKey();
  const [x, y] = [base64Url(point.subarray(1, 33)), base64Url(point.subarray(33))];
  const d = Buffer.from(secretKey, 'hex').toString('base64url');
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' });
  return { publicKey: point.toString('hex'), key };
};

/** Where push services reach the operator: the page, where it has a public address. */
export const contactOf = (pageOrigin: string): string | undefined =>
  pageOrigin.startsWith('https:') ? pageOrigin : undefined;

/** Header and claims as they are signed. */
export const vapidClaims = (
  endpoint: string,
  now: number,
  contact: string | undefined,
  life = LIFE_SECONDS,
): string => {
  const claims = { aud: new URL(endpoint).origin, exp: now + life, ...(contact !== undefined && { sub: contact }) };
  return `${base64Url(JSON.stringify({ typ: 'JWT', alg: 'ES256' }))}.${base64Url(JSON.stringify(claims))}`;
};

/**
 * Value of `Authorization` for one endpoint.
 * @param contact where the operator can be reached: an https or mailto URL; left out where there is none
 * @param now unix seconds
 */
export const vapidHeader = (
  { publicKey, key }: VapidKey,
  endpoint: string,
  now: number,
  contact: string | undefined,
): string => {
  const claims = vapidClaims(endpoint, now, contact);
  const signature = sign('sha256', Buffer.from(claims), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${claims}.${base64Url(signature)}, k=${base64Url(Buffer.from(publicKey, 'hex'))}`;
};
