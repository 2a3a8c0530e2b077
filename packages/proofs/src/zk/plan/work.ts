/** What proving works through, counted from its plan: what its time goes by. */
import { elements, multiplyAccumulates, operandsOf, type ValueId } from '@surety/programs';
import { storedWidth } from '../commit/shape.ts';
import { isConstant, nodeOf } from '../graph/graph.ts';
import { timesMade } from '../lookup/strips.ts';
import { varsOf } from '../relations/axes.ts';
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
  /** Rows whose fractions are made again, as often as they are. */
  readonly lookupsAgain: number;
  /** Elements, padded, that the relations of nodes work through: results and operands. */
  readonly related: number;
  /** Words of hidden constants: committed to once, combined in every opening. */
  readonly weights: number;
  /** Words of either kind that are encoded again to be opened. */
  readonly wordsAgain: number;
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

export const workOf = (plan: ProofPlan): Work => {
  const { graph, ties, matrices } = plan;
  const shape = (id: ValueId) => graph.types[id]!.shape;
  const passed = [...ties.keys()].filter((id) => ties[id] !== null);
  const twice = (id: ValueId): number => (ties[id]!.kind === 'staged' ? 2 : 1);
  const padded = (id: ValueId): number => (isConstant(graph, id) ? 0 : 2 ** varsOf(shape(id)));
  const shapes = shapesOf(plan);
  const wordsOf = (of: (kind: MatrixKind) => boolean): number =>
    total(matrices.map(({ kind }, i) => (of(kind) ? shapes[i]!.rows * storedWidth(shapes[i]!) : 0)));
  return {
    macs: total(passed.map((id) => twice(id) * multiplyAccumulates(nodeOf(graph, id)!, shape(id), shape))),
    constants: total(graph.types.map((_, id) => (isConstant(graph, id) && graph.needed[id] ? elements(shape(id)) : 0))),
    written: total(passed.map((id) => twice(id) * elements(shape(id)))),
    words: wordsOf((kind) => kind !== 'weights'),
    lookups: lookupsOf(plan),
    lookupsAgain: lookupsOf(plan) * timesMade(lookupsOf(plan)),
    related: total(passed.flatMap((id) => [id, ...operandsOf(nodeOf(graph, id)!.form)].map(padded))),
    weights: wordsOf((kind) => kind === 'weights'),
    wordsAgain: keepsCodeWords(plan) ? 0 : wordsOf(() => true),
  };
};
