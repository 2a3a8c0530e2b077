/** The channels of a proof that hides nothing. */
import { assertInvariant } from '@surety/core';
import type { Evaluation } from '../commit/place.ts';
import { type Ext, isZero, mul, P } from '../field/ext.ts';
import type { ProverChannel, VerifierChannel } from './channel.ts';
import { type Form, known, scaled, unsent } from './form.ts';
import { ProofError } from './problem.ts';
import type { Transcript } from './transcript.ts';

export const extBytes = (values: readonly Ext[]): Uint8Array => {
  const bytes = new Uint8Array(16 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    for (const [c, coordinate] of value.entries()) view.setUint32(16 * i + 4 * c, coordinate, true);
  }
  return bytes;
};

/** @throws ProofError for coordinates that are not below p: every value has one encoding */
export const extsOf = (bytes: Uint8Array): Ext[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = (i: number): number => {
    const word = view.getUint32(i, true);
    if (word >= P) throw new ProofError('a value of the proof is not a field element');
    return word;
  };
  return Array.from(
    { length: bytes.length / 16 },
    (_, i): Ext => [at(16 * i), at(16 * i + 4), at(16 * i + 8), at(16 * i + 12)],
  );
};

export type OpenOptions = {
  /** Whether values of what is committed to are left to the opening; not unless stated. */
  readonly leaves?: boolean;
};

/** What a prover has said so far. */
export class OpenProver implements ProverChannel {
  readonly leaves: boolean;
  private readonly transcript: Transcript;
  private readonly parts: Uint8Array[] = [];

  constructor(transcript: Transcript, { leaves = false }: OpenOptions = {}) {
    this.transcript = transcript;
    this.leaves = leaves;
  }

  readonly send = (values: readonly Ext[]): void => this.publish(extBytes(values));

  readonly publish = (bytes: Uint8Array): void => {
    this.reveal(bytes);
    this.transcript.absorb(bytes);
  };

  readonly reveal = (bytes: Uint8Array): void => void this.parts.push(bytes);

  readonly challenge = (): Ext => this.transcript.challenge();

  readonly indices = (count: number, limit: number): readonly number[] => this.transcript.indices(count, limit);

  readonly product = (a: Ext, b: Ext): Ext => mul(a, b);

  /** All that was sent, in order. */
  bytes(): Uint8Array {
    const all = new Uint8Array(this.parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

export class OpenVerifier implements VerifierChannel {
  readonly left: VerifierChannel['left'];
  /** What was left to the opening: values by the numbers that forms have of them, and what has to be 0. */
  readonly leftValues: Evaluation[] = [];
  readonly statements: Form[] = [];
  private readonly transcript: Transcript;
  private readonly proof: Uint8Array;
  private at = 0;

  constructor(transcript: Transcript, proof: Uint8Array, { leaves = false }: OpenOptions = {}) {
    this.transcript = transcript;
    this.proof = proof;
    this.left = leaves ? (place, point) => unsent(this.leftValues.push({ place, point }) - 1) : null;
  }

  readonly receive = (count: number): readonly Form[] => extsOf(this.published(16 * count)).map(known);

  readonly published = (length: number): Uint8Array => {
    const bytes = this.revealed(length);
    this.transcript.absorb(bytes);
    return bytes;
  };

  readonly revealed = (length: number): Uint8Array => {
    const bytes = this.proof.subarray(this.at, this.at + length);
    if (bytes.length < length) throw new ProofError('the proof ends too early');
    this.at += length;
    return bytes;
  };

  readonly challenge = (): Ext => this.transcript.challenge();

  readonly indices = (count: number, limit: number): readonly number[] => this.transcript.indices(count, limit);

  readonly product = (a: Form, b: Form): Form => {
    // What is left may count in linear checks alone: of this form the constant would be taken for all of it.
    assertInvariant(a.terms.length === 0, 'A value that was left to the opening is multiplied.');
    return scaled(b, a.constant);
  };

  readonly zero = (form: Form, what: string): void => {
    if (form.terms.length > 0) this.statements.push(form);
    else if (!isZero(form.constant)) throw new ProofError(what);
  };

  /** @throws ProofError unless all of the proof was read */
  end(): void {
    if (this.at !== this.proof.length) throw new ProofError('bytes follow the proof');
  }
}
