/**
 * The main path: bundle → signer vouched for by pinned trust → statement → files. Pure: files, trust and time come in.
 */
import { ok, preAuthEncoding, type Result, refuse, show } from '@surety/core';
import type { Root } from '../certificates/path.ts';
import { certificatesOfPem } from '../certificates/pem.ts';
import { type Bundle, readBundle } from './bundle.ts';
import { verifyChain } from './certificate.ts';
import type { ModelFile } from './digest.ts';
import { type EcKey, ecdsaVerifies, readEcKey } from './ec-key.ts';
import { type KeylessSigner, type KeylessTrust, verifyKeyless } from './keyless.ts';
import { type Compared, type CompareOptions, compareFiles } from './manifest.ts';
import { refused } from './problem.ts';
import { pathOf, readStatement, type Statement } from './statement.ts';

/** What a verifier believes in before it reads anything. Keys and certificates are PEM. */
export type ModelTrust = {
  readonly keys: readonly { readonly name: string; readonly publicKeyPem: string }[];
  readonly roots: readonly { readonly name: string; readonly certificatePem: string }[];
  readonly keyless: readonly KeylessTrust[];
};

export const NO_MODEL_TRUST: ModelTrust = { keys: [], roots: [], keyless: [] };

/** Who signed, as far as pinned trust says. */
export type ModelSigner =
  | { readonly kind: 'key'; readonly name: string; readonly curve: EcKey['curve']; readonly fingerprint: string }
  | {
      readonly kind: 'certificate';
      readonly root: string;
      readonly curve: EcKey['curve'];
      readonly fingerprint: string;
    }
  | ({ readonly kind: 'keyless' } & KeylessSigner);

export type SignedModel = Compared & {
  readonly signer: ModelSigner;
  readonly statement: Statement;
  /** Whether some digests were computed by the caller and not here. */
  readonly trustsCallerDigests: boolean;
};

export type VerifyOptions = CompareOptions & {
  readonly trust: ModelTrust;
  /** Unix seconds at which certificates must be valid. */
  readonly atSeconds: number;
};

const wrongSignature = (): Result<never> =>
  refused(
    'model.signature-wrong',
    'dsseEnvelope.signatures.0.sig',
    'The signature does not fit the statement and the key: one of them was changed.',
    'Get the bundle again from the maker; model-signing 0.2 signed a faulty encoding, which is not read.',
  );

const isSignedBy = (bundle: Bundle, key: EcKey): boolean =>
  ecdsaVerifies(key, preAuthEncoding(bundle.payloadType, bundle.payload), bundle.signature);

const keySigner = (bundle: Bundle, hint: string | null, trust: ModelTrust): Result<ModelSigner> => {
  let tried = 0;
  for (const [i, { name, publicKeyPem }] of trust.keys.entries()) {
    const key = readEcKey(publicKeyPem, `trust.keys.${i}.publicKeyPem`);
    if (!key.ok) return key;
    const { curve, fingerprint } = key.value;
    // The hint only says which key to try: a key is believed because it is pinned.
    if (hint !== null && hint !== fingerprint) continue;
    tried++;
    if (isSignedBy(bundle, key.value)) return ok({ kind: 'key', name, curve, fingerprint });
  }
  // Without a hint nobody can say whether the key is another one or the signature broken.
  if (tried > 0 && hint !== null) return wrongSignature();
  const message = hint === null ? 'No pinned key made the signature.' : 'The key that the bundle names is not pinned.';
  return refused(
    'model.signer-untrusted',
    'verificationMaterial.publicKey',
    message,
    'Get the key from the maker by a way you trust, and pin it.',
    { value: hint ?? 'no hint' },
  );
};

const readRoots = (trust: ModelTrust): Result<readonly Root[]> => {
  const roots: Root[] = [];
  for (const [i, { name, certificatePem }] of trust.roots.entries()) {
    const [certificate, ...more] = certificatesOfPem(certificatePem) ?? [];
    if (certificate === undefined || more.length > 0) {
      const field = `trust.roots.${i}.certificatePem`;
      const message = `${field} is not one certificate in PEM.`;
      const next = 'Pin each root as a certificate of its own.';
      return refuse({ code: 'signature.malformed', message, next, field, value: show(certificatePem) });
    }
    roots.push({ name, certificate });
  }
  return ok(roots);
};

const chainSigner = (
  bundle: Bundle,
  certificates: readonly Uint8Array[],
  { trust, atSeconds }: VerifyOptions,
): Result<ModelSigner> => {
  const roots = readRoots(trust);
  if (!roots.ok) return roots;
  const signer = verifyChain(certificates, { roots: roots.value, atSeconds });
  if (!signer.ok) return signer;
  const { key, root } = signer.value;
  if (!isSignedBy(bundle, key)) return wrongSignature();
  return ok({ kind: 'certificate', root, curve: key.curve, fingerprint: key.fingerprint });
};

const signerOf = (bundle: Bundle, options: VerifyOptions): Result<ModelSigner> => {
  const { material } = bundle;
  if (material.kind === 'key') return keySigner(bundle, material.hint, options.trust);
  if (material.kind === 'chain') return chainSigner(bundle, material.certificates, options);
  const signer = verifyKeyless(
    { ...bundle, material },
    { keyless: options.trust.keyless, atSeconds: options.atSeconds },
  );
  return signer.ok ? ok({ kind: 'keyless', ...signer.value }) : signer;
};

/**
 * Whether a signer whom the trust vouches for signed exactly these files.
 * @param bundle bytes of the `.sig` file
 * @returns who signed what, or the first reason why that is not shown: `model.*`, or `signature.malformed` for pinned
 * keys and certificates that cannot be read
 */
export const verifyModelSignature = (
  bundle: Uint8Array,
  files: readonly ModelFile[],
  options: VerifyOptions,
): Result<SignedModel> => {
  const read = readBundle(bundle);
  if (!read.ok) return read;
  const signer = signerOf(read.value, options);
  if (!signer.ok) return signer;
  const statement = readStatement(read.value.payload);
  if (!statement.ok) return statement;
  const compared = compareFiles(statement.value, files, options);
  if (!compared.ok) return compared;
  const trustsCallerDigests = files.some((file) => file.content.kind !== 'bytes');
  return ok({ ...compared.value, signer: signer.value, statement: statement.value, trustsCallerDigests });
};

/** The paths that a bundle lists, whoever signed it: what needs to be read at all. */
export const listedPaths = (bundle: Uint8Array): Result<ReadonlySet<string>> => {
  const read = readBundle(bundle);
  if (!read.ok) return read;
  const statement = readStatement(read.value.payload);
  if (!statement.ok) return statement;
  const { resources, serialization } = statement.value;
  return ok(new Set(resources.map((resource) => pathOf(resource, serialization.method))));
};
