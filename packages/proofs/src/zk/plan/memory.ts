/** What a proof takes of its memory, from its plan. */
import type { Problem } from '@surety/core';
import { elements } from '@surety/programs';
import { commitmentBytes } from '../commit/commit.ts';
import { storedWidth } from '../commit/shape.ts';
import { bitsOf } from '../field/multilinear.ts';
import { isConstant } from '../graph/graph.ts';
import { upperOf } from '../lookup/fractions.ts';
import { LEAST_VARS } from '../lookup/leaves.ts';
import { RESERVED_BYTES } from '../memory.ts';
import { varsOf } from '../relations/axes.ts';
import { STRIP_BYTES } from '../relations/fold.ts';
import { shapesOf } from './hiding.ts';
import { heard } from './pads.ts';
import type { ProofPlan } from './plan.ts';

const EXT_BYTES = 16;

/** Rows of the one lookup argument: those of columns, and those of tables. */
export const lookupsOf = ({ columns, tables }: Pick<ProofPlan, 'columns' | 'tables'>): number =>
  [...columns, ...tables].reduce((rows, { vars }) => rows + 2 ** vars, 0);

/** The tree of fractions, leaves and layers, and the equality polynomial beside the largest. */
export const treeBytes = (plan: Pick<ProofPlan, 'columns' | 'tables'>): number => {
  const rows = lookupsOf(plan);
  if (rows === 0) return 0;
  const vars = Math.max(bitsOf(rows), LEAST_VARS);
  const half = 2 ** (vars - 1);
  const leaves = half + Math.min(2 * upperOf(rows, vars), half);
  return EXT_BYTES * (2 * leaves + 2 * 2 ** vars + 2 ** Math.max(vars - 8, 0));
};

/** Vectors of the extension as long as the longest value that one step of the relations has at once. */
const RELATION_VECTORS = 6;

/** Weights of the rows of the largest constant, its rows bound by them, and what kernels keep of both. */
const foldedBytes = ({ graph }: ProofPlan): number => {
  const sizes = graph.constants.map(({ shape }) => {
    const columns = shape.length === 4 ? elements(shape.slice(1)) : (shape.at(-1) ?? 1);
    const rows = elements(shape) / columns;
    return Math.min(elements(shape), STRIP_BYTES) + EXT_BYTES * (4 * columns + 2 * rows);
  });
  return sizes.reduce((most, bytes) => Math.max(most, bytes), 0);
};

const relationBytes = (plan: ProofPlan): number => {
  const { graph, types, averaged } = plan;
  const lengths = types.map(({ shape }, id) => (isConstant(graph, id) && !averaged.has(id) ? 0 : 2 ** varsOf(shape)));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return RELATION_VECTORS * EXT_BYTES * longest + foldedBytes(plan);
};

/** The combination of rows and the weights of each product of an opening, and half of both when its first variable is bound. */
const PRODUCT_VECTORS = 3;

/** Products of blinding, of pads and of the claim on them; and vectors of the sum that is sent. */
const MORE_PRODUCTS = 4;

const openingVectors = ({ hiding }: ProofPlan, products: number): number =>
  PRODUCT_VECTORS * (products + MORE_PRODUCTS + (hiding?.padRows ?? 0));

/** Points, challenges and vectors of a few elements. */
export const SMALL_BYTES = 131_072;

/**
 * Most bytes that a proof by this plan takes of its memory.
 * @param products that its opening sums
 */
export const provingBytes = (plan: ProofPlan, products: number): number => {
  const shapes = shapesOf(plan);
  const words =
    plan.matrices.reduce((sum, { kind, rows }) => sum + (kind === 'weights' ? 0 : rows * 2 ** plan.rowVars), 0) +
    plan.derived.reduce((sum, { vars }) => sum + 2 ** vars, 0);
  const committed = shapes.reduce((bytes, shape) => bytes + commitmentBytes(shape), 0);
  const vectors = openingVectors(plan, products);
  const opening = vectors * EXT_BYTES * shapes.reduce((most, shape) => Math.max(most, storedWidth(shape)), 0);
  const most = Math.max(treeBytes(plan), relationBytes(plan), opening);
  return RESERVED_BYTES + 4 * words + committed + most + SMALL_BYTES;
};

/** That a proof would take more memory than it may; null where it does not. */
export const tooLarge = async (plan: ProofPlan, memoryBytes: number | undefined): Promise<Problem | null> => {
  if (memoryBytes === undefined) return null;
  const needed = provingBytes(plan, (await heard(plan)).products);
  if (needed <= memoryBytes) return null;
  return {
    code: 'proof.too-large',
    message: `A proof of this run may take ${needed} bytes of memory.`,
    next: 'Allow more memory, or prove a smaller program.',
    field: 'memoryBytes',
    value: `${needed}`,
    limit: `${memoryBytes} bytes`,
  };
};
