/** Runs a program of steps over the data of a proof: what a challenger does before he says anything. */
import { concatBytes, sameBytes, sha256 } from '@surety/core';
import { add, type Ext, ext, inverse, isZero, mul, ONE, scale, sub, ZERO } from '../../field/ext.ts';
import { below, eqAt, eqPoints, indexBelow } from '../../field/multilinear.ts';
import { factorsAt } from './basis.ts';
import { challengeOf, positionsOf } from './draws.ts';
import { fail, StepFailure } from './failure.ts';
import { type Instruction, pairOf, type Step, WORD_BYTES } from './machine.ts';
import { compressBlocks } from './sha256.ts';
import { folded, foldedPowers, Stretch } from './stretch.ts';

/** What steps are about, beside the data. */
export type StepRun = { readonly input: Uint8Array; readonly output: Uint8Array };

type Register = Ext | Uint8Array;

const bytesOf = (register: Register): Uint8Array => {
  if (register instanceof Uint8Array) return register;
  const bytes = new Uint8Array(WORD_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, coordinate] of register.entries()) view.setUint32(8 * i + 4, coordinate);
  return bytes;
};

const extOf = (register: Register): Ext => {
  if (!(register instanceof Uint8Array)) return register;
  const view = new DataView(register.buffer, register.byteOffset, WORD_BYTES);
  return [view.getUint32(4), view.getUint32(12), view.getUint32(20), view.getUint32(28)];
};

/** One step under way. */
class Machine {
  readonly registers: Register[] = [];
  private readonly step: Step;
  private readonly run: StepRun;
  private readonly stretch: Stretch;
  private message: Uint8Array[] = [];

  constructor(step: Step, run: StepRun, stretch: Stretch) {
    this.step = step;
    this.run = run;
    this.stretch = stretch;
  }

  /** What nobody wrote is 0. */
  private at(register: number): Register {
    return this.registers[register] ?? ZERO;
  }

  private ext(register: number): Ext {
    return extOf(this.at(register));
  }

  private bytes(register: number): Uint8Array {
    return bytesOf(this.at(register));
  }

  private exts(from: number, count: number): Ext[] {
    return Array.from({ length: count }, (_, i) => this.ext(from + i));
  }

  private constant(from: number, length: number): Uint8Array {
    return this.step.constants.subarray(from, from + length);
  }

  private takeMessage(): Uint8Array {
    const message = concatBytes(...this.message);
    this.message = [];
    return message;
  }

