/**
 * Rounds of drand, verified offline: a BLS signature (BLS12-381, hash to curve by RFC 9380) of the network's threshold key over the
 * number of the round. Its SHA-256 is the randomness. Source: the specification of drand, and the schemes named in networks.ts.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { concatBytes, fromHex, ok, type Result, refuserOf, sha256, to0x, toHex, utf8 } from '@surety/core';
import type { DrandNetwork } from './networks.ts';

/** A round as relays serve it; hex without a prefix. */
export type DrandRound = {
  /** From 1. */
  readonly round: number;
  readonly signature: string;
  /** Of chained networks; not read of others. */
  readonly previousSignature?: string;
};

const refused = refuserOf<'beacon.malformed' | 'beacon.signature'>();

const DST = (group: 'G1' | 'G2'): Uint8Array => utf8(`BLS_SIG_BLS12381${group}_XMD:SHA-256_SSWU_RO_NUL_`);

/** The number of a round as eight bytes, big-endian. */
const eightBytes = (round: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return bytes;
};

const malformed = (field: string, value: string, limit: string): Result<never> =>
  refused('beacon.malformed', field, `${field} is not of its form.`, 'Fetch the round again.', { value, limit });

/** Whether the pairing holds. Points that are not on the curve, or outside the subgroup of prime order, fail. */
const isSigned = (network: DrandNetwork, signature: string, digest: Uint8Array): boolean => {
  try {
    const key = fromHex(network.publicKey);
    const bytes = fromHex(signature);
    if (!key.ok || !bytes.ok) return false;
    if (network.scheme === 'pedersen-bls-chained') {
      const { longSignatures: bls } = bls12_381;
      return bls.verify(bytes.value, bls.hash(digest, DST('G2')), key.value);
    }
    const { shortSignatures: bls } = bls12_381;
    return bls.verify(bytes.value, bls.hash(digest, DST('G1')), key.value);
  } catch {
    return false;
  }
};

/**
 * The randomness of a genuine round, 32 bytes of 0x-hex.
 * @returns `beacon.malformed` for what is no round of such a network, `beacon.signature` where the network's key did not sign it
 */
export const verifyDrand = (network: DrandNetwork, given: DrandRound): Result<string> => {
  const { round, signature, previousSignature = '' } = given;
  const chained = network.scheme === 'pedersen-bls-chained';
  if (!Number.isSafeInteger(round) || round < 1) return malformed('round', `${round}`, '1 .. 2^53 - 1');
  const size = chained ? 96 : 48;
  const bytes = fromHex(signature, { bytes: size, field: 'signature' });
  if (!bytes.ok) return malformed('signature', signature, `${size} bytes of hex`);
  const before = fromHex(chained ? previousSignature : '', { field: 'previousSignature' });
  // The first round is signed over the hash of the group that began the chain.
  if (!before.ok || (chained && before.value.length !== (round === 1 ? 32 : 96))) {
    return malformed('previousSignature', previousSignature, round === 1 ? '32 bytes of hex' : '96 bytes of hex');
  }
  const digest = sha256(concatBytes(before.value, eightBytes(round)));
  if (isSigned(network, signature, digest)) return ok(to0x(sha256(bytes.value)));
  const message = `Round ${round} is not signed by the key of ${network.name}.`;
  return refused('beacon.signature', 'signature', message, 'Fetch the round from another relay.', {
    value: toHex(bytes.value),
    limit: `a signature under ${network.publicKey.slice(0, 16)}...`,
  });
};
