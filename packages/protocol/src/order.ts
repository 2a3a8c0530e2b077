/** Orders on the wire: `Order` of `@surety/markets`, field for field, with every bigint as a decimal string. */
import * as z from 'zod';
import { microShares, microUsd, outcome, ppm, signedMicroShares, signedMicroUsd } from './scalars.ts';
import type { Wire } from './wire.ts';

const limitProbabilityPpm = ppm.exactOptional().meta({
  description: 'The trade is refused if it would leave the price of its outcome beyond this, in parts per million.',
});

export const order = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('buy'),
    outcome,
    sharesMicroShares: microShares,
    maxCostMicroUsd: microUsd.exactOptional(),
    limitProbabilityPpm,
  }),
  z.strictObject({
    kind: z.literal('spend'),
    outcome,
    amountMicroUsd: microUsd,
    minSharesMicroShares: microShares.exactOptional(),
    limitProbabilityPpm,
  }),
  z.strictObject({
    kind: z.literal('sell'),
    outcome,
    sharesMicroShares: microShares,
    minProceedsMicroUsd: microUsd.exactOptional(),
    limitProbabilityPpm,
  }),
  z.strictObject({
    kind: z.literal('to-probability'),
    outcome,
    probabilityPpm: z.int().min(1).max(999_999).meta({ description: 'Parts per million, 1 to 999999.' }),
    maxCostMicroUsd: microUsd.exactOptional(),
  }),
]);

export type WireOrder = Wire<typeof order>;

/**
 * What an order comes to: which outcome was traded (a downward `to-probability` may buy the other one), micro-shares
 * gained (below zero: given up), paid to the maker (below zero: received), the fee on top, and every price afterwards.
 */
export const filledFields = {
  outcome,
  deltaMicroShares: signedMicroShares,
  costMicroUsd: signedMicroUsd,
  feeMicroUsd: microUsd,
  probabilitiesPpm: z.array(ppm).min(2).max(16),
};
