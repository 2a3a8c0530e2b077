/**
 * Keyless bundles: a certificate of minutes that Sigstore's CA gave to whoever logged in, and an entry in Rekor. Chain,
 * certificate transparency, log entry and signature are checked by Sigstore's own verifier against a pinned trusted
 * root, which in bundles of v0.3 wants a proof of inclusion; what it leaves to its caller (what the certificate is for,
 * whose identity it names) is checked here.
 */
import { bundleFromJSON, type SerializedBundle } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify';
import { CLOCK_SKEW_SECONDS, ok, type Result, sameBytes } from '@surety/core';
import type { Bundle } from './bundle.ts';
import { parseCertificate, signerFaultOf } from './certificate.ts';
import { refused, translate } from './problem.ts';

/** Whom an identity provider says that somebody is. Compared exactly. */
export type Identity = { readonly issuer: string; readonly subject: string };

/** A Sigstore instance: its `trusted_root.json` as parsed, got in a way that the verifier trusts. */
export type KeylessTrust = {
  readonly name: string;
  readonly trustedRoot: unknown;
  readonly identities: readonly Identity[];
};

export type KeylessSigner = {
  readonly instance: string;
  readonly identity: Identity;
  /** Unix seconds at which the log says that it took the entry. */
  readonly loggedAt: number;
};

const AGAIN = 'Ask the signer to sign the model again.';

/** Sigstore's codes, by what they are about. */
const refusalOf = (error: unknown): Result<never> => {
  const { code, message } = error instanceof VerificationError ? error : { code: '', message: String(error) };
  const words = `Sigstore's verifier refused the bundle: ${message}.`;
  if (code === 'SIGNATURE_ERROR') return refused('model.signature-wrong', 'dsseEnvelope.signatures.0', words, AGAIN);
  if (code === 'CERTIFICATE_ERROR' || code === 'PUBLIC_KEY_ERROR') {
    return refused('model.certificate-refused', 'verificationMaterial.certificate', words, AGAIN);
  }
  if (code.startsWith('TLOG') || code === 'TIMESTAMP_ERROR') {
    return refused('model.log-refused', 'verificationMaterial.tlogEntries', words, AGAIN);
  }
  return refused('model.bundle-malformed', 'verificationMaterial', words, AGAIN);
};

type Parsed = ReturnType<typeof bundleFromJSON>;
type KeylessBundle = Bundle & { readonly material: { readonly kind: 'keyless' } };

/** The bundle as Sigstore's code reads it: what that verifies must be what is believed here, however either reader changes. */
const parse = (bundle: KeylessBundle): Result<Parsed> => {
  const malformed = (words: string): Result<never> =>
    refused('model.bundle-malformed', 'verificationMaterial', `Not a keyless Sigstore bundle: ${words}.`, AGAIN);
  const parsed = translate(() => bundleFromJSON(bundle.json as SerializedBundle), malformed);
  if (!parsed.ok) return parsed;
  const { content, verificationMaterial } = parsed.value;
  const isSame =
    content.$case === 'dsseEnvelope' &&
    content.dsseEnvelope.payloadType === bundle.payloadType &&
    sameBytes(content.dsseEnvelope.payload, bundle.payload) &&
    verificationMaterial.content.$case === 'certificate' &&
    sameBytes(verificationMaterial.content.certificate.rawBytes, bundle.material.certificate);
  return isSame ? parsed : malformed('it can be read in two ways');
};

/** When the log says that it took the entry: its promise signs that time, without one nothing does. */
const loggedAtOf = ({ verificationMaterial: { tlogEntries } }: Parsed, atSeconds: number): Result<number> => {
  const field = 'verificationMaterial.tlogEntries';
  const [first] = tlogEntries;
  if (first === undefined) return refused('model.log-refused', field, 'The bundle carries no log entry.', AGAIN);
  if (first.inclusionPromise === undefined) {
    const message = 'The log entry is dated by a timestamp authority, which is not read here.';
    return refused('model.bundle-unsupported', field, message, 'Sign with a log that dates its entries (Rekor v1).');
  }
  const loggedAt = Number(first.integratedTime);
  if (loggedAt > atSeconds + CLOCK_SKEW_SECONDS) {
    const message = 'The log took the entry in the future of the clock that verifies it.';
    return refused('model.log-refused', field, message, 'Set the clock.', { value: loggedAt, limit: `${atSeconds}` });
  }
  return ok(loggedAt);
};

const identityIn = (parsed: Parsed, trust: KeylessTrust): Result<Identity> => {
  let outcome: Result<Identity> | undefined;
  const root = translate(
    () => toTrustMaterial(TrustedRoot.fromJSON(trust.trustedRoot)),
    (words) =>
      refused(
        'model.signer-untrusted',
        `trust.keyless.${trust.name}`,
        `The trusted root cannot be read: ${words}.`,
        'Pin it again.',
      ),
  );
  if (!root.ok) return root;
  try {
    const verifier = new Verifier(root.value, { ctlogThreshold: 1, tlogThreshold: 1, timestampThreshold: 1 });
    const { identity } = verifier.verify(toSignedEntity(parsed));
    const [issuer, subject] = [identity?.extensions?.issuer, identity?.subjectAlternativeName];
    if (issuer !== undefined && subject !== undefined) outcome = ok({ issuer, subject });
  } catch (error) {
    outcome = refusalOf(error);
  }
  return (
    outcome ??
    refused('model.certificate-refused', 'verificationMaterial.certificate', 'The certificate names nobody.', AGAIN)
  );
};

/** Whose identity signed the bundle, when it is one that is pinned. */
export const verifyKeyless = (
  bundle: KeylessBundle,
  options: { readonly keyless: readonly KeylessTrust[]; readonly atSeconds: number },
): Result<KeylessSigner> => {
  const field = 'verificationMaterial.certificate';
  const certificate = parseCertificate(bundle.material.certificate, field);
  if (!certificate.ok) return certificate;
  const fault = signerFaultOf(certificate.value);
  if (fault !== null) return refused('model.certificate-refused', field, `The signer's certificate ${fault}.`, AGAIN);
  const parsed = parse(bundle);
  if (!parsed.ok) return parsed;
  const loggedAt = loggedAtOf(parsed.value, options.atSeconds);
  if (!loggedAt.ok) return loggedAt;
  let refusal: Result<KeylessSigner> = refused(
    'model.signer-untrusted',
    'trust.keyless',
    'No Sigstore instance is pinned.',
    'Pin the trusted root and the identities that you trust, and verify again.',
  );
  for (const trust of options.keyless) {
    const identity = identityIn(parsed.value, trust);
    if (!identity.ok) {
      refusal = identity;
      continue;
    }
    const { issuer, subject } = identity.value;
    const isPinned = trust.identities.some((one) => one.issuer === issuer && one.subject === subject);
    if (isPinned) return ok({ instance: trust.name, identity: identity.value, loggedAt: loggedAt.value });
    const message = `${subject} (by ${issuer}) signed the model and is not an identity that you pinned.`;
    refusal = refused('model.signer-untrusted', field, message, 'Pin this identity if you trust it.', {
      value: subject,
    });
  }
  return refusal;
};
