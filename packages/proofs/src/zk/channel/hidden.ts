/**
 * The channels of a proof that hides something. Every value goes out under a pad of its own; pads lie in the witness
 * commitment, so they are fixed before the first challenge. The verifier goes on with {@link Form}s; what its checks come to
 * are linear statements about the pads, which the opening proves together with the claims.
 */
import { assertInvariant } from '@surety/core';
import { add, type Ext, inverse, isZero, mul, ONE, sub, ZERO } from '../field/ext.ts';
import type { ProverChannel, VerifierChannel } from './channel.ts';
import { type Form, known, minus } from './form.ts';
import { extBytes, extsOf, OpenProver, OpenVerifier } from './open.ts';
import { ProofError } from './problem.ts';
import { formAt, lagrange, openValues } from './products.ts';
import type { Transcript } from './transcript.ts';

/** Pads that {@link HiddenProver.close} needs beyond those of values and products sent. */
export const closingPads = (products: number): number => (products === 0 ? 0 : products + 3);

export class HiddenProver implements ProverChannel {
  readonly leaves = false;
  private readonly inner: OpenProver;
  private readonly pads: readonly Ext[];
  private readonly factors: [a: Ext, b: Ext][] = [];
  private used = 0;

  /** @param pads uniform and committed to; as many as the plan says */
  constructor(transcript: Transcript, pads: readonly Ext[]) {
    this.inner = new OpenProver(transcript);
    this.pads = pads;
  }

  readonly send = (values: readonly Ext[]): void => this.inner.send(values.map((value) => add(value, this.pad())));

  readonly publish = (bytes: Uint8Array): void => this.inner.publish(bytes);

  readonly reveal = (bytes: Uint8Array): void => this.inner.reveal(bytes);

  readonly challenge = (): Ext => this.inner.challenge();

  readonly indices = (count: number, limit: number): readonly number[] => this.inner.indices(count, limit);

  readonly product = (a: Ext, b: Ext): Ext => {
    const c = mul(a, b);
    this.factors.push([a, b]);
    this.send([c]);
    return c;
  };

  /** Proves all products so far. */
  close(): void {
    if (this.factors.length === 0) return;
    const a = [this.pad(), ...this.factors.map(([factor]) => factor)];
    const b = [this.pad(), ...this.factors.map(([, factor]) => factor)];
    this.send(openValues(a, b));
    const coefficients = lagrange(this.factors.length, this.challenge(), inverse);
    const at = (values: readonly Ext[]): Ext =>
      values.reduce((total, value, i) => add(total, mul(value, coefficients[i]!)), ZERO);
    this.publish(extBytes([at(a), at(b)]));
  }

  bytes(): Uint8Array {
    return this.inner.bytes();
  }

  private pad(): Ext {
    const pad = this.pads[this.used++];
    assertInvariant(pad !== undefined, 'The proof needs more pads than its plan has.');
    return pad;
  }
}

export class HiddenVerifier implements VerifierChannel {
  readonly left = null;
  /** Forms that are 0 if the proof holds. */
  readonly statements: Form[] = [];
  private readonly inner: OpenVerifier;
  private readonly count: number;
  private readonly products: [a: Form, b: Form, c: Form][] = [];
  private used = 0;

  /** @param count how many pads the plan has */
  constructor(transcript: Transcript, proof: Uint8Array, count: number) {
    this.inner = new OpenVerifier(transcript, proof);
    this.count = count;
  }

  readonly receive = (count: number): readonly Form[] =>
    this.inner.receive(count).map(({ constant }) => ({
      constant,
      terms: [{ pad: this.pad(), coefficient: sub(ZERO, ONE) }],
    }));

  readonly published = (length: number): Uint8Array => this.inner.published(length);

  readonly revealed = (length: number): Uint8Array => this.inner.revealed(length);

  readonly challenge = (): Ext => this.inner.challenge();

  readonly indices = (count: number, limit: number): readonly number[] => this.inner.indices(count, limit);

  readonly product = (a: Form, b: Form): Form => {
    const [c] = this.receive(1);
    this.products.push([a, b, c!]);
    return c!;
  };

  readonly zero = (form: Form, what: string): void => {
    if (form.terms.length > 0) this.statements.push(form);
    else if (!isZero(form.constant)) throw new ProofError(what);
  };

  /** Brings all products so far down to statements. */
  close(): void {
    const m = this.products.length;
    if (m === 0) return;
    const a = [this.own(), ...this.products.map(([factor]) => factor)];
    const b = [this.own(), ...this.products.map(([, factor]) => factor)];
    const [first, ...rest] = this.receive(m + 1);
    const tau = this.challenge();
    const factors = lagrange(m, tau, inverse);
    const [shownA, shownB] = extsOf(this.published(32)) as [Ext, Ext];
    this.statements.push(minus(formAt(a, factors), known(shownA)));
    this.statements.push(minus(formAt(b, factors), known(shownB)));
    const all = [first!, ...this.products.map(([, , c]) => c), ...rest];
    this.statements.push(minus(formAt(all, lagrange(2 * m, tau, inverse)), known(mul(shownA, shownB))));
  }

  end(): void {
    this.inner.end();
  }

  /** The next pad, as a value itself. */
  private own(): Form {
    return { constant: ZERO, terms: [{ pad: this.pad(), coefficient: ONE }] };
  }

  private pad(): number {
    if (this.used >= this.count) throw new ProofError('the proof needs more pads than its plan has');
    return this.used++;
  }
}
