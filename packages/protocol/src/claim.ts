/** Claims on the wire; the types are those of `@surety/core`, and a type-level test keeps them equal. */
import * as z from 'zod';
import { LIMITS } from './limits.ts';
import { address, chainId, label, microUsd, nonce, sentence, sha256, text, unixSeconds, url } from './scalars.ts';

export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('site'), host: z.string().min(1).max(253), url: url.exactOptional() }),
  z.strictObject({
    kind: z.literal('token'),
    chainId,
    address,
    symbol: label.exactOptional(),
    name: label.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('address'), chainId, address }),
  z.strictObject({ kind: z.literal('contract'), chainId, address }),
  z.strictObject({ kind: z.literal('message'), text }),
  z.strictObject({
    kind: z.literal('delivery'),
    agreementSha256: sha256,
    deliverableSha256: sha256,
    summary: sentence,
  }),
  z.strictObject({ kind: z.literal('forecast'), statement: sentence.min(1) }),
]);

export const resolutionRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('panel'),
    seats: z.int().min(1).max(511),
    quorum: z.int().min(1).max(511),
    lossGainRatio: z.int().min(1).max(1_000_000),
  }),
  z.strictObject({ kind: z.literal('official'), source: label, url }),
]);

export const questionClaim = z.strictObject({
  type: z.literal('surety/claim/question/v1'),
  subject,
  predicate: label,
  outcomes: z.array(label).min(2).max(LIMITS.outcomes),
  rule: resolutionRule,
  budgetMicroUsd: microUsd,
  valueAtStakeMicroUsd: microUsd,
  closesAt: unixSeconds,
  asker: address,
  nonce,
});
