/** A tensor program with the adapter that fits it: reads subjects as an analyst does, and says which tensors it did so by. */
import { fromHex, ok, type QuestionClaim, type Result, refuse, type Subject, show, toHex, unwrap } from '@surety/core';
import {
  type CheckedProgram,
  createEngine,
  type Engine,
  elements,
  hiding,
  listRoot,
  type Tensor,
  tensor,
} from '@surety/programs';
import { type Analyst, abstain, clampPpm, type Reading, UNKNOWN_DATA } from '../analyst.ts';
import { type Adapter, adapterIdOf, type Characters, charactersOf, textOf } from './adapter.ts';
import { logisticPpm, probabilityPpm } from './probability.ts';

/** A program as it was read from its file, with the id that its bytes give. */
export type HeldProgram = { readonly program: CheckedProgram; readonly id: string };

const mismatch = (field: string, message: string, value: unknown, limit: string): Result<never> =>
  refuse({
    code: 'adapter.mismatch',
    message,
    next: 'Give the adapter that was written for this program.',
    field,
    value: show(value),
    limit,
  });

/** Whether an adapter fits a program; `adapter.mismatch` names the first thing that does not. */
export const fits = (adapter: Adapter, { program, id }: HeldProgram): Result<true> => {
  if (adapter.program !== id)
    return mismatch('program', `The adapter ${adapter.name} is for another program.`, adapter.program, id);
  const [input] = program.inputs;
  if (input === undefined || program.inputs.length > 1 || program.states.length > 0)
    return mismatch(
      'input',
      'The program has other inputs than one text.',
      program.inputs.length,
      'one input, no state',
    );
  const { alphabet, other, fill, length } = adapter.input;
  const highest = Math.max([...alphabet].length - 1, other, fill);
  if (elements(input.shape) !== length)
    return mismatch('input.length', `${input.name} takes ${elements(input.shape)} numbers.`, length, show(input.shape));
  if (input.low > 0 || input.high < highest)
    return mismatch('input.alphabet', `${input.name} takes ${input.low} .. ${input.high}.`, highest, `${input.high}`);
  if (input.encoding.mantissa !== 1 || input.encoding.exponent !== 0)
    return mismatch('input', `${input.name} takes approximations of real numbers.`, input.encoding, 'whole numbers');
  const { output } = adapter;
  const named = program.outputs.find(({ name }) => name === output.output);
  if (named === undefined)
    return mismatch(
      'output.output',
      `The program has no output ${output.output}.`,
      output.output,
      'a name of an output',
    );
  const size = elements(program.types[named.value]!.shape);
  const last = Math.max(output.for, output.kind === 'logits' ? (output.against ?? 0) : 0);
  return last < size
    ? ok(true)
    : mismatch('output.for', `${output.output} has ${size} elements.`, last, `0 .. ${size - 1}`);
};

/** What no reader of characters looks at. */
const UNSEEN = ['the page, or anything else beyond its characters', 'whether anybody was harmed'] as const;

/** Runs that a player keeps: whoever sends the same report again and again costs one. */
const REMEMBERED_RUNS = 256;

/** What a run of a program through an adapter gives. */
export type Run = {
  /** Of the adapter's predicate, within what a reader states. */
  readonly probabilityPpm: number;
  readonly characters: Characters;
  /** L of the inputs and of the outputs, hex. */
  readonly inputs: string;
  readonly outputs: string;
};

/** An id as it is, or hidden: whoever guesses a program could try the guess on any other name of the same run. */
const named = (id: string, salt: Uint8Array | null): string =>
  salt === null ? id : toHex(hiding(salt, unwrap(fromHex(id))));

const probabilityOf = ({ output }: Adapter, { outputs }: CheckedProgram, given: readonly Tensor[]): number => {
  const at = outputs.findIndex(({ name }) => name === output.output);
  const [{ encoding }, { values }] = [outputs[at]!, given[at]!];
  if (output.kind === 'probability') return probabilityPpm(values[output.for]!, encoding);
  return logisticPpm(values[output.for]! - (output.against === null ? 0 : values[output.against]!), encoding);
};

