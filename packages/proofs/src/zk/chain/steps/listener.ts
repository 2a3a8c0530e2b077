/** The transcript and the sumchecks of a verifier, as steps: the twin of `channel/transcript.ts` and `sumcheck/verify.ts`. */
import { concatBytes } from '@surety/core';
import { HALF } from '../../field/ext.ts';
import { hashSteps, MOST_AT_ONCE_BYTES } from './hashes.ts';
import { type ProgramWriter, type Ref, type Register, type StepWriter, type Value, words } from './writer.ts';

/** What a step may do right after a message. */
export type Hearing = {
  readonly step: StepWriter;
  /** Where the message begins. */
  readonly offset: number;
  readonly challenge: () => Register;
};

/** Of an element of the data. */
export const ELEMENT_BYTES = 16;
const POSITIONS_A_WORD = 8;

const lengthPrefix = (length: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, length, true);
  return bytes;
};

/** Bytes of the data. */
export type Stretched = { readonly offset: number; readonly length: number };

/** Where a verifier stands in what it hears. */
export class Listener {
  readonly book: ProgramWriter;
  /** Where all messages stand, in order. */
  readonly messages: Stretched[] = [];
  private state: Ref;
  private draws = 0;
  private next: number;

  /**
   * @param state of the transcript once the statement is absorbed
   * @param offset where in the data the messages begin
   */
  constructor(book: ProgramWriter, state: Ref, offset: number) {
    this.book = book;
    this.state = state;
    this.next = offset;
  }

  /** Where in the data the next message would begin. */
  get end(): number {
    return this.next;
  }

  /** A step that absorbs a message; word 0 of its record is the state, what the body gives stands behind. */
  hear(length: number, body: (hearing: Hearing) => readonly Register[]): number {
    const offset = this.next;
    this.messages.push({ offset, length });
    this.next += length;
    const { state } = this;
    const put = (step: StepWriter): void => {
      step.putRegister(step.get(state));
      step.putConstant(lengthPrefix(length));
    };
    if (length > MOST_AT_ONCE_BYTES) {
      this.state = hashSteps(this.book, { bytes: 40, put }, offset, length);
      this.draws = 0;
      return this.draw(body, offset);
    }
    this.draws = 0;
    return this.stepOf(offset, body, (step) => {
      put(step);
      step.putData(offset, length);
      return step.digest();
    });
  }

  /** A step that only draws. */
  draw(body: (hearing: Hearing) => readonly Register[], offset = this.next): number {
    const { state } = this;
    return this.stepOf(offset, body, (step) => step.get(state));
  }

  /** So many challenges; the record holds them behind the state. */
  challenges(count: number): Ref[] {
    const record = this.draw(({ challenge }) => Array.from({ length: count }, challenge));
    return words(record, 1, count + 1);
  }

  /** Elements of a message, and where in the data they stand. */
  receive(count: number): readonly number[] {
    let at = 0;
    this.hear(ELEMENT_BYTES * count, ({ offset }) => {
      at = offset;
      return [];
    });
    return Array.from({ length: count }, (_, i) => at + ELEMENT_BYTES * i);
  }

  /** Positions of columns, in one record, behind which the transcript is in another state: `Transcript.indices`. */
  positions(count: number, bits: number): Ref {
    const { state } = this;
    const record = this.book.step((step) => {
      const first = step.positions(step.get(state), count, bits);
      return Array.from({ length: Math.ceil(count / POSITIONS_A_WORD) }, (_, i) => first + i);
    });
    this.draws = 0;
    // A step of its own: to draw so many takes nearly all of the gas that one may take.
    this.stepOf(
      this.next,
      () => [],
      (step) => {
        step.putRegister(step.get(state));
        step.putConstant(lengthPrefix(0));
        return step.digest();
      },
    );
    return { record, word: 0 };
  }

  /** Room for what opens columns, between messages, from a multiple of `alignment` on. */
  room(alignment: number, length: number): number {
    const offset = Math.ceil(this.next / alignment) * alignment;
    this.next = offset + length;
    return offset;
  }

  /**
   * Rounds of a sumcheck of degree 2: of what is known under pads (null) only the point, where something follows from it.
   * @param weights the point of eq in the sum: of as many variables as it has coordinates, the highest
   */
  rounds(claim: Value | null, vars: number, weights: readonly Value[]): Rounds {
    let value = claim;
    let point: readonly Ref[] = [];
    const sent: number[] = [];
    for (let j = vars - 1; j >= 0; j--) {
      const [before, known] = [value, point];
      const weight = weights[weights.length - vars + j] ?? null;
      const record = this.hear(2 * ELEMENT_BYTES, ({ step, offset, challenge }) => {
        sent.push(offset);
        const r = challenge();
        const after = before === null ? [] : [roundValue(step, offset, step.value(before), r, weight)];
        return [...after, r, ...known.map((coordinate) => step.get(coordinate))];
      });
      const first = before === null ? 1 : 2;
      if (before !== null) value = { record, word: 1 };
      point = words(record, first, first + vars - j);
    }
    return { point, value, sent };
  }

  private stepOf(
    offset: number,
    body: (hearing: Hearing) => readonly Register[],
    stateIn: (step: StepWriter) => Register,
  ): number {
    const record = this.book.step((step) => {
      const state = stateIn(step);
      const challenge = (): Register => step.challenge(state, ++this.draws);
      return [state, ...body({ step, offset, challenge })];
    });
    this.state = { record, word: 0 };
    return record;
  }
}

export type Rounds = {
  /** Lowest variable first. */
  readonly point: readonly Ref[];
  readonly value: Value | null;
  /** Where the messages stand. */
  readonly sent: readonly number[];
};

/** `value·(1 or 1/2) + linear·(r − w) + leading·(r² − w)`. */
const roundValue = (step: StepWriter, offset: number, value: Register, r: Register, weight: Value | null): Register => {
  const w = weight === null ? step.number(HALF[0]) : step.value(weight);
  const rest = weight === null ? step.scale(value, HALF[0]) : value;
  const linear = step.mul(step.element(offset), step.sub(r, w));
  const leading = step.mul(step.element(offset + ELEMENT_BYTES), step.sub(step.mul(r, r), w));
  return step.add(step.add(rest, linear), leading);
};

/** The transcript's state once the statement is absorbed, its two hashes written out. */
export const statementState = (
  book: ProgramWriter,
  separator: Uint8Array,
  before: Uint8Array,
  after: Uint8Array,
): Ref => {
  const length = before.length + 64 + after.length;
  const record = book.step((step) => {
    step.putConstant(separator);
    const start = step.digest();
    step.putRegister(start);
    step.putConstant(concatBytes(lengthPrefix(length), before));
    step.putRegister(step.input());
    step.putRegister(step.output());
    step.putConstant(after);
    return [step.digest()];
  });
  return { record, word: 0 };
};
