/**
 * `prove-overhead`: what proving costs beside what it needs: lookups beside the products of the extension that they take,
 * operators beside a run of the same node.
 */
import type { Figure } from './figure.ts';
import { lookupFigures } from './prove-overhead/lookups.ts';
import { operatorFigures } from './prove-overhead/operators.ts';

export const run = async (): Promise<readonly Figure[]> => [...(await lookupFigures()), ...(await operatorFigures())];