  /** What an instruction puts into registers from its target on. */
  private results({ op, to, a, b, immediate }: Instruction): readonly Register[] {
    switch (op) {
      case 'add':
        return [add(this.ext(a), this.ext(b))];
      case 'sub':
        return [sub(this.ext(a), this.ext(b))];
      case 'mul':
        return [mul(this.ext(a), this.ext(b))];
      case 'scale':
        return [scale(this.ext(a), immediate)];
      case 'number':
        return [[immediate, 0, 0, 0]];
      case 'invert':
        if (isZero(this.ext(a))) fail('a factor is 0');
        return [inverse(this.ext(a))];
      case 'same':
        if (!sameBytes(this.bytes(a), this.bytes(b))) fail('two values differ');
        return [];
      case 'move':
        return [this.at(a)];
      case 'word':
        return [this.constant(immediate, WORD_BYTES)];
      case 'run':
        return [immediate === 0 ? this.run.input : this.run.output];
      case 'element':
        return [this.stretch.element(immediate)];
      case 'bytes':
        return [this.stretch.bytes(immediate, WORD_BYTES)];
      case 'putRegister':
        this.message.push(this.bytes(a));
        return [];
      case 'putConstant':
        this.message.push(this.constant(...pairOf(immediate)));
        return [];
      case 'putData': {
        this.message.push(this.stretch.bytes(...pairOf(immediate)));
        return [];
      }
      case 'digest':
        return [sha256(this.takeMessage())];
      case 'compress':
        return [compressBlocks(this.bytes(a), this.takeMessage())];
      case 'challenge':
        return [challengeOf(this.bytes(a), immediate) ?? fail('a digest holds no challenge')];
      case 'positions':
        return positionsOf(this.bytes(a), ...pairOf(immediate));
      case 'position': {
        const all = this.bytes(a + Math.floor(immediate / 8));
        const view = new DataView(all.buffer, all.byteOffset, WORD_BYTES);
        return [[0, 0, 0, view.getUint32(4 * (immediate % 8))]];
      }
      case 'factors':
        return factorsAt(this.ext(a)[3], immediate).map((factor) => ext(factor));
      case 'equalIndex':
        return [eqAt(this.exts(a, b), immediate)];
      case 'equalPoints':
        return [eqPoints(this.exts(a, b), this.exts(immediate, b))];
      case 'below':
        return [below(this.exts(a, b), immediate), indexBelow(this.exts(a, b), immediate)];
      case 'product':
        return [
          this.exts(a, b).reduce(
            (all, each, i) => (Math.floor(immediate / 2 ** i) % 2 === 1 ? mul(all, each) : all),
            ONE,
          ),
        ];
      case 'fold':
        return [folded(this.stretch.elements(immediate, b), this.exts(a, b))];
      case 'foldPowers':
        return [foldedPowers(this.stretch.elements(immediate, b), this.exts(a, b))];
      case 'integers':
        return [this.stretch.integers(this.exts(a, b), this.constant(immediate, 13))];
      case 'dot':
        return [add(this.ext(to), this.stretch.dot(this.exts(a, b), immediate))];
      case 'equalTable': {
        const [point, weight] = [this.exts(a, b), this.ext(immediate)];
        return Array.from({ length: 2 ** b }, (_, i) => add(this.ext(to + i), mul(weight, eqAt(point, i))));
      }
      case 'path':
        return [this.stretch.root(this.bytes(a), this.ext(b)[3], ...pairOf(immediate))];
    }
  }

  execute(): Uint8Array {
    for (const instruction of this.step.code) {
      for (const [i, register] of this.results(instruction).entries()) this.registers[instruction.to + i] = register;
    }
    return concatBytes(...this.step.writes.map((register) => this.bytes(register)));
  }
}

/**
 * The record that a step writes.
 * @param recordOf bytes of a record that it reads
 * @throws StepFailure where it cannot be carried out
 */
export const runStep = (
  step: Step,
  run: StepRun,
  data: Uint8Array,
  recordOf: (record: number) => Uint8Array,
): Uint8Array => {
  const { offset, length } = step.stretch;
  const machine = new Machine(step, run, new Stretch(data.subarray(offset, offset + length)));
  for (const { record, words, to } of step.reads) {
    const bytes = recordOf(record);
    for (let i = 0; i < words; i++) machine.registers[to + i] = bytes.subarray(WORD_BYTES * i, WORD_BYTES * (i + 1));
  }
  return machine.execute();
};

/** Records of all steps, up to the first that cannot be carried out. */
export type Ran = { readonly records: readonly Uint8Array[]; readonly failed: string | null };

/** Steps between which others may have their turn: milliseconds' worth. */
const STEPS_A_TURN = 32;

/** Runs steps, and yields now and then. */
function* running(steps: readonly Step[], run: StepRun, data: Uint8Array): Generator<void, Ran> {
  const records: Uint8Array[] = [];
  for (const step of steps) {
    try {
      records.push(runStep(step, run, data, (record) => records[record]!));
    } catch (error) {
      if (error instanceof StepFailure) return { records, failed: error.message };
      throw error;
    }
    if (records.length % STEPS_A_TURN === 0) yield;
  }
  return { records, failed: null };
}

/** Runs all steps over the data. */
export const runSteps = (steps: readonly Step[], run: StepRun, data: Uint8Array): Ran => {
  const turns = running(steps, run, data);
  for (;;) {
    const { done, value } = turns.next();
    if (done) return value;
  }
};

/** As {@link runSteps}, in turns: `pause` is awaited between them, so that who runs steps does other things too. */
export const runStepsInTurns = async (
  steps: readonly Step[],
  run: StepRun,
  data: Uint8Array,
  pause: () => Promise<void>,
): Promise<Ran> => {
  const turns = running(steps, run, data);
  for (;;) {
    const { done, value } = turns.next();
    if (done) return value;
    await pause();
  }
};
