/** What a verified, or refused, signature shows about the program link, in the words of spec 03. */
import type { ErrorCode, Finding, Result } from '@surety/core';
import type { ModelSigner, SignedModel } from './verify.ts';

/** Refusals that contradict the claim "these files were signed"; all others only fail to show it. */
const REFUTES: ReadonlySet<ErrorCode> = new Set([
  'model.signature-wrong',
  'model.files-differ',
  'model.bundle-inconsistent',
] as const);

const NEVER_PROVED = [
  'that the model is good, safe or does what its maker says',
  'that a person signed, or the one whom the name suggests: a key did',
  'that the signer made the model, or looked into it',
] as const;

const holderOf = (signer: ModelSigner): string => {
  switch (signer.kind) {
    case 'key':
      return `the ${signer.curve} key pinned as ${signer.name} (${signer.fingerprint})`;
    case 'certificate':
      return `the ${signer.curve} key ${signer.fingerprint} that the pinned root ${signer.root} vouches for`;
    case 'keyless':
      return `a key that ${signer.instance} gave to ${signer.identity.subject} as ${signer.identity.issuer} knew them`;
  }
};

const assumedOf = (signer: ModelSigner): readonly string[] => {
  switch (signer.kind) {
    case 'key':
      return [`that the key pinned as ${signer.name} is its owner's alone`];
    case 'certificate':
      return [
        `that the root ${signer.root} and the CAs below it vouch for the right keys`,
        'that no certificate of the chain was revoked: revocation is not looked up',
      ];
    case 'keyless':
      return [
        `that ${signer.identity.issuer} told its users apart, and nobody else could use the account`,
        `that the certificate authority and the log of ${signer.instance} are honest, as its pinned trusted root says`,
      ];
  }
};

/** A list of names, cut where it would bury the rest. */
const few = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');

/**
 * The finding of {@link verifyModelSignature}'s result.
 * @param source names the bundle, e.g. the SHA-256 of its bytes
 */
export const modelSignatureFinding = (source: string, result: Result<SignedModel>): Finding => {
  if (!result.ok) {
    const { code, message } = result.problem;
    return {
      link: 'program',
      source,
      holds: REFUTES.has(code) ? 'refuted' : 'not-shown',
      summary: `The signature of the model does not show who signed these files: ${message}`,
      proves: [],
      assumes: REFUTES.has(code) ? [] : ['whoever says that these files are the signed ones'],
      doesNotProve: ['that these files are the ones that were signed', ...NEVER_PROVED],
      freshAt: null,
    };
  }
  const { signer, signed, leftOut, statement, trustsCallerDigests } = result.value;
  const holder = holderOf(signer);
  const count = signed.length === 1 ? '1 file' : `${signed.length} files`;
  return {
    link: 'program',
    source,
    holds: 'shown',
    summary: `The holder of ${holder} signed exactly these ${count} (root digest ${statement.rootDigest}).`,
    proves: [
      { property: 'authenticity', of: `the signature over the list of ${count}: the holder of ${holder}` },
      { property: 'integrity', of: `${count} of the model since they were signed` },
      ...(signer.kind === 'keyless'
        ? [{ property: 'inclusion', of: `the signature in the log of ${signer.instance}` } as const]
        : []),
    ],
    assumes: [
      ...assumedOf(signer),
      ...(trustsCallerDigests ? ['that digests given in place of bytes were computed from the files'] : []),
    ],
    doesNotProve: [
      ...NEVER_PROVED,
      ...(signer.kind === 'keyless' ? [] : ['when it was signed']),
      ...(leftOut.length > 0 ? [`anything about files that are there and were not signed: ${few(leftOut)}`] : []),
    ],
    freshAt: signer.kind === 'keyless' ? signer.loggedAt : null,
  };
};
