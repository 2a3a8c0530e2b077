/** Collects what a proof needs, before places are given. */
import type { Shape, ValueId } from '@surety/programs';
import { DERIVED, type Place } from '../commit/place.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { dimensionsOf, type LookupColumn } from '../lookup/column.ts';
import { varsOf } from '../relations/axes.ts';
import type { Content } from './blocks.ts';
import type { Derived, DerivedValue } from './plan.ts';
import { keyOf, type TableSpec } from './tables.ts';

/** A polynomial to be committed to, and the bits of its index. */
export type Wanted = { readonly vars: number; readonly content: Content };

export class Planner {
  readonly graph: ProofGraph;
  readonly witness: Wanted[] = [];
  readonly derived: Derived[] = [];
  readonly specs: TableSpec[] = [];
  readonly committed = new Set<ValueId>();
  /** Derived parts of stages and of wide inputs, by kind and value. */
  readonly parts = new Map<string, Place>();
  /** Tables that nodes look up in, whatever is hidden. */
  readonly ofNodes = new Set<TableSpec>();
  private readonly tags = new Map<string, number>();

  constructor(graph: ProofGraph) {
    this.graph = graph;
  }

  /** The tag of a table; equal tables have one. */
  tag(spec: TableSpec): number {
    const key = keyOf(spec);
    let tag = this.tags.get(key);
    if (tag === undefined) {
      tag = this.specs.push(spec);
      this.tags.set(key, tag);
    }
    return tag;
  }

  /** As {@link tag}, of a node. */
  nodeTag(spec: TableSpec): number {
    const tag = this.tag(spec);
    this.ofNodes.add(this.specs[tag - 1]!);
    return tag;
  }

  commit(content: Content & { readonly id: ValueId }, shape: Shape): void {
    this.witness.push({ vars: varsOf(shape), content });
    if (content.of === 'value') this.committed.add(content.id);
  }

  /** A value as it is looked up: where it is committed to, or through what it follows from. */
  value(id: ValueId): Content | Place {
    return this.committed.has(id) ? { of: 'value', id } : this.derive({ of: 'value', id });
  }

  derive(derived: DerivedValue, shape: Shape = this.graph.types[derived.id]!.shape): Place {
    const vars = varsOf(shape);
    return { matrix: DERIVED, offset: this.derived.push({ ...derived, vars }) - 1, vars };
  }
}

/** What is looked up for a node: made once places are known. */
export type Column = (place: (content: Content) => Place) => LookupColumn;

export const columnOf = (
  id: ValueId,
  shape: Shape,
  tags: readonly number[],
  contents: readonly (Content | Place)[],
): Column => {
  return (place) => ({
    name: `value ${id}`,
    vars: varsOf(shape),
    sizes: dimensionsOf(shape),
    tags,
    values: contents.map((content) => ('of' in content ? place(content) : content)),
  });
};

/** By what a content's place is found. */
export const keyOfContent = (content: Content): string => {
  switch (content.of) {
    case 'value':
      return `value ${content.id}`;
    case 'relu':
      return `relu ${content.id} ${content.level}`;
    case 'most':
      return `most ${content.id}`;
    case 'choice':
      return `${content.part} ${content.id}`;
    case 'part':
      return `${content.part} ${content.id} ${content.level}`;
    case 'remainder':
      return `remainder ${content.id} ${content.limb}`;
    case 'multiplicity':
      return `multiplicity ${content.table}`;
    case 'lower':
    case 'clipped':
      return `${content.of} ${content.id}`;
    case 'limb':
      return `limb ${content.id} ${content.end}`;
    case 'strip':
      return `strip ${content.id} ${content.strip.starts}`;
  }
};
