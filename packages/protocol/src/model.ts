/** Published models on the wire (spec 13): records, versions, drift, and publications that verify offline. */
import { MODEL_LIMITS, MODEL_NAME } from '@surety/core';
import * as z from 'zod';
import {
  address,
  count,
  id,
  json,
  label,
  microUsd,
  sentence,
  sessionKey,
  sessionSignature,
  unixSeconds,
} from './scalars.ts';
import type { Wire } from './wire.ts';

/** What the node stores by id, each at `/v1/<kind>/<id>`. */
export const FILE_KINDS = ['programs', 'probes', 'bundles', 'proofs', 'architectures'] as const;
export const fileKind = z.enum(FILE_KINDS);
export type FileKind = (typeof FILE_KINDS)[number];

export const modelName = z
  .string()
  .regex(MODEL_NAME)
  .meta({ description: 'A model’s name: 1 to 64 of a-z 0-9 . _ - that begin and end with a letter or digit.' });

export const modelId = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}\/[a-z0-9._-]{1,64}$/)
  .meta({ description: '`<publisher>/<name>`.' });

export const modelCommitment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), program: id }),
  z.strictObject({ kind: z.literal('hidden'), hidden: id }),
]);

const version = z.int().min(1).max(MODEL_LIMITS.versions);

export const modelRecord = z.strictObject({
  type: z.literal('surety/model/v1'),
  publisher: address,
  name: modelName,
  version,
  previous: id.nullable(),
  commitment: modelCommitment,
  revealBy: unixSeconds.nullable(),
  bondMicroUsd: microUsd,
  probes: id.nullable(),
  bundle: id.nullable(),
  publishedAt: unixSeconds,
});

export const modelStatus = z.enum(['open', 'hidden', 'revealed', 'overdue', 'revealed-late']);

/** A real number as the shortest text of its double. */
const real = z.string().regex(/^(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?$/);

export const driftResult = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    probes: count,
    /** `null` where no output has classes to choose from. */
    argmaxChanged: count.nullable(),
    meanAbsolute: real,
    maxAbsolute: real,
    /** Output values compared. */
    values: count,
    /** Input values that one of the two programs could not represent. */
    clamped: count,
  }),
  z.strictObject({ kind: z.literal('not-comparable'), reason: sentence }),
]);
export type DriftResult = Wire<typeof driftResult>;

export const drift = z.strictObject({ from: version, probes: id, result: driftResult, at: unixSeconds });

export const modelVersion = z.strictObject({
  publicationId: id,
  version,
  status: modelStatus,
  commitment: modelCommitment,
  revealBy: unixSeconds.nullable(),
  /** As it was posted. */
  bondMicroUsd: microUsd,
  /** What of it still waits here. */
  heldMicroUsd: microUsd,
  program: id.nullable(),
  probes: id.nullable(),
  bundle: id.nullable(),
  publishedAt: unixSeconds,
  revealedAt: unixSeconds.nullable(),
  overdueAt: unixSeconds.nullable(),
  drift: drift.nullable(),
});
export type ModelVersion = Wire<typeof modelVersion>;

export const model = z.strictObject({
  model: modelId,
  publisher: address,
  name: modelName,
  versions: z.array(modelVersion).max(MODEL_LIMITS.versions),
});
export type ModelHistory = Wire<typeof model>;

export const modelSummary = z.strictObject({
  model: modelId,
  publisher: address,
  name: modelName,
  versions: count,
  latest: modelVersion,
});
export type ModelSummary = Wire<typeof modelSummary>;

const proof = z.strictObject({
  index: count,
  inclusion: z.array(label).max(64),
  checkpoint: z.string().min(1).max(16_384),
});

export const publication = z.strictObject({
  type: z.literal('surety/publication/v1'),
  publicationId: id,
  record: modelRecord,
  signed: z.strictObject({ action: json, account: address, sessionKey, signature: sessionSignature }),
  log: proof,
  reveal: z.strictObject({ program: id, salt: id, at: unixSeconds, log: proof }).nullable(),
  overdue: z.strictObject({ at: unixSeconds, log: proof }).nullable(),
});
