/**
 * The key that an attestation binds: a secp256k1 key as an address, made inside the enclave, with a challenge by which
 * whoever asked knows that the attestation is new. See spec 16.2; `EnclaveKeys.sol` reads the same bytes.
 */
import { addressOfBytes, addressOfPublicKey, concatBytes, ok, type Result, sameBytes, utf8 } from '@surety/core';
import type { Attestation } from './attestation.ts';
import { type EnclavePolicy, judge } from './policy.ts';
import { refused } from './problem.ts';
import type { Tcb } from './tdx/tcb.ts';

/** Says what the other bytes are, so that an enclave that attests other things attests no key by accident. */
export const KEY_TAG = utf8('surety-key-1');
export const CHALLENGE_BYTES = 32;
/** Where nobody asked: nothing shows then when the attestation was made. */
export const NO_CHALLENGE: Uint8Array = new Uint8Array(CHALLENGE_BYTES);

/** `challenge ‖ address ‖ "surety-key-1"`: what a TD puts into its 64 bytes of report data. */
export const keyReportData = (challenge: Uint8Array, address: Uint8Array): Uint8Array =>
  concatBytes(challenge, address, KEY_TAG);

export type AttestedKey = {
  /** EIP-55 address of the secp256k1 key. */
  readonly address: string;
  readonly platform: Attestation['platform'];
  readonly root: string;
  readonly development: boolean;
  readonly debug: boolean;
  readonly measurement: string;
  readonly registers: Readonly<Record<string, string>>;
  /** The policy's name of the code. */
  readonly code: string;
  /** Unix seconds; `null` where the platform attests no time. */
  readonly issuedAt: number | null;
  /** Whether the attestation answers this verifier's challenge. */
  readonly challenged: boolean;
  /** `null` where the maker has no such table (Nitro). */
  readonly tcb: Tcb | null;
};

const unbound = (field: string, words: string): Result<never> =>
  refused(
    'attestation.key',
    field,
    `The attestation ${words}.`,
    'Ask the enclave to attest its key as spec 16.2 says.',
  );

type Bound = { readonly address: string; readonly challenge: Uint8Array };

const boundByTd = (reportData: Uint8Array): Result<Bound> => {
  if (!sameBytes(reportData.subarray(52), KEY_TAG)) return unbound('reportData', 'is not of a key');
  return ok({ challenge: reportData.subarray(0, 32), address: addressOfBytes(reportData.subarray(32, 52)) });
};

const boundByNitro = (
  publicKey: Uint8Array | null,
  userData: Uint8Array | null,
  nonce: Uint8Array | null,
): Result<Bound> => {
  if (userData === null || !sameBytes(userData, KEY_TAG)) return unbound('user_data', 'is not of a key');
  if (publicKey?.length !== 65 || publicKey[0] !== 4) {
    return unbound('public_key', 'holds no uncompressed secp256k1 key');
  }
  const challenge = nonce ?? NO_CHALLENGE;
  if (challenge.length !== CHALLENGE_BYTES) return unbound('nonce', 'answers a challenge of another size');
  return ok({ challenge, address: addressOfPublicKey(publicKey) });
};

/**
 * The key of an enclave that the policy accepts.
 * @param options.challenge 32 bytes that the verifier drew, and the enclave must have put in; {@link NO_CHALLENGE} for none
 * @param options.atSeconds Unix seconds now
 */
export const attestedKey = (
  attestation: Attestation,
  options: { readonly policy: EnclavePolicy; readonly challenge: Uint8Array; readonly atSeconds: number },
): Result<AttestedKey> => {
  const bound =
    attestation.platform === 'intel-tdx'
      ? boundByTd(attestation.reportData)
      : boundByNitro(attestation.publicKey, attestation.userData, attestation.nonce);
  if (!bound.ok) return bound;
  const { address, challenge } = bound.value;
  const challenged = !sameBytes(options.challenge, NO_CHALLENGE);
  if (challenged && !sameBytes(challenge, options.challenge)) {
    const message = 'The attestation does not answer the challenge: it was made for somebody else, or before.';
    return refused('attestation.stale', 'challenge', message, 'Ask the enclave for a new attestation.');
  }
  const code = judge(attestation, options.policy, { atSeconds: options.atSeconds, challenged });
  if (!code.ok) return code;
  const { platform, root, development, debug, measurement, registers } = attestation;
  return ok({
    ...{ address, platform, root, development, debug, measurement, registers, challenged },
    code: code.value,
    issuedAt: attestation.platform === 'aws-nitro' ? Math.floor(attestation.issuedAtMs / 1000) : null,
    tcb: attestation.platform === 'intel-tdx' ? attestation.tcb : null,
  });
};
