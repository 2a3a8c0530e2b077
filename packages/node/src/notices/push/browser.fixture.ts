/** The browser's and the push service's halves, written from the RFCs, for tests: who reads a message, and who checks its sender. */
import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, verify } from 'node:crypto';

const hkdf = (salt: Uint8Array, key: Uint8Array, info: Uint8Array | string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes));

/** Decrypts a body as the browser with this key and secret does (RFC 8291, 3; RFC 8188, 2). */
export const readPush = (body: Buffer, browser: ECDH, auth: Uint8Array): string => {
  const salt = body.subarray(0, 16);
  assert.ok(body.readUInt32BE(16) >= body.length - 86, 'one record');
  const keyBytes = body[20]!;
  const senderKey = body.subarray(21, 21 + keyBytes);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), senderKey]);
  const secret = hkdf(auth, browser.computeSecret(senderKey), info, 32);
  const key = hkdf(salt, secret, 'Content-Encoding: aes128gcm\0', 16);
  const decipher = createDecipheriv('aes-128-gcm', key, hkdf(salt, secret, 'Content-Encoding: nonce\0', 12));
  const record = body.subarray(21 + keyBytes);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  assert.ok(
    padded.subarray(end + 1).every((byte) => byte === 0),
    'padding after the last delimiter is zero',
  );
  return padded.subarray(0, end).toString('utf8');
};

export const browserOf = (secretKey: Uint8Array): ECDH => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(secretKey);
  return pair;
};

/** The claims of an `Authorization` header, if its key signed them (RFC 8292, 2 and 3). */
export const readVapid = (header: string): Readonly<Record<string, unknown>> => {
  const found = /^vapid t=([\w-]+\.[\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(header.replace(/\s+/g, ' '));
  assert.ok(found, header);
  const [, signed = '', signature = '', k = ''] = found;
  const point = Buffer.from(k, 'base64url');
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
  const good = verify(
    'sha256',
    Buffer.from(signed),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  assert.ok(good, 'the key signed the token');
  return JSON.parse(Buffer.from(signed.split('.')[1]!, 'base64url').toString('utf8'));
};
