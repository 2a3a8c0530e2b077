/**
 * Goes down to the first thing that is wrong in a claim, by what is known of it: of the first wrong step the first wrong
 * value, of it a chunk, an element, and for long sums one part of it. Where that is not known yet, it asks.
 */
import { sameBytes } from '@surety/core';
import { chunkCount, elements, type TensorType } from '@surety/programs';
import { accumulate, operandsIn } from './answer.ts';
import { blocksUnder, type ClaimedTree } from './claimed.ts';
import { gasOf } from './gas.ts';
import type { Known, KnownStep } from './knowledge.ts';
import { ask, type NextMove, NOT_DISPUTABLE, refuteWith } from './move.ts';
import { isFold, namedBy, SEGMENT_TERMS, segmentsOf, viewOf } from './operator.ts';
import type { Partials } from './partials.ts';
import { type Blocks, LIMITS, type Place, partOf } from './question.ts';
import {
  type Recorded,
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
import { chunkOf, sameType } from './statement.ts';
import { heightOf } from './tree.ts';
import { elementsOf, type ListView, type StepView, type TensorView } from './view.ts';
import { MAX_RUNS } from './write.ts';

/** The first blocks of a tree, as many as lead to its leaves with the fewest questions. */
const firstBlocks = (size: number): Blocks => blocksUnder(size, heightOf(size), 0);

/** Asks for nothing but what a tensor's root hashes. */
const rootQuestion = (place: Place): NextMove =>
  ask({ kind: 'chunk-part', place, level: LIMITS.level, first: 0, count: 1 });

/** Of so few leaves, an opening of one shows the hash of the other. */
const FEW = 2;

/** Asks for the data of a small tensor, and for hashes of a large one. */
const tensorQuestion = (place: Place, type: TensorType): NextMove => {
  const size = chunkCount(type);
  if (size <= LIMITS.chunks) return ask({ kind: 'data', place, chunk: 0, count: size });
  return ask({ kind: 'chunk-part', place, ...firstBlocks(size) });
};

/** What the last answer of the dispute left to build on. */
export type Last = {
  readonly record: Uint8Array;
  readonly data: DataRecord | null;
  readonly partials: Partials | null;
};
export type DataRecord = Recorded & { readonly step: number; readonly node: number };

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

  constructor(own: RunBook, known: Known, last: Last, gas: number) {
    this.own = own;
    this.known = known;
    this.last = last;
    this.gas = gas;
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
      return tensorQuestion(values, mine.node(0)!.type!);
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
    const { feeds, states, specs } = this.ports();
    const place = (index: number): Place => ({ of: 'step-input', step, index });
    const about = (index: number): NextMove =>
      feeds(index) === null ? tensorQuestion(place(index), specs[index]!) : rootQuestion(place(index));
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
    const { inputs, states } = this.own.program.checked;
    const feeds = (index: number): number | null => states.find(({ input }) => input === index)?.output ?? null;
    return { feeds, states, specs: inputs };
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

  /** Where a tensor of the right type differs, or what to ask. */
  private element(place: Place, claimed: TensorView, own: TensorView): number | NextMove {
    const size = own.chunks.size;
    if (size <= LIMITS.chunks && claimed.chunk(0) === null && claimed.chunk(size - 1) === null) {
      return ask({ kind: 'data', place, chunk: 0, count: size });
    }
    const found = (claimed.chunks as ClaimedTree).firstDifference(own.chunks);
    if ('ask' in found) return ask({ kind: 'chunk-part', place, ...found.ask });
    const chunk = found.leaf;
    const bytes = claimed.chunk(chunk);
    if (bytes === null) return ask({ kind: 'data', place, chunk, count: 1 });
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
    if (tensor === null) return tensorQuestion(place, right.type!);
    const found = this.element(place, tensor, right);
    if (typeof found !== 'number') return found;
    const told = this.accumulators(claimed, mine, node);
    if (told !== null) return told;
    const { data } = this.last;
    const isIts = data !== null && data.step === mine.step && data.node === node;
    const recorded = isIts ? { ...data, count: Math.min(data.count, right.chunks.size - data.chunk) } : null;
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
      isStacked(index) ? tensorQuestion(place(index), own.outputs.tensor(index)!.type!) : rootQuestion(place(index));
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
