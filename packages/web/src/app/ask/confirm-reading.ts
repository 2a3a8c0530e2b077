import { type AskResponse, idOf, plainWords, type Reading, type Result, refuse } from '@surety/sdk/page';
import { client } from '../client.ts';
import { ensureMoney, refreshAccount } from '../state/account.ts';
import { signingNetwork } from '../state/network.ts';
import { ensureWallet } from '../state/wallet.ts';

/** Whether the sentence on the page is what the claim says, recomputed here rather than believed. */
export const readingIsHonest = (reading: Reading): boolean =>
  plainWords(reading.claim) === reading.plainWords && idOf(reading.claim) === reading.claimId;

/**
 * Signs the reading as it stands on the page and asks. What is signed is built here from what was shown,
 * not taken from the node's typed data, so a node cannot have another sentence signed.
 */
export const confirmReading = async (reading: Reading): Promise<Result<AskResponse>> => {
  if (!readingIsHonest(reading)) {
    return refuse({
      code: 'input.malformed',
      message: 'The sentence that the node sent does not say what its claim says, so nothing was signed.',
      next: 'Reload the page. If it happens again, do not use this node.',
      field: 'plainWords',
    });
  }
  const money = await ensureMoney(BigInt(reading.claim.budgetMicroUsd));
  if (!money.ok) return money;
  const network = signingNetwork();
  if (!network.ok) return network;
  const { chainId, receiptVerifier, operator } = network.value;
  const message = {
    operator,
    claimId: `0x${reading.claimId}`,
    reading: reading.plainWords,
    budgetMicroUsd: BigInt(reading.claim.budgetMicroUsd),
    expiresAt: reading.expiresAt,
  } as const;
  const signature = await ensureWallet().signTyped('AskerClaim', message, {
    chainId,
    verifyingContract: receiptVerifier,
  });
  const asked = await client.ask({
    operator,
    claim: reading.claim,
    reading: reading.plainWords,
    expiresAt: reading.expiresAt,
    signature,
  });
  void refreshAccount();
  return asked;
};
