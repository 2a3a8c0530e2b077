/** All values that a proof commits to or looks up, as words in the memory of the prover. */
import { assertInvariant } from '@surety/core';
import type { Tensor, ValueId } from '@surety/programs';
import { DERIVED, type Place } from '../commit/place.ts';
import { nodeOf } from '../graph/graph.ts';
import type { LookupTable } from '../lookup/column.ts';
import { countLookups } from '../lookup/multiplicities.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';
import type { Content } from '../plan/blocks.ts';
import { partOf, type WidePart } from '../plan/differences.ts';
import { type Derived, type PlannedMatrix, type ProofPlan, type StagePart, stagedTie } from '../plan/plan.ts';
import { splitOf } from '../plan/stages.ts';
import type { Chosen } from '../plan/ties.ts';
import { type End, limbBits } from '../plan/wide.ts';
import { marginsOf } from '../relations/argmax.ts';
import { type ChosenPart, chosenOf } from '../relations/chosen.ts';
import { keysOf } from '../relations/gather.ts';
import { type Maximum, maximumLevels } from '../relations/maxima.ts';
import type { Run } from './run.ts';
import { fillAway, fillQuotients, fillRemainder, fillValue } from './words.ts';

export type Witness = {
  /** Where the words of a place lie; null of those of hidden constants, which were committed to before. */
  readonly words: (place: Place) => BaseVector;
  /** All words of a matrix, row by row. */
  readonly matrix: (index: number) => BaseVector;
};

/** Differences and relus of the levels of a maximum. */
type Levels = (id: ValueId) => readonly { readonly difference: Tensor; readonly relu: Tensor }[];

const levelsOf = (plan: ProofPlan, run: Run): Levels => {
  const made = new Map<ValueId, ReturnType<Levels>>();
  const make = (id: ValueId): ReturnType<Levels> => {
    const form = nodeOf(plan.graph, id)!.form as Maximum;
    const relus = plan.relus.get(id)!;
    const tensor = (level: number, values: Int32Array): Tensor => ({ ...plan.types[relus[level]!]!, values });
    return maximumLevels(form, run.value(form.x), plan.types[id]!.shape).map(({ difference, relu }, level) => ({
      difference: tensor(level, difference),
      relu: tensor(level, relu),
    }));
  };
  return (id) => {
    const levels = made.get(id) ?? make(id);
    made.set(id, levels);
    return levels;
  };
};

const fillPart = (plan: ProofPlan, run: Run, id: ValueId, part: StagePart, words: Uint32Array): void => {
  const { shifts, quotients } = stagedTie(plan, id);
  fillQuotients(words, run.sums(id), shifts, part, splitOf(quotients));
};

/** A part of what an `argmax` that is no output chooses from; null for the largest of each row. */
const fillChoice = (plan: ProofPlan, run: Run, id: ValueId, part: ChosenPart | null, words: Uint32Array): void => {
  const { x, top } = plan.ties[id] as Chosen;
  const [operand, indices] = [run.value(x), run.value(id)];
  const choice = chosenOf(operand, indices, top);
  if (part === null) fillValue(words, { ...indices, dtype: 'i32', values: choice.most });
  else fillValue(words, { ...operand, dtype: 'i32', values: choice.part(part) });
};

/** A part of the differences of a level of a maximum. */
const fillWide = (
  plan: ProofPlan,
  levels: Levels,
  { id, level, part }: { readonly id: ValueId; readonly level: number; readonly part: WidePart },
  words: Uint32Array,
): void => {
  const tie = plan.ties[id];
  assertInvariant(tie?.kind === 'maximum' && 'upper' in tie.table, `Value ${id} has no parts.`);
  const { difference } = levels(id)[level]!;
  const of = partOf(part, tie.table.k);
  fillValue(words, { ...difference, values: Int32Array.from(difference.values, of) });
};

/** A part of what an input is away from an end of its range. */
const fillEnd = (
  plan: ProofPlan,
  run: Run,
  id: ValueId,
  end: End,
  part: 'limb' | 'upper',
  words: Uint32Array,
): void => {
  const range = plan.graph.inputs[id]!;
  const away = end === 'low' ? (v: number) => v - range.low : (v: number) => range.high - v;
  fillAway(words, run.value(id), away, part, limbBits(range));
};

