/** What a proof of range takes, from its plan. */
import { CountingVerifier } from '../channel/counting.ts';
import { commitmentBytes } from '../commit/commit.ts';
import { openingBytes, openingMemoryBytes } from '../commit/parameters.ts';
import { treeBytes } from '../lookup/bytes.ts';
import { ProofMemory, RESERVED_BYTES } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { makingBytes, SMALL_BYTES, threadBytes } from '../plan/memory.ts';
import { productsOf } from '../plan/pads.ts';
import { ROOT_BYTES } from '../verify/opened.ts';
import { listenRange, type RangePlan } from './range.ts';

const EXT_BYTES = 16;
/** The two factors of all products, and the value of the blinding, which go out under no pads. */
const BARE_VALUES = 3;

export type RangeSize = {
  /** Most bytes of memory that it takes, the commitment included. */
  readonly memoryBytes: number;
  /** Most bytes of the proof. */
  readonly proofBytes: number;
};

export const rangeSize = async (plan: RangePlan, threads = 1): Promise<RangeSize> => {
  const { hiding, matrices, rowVars, parts } = plan;
  const shapes = shapesOf(plan);
  const counting = new CountingVerifier();
  const claims = await ProofMemory.lend(undefined, (memory) => listenRange(counting, memory, plan));
  const said = EXT_BYTES * ((hiding?.pads ?? counting.pads) + BARE_VALUES);
  const committed = shapes.reduce((bytes, shape) => bytes + commitmentBytes(shape), 0);
  const witness = 4 * (matrices[1]?.rows ?? 0) * 2 ** rowVars;
  const ofParts = parts.map(({ columns, table }) => {
    const words = columns.reduce((sum, { vars }) => sum + 2 ** vars, 0);
    return 4 * words + treeBytes(words + 2 ** table.vars);
  });
  const { points, rows } = productsOf(plan, claims);
  // The pads are claimed as well.
  const products = { points: points + (hiding === null ? 0 : 1), rows };
  const opening = openingMemoryBytes(shapes, products, hiding?.padRows ?? null);
  const making = shapes.slice(1).map((shape) => makingBytes(shape, { keep: true }));
  const most = [...ofParts, ...making, opening].reduce((a, b) => Math.max(a, b));
  return {
    memoryBytes: RESERVED_BYTES + committed + witness + most + SMALL_BYTES + (threads - 1) * threadBytes(shapes),
    proofBytes: ROOT_BYTES + said + openingBytes(shapes),
  };
};
