/** Writes a program of steps: registers, records and stretches are given out here, so that verifiers name values alone. */
import { assertInvariant, concatBytes } from '@surety/core';
import {
  type Instruction,
  integersOf,
  MOST,
  type Opcode,
  pair,
  READS_DATA,
  type Read,
  type Step,
  WORD_BYTES,
} from './machine.ts';

/** A word of a record. */
export type Ref = { readonly record: number; readonly word: number };

/** A register. */
export type Register = number;

/** Has a step compute something, out of records that it reads. */
export type Maker = (step: StepWriter) => Register;

/** A value: a word of a record, an element of the data, an element of the base field that everybody knows, or what a step makes. */
export type Value = Ref | { readonly data: number } | { readonly known: number } | { readonly make: Maker };

/** About how much gas instructions take, `[each, each coordinate or value of theirs]`: so that steps are filled, not overfilled. */
const GAS: Readonly<Partial<Record<Opcode, readonly [each: number, more: number]>>> = {
  mul: [700, 0],
  scale: [500, 0],
  equalIndex: [900, 420],
  equalPoints: [900, 1_000],
  below: [900, 1_400],
  integers: [1_500, 0],
  invert: [15_000, 0],
  element: [2_500, 0],
};
const GAS_OF_OTHERS = 400;
/** Of an integer that is read, and of a coefficient of a table. */
const GAS_OF_INTEGER = 1_500;
const GAS_OF_COEFFICIENT = 900;
/** To load a word of a record, and to open the record. */
const GAS_OF_WORD = 700;
const GAS_OF_RECORD = 4_000;

/** An instruction before its stretch is known: its offset in the data is kept apart. */
type Written = Instruction & { readonly data: number | null };

type Ends = { from: number; to: number };

/** A register of an element that is 1 at a coordinate: four lanes of 64 bits. */
const unitBytes = (coordinate: number): Uint8Array => {
  const bytes = new Uint8Array(WORD_BYTES);
  bytes[8 * coordinate + 7] = 1;
  return bytes;
};

/** One step. Offsets are of the whole data: the stretch is from the first byte that is named to the last. */
export class StepWriter {
  private readonly lengths: readonly number[];
  private readonly reads: Read[] = [];
  private readonly code: Written[] = [];
  private constants: Uint8Array = new Uint8Array();
  /** Constants that hold an offset, patched when the stretch is known. */
  private readonly integer: { at: number; make: (start: number) => Uint8Array }[] = [];
  private next = 0;
  private readonly made = new Map<Maker, Register>();
  private spent = 0;
  private ends: Ends | null = null;

  /** @param lengths words of each record so far */
  constructor(lengths: readonly number[]) {
    this.lengths = lengths;
  }

  /** About the gas of its instructions and records so far. */
  get gas(): number {
    return this.spent;
  }

  /** Registers that are left. */
  get left(): number {
    return MOST.registers - this.next;
  }

  /** So many registers in a row. */
  take(count: number): Register {
    this.next += count;
    assertInvariant(this.next <= MOST.registers, `A step has ${this.next} registers.`);
    return this.next - count;
  }

  private emit(op: Opcode, to: number, a = 0, b = 0, immediate = 0, data: number | null = null): Register {
    this.code.push({ op, to, a, b, immediate, data });
    const [each, more] = GAS[op] ?? [GAS_OF_OTHERS, 0];
    this.spent += each + more * b;
    return to;
  }

  private sees(offset: number, length: number): number {
    const { from, to } = this.ends ?? { from: offset, to: offset + length };
    this.ends = { from: Math.min(from, offset), to: Math.max(to, offset + length) };
    return offset;
  }

  private constant(bytes: Uint8Array): number {
    const at = this.constants.length;
    this.constants = concatBytes(this.constants, bytes);
    return at;
  }

