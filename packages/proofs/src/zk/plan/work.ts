/** What proving works through, counted from its plan: what its time goes by. */
import { elements, multiplyAccumulates, operandsOf, type ValueId } from '@surety/programs';
import { stackCode } from '../commit/batch.ts';
import { SALT_BYTES } from '../commit/commit.ts';
import { levelsOf } from '../commit/levels.ts';
import { codeLength, type MatrixShape, storedWidth } from '../commit/shape.ts';
import { bitsOf } from '../field/multilinear.ts';
import { isConstant, nodeOf } from '../graph/graph.ts';
import { timesMade } from '../lookup/strips.ts';
import { varsOf } from '../relations/axes.ts';
import type { Block } from './blocks.ts';
import { shapesOf } from './hiding.ts';
import { keepsCodeWords, lookupsOf } from './memory.ts';
import type { MatrixKind, ProofPlan } from './plan.ts';

export type Work = {
  /** Multiplications of the run, which is made with and without the stages. */
  readonly macs: number;
  /** Elements of constants: laid out for the run, and folded. */
  readonly constants: number;
  /** Elements that nodes write, and the sums of stages. */
  readonly written: number;
  /** Words that are committed to for this proof, random ones included. */
  readonly words: number;
  /** Rows that are looked up. */
  readonly lookups: number;
  /** Rounds of the sumchecks of lookups. */
  readonly lookupRounds: number;
  /** Rows whose fractions are made again, as often as they are. */
  readonly lookupsAgain: number;
  /** Elements, padded, that the relations of nodes work through: results and operands. */
  readonly related: number;
  /** Words of hidden constants: committed to once, combined in every opening. */
  readonly weights: number;
  /** Of these, the ones of constants that lie in several parts, and what takes as long: what each part takes at a point is sent. */
  readonly weightsInParts: number;
  /** Compressions of SHA-256 and what takes as long: to commit for this proof. */
  readonly committing: number;
  /** The same to open: to commit to levels, and to encode again what is not kept. */
  readonly opening: number;
};

/** Words of code words that are made while a block is compressed, about: fitted to the cases of `prove-large` on one machine. */
const ENCODED_WHILE_HASHED = 64;

const encodings = (shape: MatrixShape): number => (shape.rows * codeLength(shape)) / ENCODED_WHILE_HASHED;

/** A column is hashed behind a block that all share, with its salt, an end mark and its length; a node of the tree takes two blocks. */
const commitments = (shape: MatrixShape): number => {
  const bytes = 4 * shape.rows + (shape.randomness > 0 ? SALT_BYTES : 0) + 9;
  return codeLength(shape) * (Math.ceil(bytes / 64) + 2) + encodings(shape);
};

const total = (numbers: Iterable<number>): number => {
  let sum = 0;
  for (const n of numbers) sum += n;
  return sum;
};

/** Nanoseconds on one thread of a machine of 2025, for each of what is counted: by which the number of threads is chosen. */
const ROUGHLY = { constants: 2, written: 20, words: 60, lookups: 100, weights: 10 } as const;
export const LOOKUP_NANOSECONDS = ROUGHLY.lookups;
const WEIGHT_COMMITTED = 80;

/** What a proof takes one thread, roughly. */
export const provingNanoseconds = (plan: ProofPlan): number => {
  const work = workOf(plan);
  return total(Object.entries(ROUGHLY).map(([of, each]) => each * work[of as keyof typeof ROUGHLY]));
};

/** The same of committing to hidden constants. */
export const committingNanoseconds = (plan: ProofPlan): number => WEIGHT_COMMITTED * workOf(plan).weights;

/** Words that are combined while a column of the combination is weighed, about: fitted likewise. */
const COMBINED_WHILE_WEIGHED = 8;

/** Words of each constant that lies in several parts, with those of the combinations that are made of these. */
const partsOf = (blocks: readonly Block[], columns: number): number[] => {
  const strips = Map.groupBy(blocks, ({ content }) => (content.of === 'strip' ? content.id : null));
  return [...strips.values()]
    .filter((own) => own.length > 1)
    .map((own) => total(own.map(({ place }) => 2 ** place.vars + COMBINED_WHILE_WEIGHED * columns)));
};

const roundsOf = (plan: ProofPlan): number => {
  const vars = plan.columns.length === 0 ? 0 : bitsOf(lookupsOf(plan));
  return (vars * (vars + 1)) / 2;
};

export const workOf = (plan: ProofPlan): Work => {
  const { graph, ties, matrices } = plan;
  const shape = (id: ValueId) => graph.types[id]!.shape;
  const passed = [...ties.keys()].filter((id) => ties[id] !== null);
  const twice = (id: ValueId): number => (ties[id]!.kind === 'staged' ? 2 : 1);
  const padded = (id: ValueId): number => (isConstant(graph, id) ? 0 : 2 ** varsOf(shape(id)));
  const shapes = shapesOf(plan);
  const isWeights = matrices.map(({ kind }) => kind === 'weights');
  const levels = shapes.length === 0 ? [] : levelsOf(stackCode(shapes)).map((level) => level.shape);
  const wordsOf = (of: (kind: MatrixKind) => boolean): number =>
    total(matrices.map(({ kind }, i) => (of(kind) ? shapes[i]!.rows * storedWidth(shapes[i]!) : 0)));
  return {
    macs: total(passed.map((id) => twice(id) * multiplyAccumulates(nodeOf(graph, id)!, shape(id), shape))),
    constants: total(graph.types.map((_, id) => (isConstant(graph, id) && graph.needed[id] ? elements(shape(id)) : 0))),
    written: total(passed.map((id) => twice(id) * elements(shape(id)))),
    words: wordsOf((kind) => kind !== 'weights'),
    lookups: lookupsOf(plan),
    lookupRounds: roundsOf(plan),
    lookupsAgain: lookupsOf(plan) * timesMade(lookupsOf(plan)),
    related: total(passed.flatMap((id) => [id, ...operandsOf(nodeOf(graph, id)!.form)].map(padded))),
    weights: wordsOf((kind) => kind === 'weights'),
    weightsInParts: total(
      matrices.flatMap(({ kind, blocks }) => (kind === 'weights' ? partsOf(blocks, 2 ** plan.rowVars) : [])),
    ),
    committing: total(shapes.filter((_, i) => !isWeights[i]).map(commitments)),
    opening: total(levels.map(commitments)) + (keepsCodeWords(plan) ? 0 : total(shapes.map(encodings))),
  };
};
