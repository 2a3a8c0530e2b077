/** Orders on the wire: `Order` of `@surety/markets` with every bigint as a decimal string. */
import * as z from 'zod';
import { microShares, microUsd, outcome, ppm } from './scalars.ts';
import type { Wire } from './wire.ts';

const limitProbabilityPpm = ppm
  .exactOptional()
  .meta({ description: 'The trade is refused if it would move the price of this outcome beyond this.' });

export const order = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('buy'),
    outcome,
    sharesMicroShares: microShares,
    limitProbabilityPpm,
    maxCostMicroUsd: microUsd.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('sell'),
    outcome,
    sharesMicroShares: microShares,
    limitProbabilityPpm,
    minProceedsMicroUsd: microUsd.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('to-probability'),
    outcome,
    probabilityPpm: ppm,
    maxCostMicroUsd: microUsd.exactOptional(),
  }),
]);

export type WireOrder = Wire<typeof order>;
