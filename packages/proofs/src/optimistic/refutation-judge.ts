/** Whether a refutation shows that a run is wrong (spec 15.3, 15.5). */
import { sameBytes } from '@surety/core';
import type { TensorType } from '@surety/programs';
import { chunkSpan, elements } from '@surety/programs';
import type { Run } from '../run.ts';
import { type Reader, unreadable } from './bytes.ts';
import {
  beats,
  elementOf,
  endOf,
  foldSegments,
  type NodeView,
  namedBy,
  type Operands,
  operandCount,
  segmentsOf,
  startOf,
} from './operator.ts';
import { dataRecord, type Partials, partialsRecord, readPartials } from './partials.ts';
import { type Place, partOf } from './question.ts';
import {
  type About,
  type Committed,
  type Head,
  type Notes,
  type Span,
  Statement,
  type Step,
  sameType,
  stackedType,
  stated,
  valuesIn,
} from './statement.ts';
import { joinWords, readOpening } from './tree.ts';
import { type Verdict, verdict } from './verdict.ts';

/** The refutations by name, as their first byte counts them. */
export const REFUTATION = {
  element: 1,
  partial: 2,
  end: 3,
  output: 4,
  stacked: 5,
  link: 6,
  slice: 7,
  input: 8,
} as const;

type Opened = { readonly type: TensorType; readonly spans: readonly Span[] };

/** OPERAND: a value of the step, and what is opened of it. */
const readOperand = (lead: Statement, head: Head, step: Step, id: number): Opened => {
  const tensor = lead.tensor();
  lead.value(head, step, id, tensor.root);
  const type = tensor.type ?? unreadable('an operand is of no type');
  const spans = Array.from({ length: lead.from.u8() }, (): Span => {
    const [chunk, count] = [lead.from.u32(), lead.from.u8()];
    const bytes = lead.chunks(tensor, chunk, count);
    return { offset: chunkSpan(type, chunk).offset, bytes };
  });
  return { type, spans };
};

/** Operands that are read as they are needed the first time, in order. */
const opened = (list: readonly (Opened | undefined)[]): Operands => {
  const at = (place: number): Opened => list[place] ?? unreadable('an operand is not opened');
  return {
    type: (place) => at(place).type,
    run: (place, index, count) => {
      const { type, spans } = at(place);
      const width = type.dtype === 'i8' ? 1 : type.dtype === 'i16' ? 2 : 4;
      const span = spans.find(
        ({ offset, bytes }) => index * width >= offset && (index + count) * width <= offset + bytes.length,
      );
      return valuesIn(type, index, count, span ?? unreadable('an element is not opened'));
    },
  };
};

/** Operands `from .. to − 1` of those that a node names. */
const readOperands = (
  lead: Statement,
  head: Head,
  step: Step,
  { node }: NodeView,
  [from, to]: readonly [number, number],
): Operands => {
  const list: (Opened | undefined)[] = [];
  for (const [place, id] of namedBy(node).entries()) {
    if (place >= from && place < to) list[place] = readOperand(lead, head, step, id);
  }
  return opened(list);
};

/** Of `concat`, operands up to the one that holds the element; of all others, all. */
const operandsOfElement = (lead: Statement, head: Head, step: Step, view: NodeView, element: number): Operands => {
  const named = namedBy(view.node);
  if (view.node.form.op !== 'concat') return readOperands(lead, head, step, view, [0, named.length]);
  const list: Opened[] = [];
  const type = (place: number): TensorType => {
    const id = named[place] ?? unreadable('no operand of concat holds the element');
    list[place] ??= readOperand(lead, head, step, id);
    return list[place].type;
  };
  operandCount(view, element, type);
  return opened(list);
};

/** SOURCE out of the record of data. */
const recorded = (
  lead: Statement,
  record: Uint8Array,
  place: { readonly step: number; readonly node: number; readonly encoding: Uint8Array },
  type: TensorType,
  element: number,
): number => {
  const { from } = lead;
  const [chunk, count] = [from.u32(), from.u8()];
  if (count === 0) unreadable('no data is recorded');
  const first = chunkSpan(type, chunk);
  const last = chunkSpan(type, chunk + count - 1);
  const bytes = last.offset + last.length - first.offset;
  const width = type.dtype === 'i8' ? 1 : type.dtype === 'i16' ? 2 : 4;
  const at = element * width - first.offset;
  if (at < 0 || at + width > bytes) unreadable('an element is not opened');
  let word = new Uint8Array(0);
  const leaf = (): Uint8Array => {
    word = Uint8Array.from(from.take(32));
    return word;
  };
  const index = Math.floor(at / 32);
  const words = readOpening(from, Math.ceil(bytes / 32), { first: index, count: 1 }, leaf, { join: joinWords });
  if (!sameBytes(dataRecord({ ...place, chunk, count, words }), record)) unreadable('other data is recorded');
  return valuesIn(type, element, 1, { offset: first.offset + 32 * index, bytes: word })[0]!;
};

