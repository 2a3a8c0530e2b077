/** What a proof takes of its memory, from its plan. */
import type { Problem } from '@surety/core';
import { elements, operandsOf } from '@surety/programs';
import { commitmentBytes, encodedBytesAtOnce } from '../commit/commit.ts';
import { openingMemoryBytes, type ProductCounts } from '../commit/parameters.ts';
import { codeLength, type MatrixShape, width } from '../commit/shape.ts';
import { isConstant, nodeOf } from '../graph/graph.ts';
import { treeBytes } from '../lookup/bytes.ts';
import { RESERVED_BYTES } from '../memory.ts';
import { varsOf } from '../relations/axes.ts';
import { STRIP_BYTES } from '../relations/fold.ts';
import { shapesOf } from './hiding.ts';
import { type Heard, heard } from './pads.ts';
import { isLean, type ProofPlan } from './plan.ts';

const EXT_BYTES = 16;

/** Rows of the one lookup argument: those of columns, and those of tables. */
export const lookupsOf = ({ columns, tables }: Pick<ProofPlan, 'columns' | 'tables'>): number =>
  [...columns, ...tables].reduce((rows, { vars }) => rows + 2 ** vars, 0);

/** Vectors of the extension as long as the longest value that one step of the relations has at once, and while a constant is folded. */
const RELATION_VECTORS = 6;
const FOLDING_VECTORS = 3;

/** Weights of the rows of the largest constant, its rows bound by them, and what kernels keep of both. */
const foldedBytes = ({ graph }: ProofPlan): number => {
  const sizes = graph.constants.map(({ shape }) => {
    const columns = shape.length === 4 ? elements(shape.slice(1)) : (shape.at(-1) ?? 1);
    const rows = elements(shape) / columns;
    return Math.min(elements(shape), STRIP_BYTES) + EXT_BYTES * (4 * columns + 2 * rows);
  });
  return sizes.reduce((most, bytes) => Math.max(most, bytes), 0);
};

/**
 * What sumchecks of relations take at once: one its largest vectors, or all that are joined theirs, and beside them values without a
 * block as they are padded for each that reads them.
 */
const relationBytes = (plan: ProofPlan, joinedBytes: number): number => {
  const { graph, types, averaged, values } = plan;
  const lengths = types.map(({ shape }, id) => (isConstant(graph, id) && !averaged.has(id) ? 0 : 2 ** varsOf(shape)));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const copied = graph.types.flatMap((_, id) => {
    const node = nodeOf(graph, id);
    return node === null ? [] : operandsOf(node.form).filter((operand) => !values.has(operand));
  });
  const copies = copied.reduce((sum, id) => sum + 4 * lengths[id]!, 0);
  const joined = isLean(plan) ? joinedBytes + copies : 0;
  const vector = EXT_BYTES * longest;
  return joined + Math.max(RELATION_VECTORS * vector, FOLDING_VECTORS * vector + foldedBytes(plan));
};

const openingBytes = (plan: ProofPlan, { points, rows }: ProductCounts): number => {
  const { matrices, hiding } = plan;
  if (matrices.length === 0) return 0;
  // The pads are claimed as well.
  const more = hiding === null ? 0 : 1;
  return openingMemoryBytes(shapesOf(plan), { points: points + more, rows }, hiding?.padRows ?? null);
};

/** The rows of a lean witness, combined by its sample: kept from the first step to the opening. */
const sampleBytes = ({ rowVars, blowupVars }: ProofPlan): number =>
  blowupVars === undefined ? 0 : EXT_BYTES * 2 ** rowVars;

/** Code words that are kept from commitment to opening. To make them again takes a fifth of what committing to them took. */
const KEPT_CODE_BYTES = 3 * 2 ** 27;

/** Whether the code words of a plan are kept. */
export const keepsCodeWords = (plan: ProofPlan): boolean =>
  shapesOf(plan).reduce((bytes, shape) => bytes + encodedBytesAtOnce(shape), 0) <= KEPT_CODE_BYTES;

/** Twiddles, a code word and its row: what it takes to make code words again. */
const encoderBytes = (shape: MatrixShape): number => 8 * codeLength(shape);

/** What a thread scratches on while it hashes columns. */
const HASHING_BYTES = 98_304;

/** What committing to a matrix takes beside what it keeps. */
export const makingBytes = (shape: MatrixShape, { keep }: { readonly keep: boolean }): number =>
  encoderBytes(shape) + HASHING_BYTES + (keep ? 0 : encodedBytesAtOnce(shape, { keep }));

/** What each further thread scratches on: rows that it encodes, and columns that it hashes. */
export const threadBytes = (shapes: readonly MatrixShape[]): number =>
  shapes.reduce((most, shape) => Math.max(most, 4 * width(shape)), 0) + HASHING_BYTES;

/** How a proof is made. */
export type Proving = {
  /** Whether the commitment to weights, if there is one, keeps its code words: as those of this plan do, unless stated. */
  readonly keepsWeights?: boolean | undefined;
  /** How many work; 1 unless stated. */
  readonly threads?: number;
};

/** Points, challenges and vectors of a few elements. */
export const SMALL_BYTES = 24_576;

/** Most bytes that a proof by this plan takes of its memory. */
export const provingBytes = (
  plan: ProofPlan,
  { products, joinedBytes }: Pick<Heard, 'products' | 'joinedBytes'>,
  { keepsWeights = keepsCodeWords(plan), threads = 1 }: Proving = {},
): number => {
  const shapes = shapesOf(plan);
  const words =
    plan.matrices.reduce((sum, { kind, rows }) => sum + (kind === 'weights' ? 0 : rows * 2 ** plan.rowVars), 0) +
    plan.derived.reduce((sum, { vars }) => sum + 2 ** vars, 0);
  const keeps = plan.matrices.map(({ kind }) => (kind === 'weights' ? keepsWeights : keepsCodeWords(plan)));
  const committed = shapes.reduce((bytes, shape, i) => bytes + commitmentBytes(shape, { keep: keeps[i]! }), 0);
  const making = shapes.map((shape, i) => makingBytes(shape, { keep: keeps[i]! }));
  const again = shapes.reduce((most, shape, i) => Math.max(most, keeps[i]! ? 0 : encoderBytes(shape)), 0);
  const opening = openingBytes(plan, products) + again;
  // Hidden constants are committed to before there is anything else.
  const weights = plan.matrices.findIndex(({ kind }) => kind === 'weights');
  const alone = weights < 0 ? 0 : commitmentBytes(shapes[weights]!, { keep: keepsWeights }) + making[weights]!;
  const made = making.filter((_, i) => i !== weights);
  const most = Math.max(treeBytes(lookupsOf(plan)), relationBytes(plan, joinedBytes), opening, ...made);
  const others = (threads - 1) * threadBytes(shapes);
  return RESERVED_BYTES + Math.max(alone, 4 * words + committed + sampleBytes(plan) + most) + SMALL_BYTES + others;
};

/** That a proof would take more memory than it may; null where it does not. */
export const tooLarge = async (
  plan: ProofPlan,
  memoryBytes: number | undefined,
  proving: Proving,
): Promise<Problem | null> => {
  if (memoryBytes === undefined) return null;
  const needed = provingBytes(plan, await heard(plan), proving);
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
