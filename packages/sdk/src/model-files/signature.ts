/** Files signed by whoever made them (OpenSSF model signing, spec 12.9): written, and checked against keys that one names. */
import { createPrivateKey, createPublicKey, sign, X509Certificate } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Finding, ok, type Problem, type Result, refuse, SuretyError } from '@surety/core';
import {
  bundleIdOf,
  listedPaths,
  type ModelFile,
  type ModelTrust,
  modelSignatureFinding,
  NO_MODEL_TRUST,
  type SigningMaterial,
  signModel,
  verifyModelSignature,
} from '@surety/programs/signing';
import { sha256OfFile } from './digest.ts';

/** Files up to this size are read whole, so that any digest that a bundle names can be computed. */
const WHOLE_BYTES = 2 ** 28;

/** @throws {SuretyError} `model.file-refused` for pipes, devices and links to folders: reading some never ends */
const contentOf = (file: string): ModelFile['content'] => {
  const stat = statSync(file);
  if (!stat.isFile()) {
    const next = 'Take it out of the folder.';
    throw new SuretyError({ code: 'model.file-refused', message: `${file} is no regular file.`, next, field: file });
  }
  return stat.size > WHOLE_BYTES
    ? { kind: 'digest', algorithm: 'sha256', digest: sha256OfFile(file) }
    : { kind: 'bytes', bytes: new Uint8Array(readFileSync(file)) };
};

const walk = (folder: string, prefix: string): ModelFile[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry): ModelFile[] => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    const full = join(folder, path);
    if (entry.isDirectory()) return walk(folder, path);
    return [{ path, content: contentOf(full), isSymlink: lstatSync(full).isSymbolicLink() }];
  });

/** The files of a model: itself, or all of its folder but the bundle. */
const filesOf = (model: string, bundle: string | null): ModelFile[] =>
  statSync(model).isDirectory()
    ? walk(model, '').filter(({ path }) => bundle === null || join(model, path) !== bundle)
    : [{ path: basename(model), content: contentOf(model) }];

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file, in order. */
const certificatesOf = (pem: string): readonly string[] => pem.match(CERTIFICATE) ?? [];

export type SignFileOptions = {
  /** File or folder that is signed. */
  readonly model: string;
  /** Private key on P-256, P-384 or P-521 in PEM. */
  readonly keyPem: string;
  /** The signer's certificate and what leads to a root, in PEM; the bare key signs where it is not given. */
  readonly certificatesPem?: string;
  /** Left out of what is signed: the bundle's own place. */
  readonly bundle: string;
};

const HASHES: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' };

const badKey = (message: string, value: string): Result<never> =>
  refuse({
    code: 'signature.malformed',
    message,
    next: 'Give a private key in PEM: openssl ecparam -name prime256v1 -genkey -noout -out key.pem',
    field: 'key',
    value,
    limit: 'P-256 | P-384 | P-521',
  });

/** The bytes of a bundle, and its id. */
export const signFile = async (
  options: SignFileOptions,
): Promise<Result<{ readonly bundle: Uint8Array; readonly id: string; readonly files: number }>> => {
  const { model, keyPem, certificatesPem, bundle } = options;
  let key: ReturnType<typeof createPrivateKey>;
  try {
    key = createPrivateKey(keyPem);
  } catch (error) {
    return badKey('The key cannot be read.', error instanceof Error ? error.message : '');
  }
  const curve = key.asymmetricKeyDetails?.namedCurve ?? String(key.asymmetricKeyType);
  const hash = HASHES[curve];
  if (hash === undefined) return badKey('The key is on no supported curve.', curve);
  const certificates = certificatesPem === undefined ? null : certificatesOf(certificatesPem);
  if (certificates?.length === 0) {
    return refuse({
      code: 'signature.malformed',
      message: 'The certificate file holds no certificate.',
      next: "Give the signer's certificate in PEM.",
      field: 'certificate',
    });
  }
  const publicKeyPem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const material: SigningMaterial =
    certificates === null
      ? { kind: 'key', publicKeyPem }
      : { kind: 'certificates', certificates: certificates.map((pem) => new Uint8Array(new X509Certificate(pem).raw)) };
  const files = filesOf(model, bundle);
  const modelName = basename(model);
  const signed = await signModel(files, { modelName, material, sign: (message) => sign(hash, message, key) });
  return signed.ok ? ok({ bundle: signed.value, id: bundleIdOf(signed.value), files: files.length }) : signed;
};

export type CheckSignatureOptions = {
  /** Path of the bundle. */
  readonly bundle: string;
  /** File or folder that was signed. */
  readonly model: string;
  /** Public keys that one trusts, in PEM, by a name for messages. */
  readonly keys?: Readonly<Record<string, string>>;
  /** PEM of roots that one trusts. */
  readonly rootsPem?: string;
  /** Unix seconds at which certificates must be valid. */
  readonly atSeconds: number;
};

export type CheckedSignature = {
  /** SHA-256 of the bundle's bytes, hex. */
  readonly id: string;
  readonly finding: Finding;
  /** Why the finding does not hold; `null` where it does. */
  readonly problem: Problem | null;
  /** Paths whose every byte is signed. */
  readonly signed: readonly string[];
};

/** What a bundle shows about a model to somebody who trusts these keys and roots; with none it is only named. */
export const checkSignature = (options: CheckSignatureOptions): CheckedSignature => {
  const { bundle, model, keys = {}, rootsPem, atSeconds } = options;
  const bytes = new Uint8Array(readFileSync(bundle));
  const roots = rootsPem === undefined ? [] : certificatesOf(rootsPem);
  const trust: ModelTrust = {
    ...NO_MODEL_TRUST,
    keys: Object.entries(keys).map(([name, publicKeyPem]) => ({ name, publicKeyPem })),
    roots: roots.map((certificatePem, i) => ({ name: `root ${i + 1}`, certificatePem })),
  };
  const id = bundleIdOf(bytes);
  const result = verifyModelSignature(bytes, filesOf(model, bundle), { trust, atSeconds });
  const finding = modelSignatureFinding(id, result);
  return result.ok
    ? { id, finding, problem: null, signed: result.value.signed }
    : { id, finding, problem: result.problem, signed: [] };
};

/**
 * As {@link checkSignature}, for an ONNX file that was signed alone, or with all of its folder where its weights lie beside it.
 */
export const checkOnnxSignature = (options: CheckSignatureOptions): CheckedSignature => {
  const alone = checkSignature(options);
  if (alone.finding.holds !== 'refuted') return alone;
  const name = basename(options.model);
  const listed = listedPaths(new Uint8Array(readFileSync(options.bundle)));
  // A folder that the bundle is not about may hold anything, and would be read whole.
  if (!listed.ok || listed.value.size < 2 || !listed.value.has(name)) return alone;
  const folder = checkSignature({ ...options, model: dirname(options.model) });
  return folder.signed.includes(name) ? folder : alone;
};