/** The claimed element of a node, out of its chunk. */
const claimedOf = (
  lead: Statement,
  head: Head,
  step: Step,
  node: number,
  type: TensorType,
  element: number,
): number => {
  const tensor = lead.ofType(type);
  lead.nodeValue(head, step, node, tensor.root);
  return lead.element(tensor, element);
};

const element = (lead: Statement, record: Uint8Array): boolean => {
  const { from } = lead;
  const head = lead.head();
  const step = lead.step(head, from.u32());
  const [node, at] = [from.u32(), from.u32()];
  const view = lead.nodeAsKnown();
  const source = from.u8();
  if (source > 1) unreadable('the element has no such source');
  if (source === 0) lead.nodeAt(head, node, view.encoding);
  const place = { step: step.step, node, encoding: view.encoding };
  const claimed =
    source === 0 ? claimedOf(lead, head, step, node, view.type, at) : recorded(lead, record, place, view.type, at);
  const rival = view.node.form.op === 'argmax' ? from.u32() : null;
  const operands = operandsOfElement(lead, head, step, view, at);
  const about = { place: { of: 'node', step: step.step, index: node }, element: at, claimed } as const;
  lead.noteNode(node, view);
  if (rival !== null) {
    lead.noteAbout({ ...about, computed: null });
    return beats(at, claimed, rival, operands);
  }
  const computed = elementOf(view, at, operands);
  lead.noteAbout({ ...about, computed });
  return computed !== BigInt(claimed);
};

/** PARTIALS, if they are the recorded ones. */
const recordedPartials = (from: Reader, record: Uint8Array): Partials => {
  const partials = readPartials(from);
  return sameBytes(partialsRecord(partials), record) ? partials : unreadable('other accumulators are recorded');
};

const nodeOf = ({ step, node }: Partials) => ({ of: 'node', step, index: node }) as const;

/** What is known before the element of a list is. */
const entry = (place: Place): About => ({ place, element: null, claimed: null, computed: null });

const foldOf = (lead: Statement, { step, node, element: at }: Partials) => {
  const head = lead.head();
  const shown = lead.step(head, step);
  const view = lead.node(head, node);
  if (at >= elements(view.type.shape)) unreadable('there is no such element');
  return { head, step: shown, view };
};

const sameSegments = ({ segments }: Partials, { node }: NodeView, { type }: Operands): void => {
  if (segments !== segmentsOf(node, type)) unreadable('the fold has another number of segments');
};

const partial = (lead: Statement, record: Uint8Array): boolean => {
  const partials = recordedPartials(lead.from, record);
  const part = lead.from.u8();
  if (part >= partials.accumulators.length) unreadable('there is no such part');
  const { first: from, last: to, start } = partOf(partials, part);
  const { head, step, view } = foldOf(lead, partials);
  const { op } = view.node.form;
  const read = op === 'affine' ? ([from, to] as const) : ([0, op === 'matmul' || op === 'conv' ? 2 : 1] as const);
  const operands = readOperands(lead, head, step, view, read);
  sameSegments(partials, view, operands);
  const before = BigInt(from === 0 ? startOf(view.node) : start);
  const after = foldSegments(view, partials.element, { from, to, start: before }, operands);
  const claimed = partials.accumulators[part]!;
  lead.noteAbout({ place: nodeOf(partials), element: partials.element, claimed, computed: after });
  return after !== BigInt(claimed);
};

const end = (lead: Statement, record: Uint8Array): boolean => {
  const partials = recordedPartials(lead.from, record);
  if (partials.last !== partials.segments) unreadable('these are not the last accumulators');
  const { head, step, view } = foldOf(lead, partials);
  const claimed = claimedOf(lead, head, step, partials.node, view.type, partials.element);
  const all = view.node.form.op === 'affine' ? 0 : namedBy(view.node).length;
  const operands = readOperands(lead, head, step, view, [0, all]);
  sameSegments(partials, view, operands);
  const last = BigInt(partials.accumulators.at(-1)!);
  const computed = endOf(view, partials.element, last, operands);
  lead.noteAbout({ place: nodeOf(partials), element: partials.element, claimed, computed });
  return computed !== BigInt(claimed);
};

const output = (lead: Statement): boolean => {
  const { from, run } = lead;
  const head = lead.head();
  const { outputs, states } = lead.interface(head);
  const count = from.u32();
  const root = lead.list('outputs', run.output, count);
  if (count !== outputs.length) return true;
  const index = from.u8();
  lead.noteAbout(entry({ of: 'output', index }));
  if (head.steps > 1 && !states.some((state) => state.output === index)) unreadable('a stacked output is no value');
  const given = from.hash();
  lead.inList('outputs', { count, root }, index, given);
  const step = lead.step(head, head.steps - 1);
  const value = from.hash();
  lead.value(head, step, outputs[index]!, value);
  return !sameBytes(given, value);
};

