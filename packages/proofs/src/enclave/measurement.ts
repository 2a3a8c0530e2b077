/** One name for all that was measured of an enclave: what contracts compare, and people pin. */
import { concatBytes, keccak256, to0x, utf8 } from '@surety/core';

/** Registers that say which code an enclave runs; of Nitro those of the image, its kernel and its application. */
export const NITRO_REGISTERS = [0, 1, 2] as const;

const id = (tag: string, ...parts: readonly Uint8Array[]): string => to0x(keccak256(concatBytes(utf8(tag), ...parts)));

/** Keccak-256 of the tag and PCR0, PCR1, PCR2; a missing one counts as zeros. */
export const nitroMeasurement = (pcrs: ReadonlyMap<number, Uint8Array>): string =>
  id('surety:measured:nitro:v1\0', ...NITRO_REGISTERS.map((i) => pcrs.get(i) ?? new Uint8Array(48)));

/**
 * Keccak-256 of the tag and of the 400 bytes of a TD report that describe the TD itself: attributes, extended features,
 * MRTD, MRCONFIGID, MROWNER, MROWNERCONFIG and RTMR0 to 3. `EnclaveKeys.sol` hashes the same.
 */
export const tdMeasurement = (measured: Uint8Array): string => id('surety:measured:td:v1\0', measured);
