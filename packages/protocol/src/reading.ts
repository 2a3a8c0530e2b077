/** Reading a question back in plain words, and asking it once the asker has signed that reading. */
import * as z from 'zod';
import { questionClaim } from './claim.ts';
import { LIMITS } from './limits.ts';
import { market } from './market.ts';
import { receipt } from './receipt.ts';
import { address, id, json, microUsd, seconds, text, unixSeconds, walletSignature } from './scalars.ts';
import type { Wire } from './wire.ts';

export const readingRequest = z.strictObject({
  question: text,
  asker: address,
  budgetMicroUsd: microUsd.exactOptional(),
  valueAtStakeMicroUsd: microUsd.exactOptional(),
  closeSeconds: seconds.exactOptional(),
});

export const reading = z.strictObject({
  claim: questionClaim,
  claimId: id,
  plainWords: z.string(),
  warnings: z.array(z.string()),
  /** What will be looked at, e.g. `name only, page not visited`. */
  looksAt: z.array(z.string()),
  /** EIP-712 `AskerClaim`, ready for `eth_signTypedData_v4` by `claim.asker`. */
  typedData: json,
  expiresAt: unixSeconds,
});
export type Reading = Wire<typeof reading>;

export const askRequest = z.strictObject({
  /** Whom the asker signed it for: the node's `issuer.address`. */
  operator: address,
  claim: questionClaim,
  reading: z.string().min(1).max(LIMITS.textCharacters),
  expiresAt: unixSeconds,
  signature: walletSignature,
  cover: z.strictObject({ beneficiary: address }).exactOptional(),
});

export const askResponse = z.strictObject({ marketId: id, market, receipt });
export type AskResponse = Wire<typeof askResponse>;
