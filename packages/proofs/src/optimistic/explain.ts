/** What moves of a dispute are about, for people: read by the judge, so that nothing is said that it did not accept. */
import { chunkSpan, DTYPE_BYTES, type TensorType } from '@surety/programs';
import type { Run } from '../run.ts';
import { readAccumulators } from './answer-judge.ts';
import { judge } from './judge.ts';
import type { NodeView } from './operator.ts';
import { decodeQuestion, type Question } from './question.ts';
import { REFUTATION } from './refutation-judge.ts';
import { type About, type Head, type Notes, type TreeName, valuesIn } from './statement.ts';

/** What a proof said on the way. */
export type Told = {
  /** Of the program: how many nodes, how many steps, its own id. */
  readonly head: Head | null;
  /** The one node that it is about. */
  readonly node: NodeView | null;
};

export type ExplainedAnswer = Told & {
  readonly shows: 'hashes' | 'values' | 'accumulators' | 'nothing-there' | 'unread';
  /** Type of the tensor that the question names. */
  readonly type: TensorType | null;
  /** Opened values from element `first` on, or stated accumulators. */
  readonly opened: { readonly first: number; readonly values: readonly number[] } | null;
  /** What later proofs in the dispute build on. */
  readonly record: Uint8Array;
};

export type RefutationKind = keyof typeof REFUTATION;

export type ExplainedRefutation = Told & { readonly kind: RefutationKind; readonly about: About | null };

type Mutable = {
  head: Head | null;
  node: NodeView | null;
  type: TensorType | null;
  about: About | null;
  /** Kinds of the trees of which hashes were shown. */
  readonly trees: Set<TreeName['tree']>;
  readonly chunks: { readonly chunk: number; readonly bytes: Uint8Array }[];
};

const listen = (): { readonly notes: Notes; readonly told: Mutable } => {
  const told: Mutable = { head: null, node: null, type: null, about: null, trees: new Set(), chunks: [] };
  return {
    told,
    notes: {
      steps: () => undefined,
      step: () => undefined,
      list: () => undefined,
      hash: ({ tree }) => told.trees.add(tree),
      tensor: (_, { type }) => {
        told.type = type;
      },
      chunk: (_, chunk, bytes) => told.chunks.push({ chunk, bytes }),
      head: (head) => {
        told.head = head;
      },
      node: (_, view) => {
        told.node = view;
      },
      about: (about) => {
        told.about = about;
      },
    },
  };
};

const valuesOf = (type: TensorType, { chunk, bytes }: Mutable['chunks'][number]) => {
  const { offset } = chunkSpan(type, chunk);
  const width = DTYPE_BYTES[type.dtype];
  const first = offset / width;
  return { first, values: valuesIn(type, first, bytes.length / width, { offset, bytes }) };
};

/** The tree of which a question asks for hashes. */
const treeOf = (question: Question): TreeName['tree'] => {
  if (question.kind !== 'part') return 'chunks';
  const { of } = question.place;
  return of === 'steps' ? 'steps' : of === 'node' ? 'values' : 'list';
};

/**
 * What an answer shows.
 * @param record of the answer before it in the same dispute; zeros for none
 */
export const explainAnswer = (
  run: Run,
  question: Uint8Array,
  record: Uint8Array,
  answer: Uint8Array,
): ExplainedAnswer => {
  const { notes, told } = listen();
  const verdict = judge(run, question, record, answer, notes);
  const { head, node, type } = told;
  const base = { head, node, type, record: verdict.record, opened: null };
  const asked = decodeQuestion(question);
  if (verdict.holds !== 'shown' || !asked.ok || answer.length === 0) return { ...base, shows: 'unread' };
  const partials = readAccumulators(question, record, answer);
  if (partials !== null) return { ...base, shows: 'accumulators', opened: { first: 0, values: partials.accumulators } };
  if (type === null || told.chunks.length === 0)
    return { ...base, shows: told.trees.has(treeOf(asked.value)) ? 'hashes' : 'nothing-there' };
  const parts = told.chunks.map((each) => valuesOf(type, each));
  return {
    ...base,
    shows: 'values',
    opened: { first: parts[0]!.first, values: parts.flatMap(({ values }) => values) },
  };
};

const KINDS = new Map(Object.entries(REFUTATION).map(([kind, code]) => [code, kind as RefutationKind]));

/** What a refutation shows, or `null` for bytes that do not refute the run. */
export const explainRefutation = (run: Run, record: Uint8Array, proof: Uint8Array): ExplainedRefutation | null => {
  const { notes, told } = listen();
  const kind = KINDS.get(proof[0] as (typeof REFUTATION)[RefutationKind]);
  if (kind === undefined || judge(run, new Uint8Array(0), record, proof, notes).holds !== 'refuted') return null;
  const { head, node, about } = told;
  return { kind, head, node, about };
};
