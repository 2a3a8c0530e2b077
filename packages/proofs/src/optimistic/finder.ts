/**
 * Goes down to the first thing that is wrong in a claim, by what is known of it: of the first wrong step the first wrong
 * value, of it a chunk, an element, and for long sums one part of it. Where that is not known yet, it asks.
 */
import { sameBytes } from '@surety/core';
import { elements, type TensorType } from '@surety/programs';
import { accumulate, operandsIn } from './answer.ts';
import { blocksUnder, type ClaimedTree, type Subtree } from './claimed.ts';
import { DECIDING_GAS, gasOf } from './gas.ts';
import type { Known, KnownStep } from './knowledge.ts';
import { ask, type NextMove, NOT_DISPUTABLE, refuteWith } from './move.ts';
import { isFold, namedBy, SEGMENT_TERMS, segmentsOf, viewOf } from './operator.ts';
import type { Partials } from './partials.ts';
import { type Blocks, LIMITS, marksOf, type Place, partOf } from './question.ts';
import {
  refuteElement,
  refuteEnd,
  refuteLink,
  refuteOutput,
  refuteOutputCount,
  refutePartial,
  refuteSlice,
  refuteStacked,
} from './refute.ts';
import type { RunBook } from './run-book.ts';
import { chunkOf, type DataPlace, sameType } from './statement.ts';
import { blocksOf, heightOf, type Tree } from './tree.ts';
import { elementsOf, type ListView, type StepView, type TensorView } from './view.ts';
import { MAX_RUNS } from './write.ts';

/** The first blocks of a tree, as many as lead to its leaves with the fewest questions. */
const firstBlocks = (size: number): Blocks => blocksUnder(size, heightOf(size), 0);

/** Asks for nothing but what a tensor's root hashes: one hash, of all chunks together. */
const rootQuestion = (place: Place): NextMove =>
  ask({ kind: 'chunks', place, level: LIMITS.level, first: 0, marks: null });

/** Of so few leaves, an opening of one shows the hash of the other. */
const FEW = 2;

/** What the last answer of the dispute left to build on. */
export type Last = {
  readonly record: Uint8Array;
  readonly data: DataPlace | null;
  readonly partials: Partials | null;
};

export type FinderOptions = { readonly decidingGas?: number; readonly salt?: number };

/** Gas of a byte in a question, which its answer repeats; and of a chunk in an answer. */
const GAS = { mark: 2 * 70, chunk: 1024 * 40 } as const;

/** The level at which blocks are told apart: of those at which one answer shows the data, the one that costs least. */
const levelFor = (size: number): number => {
  const levels = Array.from({ length: LIMITS.dataLevel + 1 }, (_, level) => level);
  const costs = levels.map((level) =>
    blocksOf(size, level) > LIMITS.marks
      ? Number.POSITIVE_INFINITY
      : blocksOf(size, level) * GAS.mark + Math.min(2 ** level, size) * GAS.chunk,
  );
  const least = Math.min(...costs);
  return least === Number.POSITIVE_INFINITY ? heightOf(Math.ceil(size / LIMITS.marks)) : costs.indexOf(least);
};

/** A sum of more segments is never brought whole. */
const MOST_DIRECT = 64;

/** The first element of a chunk. */
const firstOf = (type: TensorType, chunk: number): number => {
  let [low, high] = [0, elements(type.shape) - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (chunkOf(type, middle) < chunk) low = middle + 1;
    else high = middle;
  }
  return low;
};

export class Finder {
  private readonly own: RunBook;
  private readonly known: Known;
  private readonly last: Last;
  private readonly gas: number;
  private readonly salt: number;

  constructor(own: RunBook, known: Known, last: Last, { decidingGas = DECIDING_GAS, salt = 0 }: FinderOptions) {
    this.own = own;
    this.known = known;
    this.last = last;
    this.gas = decidingGas;
    this.salt = salt;
  }

