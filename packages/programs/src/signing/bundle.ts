/** The container: a Sigstore bundle v0.3 in JSON around one DSSE envelope (OMS 1.0, section 4). */
import { fromBase64, fromUtf8, ok, type Problem, type Result, shapes as s } from '@surety/core';
import { lenient, readJson } from './lenient.ts';
import { refused } from './problem.ts';

export const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A statement of 100,000 files with long names, and its base64. */
export const BUNDLE_LIMITS = { bytes: 64 * 1024 * 1024, certificates: 10, certificateBytes: 65_536 } as const;

/** What the bundle offers to identify its signer; nothing of it is trusted yet. */
export type Material =
  /** `hint` is the SHA-256 of the key's PEM in hex; bundles before 1.1 have none. */
  | { readonly kind: 'key'; readonly hint: string | null }
  /** DER, the signer's own certificate first. */
  | { readonly kind: 'chain'; readonly certificates: readonly Uint8Array[] }
  /** A short-lived certificate of Sigstore with its log entries; read again from `json` by its verifier. */
  | { readonly kind: 'keyless'; readonly certificate: Uint8Array };

export type Bundle = {
  readonly material: Material;
  readonly payloadType: string;
  readonly payload: Uint8Array;
  /** ASN.1 DER of an ECDSA signature over the pre-authentication encoding. */
  readonly signature: Uint8Array;
  /** The whole bundle as it was parsed. */
  readonly json: unknown;
};

const base64 =
  (maxBytes: number): s.Shape<Uint8Array> =>
  (value, path) => {
    const text = s.text({ min: 1, max: Math.ceil(maxBytes / 3) * 4 })(value, path);
    return text.ok ? fromBase64(text.value, { field: path }) : text;
  };

const certificate = lenient({ rawBytes: base64(BUNDLE_LIMITS.certificateBytes) });

const SHAPE = lenient({
  mediaType: s.text({ max: 128 }),
  verificationMaterial: lenient(
    {},
    {
      publicKey: lenient({}, { hint: s.text({ max: 256 }) }),
      x509CertificateChain: lenient({
        certificates: s.list(certificate, { min: 1, max: BUNDLE_LIMITS.certificates }),
      }),
      certificate,
    },
  ),
  dsseEnvelope: lenient({
    payload: base64(BUNDLE_LIMITS.bytes),
    payloadType: s.text({ max: 128 }),
    // One signature: with more, readers could disagree about whose it is.
    signatures: s.list(lenient({ sig: base64(1024) }), { min: 1, max: 1 }),
  }),
});

const asProblem = (problem: Problem): Problem => ({ ...problem, code: 'model.bundle-malformed' });

const materialOf = (read: s.Shaped<typeof SHAPE>['verificationMaterial']): Result<Material> => {
  const given = [read.publicKey, read.x509CertificateChain, read.certificate].filter((one) => one !== undefined);
  if (given.length === 1) {
    if (read.publicKey !== undefined) return ok({ kind: 'key', hint: read.publicKey.hint || null });
    if (read.certificate !== undefined) return ok({ kind: 'keyless', certificate: read.certificate.rawBytes });
    const { certificates } = read.x509CertificateChain!;
    return ok({ kind: 'chain', certificates: certificates.map((one) => one.rawBytes) });
  }
  return refused(
    'model.bundle-malformed',
    'verificationMaterial',
    `The bundle identifies its signer in ${given.length} ways.`,
    'Get a bundle with exactly one of publicKey, x509CertificateChain and certificate.',
  );
};

/** Reads a bundle; nothing in it has been verified afterwards. */
export const readBundle = (bytes: Uint8Array): Result<Bundle> => {
  if (bytes.length > BUNDLE_LIMITS.bytes) {
    const limit = `${BUNDLE_LIMITS.bytes} bytes`;
    const message = `The bundle has ${bytes.length} bytes.`;
    return refused('model.bundle-malformed', '', message, 'Sign fewer files, or larger ones.', { limit });
  }
  const text = fromUtf8(bytes, 'bundle');
  if (!text.ok) return { ok: false, problem: asProblem(text.problem) };
  const read = readJson(text.value, { shape: SHAPE, at: '', asProblem });
  if (!read.ok) return read;
  const { mediaType, verificationMaterial, dsseEnvelope } = read.value.value;
  if (mediaType !== MEDIA_TYPE) {
    const next = 'Sign with model-signing 1.0 or later.';
    const more = { value: mediaType, limit: MEDIA_TYPE };
    return refused('model.bundle-unsupported', 'mediaType', 'The bundle is of another version.', next, more);
  }
  if (dsseEnvelope.payloadType !== PAYLOAD_TYPE) {
    const more = { value: dsseEnvelope.payloadType, limit: PAYLOAD_TYPE };
    const next = 'Get a bundle that signs an in-toto statement.';
    return refused('model.bundle-unsupported', 'dsseEnvelope.payloadType', 'Something else was signed.', next, more);
  }
  const material = materialOf(verificationMaterial);
  if (!material.ok) return material;
  const { payload, payloadType, signatures } = dsseEnvelope;
  return ok({ material: material.value, payloadType, payload, signature: signatures[0]!.sig, json: read.value.json });
};
