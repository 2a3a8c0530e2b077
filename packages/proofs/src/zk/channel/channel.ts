/**
 * How the two sides of a sub-protocol talk: the prover's side writes the proof, the verifier's reads it, and both draw the same
 * challenges. Sub-protocols know nothing of hiding: the prover sends values, the verifier receives {@link Form}s.
 */
import type { Place } from '../commit/place.ts';
import type { Ext } from '../field/ext.ts';
import type { Form } from './form.ts';

export type ProverChannel = {
  /** Whether the verifier's channel has {@link VerifierChannel.left}. */
  readonly leaves: boolean;
  /** Sends values that may tell of what is hidden: each goes out under a pad of its own where something is. */
  readonly send: (values: readonly Ext[]) => void;
  /** Sends bytes as they are: roots, and what is blinded otherwise. */
  readonly publish: (bytes: Uint8Array) => void;
  /** Sends what a root that was published binds already: it goes out as it is, and no challenge is drawn of it. */
  readonly reveal: (bytes: Uint8Array) => void;
  readonly challenge: () => Ext;
  /** Different indices below a power of two, in order. */
  readonly indices: (count: number, limit: number) => readonly number[];
  /** `a·b` of values the verifier has forms of, the first one sent; where those hide something, the product is sent and proved at the end. */
  readonly product: (a: Ext, b: Ext) => Ext;
};

export type VerifierChannel = {
  /**
   * What a committed polynomial takes at a point, without its being sent: the opening shows that what is checked of it holds. Null
   * where all values are sent.
   */
  readonly left: ((place: Place, point: readonly Ext[]) => Form) | null;
  readonly receive: (count: number) => readonly Form[];
  /** @throws ProofError if the proof ends before */
  readonly published: (length: number) => Uint8Array;
  /**
   * What is to be held against a root.
   * @throws ProofError if the proof ends before
   */
  readonly revealed: (length: number) => Uint8Array;
  readonly challenge: () => Ext;
  readonly indices: (count: number, limit: number) => readonly number[];
  readonly product: (a: Form, b: Form) => Form;
  /**
   * The check: that the value is 0. Where something is hidden, or a value left, it is made with all others at the end.
   * @param what says what is wrong if it is not
   * @throws ProofError
   */
  readonly zero: (form: Form, what: string) => void;
};
