/** Encryption of a push message to one browser: RFC 8291 over RFC 8188 (`aes128gcm`), in a single record. */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { assertInvariant } from '@surety/core';

export type PushKeys = {
  /** The browser's public key: an uncompressed point of P-256, 65 bytes. */
  readonly p256dh: Uint8Array;
  /** The browser's secret, 16 bytes. */
  readonly auth: Uint8Array;
};

const RECORD_BYTES = 4_096;
const TAG_BYTES = 16;
/** Salt, record size, length of the key id, and the sender's key as key id. */
const HEADER_BYTES = 16 + 4 + 1 + 65;
/** Longest message: push services take bodies of 4,096 bytes at least (RFC 8030, 7.2), and one byte ends the padding. */
export const PUSH_MESSAGE_BYTES = RECORD_BYTES - HEADER_BYTES - TAG_BYTES - 1;
/** RFC 8188, section 2: this record is the last. */
const LAST = 2;

const hkdf = (salt: Uint8Array, key: Uint8Array, info: Uint8Array | string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, bytes));

/** Randomness of one message: fresh for each, given only by tests. */
export type PushRandomness = {
  /** Scalar of P-256, 32 bytes. */
  readonly senderSecret?: Uint8Array;
  /** 16 bytes. */
  readonly salt?: Uint8Array;
};

/**
 * The body of a push request.
 * @param message at most {@link PUSH_MESSAGE_BYTES}
 * @throws {SuretyError} `internal` for a longer message
 * @throws {Error} when `p256dh` is no point of P-256
 */
export const encryptPush = (message: Uint8Array, keys: PushKeys, random: PushRandomness = {}): Uint8Array => {
  assertInvariant(message.length <= PUSH_MESSAGE_BYTES, `A push message has at most ${PUSH_MESSAGE_BYTES} bytes.`);
  const sender = createECDH('prime256v1');
  if (random.senderSecret === undefined) sender.generateKeys();
  else sender.setPrivateKey(random.senderSecret);
  const senderKey = sender.getPublicKey();
  const shared = sender.computeSecret(keys.p256dh);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.p256dh, senderKey]);
  const secret = hkdf(keys.auth, shared, info, 32);
  const salt = random.salt ?? randomBytes(16);
  const key = hkdf(salt, secret, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdf(salt, secret, 'Content-Encoding: nonce\0', 12);
  const recordSize = Buffer.alloc(4);
  recordSize.writeUInt32BE(RECORD_BYTES);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const record = [cipher.update(Buffer.concat([message, Buffer.from([LAST])])), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([salt, recordSize, Buffer.from([senderKey.length]), senderKey, ...record]);
};
