/**
 * Calibration on held-out scores: isotonic regression (pool adjacent violators) with both classes given the
 * same mass, which states the prior of one half, then a few knots with room left at both ends.
 */

import type { Calibration } from '../src/model/calibration.ts';

type Block = { mass: number; scam: number; sumLogit: number };

/** Pseudo-observations of each class in every block: no block may claim certainty. */
const ROOM = 0.5;

/** Fits knots to held-out logits (thousandths) and labels; `weights` are relative within a class. */
export const fitCalibration = (
  logits: readonly number[],
  scams: readonly boolean[],
  weights: readonly number[],
  options: { readonly blocks: number },
): Calibration => {
  const order = logits.map((_, i) => i).sort((a, b) => logits[a]! - logits[b]! || a - b);
  const total = { scam: 0, fair: 0 };
  scams.forEach((scam, i) => {
    total[scam ? 'scam' : 'fair'] += weights[i]!;
  });
  const blocks: Block[] = [];
  const half = logits.length / 2;
  const perBlock = 1 / options.blocks;
  let current: Block = { mass: 0, scam: 0, sumLogit: 0 };
  for (const i of order) {
    const mass = weights[i]! / (scams[i] ? total.scam : total.fair) / 2;
    current.mass += mass;
    if (scams[i]) current.scam += mass;
    current.sumLogit += mass * logits[i]!;
    if (current.mass >= perBlock) {
      blocks.push(current);
      current = { mass: 0, scam: 0, sumLogit: 0 };
    }
  }
  if (current.mass > 0) blocks.push(current);
  const room = ROOM / half;
  const rate = (b: Block): number => (b.scam + room) / (b.mass + 2 * room);
  const pooled: Block[] = [];
  for (const block of blocks) {
    pooled.push({ ...block });
    while (pooled.length > 1 && rate(pooled.at(-1)!) <= rate(pooled.at(-2)!)) {
      const top = pooled.pop()!;
      const below = pooled.at(-1)!;
      below.mass += top.mass;
      below.scam += top.scam;
      below.sumLogit += top.sumLogit;
    }
  }
  const knots = new Map<number, number>();
  for (const b of pooled) knots.set(Math.round(b.sumLogit / b.mass), Math.round(rate(b) * 1e6));
  return { logitMilli: [...knots.keys()], ppm: [...knots.values()] };
};