const fillContent = (plan: ProofPlan, run: Run, levels: Levels, content: Content, words: Uint32Array): void => {
  if (content.of === 'value') fillValue(words, run.value(content.id));
  if (content.of === 'relu') fillValue(words, levels(content.id)[content.level]!.relu);
  if (content.of === 'most') fillChoice(plan, run, content.id, null, words);
  if (content.of === 'choice') fillChoice(plan, run, content.id, content.part, words);
  if (content.of === 'part') fillWide(plan, levels, content, words);
  if (content.of === 'limb') fillEnd(plan, run, content.id, content.end, 'limb', words);
  if (content.of === 'lower' || content.of === 'clipped') fillPart(plan, run, content.id, content.of, words);
  if (content.of !== 'remainder') return;
  const { shifts, limbs } = stagedTie(plan, content.id);
  fillRemainder(words, run.sums(content.id), shifts, limbs[content.limb]!);
};

const fillDerived = (plan: ProofPlan, run: Run, levels: Levels, derived: Derived, words: Uint32Array): void => {
  const { id } = derived;
  if (derived.of === 'value') fillValue(words, run.value(id));
  else if (derived.of === 'choice') fillChoice(plan, run, id, derived.part, words);
  else if (derived.of === 'part') fillWide(plan, levels, derived, words);
  else if (derived.of === 'away') fillEnd(plan, run, id, derived.end, 'upper', words);
  else if (derived.of === 'margin') {
    const x = run.value((nodeOf(plan.graph, id)!.form as { readonly x: ValueId }).x);
    fillValue(words, { ...x, dtype: 'i32', values: marginsOf(x, run.value(id)) });
  } else if (derived.of === 'key') {
    const { data, index } = nodeOf(plan.graph, id)!.form as { readonly data: ValueId; readonly index: ValueId };
    const { shape } = plan.types[id]!;
    fillValue(words, { dtype: 'i32', shape, values: keysOf(plan.types[data]!.shape, run.value(index)) });
  } else if (derived.of === 'difference') fillValue(words, levels(id)[derived.level]!.difference);
  else fillPart(plan, run, id, derived.of, words);
};

/** Room of so many words, all 0. */
const zeros = (memory: ProofMemory, length: number): BaseVector => {
  const vector = memory.base(length);
  memory.words(vector).fill(0);
  return vector;
};

const part = ({ address }: BaseVector, { offset, vars }: Place): BaseVector => ({
  address: address + 4 * offset,
  length: 2 ** vars,
});

/** Writes everything but hidden constants. What it takes of the memory stays taken. */
export const makeWitness = (
  memory: ProofMemory,
  plan: ProofPlan,
  tables: readonly LookupTable[],
  run: Run,
): Witness => {
  const width = 2 ** plan.rowVars;
  const levels = levelsOf(plan, run);
  const room = ({ kind, rows }: PlannedMatrix): BaseVector | null =>
    kind === 'weights' ? null : zeros(memory, rows * width);
  const matrices = plan.matrices.map(room);
  const derived = plan.derived.map(({ vars }) => zeros(memory, 2 ** vars));
  const words = (place: Place): BaseVector => {
    if (place.matrix === DERIVED) return derived[place.offset]!;
    const matrix = matrices[place.matrix];
    assertInvariant(matrix !== null && matrix !== undefined, 'The words of hidden constants lie in their commitment.');
    return part(matrix, place);
  };
  for (const { blocks } of plan.matrices) {
    for (const { place, content } of blocks) {
      if (content.of !== 'strip') fillContent(plan, run, levels, content, memory.words(words(place)));
    }
  }
  for (const [i, one] of plan.derived.entries()) fillDerived(plan, run, levels, one, memory.words(derived[i]!));
  const counts = countLookups(plan.columns, tables, ({ values }) => values.map((place) => memory.words(words(place))));
  for (const [table, { multiplicity }] of plan.tables.entries()) {
    memory.words(words(multiplicity)).set(counts[table]!);
  }
  return { words, matrix: (index) => matrices[index]! };
};
