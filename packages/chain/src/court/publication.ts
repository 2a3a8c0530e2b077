/**
 * A claim's text on the chain from an account that is no contract: a transaction whose init code emits `ClaimPublished` and leaves
 * nothing behind. It goes through the CREATE2 deployer under no salt, so that a text is published at one place, once.
 */
import { concat, encodeAbiParameters, type Hex, numberToHex, sha256, size, zeroHash } from 'viem';
import { create2Address, create2Call } from '../deployer.ts';
import type { Call } from '../send.ts';
import { CLAIM_PUBLISHED } from './published.ts';

const CODE_BYTES = 81;

/** Copies what follows it into memory and logs that under the event and the question. */
const initCode = (claim: Hex): Hex => {
  const data = encodeAbiParameters([{ type: 'bytes' }], [claim]);
  const length = numberToHex(size(data), { size: 2 });
  return concat([
    ...(['0x61', length, '0x60', numberToHex(CODE_BYTES), '0x6000', '0x39'] as const), // CODECOPY(0, CODE_BYTES, length)
    ...(['0x7f', sha256(claim), '0x7f', CLAIM_PUBLISHED] as const), // the topics
    ...(['0x61', length, '0x6000', '0xa2', '0x00'] as const), // LOG2(0, length, …); STOP
    data,
  ]);
};

/** @param claim canonical text, at most 16 kB */
export const publicationCall = (claim: Hex): Call => create2Call(initCode(claim), zeroHash);

/** The address that has a nonce once the text was published so. */
export const publicationAddress = (claim: Hex): Hex => create2Address(initCode(claim), zeroHash);
