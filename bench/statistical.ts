/**
 * `statistical`: what a record of exact sums costs and what checking it costs, beside running the program again; what is found of
 * other models and of as few changed elements as turn an answer; honest runs called wrong; the wait for a beacon; and how often
 * fingerprints of runs in floats err.
 */
import type { Figure } from './figure.ts';
import { falseAlarms } from './statistical/alarms.ts';
import { beacons } from './statistical/beacons.ts';
import { costs } from './statistical/cost.ts';
import { detection } from './statistical/detection.ts';
import { fingerprints } from './statistical/fingerprints.ts';
import { trainFamily } from './statistical/models.ts';

/** Digits that no model was trained on. */
const HELD_OUT = 1_000;

export const run = async (): Promise<Figure[]> => {
  const figures = [...(await costs()), ...beacons()];
  process.stderr.write('statistical: training small models\n');
  const family = trainFamily(HELD_OUT);
  figures.push(...(await detection(family)), ...fingerprints(family));
  process.stderr.write('statistical: honest runs of random programs\n');
  return [...figures, ...(await falseAlarms())];
};
