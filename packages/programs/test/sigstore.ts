/** A Sigstore of our own, from fixed keys: certificate authority, certificate log and Rekor, enough for keyless bundles. */
import { createHash } from 'node:crypto';
import { concatBytes, encode, leafHash, nodeHash, preAuthEncoding } from '@surety/core';
import { bits, der, octets, oid, sequence, text } from './der.ts';
import {
  CA,
  CODE_SIGNING,
  certificate,
  extendedKeyUsage,
  extension,
  keyUsage,
  tbsCertificate,
  testKey,
} from './pki.ts';

const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const uint = (value: number, bytes: number): Buffer => Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex');

const authority = testKey('fulcio');
const certificateLog = testKey('ctlog');
const rekor = testKey('rekor');
const AUTHORITY = certificate({ subject: 'fulcio', issuer: 'fulcio', key: authority, by: authority, extensions: CA });

/** Unix seconds at which all of this happens. */
export const LOGGED_AT = 1_750_000_000;
export const IDENTITY = { issuer: 'https://login.example', subject: 'maker@models.example' };

const instance = (baseUrl: string, spki: Uint8Array): object => ({
  baseUrl,
  hashAlgorithm: 'SHA2_256',
  publicKey: {
    rawBytes: base64(spki),
    keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    validFor: { start: '2020-01-01T00:00:00Z' },
  },
  logId: { keyId: base64(hash(spki)) },
});

export const TRUSTED_ROOT = {
  mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  tlogs: [instance('https://rekor.example', rekor.spki)],
  certificateAuthorities: [
    {
      subject: { organization: 'example', commonName: 'fulcio' },
      uri: 'https://fulcio.example',
      certChain: { certificates: [{ rawBytes: base64(AUTHORITY) }] },
      validFor: { start: '2020-01-01T00:00:00Z' },
    },
  ],
  ctlogs: [instance('https://ctlog.example', certificateLog.spki)],
  timestampAuthorities: [],
};

/** The log's list of signed timestamps over a certificate without it (RFC 6962, section 3.2). */
const timestamps = (tbs: Uint8Array): Buffer => {
  const at = uint(LOGGED_AT * 1000, 8);
  const entry = [hash(authority.spki), uint(tbs.length, 3), tbs];
  const signed = concatBytes(Buffer.from([0, 0]), at, uint(1, 2), ...entry, uint(0, 2));
  const signature = certificateLog.sign(signed);
  const sct = concatBytes(
    Buffer.from([0]),
    hash(certificateLog.spki),
    at,
    uint(0, 2),
    Buffer.from([4, 3]),
    uint(signature.length, 2),
    signature,
  );
  return extension('1.3.6.1.4.1.11129.2.4.2', octets(concatBytes(uint(sct.length + 2, 2), uint(sct.length, 2), sct)));
};

/** What tests change about the certificate. */
export type LeafOptions = { readonly usage?: string; readonly minutes?: number };

const leafFor = (signer: ReturnType<typeof testKey>, { usage = CODE_SIGNING, minutes = 10 }: LeafOptions): Buffer => {
  const extensions = [
    keyUsage(0),
    extendedKeyUsage(usage),
    extension('2.5.29.17', sequence(der(0x81, Buffer.from(IDENTITY.subject))), true),
    extension('1.3.6.1.4.1.57264.1.8', text(IDENTITY.issuer)),
  ];
  const from = LOGGED_AT - 30;
  const options = { subject: '', issuer: 'fulcio', key: signer, by: authority, from, until: from + minutes * 60 };
  const withLog = [...extensions, timestamps(tbsCertificate({ ...options, extensions }))];
  const tbs = tbsCertificate({ ...options, extensions: withLog });
  return sequence(tbs, sequence(oid('1.2.840.10045.4.3.2')), bits(authority.sign(tbs)));
};

const logEntry = (payload: Uint8Array, signature: Uint8Array, leaf: Uint8Array): object => {
  const pem = `-----BEGIN CERTIFICATE-----\n${base64(leaf)}\n-----END CERTIFICATE-----\n`;
  const body = encode({
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      payloadHash: { algorithm: 'sha256', value: hash(payload).toString('hex') },
      signatures: [{ signature: base64(signature), verifier: base64(Buffer.from(pem)) }],
    },
  });
  const logID = hash(rekor.spki);
  const promise = encode({ body: base64(body), integratedTime: LOGGED_AT, logIndex: 1, logID: logID.toString('hex') });
  // A tree of three, of which this is the second.
  const [first, third] = [leafHash(Buffer.from('one')), leafHash(Buffer.from('three'))];
  const root = nodeHash(nodeHash(first, leafHash(body)), third);
  const note = `rekor.example\n3\n${base64(root)}\n`;
  const noteSignature = concatBytes(logID.subarray(0, 4), rekor.sign(Buffer.from(note)));
  return {
    logIndex: '1',
    logId: { keyId: base64(logID) },
    kindVersion: { kind: 'dsse', version: '0.0.1' },
    integratedTime: `${LOGGED_AT}`,
    inclusionPromise: { signedEntryTimestamp: base64(rekor.sign(promise)) },
    inclusionProof: {
      logIndex: '1',
      rootHash: base64(root),
      treeSize: '3',
      hashes: [base64(first), base64(third)],
      checkpoint: { envelope: `${note}\n— rekor.example ${base64(noteSignature)}\n` },
    },
    canonicalizedBody: base64(body),
  };
};

/** A keyless bundle over an in-toto payload, as plain JSON. */
export const keylessBundle = (payload: Uint8Array, options: LeafOptions = {}) => {
  const signer = testKey('ephemeral');
  const payloadType = 'application/vnd.in-toto+json';
  const signature = signer.sign(preAuthEncoding(payloadType, payload));
  const leaf = leafFor(signer, options);
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      certificate: { rawBytes: base64(leaf) },
      tlogEntries: [logEntry(payload, signature, leaf)],
    },
    dsseEnvelope: { payload: base64(payload), payloadType, signatures: [{ sig: base64(signature) }] },
  };
};
