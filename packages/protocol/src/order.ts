/** Orders on the wire: `Order` of `@surety/markets`, field for field, with every bigint as a decimal string. */
import * as z from 'zod';
import { microShares, microUsd, outcome, ppm, signedMicroShares, signedMicroUsd } from './scalars.ts';
import type { Wire } from './wire.ts';

const limitPpm = ppm
  .exactOptional()
  .meta({ description: 'The order never moves the price of its outcome beyond this, in parts per million.' });

const fill = z.enum(['all', 'partial']).exactOptional().meta({
  description: '`all` (default) refuses what does not fit the limits; `partial` fills as much as they allow.',
});

export const order = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('buy'),
    outcome,
    sharesMicro: microShares,
    maxCostMicroUsd: microUsd.exactOptional(),
    limitPpm,
    fill,
  }),
  z.strictObject({
    kind: z.literal('spend'),
    outcome,
    amountMicroUsd: microUsd,
    minSharesMicro: microShares.exactOptional(),
    limitPpm,
    fill,
  }),
  z.strictObject({
    kind: z.literal('sell'),
    outcome,
    sharesMicro: microShares,
    minProceedsMicroUsd: microUsd.exactOptional(),
    limitPpm,
    fill,
  }),
  z.strictObject({
    kind: z.literal('to-probability'),
    outcome,
    probabilityPpm: z.int().min(1).max(999_999).meta({ description: 'Parts per million, 1 to 999999.' }),
    maxCostMicroUsd: signedMicroUsd.exactOptional(),
  }),
]);

export type WireOrder = Wire<typeof order>;

/** Micro-shares of one outcome gained by a trade; below zero: given up. */
export const leg = z.strictObject({ outcome, sharesMicro: signedMicroShares });

/** What an order comes to: paid to the maker (below zero: received), the fee on top, and every price afterwards. */
export const filledFields = {
  legs: z.array(leg).min(1).max(16),
  costMicroUsd: signedMicroUsd,
  feeMicroUsd: microUsd,
  probabilitiesPpm: z.array(ppm).min(2).max(16),
};
