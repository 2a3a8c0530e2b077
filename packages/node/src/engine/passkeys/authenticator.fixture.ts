/** An authenticator in software, for tests: makes a passkey and signs actions as a browser would have it do. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { actionChallenge, offerChallenge, sha256Hex, utf8 } from '@surety/core';
import type { Action, AssertedAction, NewPasskeyRequest } from '@surety/protocol';

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Present and verified; a new key comes along. */
const FLAGS = { get: 0x05, create: 0x45 } as const;

export type Offer = { readonly chainId: number; readonly operator: string; readonly expiresAt: number };

export type TestPasskey = {
  readonly passkeyId: string;
  readonly made: NewPasskeyRequest;
  /** Signs an action; the count of signatures rises by one each time, unless it is given. */
  readonly assert: (action: Action, over?: { readonly signCount?: number; readonly origin?: string }) => AssertedAction;
};

/** Makes a passkey for a page. */
export const createTestPasskey = (origin: string, offer: Offer): TestPasskey => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const [px, py] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  const credentialId = randomBytes(16);
  const rpIdHash = sha256(utf8(new URL(origin).hostname));
  let signatures = 0;
  const data = (flags: number, signCount: number, after: Uint8Array = new Uint8Array()): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(signCount);
    return Buffer.concat([rpIdHash, Buffer.from([flags]), count, after]);
  };
  const client = (type: string, challenge: Uint8Array, from = origin): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge: base64Url(challenge), origin: from, crossOrigin: false }));
  const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), px, Buffer.from('225820', 'hex'), py]);
  const key = Buffer.concat([Buffer.alloc(16), Buffer.from([0, credentialId.length]), credentialId, cose]);
  const full = { ...offer, nonce: hex(randomBytes(16)) };
  return {
    passkeyId: sha256Hex(credentialId),
    made: {
      ...full,
      authenticatorData: hex(data(FLAGS.create, 0, key)),
      clientDataJson: hex(client('webauthn.create', offerChallenge(full))),
    },
    assert: (action, over = {}) => {
      signatures += 1;
      const authenticatorData = data(FLAGS.get, over.signCount ?? signatures);
      const clientDataJson = client('webauthn.get', actionChallenge(action), over.origin);
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientDataJson)]), privateKey);
      return {
        action,
        passkeyId: sha256Hex(credentialId),
        authenticatorData: hex(authenticatorData),
        clientDataJson: hex(clientDataJson),
        signature: hex(signature),
      };
    },
  };
};
