/** Evidence on the wire; the types are those of `@surety/core`. */
import { EVIDENCE_LIMITS, ISSUER_KEY_BYTES, PERSON_TOKEN_BYTES } from '@surety/core';
import * as z from 'zod';
import { verdict } from './court.ts';
import { LIMITS } from './limits.ts';
import {
  address,
  hex,
  id,
  json,
  label,
  microUsd,
  outcome,
  ppm,
  sentence,
  sentences,
  sha256,
  signedMicroShares,
  signedMicroUsd,
  unixSeconds,
  walletSignature,
} from './scalars.ts';

const input = json
  .refine((value) => JSON.stringify(value).length <= LIMITS.evidenceInputCharacters, {
    error: `Expected at most ${LIMITS.evidenceInputCharacters} characters of JSON`,
    abort: true,
  })
  .meta({ description: 'What the program read, exactly as given to it; at most 65536 characters of JSON.' });

const adapter = json
  .refine((value) => JSON.stringify(value).length <= EVIDENCE_LIMITS.adapterBytes, {
    error: `Expected at most ${EVIDENCE_LIMITS.adapterBytes} characters of JSON`,
    abort: true,
  })
  .meta({ description: 'The adapter of a public program; of a private one its hidden id.' });

export const analystReport = z.strictObject({
  kind: z.literal('analyst-report'),
  analyst: label,
  program: label.meta({
    description: 'name@sha256 of code, program:<id> of a tensor program, or hidden:<commitment> of a private one.',
  }),
  execution: z
    .strictObject({ adapter, inputs: sha256, outputs: sha256 })
    .exactOptional()
    .meta({ description: 'Of a tensor program: the adapter, and the tensor lists that went in and came out.' }),
  input,
  probabilityPpm: ppm.nullable(),
  saw: sentences,
  didNotSee: sentences,
  reasons: sentences,
  at: unixSeconds,
});

export const evidence = z.discriminatedUnion('kind', [
  analystReport,
  z.strictObject({
    kind: z.literal('asker-signature'),
    reading: z.string().min(1).max(LIMITS.textCharacters),
    expiresAt: unixSeconds,
    signature: walletSignature,
  }),
  z.strictObject({
    kind: z.literal('screening'),
    policy: label,
    verdict: z.literal('allowed'),
    at: unixSeconds,
  }),
  z.strictObject({
    kind: z.literal('market-record'),
    marketId: id,
    subsidyMicroUsd: microUsd,
    trades: z.array(
      z.strictObject({
        account: address,
        outcome,
        deltaMicroShares: signedMicroShares,
        costMicroUsd: signedMicroUsd,
        at: unixSeconds,
      }),
    ),
    omittedTrades: z.string().regex(/^(?:0|[1-9][0-9]{0,15})$/),
    quantities: z.array(signedMicroShares).min(2).max(LIMITS.outcomes),
    journalDigest: id,
  }),
  z.strictObject({
    kind: z.literal('juror-vote'),
    juror: label,
    operator: label,
    family: label,
    program: label,
    input,
    outcome: outcome.nullable(),
    probabilityPpm: ppm.nullable(),
    at: unixSeconds,
  }),
  z.strictObject({
    kind: z.literal('official-record'),
    source: label,
    statement: sentence,
    outcome: outcome.nullable(),
    at: unixSeconds,
  }),
  z.strictObject({
    kind: z.literal('court-record'),
    caseId: id,
    proposed: verdict,
    rounds: z
      .array(
        z.strictObject({
          jurors: z.enum(['ai', 'people']),
          quorum: z.int().min(1).max(31),
          beacon: z.strictObject({ randomness: id, source: z.enum(['drand', 'chain']) }).nullable(),
          seats: z
            .array(
              z.strictObject({
                juror: address,
                operator: label.nullable(),
                family: label.nullable(),
                vote: z.enum(['cast', 'abstained', 'absent', 'copy', 'shown']),
                outcome: verdict.nullable(),
                reading: id.nullable(),
                token: hex(PERSON_TOKEN_BYTES, 'A token').exactOptional(),
              }),
            )
            .max(31),
          persons: z
            .strictObject({ issuer: label, tokenKey: hex(ISSUER_KEY_BYTES, 'A key of tokens') })
            .exactOptional(),
          ruling: verdict.nullable(),
        }),
      )
      .min(1)
      .max(4),
    at: unixSeconds,
  }),
]);