  /** The claimed trace is another: some step, of it some input or value. */
  async trace(): Promise<NextMove> {
    const { own, known } = this;
    let step = 0;
    if (known.stepTree !== null) {
      const found = known.stepTree.firstDifference(own.stepTree!);
      if ('ask' in found) return ask({ kind: 'part', place: { of: 'steps' }, ...found.ask });
      step = found.leaf;
    }
    const [claimed, mine] = [await known.step(step), (await own.step(step))!];
    const values: Place = { of: 'node', step, index: 0 };
    if (claimed === null) {
      const { size } = mine.values;
      if (size > FEW) return ask({ kind: 'part', place: values, ...firstBlocks(size) });
      return this.chunks(values, mine.node(0)!.chunks);
    }
    // The root of an empty tree is never opened, so nothing can be shown about what went into a step without inputs.
    const { inputs } = own.program;
    if (inputs > 0 && !sameBytes(claimed.listId, mine.listId)) return this.inputs(claimed, mine);
    if (sameBytes(claimed.valuesRoot, mine.valuesRoot)) return NOT_DISPUTABLE;
    const found = claimed.values.firstDifference(mine.values);
    if ('ask' in found) return ask({ kind: 'part', place: values, ...found.ask });
    return this.node(claimed, mine, found.leaf);
  }

  /** What went into a step is not what should have: a state was not handed on, or a slice is wrong. */
  private async inputs(claimed: KnownStep, mine: StepView): Promise<NextMove> {
    const { step } = mine;
    const { feeds, states } = this.ports();
    const place = (index: number): Place => ({ of: 'step-input', step, index });
    const about = (index: number): NextMove =>
      feeds(index) === null ? this.chunks(place(index), mine.list!.tensor(index)!.chunks) : rootQuestion(place(index));
    const found = this.inList(claimed.list, mine.list!, place(0), about);
    if (typeof found !== 'number') return found;
    const tensor = claimed.list!.tensor(found);
    if (tensor === null) return about(found);
    const output = feeds(found);
    if (output !== null) {
      const before = step === 0 ? null : await this.known.step(step - 1);
      const state = states.findIndex(({ input }) => input === found);
      const value = this.own.program.checked.outputs[output]!.value;
      const proof = refuteLink(this.known, claimed, before, { state, input: found, value });
      return refuteWith({ what: 'link', step, input: found }, proof);
    }
    const right = mine.list!.tensor(found)!;
    const alike = sameType(tensor.stated, right.stated);
    const element = alike ? this.element(place(found), tensor, right) : null;
    if (element !== null && typeof element !== 'number') return element;
    const wrong = { what: 'slice', step, input: found, element } as const;
    return refuteWith(wrong, refuteSlice(this.known, claimed, found, element));
  }

  private ports() {
    const { states } = this.own.program.checked;
    const feeds = (index: number): number | null => states.find(({ input }) => input === index)?.output ?? null;
    return { feeds, states };
  }

  /** Which tensor of a list is wrong, or what to ask: of few right away about one, since that shows the others' hashes. */
  private inList(
    claimed: (ListView & { readonly tree: ClaimedTree }) | null,
    own: ListView,
    place: Place,
    about: (index: number) => NextMove,
  ): number | NextMove {
    if (claimed === null) {
      return own.count <= FEW ? about(0) : ask({ kind: 'part', place, level: 0, first: 0, count: LIMITS.blocks });
    }
    const found = claimed.tree.firstDifference(own.tree);
    return 'leaf' in found ? found.leaf : ask({ kind: 'part', place, ...found.ask });
  }

  /** Asks for chunks within a subtree that is another than it should be: for such as differ from the own ones. */
  private chunks(place: Place, own: Tree, within: Subtree = { level: heightOf(own.size), position: 0 }): NextMove {
    const from = within.position * 2 ** within.level;
    const size = Math.min(2 ** within.level, own.size - from);
    const level = levelFor(size);
    const first = from / 2 ** level;
    const count = blocksOf(size, level);
    const marks = count === 1 ? null : marksOf(own, { level, first, count }, this.salt);
    return ask({ kind: 'chunks', place, level, first, marks });
  }

  /** Where a tensor of the right type differs, or what to ask. */
  private element(place: Place, claimed: TensorView, own: TensorView): number | NextMove {
    const differing = (claimed.chunks as ClaimedTree).differences(own.chunks);
    const shown = differing.find(({ level, position }) => level === 0 && claimed.chunk(position) !== null);
    if (shown === undefined) return this.chunks(place, own.chunks, differing[0]);
    const chunk = shown.position;
    const type = own.type!;
    const total = elements(type.shape);
    // The chunk's elements, one after the other, until one differs.
    let element = firstOf(type, chunk);
    while (element < total && elementsOf(claimed, element, 1)[0] === elementsOf(own, element, 1)[0]) element++;
    return element;
  }