  /** The register of a word of a record, which is loaded whole. */
  get({ record, word }: Ref): Register {
    let read = this.reads.find((each) => each.record === record);
    if (read === undefined) {
      const words = this.lengths[record]!;
      read = { record, words, to: this.take(words) };
      this.reads.push(read);
      this.spent += GAS_OF_RECORD + GAS_OF_WORD * words;
    }
    return read.to + word;
  }

  value(value: Value): Register {
    if ('known' in value) return this.number(value.known);
    if ('make' in value) return this.computed(value.make);
    return 'data' in value ? this.element(value.data) : this.get(value);
  }

  /** What a maker makes, once in a step. */
  computed(make: Maker): Register {
    const register = this.made.get(make) ?? make(this);
    this.made.set(make, register);
    return register;
  }

  /** Values in registers one after the other. */
  row(values: readonly Value[]): Register {
    const registers = values.map((value) => this.value(value));
    const first = registers[0] ?? 0;
    if (registers.every((register, i) => register === first + i)) return first;
    const to = this.take(registers.length);
    for (const [i, register] of registers.entries()) this.moveTo(to + i, register);
    return to;
  }

  moveTo(to: Register, from: Register): void {
    this.emit('move', to, from);
  }

  add = (a: Register, b: Register): Register => this.emit('add', this.take(1), a, b);
  sub = (a: Register, b: Register): Register => this.emit('sub', this.take(1), a, b);
  mul = (a: Register, b: Register): Register => this.emit('mul', this.take(1), a, b);
  scale = (a: Register, by: number): Register => this.emit('scale', this.take(1), a, 0, by);
  number = (x: number): Register => this.emit('number', this.take(1), 0, 0, x);
  invert = (a: Register): Register => this.emit('invert', this.take(1), a);
  same = (a: Register, b: Register): void => void this.emit('same', 0, a, b);
  /** The element that is 1 at coordinate c. */
  unit = (c: number): Register => (c === 0 ? this.number(1) : this.word(unitBytes(c)));
  word = (bytes: Uint8Array): Register => this.emit('word', this.take(1), 0, 0, this.constant(bytes));
  input = (): Register => this.emit('run', this.take(1), 0, 0, 0);
  output = (): Register => this.emit('run', this.take(1), 0, 0, 1);

  element(offset: number): Register {
    return this.emit('element', this.take(1), 0, 0, 0, this.sees(offset, 16));
  }

  bytes(offset: number): Register {
    return this.emit('bytes', this.take(1), 0, 0, 0, this.sees(offset, WORD_BYTES));
  }

  putRegister(a: Register): void {
    this.emit('putRegister', 0, a);
  }

  putConstant(bytes: Uint8Array): void {
    if (bytes.length > 0) this.emit('putConstant', 0, 0, 0, pair(this.constant(bytes), bytes.length));
  }

  putData(offset: number, length: number): void {
    if (length > 0) this.emit('putData', 0, 0, 0, length, this.sees(offset, length));
  }

  digest = (): Register => this.emit('digest', this.take(1));
  compress = (a: Register): Register => this.emit('compress', this.take(1), a);
  challenge = (state: Register, number: number): Register => this.emit('challenge', this.take(1), state, 0, number);

  positions(state: Register, count: number, bits: number): Register {
    return this.emit('positions', this.take(Math.ceil(count / 8)), state, 0, pair(count, bits));
  }

  position = (all: Register, index: number): Register => this.emit('position', this.take(1), all, 0, index);
  factors = (position: Register, vars: number): Register => this.emit('factors', this.take(vars), position, 0, vars);

  equalIndex(point: readonly Value[], index: number): Register {
    return this.emit('equalIndex', this.take(1), this.row(point), point.length, index);
  }

  equalPoints(a: readonly Value[], b: readonly Value[]): Register {
    const [first, second] = [this.row(a), this.row(b)];
    return this.emit('equalPoints', this.take(1), first, a.length, second);
  }

  /** @returns the register of `Σ eq(i)`; that of `Σ eq(i)·i` is the next */
  below(point: readonly Value[], size: number): Register {
    return this.emit('below', this.take(2), this.row(point), point.length, size);
  }

