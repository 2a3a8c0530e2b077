/**
 * One half of the mutations, in a process of its own: of every public value, every field of a proof, every weight, every message
 * and challenge of the transcript. Prints how many of each class were refused, and every one that was not.
 * Usage: mutations.ts <half> <halves> <mutations>
 */
import { type CheckedProgram, DTYPE_RANGE, runReference, type Tensor, type Values } from '@surety/programs';
import { type Architecture, type PublicProgram, prove, verify } from '@surety/proofs/zk';
import { Random } from '../../packages/programs/test/random.ts';
import { P } from '../../packages/proofs/src/zk/field/ext.ts';
import { graphOf } from '../../packages/proofs/src/zk/graph/from-program.ts';
import { planned } from '../../packages/proofs/src/zk/plan/pads.ts';
import { type Case, casesOf, operatorsOf } from './cases.ts';
import { challengedBy, columnLengths, type Field, fieldsOf } from './fields.ts';
import { type Tap, tapped } from './tapped.ts';

/** What became of mutations: refused, accepted, not even told so, or changed to what is true as well. */
export type Tally = Record<string, { refused: number; accepted: number; thrown: number; true: number }>;

const [half, halves, wanted] = process.argv.slice(2).map(Number) as [number, number, number];
const random = new Random(1_000 + half);
const tally: Tally = {};
const below = (n: number): number => random.int(0, n - 1);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

type Mutation = {
  readonly file?: Uint8Array;
  readonly subject?: PublicProgram | Architecture;
  readonly tap?: Tap;
  /** The program that it is now about. A weight that only meets zeros changes no run: then what is accepted is true. */
  readonly about?: CheckedProgram;
};

const same = (a: Tensor, b: Tensor): boolean => a.values.every((value, i) => value === b.values[i]);

/** Whether a program gives what was accepted. */
const gives = (program: CheckedProgram, { inputs }: Case, outputs: readonly Tensor[]): boolean => {
  const values = runReference(program, inputs);
  return program.outputs.every(({ value }, i) => same(values[value]!, outputs[i]!));
};

const attempt = async (name: string, one: Case, { file, subject, tap, about }: Mutation): Promise<void> => {
  tally[name] ??= { refused: 0, accepted: 0, thrown: 0, true: 0 };
  const check = () => verify(file ?? one.file, subject ?? one.subject);
  try {
    const verified = await (tap === undefined ? check() : tapped(tap, check));
    const held = verified.ok && about !== undefined && gives(about, one, verified.value.outputs);
    tally[name][held ? 'true' : verified.ok ? 'accepted' : 'refused']++;
    if (verified.ok && !held) process.stderr.write(`soundness: accepted: ${name}, ${one.name}, ${one.way}\n`);
  } catch (error) {
    tally[name].thrown++;
    process.stderr.write(`soundness: thrown: ${name}, ${one.name}, ${one.way}: ${String(error)}\n`);
  }
};

/** Another element, a second encoding of the same, the element's neighbour, or one of its bits. */
const otherWord = (word: number): number => {
  const kind = below(5);
  if (kind === 0 && word + P < 2 ** 32) return word + P;
  if (kind === 1) return (word + 1) % P;
  if (kind === 2) return (word + P - 1) % P;
  if (kind === 3 && word !== 0) return 0;
  return (word ^ (2 ** below(31))) >>> 0;
};

/** The file with one word or byte of a field changed, or two of its words exchanged. */
const withField = (file: Uint8Array, { at, length, words }: Field): Uint8Array | null => {
  const bytes = file.slice();
  if (!words) {
    bytes[at + below(length)]! ^= 2 ** below(8);
    return bytes;
  }
  const view = new DataView(bytes.buffer);
  const i = at + 4 * below(length / 4);
  const j = at + 4 * below(length / 4);
  const [a, b] = [view.getUint32(i, true), view.getUint32(j, true)];
  if (below(4) === 0) {
    if (a === b) return null;
    view.setUint32(i, b, true);
    view.setUint32(j, a, true);
  } else view.setUint32(i, otherWord(a), true);
  return bytes;
};

const BYTES = { i8: 1, i16: 2, i32: 4 } as const;