/** HEAD, STEP and INTERFACE of a refutation about one step of several. */
const inStep = (lead: Statement) => {
  const head = lead.head();
  const step = lead.step(head, lead.from.u32());
  const ports = lead.interface(head);
  if (head.steps === 1) unreadable('there is but one step');
  return { head, step, ports };
};

const stackedOutput = (lead: Statement): boolean => {
  const { from, run } = lead;
  const { head, step, ports } = inStep(lead);
  const index = from.u8();
  lead.noteAbout(entry({ of: 'output', index }));
  if (ports.states.some((state) => state.output === index)) unreadable('a state is not stacked');
  const count = ports.outputs.length;
  const root = lead.list('outputs', run.output, count);
  const all = lead.tensor();
  lead.inList('outputs', { count, root }, index, all.root);
  const one = lead.tensor();
  lead.value(head, step, ports.outputs[index]!, one.root);
  if (!sameType(all.stated, stackedType(one.stated, head.steps))) return true;
  const at = from.u32();
  const offset = step.step * elements(one.stated.shape) + at;
  const given = lead.element(all, offset);
  const value = lead.element(one, at);
  lead.noteAbout({ place: { of: 'output', index }, element: offset, claimed: given, computed: BigInt(value) });
  return given !== value;
};

const link = (lead: Statement): boolean => {
  const { from, run } = lead;
  const { head, step, ports } = inStep(lead);
  const state = ports.states[from.u8()] ?? unreadable('there is no such state');
  lead.noteAbout(entry({ of: 'step-input', step: step.step, index: state.input }));
  const taken = from.hash();
  lead.listed(head, step.step, step.list, state.input, taken);
  if (step.step === 0) {
    const given = from.hash();
    lead.listed(head, 'inputs', run.input, state.input, given);
    return !sameBytes(taken, given);
  }
  const before = lead.step(head, step.step - 1);
  const given = from.hash();
  lead.value(head, before, ports.outputs[state.output]!, given);
  return !sameBytes(taken, given);
};

const slice = (lead: Statement): boolean => {
  const { from, run } = lead;
  const { head, step, ports } = inStep(lead);
  const index = from.u8();
  lead.noteAbout(entry({ of: 'step-input', step: step.step, index }));
  if (ports.states.some((state) => state.input === index)) unreadable('a state is no slice');
  const one = lead.tensor();
  lead.listed(head, step.step, step.list, index, one.root);
  const all = lead.tensor();
  lead.listed(head, 'inputs', run.input, index, all.root);
  if (!sameType(all.stated, stackedType(one.stated, head.steps))) return true;
  const at = from.u32();
  const taken = lead.element(one, at);
  const given = lead.element(all, step.step * elements(one.stated.shape) + at);
  const place = { of: 'step-input', step: step.step, index } as const;
  lead.noteAbout({ place, element: at, claimed: taken, computed: BigInt(given) });
  return taken !== given;
};

const input = (lead: Statement): boolean => {
  const { from, run } = lead;
  const head = lead.head();
  const { inputs, states } = lead.interface(head);
  const where = from.u8();
  if (where !== 1 && where !== 2) unreadable('there is no such list of inputs');
  const step = where === 1 ? lead.step(head, from.u32()) : null;
  const [of, id] = step === null ? (['inputs', run.input] as const) : ([step.step, step.list] as const);
  const count = from.u32();
  const root = lead.list(of, id, count);
  if (count !== head.inputs) return true;
  const index = from.u8();
  lead.noteAbout(entry(step === null ? { of: 'input', index } : { of: 'step-input', step: step.step, index }));
  const spec = inputs[index] ?? unreadable('there is no such input');
  const tensor: Committed = lead.tensor();
  lead.inList(of, { count, root }, index, tensor.root);
  const isStream = step === null && head.steps > 1 && !states.some((state) => state.input === index);
  const wanted = isStream ? stackedType(stated(spec), head.steps) : stated(spec);
  if (!sameType(tensor.stated, wanted)) return true;
  const at = from.u32();
  const value = lead.element(tensor, at);
  lead.noteAbout({
    ...entry(step === null ? { of: 'input', index } : { of: 'step-input', step: step.step, index }),
    element: at,
    claimed: value,
  });
  return value < spec.low || value > spec.high;
};

const JUDGES: Readonly<Record<number, (lead: Statement, record: Uint8Array) => boolean>> = {
  [REFUTATION.element]: element,
  [REFUTATION.partial]: partial,
  [REFUTATION.end]: end,
  [REFUTATION.output]: output,
  [REFUTATION.stacked]: stackedOutput,
  [REFUTATION.link]: link,
  [REFUTATION.slice]: slice,
  [REFUTATION.input]: input,
};

export const judgeRefutation = (run: Run, record: Uint8Array, from: Reader, notes: Notes | null = null): Verdict => {
  const kind = JUDGES[from.u8()] ?? unreadable('it is of no known kind');
  const refuted = kind(new Statement(run, from, notes), record);
  from.end();
  return refuted ? verdict('refuted') : verdict('not-shown', 'what it opens is as it should be');
};
