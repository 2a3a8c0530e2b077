/** Topic `markets`: the engine alone on one core, and a whole node through its API. */
import type { Figure } from './figure.ts';
import { apiFigures } from './markets/api.ts';
import { run as engineFigures } from './markets-engine.ts';

export const run = async (): Promise<Figure[]> => [...(await engineFigures()), ...(await apiFigures())];
