/** The RFCs' own vectors, and what a browser and a push service make of what we send. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { browserOf, readPush, readVapid } from './browser.fixture.ts';
import { encryptPush, PUSH_MESSAGE_BYTES } from './encrypt.ts';
import { vapidClaims, vapidHeader, vapidKeyOf } from './vapid.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** RFC 8291, section 5 and appendix A. */
const RFC8291 = {
  message: 'When I grow up, I want to be a watermelon',
  senderSecret: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
  browserSecret: bytes('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94'),
  p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
  auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
  salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_' +
    'yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
} as const;

test('the example of RFC 8291 comes out byte for byte, and its browser reads it', () => {
  const { message, p256dh, auth, senderSecret, salt, body, browserSecret } = RFC8291;
  const made = encryptPush(Buffer.from(message), { p256dh, auth }, { senderSecret, salt });
  assert.equal(Buffer.from(made).toString('base64url'), body);
  assert.equal(readPush(bytes(body), browserOf(browserSecret), auth), message);
});

test('messages from none to the longest arrive, each with a key and a salt of its own; a longer one is refused', () => {
  const browser = browserOf(RFC8291.browserSecret);
  const keys = { p256dh: browser.getPublicKey(), auth: randomBytes(16) };
  for (const length of [0, 1, PUSH_MESSAGE_BYTES]) {
    const message = 'x'.repeat(length);
    const [once, twice] = [1, 2].map(() => Buffer.from(encryptPush(Buffer.from(message), keys)));
    assert.ok(once!.length <= 4_096);
    assert.equal(readPush(once!, browser, keys.auth), message);
    assert.notDeepEqual(once!.subarray(0, 16), twice!.subarray(0, 16));
    assert.notDeepEqual(once!.subarray(21, 86), twice!.subarray(21, 86));
  }
  assert.throws(() => encryptPush(new Uint8Array(PUSH_MESSAGE_BYTES + 1), keys), { code: 'internal' });
  assert.throws(() => encryptPush(new Uint8Array(1), { ...keys, p256dh: new Uint8Array(65).fill(4) }));
});

/** RFC 8292, section 2.4. */
const RFC8292 =
  'vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1Y' +
  'iI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSH' +
  'zvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs';

test('the token of RFC 8292: its claims come out as printed, and its signature verifies', () => {
  const claims = readVapid(RFC8292);
  assert.deepEqual(claims, { aud: 'https://push.example.net', exp: 1_453_523_768, sub: 'mailto:push@example.com' });
  const made = vapidClaims('https://push.example.net/p/x', 1_453_523_768, 'mailto:push@example.com', 0);
  assert.equal(made, /t=([\w-]+\.[\w-]+)\./.exec(RFC8292)![1]);
});

test('a token is for one service, signed by our key, and good for half a day', () => {
  const key = vapidKeyOf('07'.repeat(32));
  const header = vapidHeader(key, 'https://push.example.net:8443/p/secret', 1_800_000_000, 'https://court.example');
  assert.deepEqual(readVapid(header), {
    aud: 'https://push.example.net:8443',
    exp: 1_800_043_200,
    sub: 'https://court.example',
  });
  assert.ok(header.endsWith(`k=${Buffer.from(key.publicKey, 'hex').toString('base64url')}`));
  const bent = header.replace(/\.([\w-])(?=[\w-]+, k=)/, (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`);
  assert.throws(() => readVapid(bent), /the key signed/);
  assert.equal('sub' in readVapid(vapidHeader(key, 'https://push.example.net/', 1_800_000_000, undefined)), false);
});
