/**
 * `dispute-faults`: the honest side of a claim under faults, on a real local chain with the real contracts: a watcher process
 * killed at every transaction, reorganisations, a congested chain, clocks that are off. Each scene is one kind of lie, or a
 * right claim against a challenger that asks on and on; what counts is how many of them the honest side wins, and that it
 * never loses a stake or a bond.
 */
import { createWorld } from '../packages/node/test/watch-world.ts';
import { congestion, type Fault, kills, reorganisation, skew } from './dispute-faults/faults.ts';
import { type Scene, scenes } from './dispute-faults/scenes.ts';
import type { Figure } from './figure.ts';

const FAULTS: readonly Fault[] = [
  kills,
  reorganisation(1),
  reorganisation(2),
  reorganisation(3),
  congestion,
  skew(300),
  skew(-300),
];

const wins = async (fault: Fault, scene: Scene): Promise<boolean> => {
  const world = await createWorld();
  try {
    const outcome = await fault.play(world, scene);
    if (outcome !== scene.ends) process.stderr.write(`dispute-faults: ${fault.name}: ${scene.name}: ${outcome}\n`);
    return outcome === scene.ends;
  } finally {
    await world.stop();
  }
};

export const run = async (): Promise<Figure[]> => {
  const all = await scenes();
  const figures: Figure[] = [];
  let [won, played] = [0, 0];
  for (const fault of FAULTS) {
    let own = 0;
    for (const scene of all) if (await wins(fault, scene)) own += 1;
    won += own;
    played += all.length;
    figures.push({
      name: fault.name,
      value: own,
      unit: `of ${all.length} won`,
      goal: `= ${all.length}`,
      holds: own === all.length,
      peer: '',
    });
  }
  const goal = `= ${played}`;
  return [
    ...figures,
    { name: 'won by the honest side', value: won, unit: `of ${played}`, goal, holds: won === played, peer: '' },
  ];
};
