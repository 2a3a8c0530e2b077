/** What is known of the program of a claim: from a file that this node holds, and from what answers opened of it. */

import type { CheckedProgram } from '@surety/programs';
import type { ExplainedAnswer, Place } from '@surety/proofs';

export type Described = {
  readonly operator: string | null;
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
};

/** A program that is held here, and how often it is run where its id alone says so; `null` where answers have to. */
export type HeldHere = { readonly program: CheckedProgram; readonly steps: number | null };

export type TensorPlace = Place | { readonly of: 'steps' };

const NOTHING: Described = { operator: null, dtype: null, shape: null };

type Told = Pick<ExplainedAnswer, 'head' | 'node' | 'type'>;

const keyOf = (place: TensorPlace): string => `${place.of} ${'index' in place ? place.index : ''}`;

/** Types and sizes of one program, as far as they are known. Types of a node are the same in every step. */
export class KnownProgram {
  private readonly held: CheckedProgram | null;
  private readonly heldSteps: number | null;
  private readonly learned = new Map<string, Described>();
  private head: Told['head'] = null;

  /** @param held the program itself, or `null` where it is not held here */
  constructor(held: HeldHere | null) {
    this.held = held?.program ?? null;
    this.heldSteps = held?.steps ?? null;
  }

  /** Takes in what an answer opened about a place. */
  learn(place: TensorPlace, { head, node, type }: Told): void {
    this.head ??= head;
    if (type === null) return;
    const operator = place.of === 'node' ? (node?.node.form.op ?? null) : null;
    this.learned.set(keyOf(place), { operator, dtype: type.dtype, shape: type.shape });
  }

  /** How often it is run; `null` where nothing says so. */
  get steps(): number | null {
    return this.head?.steps ?? this.heldSteps;
  }

  get nodes(): number | null {
    return this.head?.nodes ?? this.held?.nodes.length ?? null;
  }

  /** P of the program, which an iterated one does not name itself; hex. */
  get id(): string | null {
    return this.head === null ? null : Buffer.from(this.head.program).toString('hex');
  }

  /** Leaves of the tree that a question for hashes of a list is about. */
  countOf(place: TensorPlace): number | null {
    switch (place.of) {
      case 'steps':
        return this.steps;
      case 'node':
        return this.nodes;
      case 'step-input':
      case 'input':
        return this.head?.inputs ?? this.held?.inputs.length ?? null;
      case 'output':
        return null;
    }
  }

  describe(place: TensorPlace): Described {
    return this.learned.get(keyOf(place)) ?? this.fromFile(place);
  }

  private fromFile(place: TensorPlace): Described {
    const { held } = this;
    if (held === null || place.of === 'steps') return NOTHING;
    // Streams and stacked outputs of an iterated program have one dimension more than the program says.
    if ((place.of === 'input' || place.of === 'output') && (this.steps ?? 1) > 1) return NOTHING;
    const first = held.inputs.length + held.constants.length;
    const value =
      place.of === 'node'
        ? first + place.index
        : place.of === 'output'
          ? held.outputs[place.index]?.value
          : place.index;
    const limit = place.of === 'node' ? held.nodes.length : place.of === 'output' ? Infinity : held.inputs.length;
    const type = value === undefined || place.index >= limit ? undefined : held.types[value];
    if (type === undefined) return NOTHING;
    const operator = place.of === 'node' ? (held.nodes[place.index]?.form.op ?? null) : null;
    return { operator, dtype: type.dtype, shape: type.shape };
  }
}