  /** A node's value is wrong, and all that it reads is right. */
  private node(claimed: KnownStep, mine: StepView, node: number): NextMove {
    const place: Place = { of: 'node', step: mine.step, index: node };
    const right = mine.node(node)!;
    const tensor = claimed.node(node);
    if (tensor === null) return this.chunks(place, right.chunks);
    const found = this.element(place, tensor, right);
    if (typeof found !== 'number') return found;
    const told = this.accumulators(claimed, mine, node);
    if (told !== null) return told;
    const { data } = this.last;
    const isIts = data !== null && data.step === mine.step && data.node === node;
    const recorded = isIts ? data : null;
    const { node: shown } = viewOf(this.own.program.encoding(node));
    const segments = isFold(shown) ? segmentsOf(shown, operandsIn(this.own, mine, namedBy(shown)).type) : 1;
    if (segments <= MOST_DIRECT) {
      const proof = refuteElement(this.known, claimed, node, found, recorded);
      if (!isFold(shown) || this.fits(proof, node, segments)) {
        return refuteWith({ what: 'element', step: mine.step, node, element: found }, proof, recorded !== null);
      }
    }
    const per = Math.ceil(segments / LIMITS.parts);
    return ask({ kind: 'partials', step: mine.step, node, element: found, segments, per });
  }

  /** How a long sum came about, where the last answer says so: the first wrong part of it, or its end. */
  private accumulators(claimed: KnownStep, mine: StepView, node: number): NextMove | null {
    const { partials } = this.last;
    if (partials === null || partials.step !== mine.step || partials.node !== node) return null;
    const right = accumulate(this.own, mine, node, partials.element, partials);
    const part = right.findIndex((accumulator, i) => accumulator !== partials.accumulators[i]);
    const { step, element } = partials;
    const about = { step, node, element } as const;
    if (part < 0) return refuteWith({ what: 'end', ...about }, refuteEnd(this.known, claimed, partials), true);
    const { first, last } = partOf(partials, part);
    // Each segment may need a run of its own, and a proof has room for so many only.
    const proof = last - first > MAX_RUNS ? null : refutePartial(this.known, claimed, partials, part);
    if (proof !== null && (last - first === 1 || this.fits(proof, node, last - first)))
      return refuteWith({ what: 'partial', ...about }, proof, true);
    return ask({ kind: 'refine', part, per: Math.ceil((last - first) / LIMITS.parts), partials });
  }

  /** Whether a proof that folds so many segments stays under the gas that it should. */
  private fits(proof: Uint8Array, node: number, segments: number): boolean {
    const { op } = this.own.program.checked.nodes[node]!.form;
    const terms = op === 'reduce_sum' || op === 'reduce_max' ? SEGMENT_TERMS : op.endsWith('_pool') ? 1 : 0;
    return gasOf(proof, segments * terms) <= this.gas;
  }

  /** The trace is right, and the list of outputs says something else. */
  async output(): Promise<NextMove> {
    const { own, known } = this;
    const { outputs, states } = own.program.checked;
    const place = (index: number): Place => ({ of: 'output', index });
    const isStacked = (index: number): boolean => own.steps > 1 && !states.some(({ output }) => output === index);
    const about = (index: number): NextMove =>
      isStacked(index) ? this.chunks(place(index), own.outputs.tensor(index)!.chunks) : rootQuestion(place(index));
    const given = known.outputs;
    if (given !== null && given.count !== own.outputs.count) {
      return refuteWith({ what: 'output', output: null }, refuteOutputCount(known, given));
    }
    const found = this.inList(given, own.outputs, place(0), about);
    if (typeof found !== 'number') return found;
    const tensor = given!.tensor(found);
    if (tensor === null) return about(found);
    const { value } = outputs[found]!;
    if (!isStacked(found)) {
      const last = (await known.step(own.steps - 1))!;
      return refuteWith({ what: 'output', output: found }, refuteOutput(known, given!, last, found, value));
    }
    const right = own.outputs.tensor(found)!;
    const at = sameType(tensor.stated, right.stated) ? this.element(place(found), tensor, right) : null;
    if (at !== null && typeof at !== 'number') return at;
    const size = elements(right.type!.shape) / own.steps;
    const step = (await known.step(at === null ? 0 : Math.floor(at / size)))!;
    const element = at === null ? null : at % size;
    const wrong = { what: 'stacked', step: step.step, output: found, element } as const;
    return refuteWith(wrong, refuteStacked(known, given!, step, { index: found, value, element }));
  }
}