/** A program and a fitting adapter, ready to run. */
export class TensorPlayer {
  readonly held: HeldProgram;
  readonly adapter: Adapter;
  readonly adapterId: string;
  private readonly engine: Engine;
  private readonly runs = new Map<string, Promise<Run>>();

  private constructor(held: HeldProgram, adapter: Adapter, engine: Engine) {
    this.held = held;
    this.adapter = adapter;
    this.adapterId = adapterIdOf(adapter);
    this.engine = engine;
  }

  /**
   * @param engine what runs it, where it was made of the program already
   * @returns the player, `adapter.mismatch`, or `program.too-large`
   */
  static async create(held: HeldProgram, adapter: Adapter, engine?: Engine): Promise<Result<TensorPlayer>> {
    const fit = fits(adapter, held);
    if (!fit.ok) return fit;
    const made = engine === undefined ? await createEngine(held.program) : ok(engine);
    return made.ok ? ok(new TensorPlayer(held, adapter, made.value)) : made;
  }

  /** Runs the program on a subject; `null` where the adapter makes nothing of it. The last runs are remembered. */
  async run(subject: QuestionClaim['subject']): Promise<Run | null> {
    const text = textOf(this.adapter, subject);
    if (text === null) return null;
    const known = this.runs.get(text);
    if (known !== undefined) return known;
    const run = this.runText(text);
    if (this.runs.size >= REMEMBERED_RUNS) this.runs.delete(this.runs.keys().next().value!);
    this.runs.set(text, run);
    return run;
  }

  private async runText(text: string): Promise<Run> {
    const [{ dtype, shape }] = [this.held.program.inputs[0]!];
    const characters = charactersOf(this.adapter.input, text);
    const inputs = [tensor(dtype, shape, characters.values)];
    // With a signal, a long run lets other work of this thread in.
    // The adapter fits the program, so that whatever it makes is an input of it.
    const { outputs } = unwrap(await this.engine.run(inputs, { signal: new AbortController().signal }));
    return {
      probabilityPpm: clampPpm(probabilityOf(this.adapter, this.held.program, outputs)),
      characters,
      inputs: toHex(listRoot(inputs)),
      outputs: toHex(listRoot(outputs)),
    };
  }

  /**
   * The player as one of the analysts: its reading names program, adapter and tensors.
   * @param salt where the program is private: 32 bytes that hide everything that its readings name (spec 12.7)
   */
  analyst(id: string = this.adapter.name, salt: Uint8Array | null = null): Analyst {
    const { adapter } = this;
    return {
      id,
      view: `A tensor program of ${adapter.family} over the characters of ${adapter.reads.join(', ')}.`,
      family: adapter.family,
      needs: ['name'],
      trainedOn: adapter.trainedOn ?? [UNKNOWN_DATA],
      reads: adapter.reads,
      answers: [adapter.predicate],
      read: (subject) => this.read(subject, salt),
    };
  }

  private async read(subject: Subject, salt: Uint8Array | null): Promise<Reading> {
    const run = await this.run(subject);
    if (run === null)
      return abstain(
        `tensor/${this.adapter.name}@${named(this.adapterId, salt)}`,
        'Its adapter does not read such subjects.',
        UNSEEN,
      );
    const { cut, unknown } = run.characters;
    const { predicate, input } = this.adapter;
    const scam = predicate === 'scam' ? run.probabilityPpm : 1_000_000 - run.probabilityPpm;
    return {
      probabilityPpm: scam,
      saw: [`the characters of the ${subject.kind === 'site' ? 'host name' : subject.kind}, up to ${input.length}`],
      didNotSee: [
        ...UNSEEN,
        ...(cut > 0 ? [`the last ${cut} characters, which its input has no room for`] : []),
        ...(unknown > 0 ? [`which character ${unknown} of those are that its alphabet lacks`] : []),
      ],
      reasons: [
        { text: 'What a trained model computes from the characters; it gives no reasons that people could follow.' },
      ],
      facts: { cut, unknown },
      program: `${salt === null ? 'program' : 'hidden'}:${named(this.held.id, salt)}`,
      execution: {
        adapter: salt === null ? this.adapter : named(this.adapterId, salt),
        inputs: named(run.inputs, salt),
        outputs: named(run.outputs, salt),
      },
    };
  }
}
