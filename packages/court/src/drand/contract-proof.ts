/** A round of drand as a contract verifies it: the precompiles of EIP-2537 take points uncompressed. */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { to0x } from '@surety/core';

/**
 * The proof that `DrandQuicknet.sol` takes of a round of quicknet: x ‖ y of its signature, 96 bytes of 0x-hex.
 * @param signature of a round that was verified ({@link verifyDrand}), 48 bytes in hex, compressed as relays serve it
 * @throws {Error} for what is no point of the curve
 */
export const contractProof = (signature: string): string => to0x(bls12_381.G1.Point.fromHex(signature).toBytes(false));
