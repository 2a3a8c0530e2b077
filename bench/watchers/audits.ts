/** What audits cost, for whoever pays them, beside the checks that they pay for. */

import { type ClaimKind, playClaim } from '../../lab/watchers/claim.ts';
import { equilibrium, leastAudits } from '../../lab/watchers/equilibrium.ts';
import { WORLD } from '../../lab/watchers/grid.ts';
import { random } from '../../packages/programs/training/random.ts';
import type { Figure } from '../figure.ts';

const CLAIMS = 400_000;

export const auditFigures = (): Figure[] => {
  const draw = random(55);
  const world = { ...WORLD, audits: leastAudits(WORLD)! };
  const { checks } = equilibrium(world);
  let [audits, spent, earned, total] = [0, 0, 0, 0];
  for (let i = 0; i < CLAIMS; i++) {
    const kind: ClaimKind = draw() < world.audits ? 'audit' : 'honest';
    const { watchers, ...ledger } = playClaim(world, kind, () => draw() < checks, draw);
    const paid = watchers.reduce((sum, change) => sum + change, 0);
    audits -= ledger.auditor;
    spent += ledger.machines;
    earned += paid;
    total += paid + Object.values(ledger).reduce((sum, change) => sum + change, 0);
  }
  const cents = (microUsd: number): string => `${(Math.round(microUsd / CLAIMS / 100) / 100 || 0).toFixed(2)} cents`;
  return [
    {
      name: 'audits that end lying cost each claim, at a bond of 4 times a gain of $1',
      value: audits / CLAIMS / 10_000,
      unit: 'cents',
      goal: '',
      holds: null,
      peer: `${cents(spent)} of checks; half of it is burnt; watchers keep ${cents(earned)}`,
    },
    {
      name: 'micro-dollars made or lost',
      value: total,
      unit: 'micro-dollars',
      goal: '= 0',
      holds: total === 0,
      peer: `${CLAIMS} claims`,
    },
  ];
};