/** The file with one stated value changed, still one of its dtype. */
const withValue = (file: Uint8Array, at: number, { dtype }: Tensor, index: number): Uint8Array => {
  const bytes = file.slice();
  const view = new DataView(bytes.buffer);
  const width = BYTES[dtype];
  const { low, high } = DTYPE_RANGE[dtype];
  const where = at + width * index;
  const old =
    dtype === 'i8' ? view.getInt8(where) : dtype === 'i16' ? view.getInt16(where, true) : view.getInt32(where, true);
  // A neighbour half of the time, so that it may be in range as well.
  let value = below(2) === 0 ? old + (below(2) === 0 ? 1 : -1) : random.int(low, high);
  if (value === old || value < low || value > high) value = old === low ? high : low;
  if (dtype === 'i8') view.setInt8(where, value);
  else if (dtype === 'i16') view.setInt16(where, value, true);
  else view.setInt32(where, value, true);
  return bytes;
};

/** Another value of a dtype. */
const withOther = (values: Values, low: number, high: number): Values => {
  const other = values.slice() as Values;
  const i = below(other.length);
  const old = other[i]!;
  other[i] = old < high && below(2) === 0 ? old + 1 : old > low ? old - 1 : old + 1;
  return other;
};

type Prepared = {
  readonly one: Case;
  readonly fields: readonly Field[];
  /** Where inputs and outputs lie in the file. */
  readonly stated: readonly { readonly name: string; readonly at: number; readonly tensor: Tensor }[];
  readonly names: readonly Field[];
};

/** Listens to a right proof once. */
const prepare = async (one: Case): Promise<Prepared> => {
  const hidesInput = one.way === 'input hidden' || one.way === 'both hidden';
  const isPublic = one.subject.kind === 'public';
  const graph = one.subject.kind === 'public' ? graphOf(one.program, false) : one.subject.graph;
  const proofs = one.subject.kind === 'public' ? 0 : one.subject.proofs;
  const plan = await planned(graph, { hideInput: hidesInput, proofs });
  if (!plan.ok) throw new Error(plan.problem.message);
  await verify(one.file, one.subject);
  let lengths: number[] = [];
  let openings = 0;
  const tap: Tap = {
    absorb: (bytes, n) => {
      if (n === 0) [lengths, openings] = [[], 0];
      else lengths.push(bytes.length);
      return bytes;
    },
    indices: (places) => {
      lengths.push(...columnLengths(plan.value, openings++, places));
      return places;
    },
  };
  const verified = await tapped(tap, () => verify(one.file, one.subject));
  if (!verified.ok) throw new Error(`${one.name}: ${verified.problem.message}`);
  const start = one.file.length - lengths.reduce((sum, length) => sum + length, 0);
  let at = 9;
  const names: Field[] = [];
  const name = (what: string): void => {
    names.push({ name: what, at, length: 32, words: false });
    at += 32;
  };
  name(isPublic ? 'file: id of the program' : 'file: id of the architecture');
  if (!isPublic) name('file: root of the weights');
  if (hidesInput) name('file: root of the input');
  const stated: { name: string; at: number; tensor: Tensor }[] = [];
  const state = (what: string, tensors: readonly Tensor[]): void => {
    for (const tensor of tensors) {
      stated.push({ name: what, at, tensor });
      at += tensor.values.length * BYTES[tensor.dtype];
    }
  };
  state('public value: input', hidesInput ? [] : one.inputs);
  state('public value: output', verified.value.outputs);
  if (at !== start) throw new Error(`${one.name}: fields do not add up.`);
  return { one, fields: fieldsOf(plan.value, lengths, start), stated, names };
};

/** Bytes of the statement, or of a message, as the verifier would absorb another one. */
const flipped = (bytes: Uint8Array): Uint8Array => {
  const other = bytes.slice();
  other[below(other.length)]! ^= 2 ** below(8);
  return other;
};

/** The public program with one value of a constant changed that an output needs, under the same id. */
const otherProgram = ({ program, subject }: Case): PublicProgram | null => {
  if (subject.kind !== 'public') return null;
  const { needed } = graphOf(program, false);
  const ids = program.constants.map((_, i) => program.inputs.length + i).filter((id) => needed[id]);
  if (ids.length === 0) return null;
  const changed = pick(ids) - program.inputs.length;
  const constants = program.constants.map((constant, i) => {
    if (i !== changed) return constant;
    const { low, high } = DTYPE_RANGE[constant.dtype];
    const values = withOther(constant.read(), low, high);
    return { ...constant, read: () => values };
  });
  return { ...subject, program: { ...program, constants } };
};

/** Another id on both sides: the transcript alone tells them apart. */
const otherId = ({ subject, file }: Case): Mutation => {
  const at = 9 + below(32);
  const changed = file.slice();
  changed[at]! ^= 1;
  const id = subject.id.slice();
  id[at - 9]! ^= 1;
  return { file: changed, subject: { ...subject, id } };
};

