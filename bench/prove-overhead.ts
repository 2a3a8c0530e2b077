/** `prove-overhead`: what proving costs beside what it needs: lookups beside the products of the extension that they take. */
import type { Figure } from './figure.ts';
import { lookupFigures } from './prove-overhead/lookups.ts';

export const run = (): Promise<readonly Figure[]> => lookupFigures();
