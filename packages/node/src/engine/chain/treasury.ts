/** The operator's development money: minted and deposited once. */
import { devDollarDomain, encodeIntent, type Intent, signAuthorization, signerOf } from '@surety/chain';
import { sha256Hex, utf8 } from '@surety/core';
import type { ChainParts, Hex } from './parts.ts';

/** What the operator mints and deposits on a development chain: a million dollars that are not real. */
export const TREASURY_MICRO_USD = 1_000_000_000_000n;

/** A 32-byte nonce that says what is being done, so that a resend moves nothing twice. */
const nonceFor = (text: string): Hex => `0x${sha256Hex(utf8(text))}`;

/** Journals the mint and the deposit; those that are journalled already stay as they are. */
export const intendTreasury = async ({ chain, contracts, operator, record }: ChainParts): Promise<void> => {
  const intend = (id: string, intent: Intent): Promise<boolean> =>
    record({ kind: 'intended', id, intent: encodeIntent(intent) });
  const id = nonceFor('surety/treasury/mint');
  await intend('treasury/mint', { kind: 'mint', to: operator, amountMicroUsd: TREASURY_MICRO_USD, id });
  const authorization = await signAuthorization(signerOf(chain), devDollarDomain(chain.chainId, contracts.dollar), {
    kind: 'receive',
    to: contracts.settlement,
    valueMicroUsd: TREASURY_MICRO_USD,
    validAfter: 0n,
    validBefore: 1n << 48n,
    nonce: nonceFor('surety/treasury/deposit'),
  });
  await intend('treasury/deposit', { kind: 'deposit', authorization });
};