const CHOICES = [
  'field',
  'field',
  'field',
  'field',
  'value',
  'statement',
  'message',
  'position',
  'weight',
  'name',
  'id',
  'length',
] as const;

const mutate = async ({ one, fields, stated, names }: Prepared): Promise<void> => {
  const choice = pick(CHOICES);
  if (choice === 'field') {
    const kinds = [...new Set(fields.filter(({ length }) => length > 0).map(({ name }) => name))];
    if (kinds.length === 0) return;
    const kind = pick(kinds);
    const field = pick(fields.filter(({ name, length }) => name === kind && length > 0));
    const file = withField(one.file, field);
    if (file !== null) await attempt(`proof, ${kind}`, one, { file });
  } else if (choice === 'value') {
    const { name, at, tensor } = pick(stated);
    await attempt(name, one, { file: withValue(one.file, at, tensor, below(tensor.values.length)) });
  } else if (choice === 'name') {
    const field = pick(names);
    await attempt(field.name, one, { file: withField(one.file, field)! });
  } else if (choice === 'id') await attempt('transcript: id, known to both sides', one, otherId(one));
  else if (choice === 'statement') {
    const absorb = (bytes: Uint8Array, n: number) => (n === 0 ? flipped(bytes) : bytes);
    await attempt('transcript: statement', one, { tap: { absorb } });
  } else if (choice === 'message') {
    const messages = challengedBy(fields);
    if (messages.length === 0) return;
    const which = 1 + below(messages.length);
    if (messages[which - 1]!.length === 0) return;
    const absorb = (bytes: Uint8Array, n: number) => (n === which ? flipped(bytes) : bytes);
    await attempt('transcript: message', one, { tap: { absorb } });
  } else if (choice === 'position') {
    // Columns without salts may be equal.
    if (!fields.some(({ name }) => name.startsWith('opening: salts of witness'))) return;
    const indices = (found: number[], limit: number): number[] => {
      const free = Array.from({ length: limit }, (_, i) => i).filter((i) => !found.includes(i));
      if (free.length === 0) return found.slice(1).concat(found[0]!);
      const others = found.slice();
      others[below(others.length)] = pick(free);
      return others.sort((a, b) => a - b);
    };
    await attempt('transcript: position of a column', one, { tap: { indices } });
  } else if (choice === 'weight') {
    const subject = otherProgram(one);
    if (subject !== null) await attempt('weight of a public program', one, { subject, about: subject.program });
  } else {
    const cut = below(2) === 0;
    const file = cut ? one.file.slice(0, -1 - below(8)) : Uint8Array.from([...one.file, below(256)]);
    await attempt('file: cut or longer', one, { file });
  }
};

/** A proof by an owner of other weights, under the same root. */
const pose = async (one: Case): Promise<void> => {
  const { prover } = one;
  if (prover.kind !== 'private' || one.way !== 'weights committed') return;
  const graph = prover.graph;
  const ids = [...graph.hidden].filter((id) => graph.needed[id]);
  const changed = pick(ids) - graph.inputs.length;
  const constants = graph.constants.map((constant, i) => {
    if (i !== changed) return constant;
    const { low, high } = DTYPE_RANGE[constant.dtype];
    const values = withOther(constant.read(), low, high);
    return { ...constant, read: () => values };
  });
  const posing = Object.create(prover, { graph: { value: { ...graph, constants } } }) as typeof prover;
  const proof = await prove(posing, one.inputs, {}).catch(() => null);
  // What fits no declared range cannot be written down at all.
  if (proof?.ok) {
    await attempt('weight of a private program', one, { file: proof.value.file, about: one.program });
  }
};

const cases = await casesOf();
const mine = cases.filter((_, i) => i % halves === half);
const ready: Prepared[] = [];
for (const one of mine) {
  const prepared = await prepare(one);
  // Where outputs follow from public values alone there is no proof: a verifier computes them.
  if (prepared.fields.length > 0) ready.push(prepared);
}
const count = (): number =>
  Object.values(tally).reduce((sum, { refused, accepted, thrown }) => sum + refused + accepted + thrown, 0);
for (let i = 0; count() < wanted; i++) {
  await mutate(ready[i % ready.length]!);
  if (i % 40 === 0) await pose(pick(mine));
}
/** Ways of hiding of the proofs whose openings go through levels. */
const levels = ready.flatMap(({ one, fields }) =>
  fields.some(({ name }) => name === 'opening: root of a level') ? [one.way] : [],
);
process.stdout.write(JSON.stringify({ tally, cases: ready.length, operators: operatorsOf(cases), levels }));
