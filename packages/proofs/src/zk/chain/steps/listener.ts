/** The transcript and the sumchecks of a verifier, as steps: the twin of `channel/transcript.ts` and `sumcheck/verify.ts`. */
import { concatBytes } from '@surety/core';
import { HALF } from '../../sumcheck/verify.ts';
import { BLOCK_BYTES, INITIAL_STATE, paddingOf } from './sha256.ts';
import { type ProgramWriter, type Ref, type Register, type StepWriter, type Value, words } from './writer.ts';

/** What a step may do right after a message. */
export type Hearing = {
  readonly step: StepWriter;
  /** Where the message begins. */
  readonly offset: number;
  readonly challenge: () => Register;
};

/** Bytes that one step hashes: four blocks, each of which takes a contract some 40,000 gas. */
const PIECE_BYTES = 4 * BLOCK_BYTES;

/** Bytes that the precompile hashes in one step. */
const MOST_AT_ONCE_BYTES = 512;

const lengthPrefix = (length: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, length, true);
  return bytes;
};

/** What a hash begins with, before bytes of the data. */
export type Prefix = { readonly bytes: number; readonly put: (step: StepWriter) => void };

/** SHA-256 of a prefix and bytes of the data, in as many steps as it takes; their last record is the hash. */
export const hashSteps = (book: ProgramWriter, prefix: Prefix, offset: number, length: number): Ref => {
  if (length <= MOST_AT_ONCE_BYTES) {
    const record = book.step((step) => {
      prefix.put(step);
      step.putData(offset, length);
      return [step.digest()];
    });
    return { record, word: 0 };
  }
  const total = prefix.bytes + length;
  const padding = paddingOf(total);
  let before: Ref | null = null;
  for (let at = 0; at < total + padding.length; at += PIECE_BYTES) {
    const end = Math.min(at + PIECE_BYTES, total + padding.length);
    const last = before;
    const record = book.step((step) => {
      const state = last === null ? step.word(INITIAL_STATE) : step.get(last);
      if (at === 0) prefix.put(step);
      const [from, to] = [Math.max(at - prefix.bytes, 0), Math.min(end - prefix.bytes, length)];
      if (to > from) step.putData(offset + from, to - from);
      step.putConstant(padding.subarray(Math.max(at - total, 0), Math.max(end - total, 0)));
      return [step.compress(state)];
    });
    before = { record, word: 0 };
  }
  return before!;
};

/** Where a verifier stands in what it hears. */
export class Listener {
  readonly book: ProgramWriter;
  /** Lengths of all messages, in order. */
  readonly messages: number[] = [];
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
    this.messages.push(length);
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

  /** `value·(1 or 1/2) + linear·(r − w) + leading·(r² − w)`. */
  private roundValue(
    step: StepWriter,
    offset: number,
    value: Register,
    r: Register,
    weight: Register | null,
  ): Register {
    const w = weight ?? step.number(HALF[0]);
    const rest = weight === null ? step.scale(value, HALF[0]) : value;
    const linear = step.mul(step.element(offset), step.sub(r, w));
    const leading = step.mul(step.element(offset + 16), step.sub(step.mul(r, r), w));
    return step.add(step.add(rest, linear), leading);
  }

  /** A plain sumcheck of quadratic rounds. */
  plainSum(claim: Value, vars: number): { readonly point: readonly Ref[]; readonly value: Value } {
    let value = claim;
    let point: readonly Ref[] = [];
    for (let j = 0; j < vars; j++) {
      const [before, known] = [value, point];
      const record = this.hear(32, ({ step, offset, challenge }) => {
        const r = challenge();
        const after = this.roundValue(step, offset, step.value(before), r, null);
        return [after, r, ...known.map((coordinate) => step.get(coordinate))];
      });
      value = { record, word: 1 };
      point = words(record, 2, 3 + j);
    }
    return { point, value };
  }

  /**
   * One of `Σ_x eq(point, x)·f(x)`, whose point is replaced coordinate by coordinate.
   * @param kept a value that is passed along
   */
  weightedSum(claim: Ref, weights: readonly Ref[], kept: Ref): { point: readonly Ref[]; value: Ref; kept: Ref } {
    let [value, point, along] = [claim, weights, kept];
    for (let j = weights.length - 1; j >= 0; j--) {
      const [before, known, carried] = [value, point, along];
      const record = this.hear(32, ({ step, offset, challenge }) => {
        const r = challenge();
        const after = this.roundValue(step, offset, step.get(before), r, step.get(known[j]!));
        return [after, step.get(carried), ...known.map((coordinate, i) => (i === j ? r : step.get(coordinate)))];
      });
      value = { record, word: 1 };
      along = { record, word: 2 };
      point = words(record, 3, 3 + weights.length);
    }
    return { point, value, kept: along };
  }
}

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
