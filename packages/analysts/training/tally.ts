/** Measured probabilities of the two hand-written readers, on the players' training hosts, prior one half. */

import { caseOf } from '../src/brands/lookalike.ts';
import type { Calibration } from '../src/model/calibration.ts';
import { applying, pointsOf } from '../src/rules/rules.ts';
import { fitCalibration } from './calibrate.ts';
import type { Example } from './example.ts';

/** Pseudo-observations of each class per case, in hosts: few sightings stay near one half. */
const ROOM = 1;

/** Probability of each look-alike case, parts per million. */
export const tallyLookalikes = (examples: readonly Example[]): Record<string, number> => {
  const cases = new Map<string, { scam: number; fair: number }>();
  const all = { scam: 0, fair: 0 };
  for (const e of examples) {
    const side = e.scam ? 'scam' : 'fair';
    all[side]++;
    const found = caseOf(e.parts);
    if (found === null) continue;
    const tally = cases.get(found.key) ?? { scam: 0, fair: 0 };
    tally[side]++;
    cases.set(found.key, tally);
  }
  const out: Record<string, number> = {};
  for (const key of [...cases.keys()].sort()) {
    const tally = cases.get(key)!;
    const scamRate = (tally.scam + (ROOM * all.scam) / all.fair) / all.scam;
    const fairRate = (tally.fair + ROOM) / all.fair;
    out[key] = Math.round((1e6 * scamRate) / (scamRate + fairRate));
  }
  return out;
};

/** What a sum of rule points is worth. */
export const tallyRules = (examples: readonly Example[]): Calibration =>
  fitCalibration(
    examples.map((e) => pointsOf(applying(e.parts)) * 1000),
    examples.map((e) => e.scam),
    examples.map((e) => e.weight),
    { blocks: 40 },
  );
