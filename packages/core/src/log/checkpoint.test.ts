import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '../bytes.ts';
import { ed25519PublicKey } from '../ed25519.ts';
import { unwrap } from '../errors.ts';
import { formatCheckpoint, openCheckpoint, signCheckpoint, verifyLogSignature } from './checkpoint.ts';
import { cosign, verifyCosignature } from './cosignature.ts';
import { leafHash } from './hash.ts';
import { formatVerifierKey, noteKeyId, parseNote, parseVerifierKey } from './note.ts';

const secretKey = new Uint8Array(32).fill(5);
const log = { name: 'surety.example/log', publicKey: ed25519PublicKey(secretKey) };
const witnessSecret = new Uint8Array(32).fill(6);
const witness = { name: 'witness.example/w1', publicKey: ed25519PublicKey(witnessSecret) };
const checkpoint = { origin: log.name, size: 7, root: leafHash(new Uint8Array(1)), extensions: ['ext 1'] };
const text = formatCheckpoint(checkpoint);
const line = cosign(text, { name: witness.name, secretKey: witnessSecret, time: 1_793_491_200 });
const note = signCheckpoint(checkpoint, secretKey, [line]);

test('C2SP signed-note: the example key and note', () => {
  const key = unwrap(parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'));
  const example =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n\n" +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
  assert.ok(verifyLogSignature(unwrap(parseNote(example)), key).ok);
  assert.equal(unwrap(formatVerifierKey(key)), 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  assert.ok(!parseVerifierKey('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').ok);
});

test('a checkpoint reads back, verifies for its log, and carries the witness time', () => {
  const opened = unwrap(openCheckpoint(note));
  assert.deepEqual(opened.checkpoint, checkpoint);
  assert.ok(verifyLogSignature(opened.note, log).ok);
  assert.equal(unwrap(verifyCosignature(opened.note, witness)), 1_793_491_200);
});

test('another key, another name or a changed text do not verify', () => {
  const opened = unwrap(openCheckpoint(note)).note;
  assert.ok(!verifyLogSignature(opened, { ...log, publicKey: witness.publicKey }).ok);
  assert.ok(!verifyLogSignature(opened, { ...log, name: 'other' }).ok);
  assert.ok(!verifyLogSignature({ ...opened, text: text.replace('7', '8') }, log).ok);
  assert.ok(!verifyCosignature(opened, log).ok);
  assert.ok(!verifyCosignature({ ...opened, text: text.replace('7', '8') }, witness).ok);
});

test('a cosignature is not a log signature: key ids differ by algorithm', () => {
  const bytes = new Uint8Array(32);
  assert.notEqual(toHex(noteKeyId('a', 'ed25519', bytes)), toHex(noteKeyId('a', 'cosignature', bytes)));
});

test('each note and checkpoint has one spelling', () => {
  const signatures = note.slice(text.length + 1);
  const wrong = [
    '',
    text,
    note.slice(0, -1),
    `${note}\n`,
    note.replace('\n7\n', '\n07\n'),
    note.replace('\n7\n', '\n7 \n'),
    note.replace('\n7\n', '\n-7\n'),
    note.replace('\n7\n', '\n9007199254740992\n'),
    note.replace('\n7\n', '\n\n7\n'),
    note.replace('— ', '- '),
    note.replace('— ', '—  '),
    note.replaceAll('\n', '\r\n'),
    `${text}\n${signatures}${signatures}`,
    `${text}\n${signatures.replaceAll('=', '')}`,
    `\n7\n${'A'.repeat(43)}=\n\n${signatures}`,
  ];
  for (const each of wrong) assert.ok(!openCheckpoint(each).ok, JSON.stringify(each));
});
