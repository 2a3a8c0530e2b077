/** Writing bundles. Keys stay with the caller: signing is a function that it brings along. */
import { createHash } from 'node:crypto';
import { ok, preAuthEncoding, type Result, toBase64, utf8 } from '@surety/core';
import { MEDIA_TYPE, PAYLOAD_TYPE } from './bundle.ts';
import type { ComputedHash, ModelFile } from './digest.ts';
import { readEcKey } from './ec-key.ts';
import { resourcesToSign } from './manifest.ts';
import { ALWAYS_IGNORED, isIgnorePath } from './path.ts';
import { refused } from './problem.ts';
import { writeStatement } from './statement.ts';

/** How others will recognise the signer. */
export type SigningMaterial =
  | { readonly kind: 'key'; readonly publicKeyPem: string }
  /** DER, the signer's own certificate first, then what leads to a root. */
  | { readonly kind: 'certificates'; readonly certificates: readonly Uint8Array[] };

export type SignModelOptions = {
  /** Last part of the model's path; informative only. */
  readonly modelName: string;
  readonly material: SigningMaterial;
  /**
   * ECDSA over the message in ASN.1 DER, with SHA-256 for P-256, SHA-384 for P-384, SHA-512 for P-521.
   * `node:crypto`: `sign(hash, message, privateKey)`.
   */
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  readonly hash?: ComputedHash;
  /** Paths to leave out besides those of git. */
  readonly ignorePaths?: readonly string[];
};

const materialJson = (material: SigningMaterial): Result<object> => {
  if (material.kind === 'certificates') {
    const certificates = material.certificates.map((der) => ({ rawBytes: toBase64(der) }));
    return ok({ x509CertificateChain: { certificates }, tlogEntries: [] });
  }
  const key = readEcKey(material.publicKeyPem, 'material.publicKeyPem');
  return key.ok ? ok({ publicKey: { hint: key.value.fingerprint }, tlogEntries: [] }) : key;
};

/** The bytes of a bundle that signs exactly these files (OMS 1.0, method `files`). */
export const signModel = async (
  files: readonly ModelFile[],
  options: SignModelOptions,
): Promise<Result<Uint8Array>> => {
  const { modelName, material, sign, hash = 'sha256', ignorePaths = [] } = options;
  const bad = ignorePaths.findIndex((path) => !isIgnorePath(path));
  if (bad !== -1) {
    const message = 'An ignored path is not a plain path within the model.';
    const more = { value: ignorePaths[bad] };
    return refused('model.file-refused', `ignorePaths.${bad}`, message, 'Name paths relative to the model.', more);
  }
  const json = materialJson(material);
  if (!json.ok) return json;
  const resources = resourcesToSign(files, { hash, ignorePaths });
  if (!resources.ok) return resources;
  const all = [...new Set([...ALWAYS_IGNORED, ...ignorePaths])];
  const how = { method: 'files', hash, shardBytes: null, allowSymlinks: false, ignorePaths: all } as const;
  const payload = writeStatement(modelName, how, resources.value);
  const signature = await sign(preAuthEncoding(PAYLOAD_TYPE, payload));
  const dsseEnvelope = {
    payload: toBase64(payload),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ sig: toBase64(signature), keyid: '' }],
  };
  return ok(utf8(JSON.stringify({ mediaType: MEDIA_TYPE, verificationMaterial: json.value, dsseEnvelope })));
};

/** The id of a bundle: SHA-256 of its bytes, hex. */
export const bundleIdOf = (bundle: Uint8Array): string => createHash('sha256').update(bundle).digest('hex');
