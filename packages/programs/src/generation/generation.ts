/**
 * Greedy generation as an iterated program (spec 15.1): a model that reads one token a step, made to read what it said
 * itself. The token said, its place and the keys and values kept are states; a prompt is a stream, so that what was given and
 * what the model added are told apart by the claim's input.
 */
import { type Problem, type Result, refuse, SuretyError, show, unwrap } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { toIntegers } from '../encoding.ts';
import { inlineProgram } from '../inline.ts';
import type { InputSpec, ValueId } from '../program.ts';
import { StepBuilder } from '../step-builder.ts';
import { tensor } from '../tensor.ts';

/** How a model of one token a step names what it reads and says; what it keeps are its states. */
export type TokenStep = {
  /** Input `[1]`: the token, 0 .. vocabulary − 1. */
  readonly token: string;
  /** Input `[1]`: its place in the text, 0 .. context − 1. */
  readonly place: string;
  /** Input `[1, context]`, added to scores: 0 where the newest places are, `masked` where the text has not begun. */
  readonly mask: string;
  readonly masked: number;
  /** Output `[1, vocabulary]`, of which the first largest is said. */
  readonly logits: string;
  /** The token that begins a text: it stands at place 0, and what was before it is masked. */
  readonly begins: number;
};

const ONE = { mantissa: 1, exponent: 0 };

const lacking = (what: string, name: string, known: readonly string[]): Problem => ({
  code: 'program.invalid',
  message: `The program has no ${what} ${name}.`,
  next: `Name one of: ${known.join(', ')}.`,
  field: name,
  value: show(name),
});

const inputOf = (program: CheckedProgram, name: string): InputSpec => {
  const found = program.inputs.find((input) => input.name === name);
  if (found !== undefined) return found;
  throw new SuretyError(
    lacking(
      'input',
      name,
      program.inputs.map((input) => input.name),
    ),
  );
};

/** For each place the row of the mask that shows it and the places before it. */
const maskRows = ({ dtype, shape, encoding, low, high }: InputSpec, places: number, masked: number) => {
  const width = shape.at(-1) ?? 1;
  const rows = Array.from({ length: places * width }, (_, at) =>
    at % width < width - 1 - Math.floor(at / width) ? masked : 0,
  );
  return tensor(dtype, [places, width], toIntegers(rows, encoding, { low, high }).integers);
};

class Generation {
  private readonly b = new StepBuilder();
  private readonly program: CheckedProgram;
  private readonly step: TokenStep;

  constructor(program: CheckedProgram, step: TokenStep) {
    this.program = program;
    this.step = step;
  }

  /** The prompt's token where it has one, else what was said last. */
  private read({ dtype, low, high }: InputSpec, said: ValueId): ValueId {
    const { b } = this;
    const prompt = b.input({ name: 'prompt', dtype, shape: [1], low: -1, high, encoding: ONE });
    const free = b.tabled(prompt, 'i8', (token) => (token < 0 ? 1 : 0));
    const given = b.tabled(prompt, dtype, (token) => Math.max(token, 0));
    const own = b.staged({ op: 'mul', a: said, b: free }, dtype, 0, { low, high });
    return b.staged({ op: 'affine', x: [own, given], c: [1, 1], d: 0 }, dtype, 0, { low, high });
  }

  /** One place further, the last one again where the context ends; 0 where a text begins. */
  private moved({ dtype, low, high }: InputSpec, token: ValueId, before: ValueId): ValueId {
    const { b } = this;
    const goesOn = b.tabled(token, 'i8', (read) => (read === this.step.begins ? 0 : 1));
    const further = b.staged({ op: 'affine', x: [before], c: [1], d: 1 }, dtype, 0, { low, high });
    return b.staged({ op: 'mul', a: further, b: goesOn }, dtype, 0, { low, high });
  }

  private next(name: string, value: ValueId, encoding: InputSpec['encoding']): void {
    this.b.output(name, value, encoding);
    this.b.state(name, name);
  }

  build(): Result<CheckedProgram> {
    const { b, program, step } = this;
    const token = inputOf(program, step.token);
    const place = inputOf(program, step.place);
    const mask = inputOf(program, step.mask);
    const said = b.input({ ...token, name: 'token', dtype: 'i32', encoding: ONE });
    const before = b.input({ ...place, name: 'place', encoding: ONE });
    const read = this.read(token, said);
    const at = this.moved(place, read, before);
    const rows = maskRows(mask, place.high + 1, step.masked);
    const seen = b.moved(
      { op: 'gather', data: b.constant(rows.dtype, rows.shape, () => rows.values), index: at },
      mask.dtype,
    );
    const bound = new Map([
      [step.token, read],
      [step.place, at],
      [step.mask, seen],
    ]);
    const outputs = unwrap(inlineProgram(b, program, bound));
    const logits = outputs.get(step.logits);
    if (logits === undefined) return refuse(lacking('output', step.logits, [...outputs.keys()]));
    const says = b.moved({ op: 'argmax', x: logits }, 'i32');
    b.output('said', says, ONE);
    this.next('token', says, ONE);
    this.next('place', at, ONE);
    for (const { input, output } of program.states) {
      const { name, encoding } = program.inputs[input]!;
      this.next(name, outputs.get(program.outputs[output]!.name)!, encoding);
    }
    return b.finish();
  }
}

/**
 * The step of a greedy generation.
 *
 * States: `token` `[1]` (what the step before said), `place` `[1]`, and those of the model under its inputs' names. Stream
 * `prompt` `[1]`: the token to read, or −1 to read what was said. Output `said` `[1]`. Zeros are first values for all states of
 * a generation whose first token is given and begins a text.
 * Problems: `program.invalid`, `program.unbounded`.
 */
export const generationStep = (program: CheckedProgram, step: TokenStep): Result<CheckedProgram> => {
  try {
    return new Generation(program, step).build();
  } catch (error) {
    if (error instanceof SuretyError) return refuse(error.problem);
    throw error;
  }
};