  product = (factors: readonly Value[], bits: number): Register =>
    this.emit('product', this.take(1), this.row(factors), factors.length, bits);

  fold(point: readonly Value[], offset: number): Register {
    return this.emit('fold', this.take(1), this.row(point), point.length, 0, this.sees(offset, 16 * 2 ** point.length));
  }

  foldPowers(factors: readonly Value[], offset: number): Register {
    const seen = this.sees(offset, 16 * 2 ** factors.length);
    return this.emit('foldPowers', this.take(1), this.row(factors), factors.length, 0, seen);
  }

  integers(
    point: readonly Value[],
    dtype: number,
    range: { readonly low: number; readonly high: number },
    count: number,
    offset: number,
  ): Register {
    this.sees(offset, count * 2 ** (dtype - 1));
    this.spent += GAS_OF_INTEGER * 2 ** point.length;
    const make = (start: number): Uint8Array => integersOf(dtype, range, count, offset - start);
    const at = this.constant(make(offset));
    this.integer.push({ at, make });
    return this.emit('integers', this.take(1), this.row(point), point.length, at);
  }

  /** Adds to register `to`. */
  dot(to: Register, by: Register, count: number, offset: number): void {
    this.emit('dot', to, by, count, 0, this.sees(offset, 4 * count));
  }

  /** Adds to registers from `to` on. */
  equalTable(to: Register, point: readonly Value[], weight: Register): void {
    this.spent += GAS_OF_COEFFICIENT * 2 ** point.length;
    this.emit('equalTable', to, this.row(point), point.length, weight);
  }

  path(leaf: Register, position: Register, levels: number, offset: number): Register {
    return this.emit('path', this.take(1), leaf, position, levels, this.sees(offset, WORD_BYTES * levels));
  }

  finish(writes: readonly Register[]): Step {
    const { from, to } = this.ends ?? { from: 0, to: 0 };
    assertInvariant(
      to - from <= MOST.stretchBytes && writes.length <= MOST.recordWords,
      `A step sees ${to - from} bytes and writes ${writes.length} words.`,
    );
    const constants = this.constants.slice();
    for (const { at, make } of this.integer) constants.set(make(from), at);
    const code = this.code.map(({ data, ...instruction }): Instruction => {
      if (data === null) return instruction;
      const offset = data - from;
      if (READS_DATA.has(instruction.op)) return { ...instruction, immediate: offset };
      const [first, second] =
        instruction.op === 'path' ? [instruction.immediate, offset] : [offset, instruction.immediate];
      return { ...instruction, immediate: pair(first, second) };
    });
    const reads = this.reads.toSorted((a, b) => a.record - b.record);
    return { reads, stretch: { offset: from, length: to - from }, writes, constants, code };
  }
}

/** A program has more steps than it may have. */
export class TooManySteps extends Error {}

/** All steps, and where the transcript stands. */
export class ProgramWriter {
  readonly steps: Step[] = [];
  private readonly lengths: number[] = [];
  private readonly most: number;

  /** @param most steps that are written */
  constructor(most: number) {
    this.most = most;
  }

  /** @returns where the record of the step is; its words are what the body gives */
  step(body: (step: StepWriter) => readonly Register[]): number {
    if (this.steps.length === this.most) throw new TooManySteps();
    const writer = new StepWriter(this.lengths);
    const writes = body(writer);
    this.steps.push(writer.finish(writes));
    return this.lengths.push(writes.length) - 1;
  }
}

/** Words `from .. to − 1` of a record. */
export const words = (record: number, from: number, to: number): Ref[] =>
  Array.from({ length: to - from }, (_, i) => ({ record, word: from + i }));

/** What eq of a point is at indices, each made once in a step. */
export const indexWeights = (step: StepWriter, point: readonly Value[]): ((index: number) => Register) => {
  const made = new Map<number, Register>();
  return (index) => {
    const weight = made.get(index) ?? step.equalIndex(point, index);
    made.set(index, weight);
    return weight;
  };
};
