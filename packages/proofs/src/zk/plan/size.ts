/** How long a proof gets, from its plan. */
import { openingBytes } from '../commit/parameters.ts';
import { shapesOf } from './hiding.ts';
import { heard } from './pads.ts';
import type { ProofPlan } from './plan.ts';

const EXT_BYTES = 16;
const ROOT_BYTES = 32;

/** Most bytes of a proof by this plan, without what its file names. */
export const mostProofBytes = async (plan: ProofPlan): Promise<number> => {
  const { hiding } = plan;
  const shapes = shapesOf(plan);
  const sent = hiding?.pads ?? (await heard(plan)).sent;
  const opened = shapes.length === 0 ? 0 : openingBytes(shapes) + ROOT_BYTES * shapes.length;
  // Behind pads: what the products of them come to, and the value of the blinding.
  return EXT_BYTES * (hiding === null ? sent : 4 * sent) + opened;
};
