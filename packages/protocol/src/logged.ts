/** Commitments in the log, as they are fetched to be verified offline (spec 8.5). */
import { LOGGED_MAX } from '@surety/core';
import * as z from 'zod';
import { count, id, label, unixSeconds } from './scalars.ts';

/** Commitments in hex with commas between them. */
export const commitmentList = z
  .string()
  .regex(new RegExp(`^[0-9a-f]{64}(?:,[0-9a-f]{64}){0,${LOGGED_MAX - 1}}$`))
  .meta({ description: `1 to ${LOGGED_MAX} commitments in hex, with commas between them.` });

export const logged = z.strictObject({
  type: z.literal('surety/logged/v1'),
  checkpoint: z.string().min(1).max(16_384),
  entries: z
    .array(z.strictObject({ commitment: id, at: unixSeconds, index: count, inclusion: z.array(label).max(64) }))
    .max(LOGGED_MAX),
});
