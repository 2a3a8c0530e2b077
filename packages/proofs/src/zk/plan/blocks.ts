/** What lies in the committed matrices, and where. */
import type { ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import type { ChosenPart } from '../relations/chosen.ts';
import type { WidePart } from './differences.ts';
import type { End } from './wide.ts';

/** A part of a constant whose sizes are powers of two. */
export type Strip = { readonly starts: readonly number[]; readonly vars: readonly number[] };

export type Content =
  /** A value, padded. */
  | { readonly of: 'value'; readonly id: ValueId }
  /** The relus of a level of a maximum, padded. */
  | { readonly of: 'relu'; readonly id: ValueId; readonly level: number }
  /** A part of the differences of a level of a maximum: see differences.ts. */
  | { readonly of: 'part'; readonly id: ValueId; readonly level: number; readonly part: WidePart }
  /** The largest value of each row that an `argmax` chooses from, and a part of each element: see relations/chosen.ts. */
  | { readonly of: 'most'; readonly id: ValueId }
  | { readonly of: 'choice'; readonly id: ValueId; readonly part: ChosenPart }
  /** Part `limb` of the remainders of an arithmetic node, padded as its value. */
  | { readonly of: 'remainder'; readonly id: ValueId; readonly limb: number }
  /** The lower part of the quotients of an arithmetic node, and the upper part clamped to −2 .. 1. */
  | { readonly of: 'lower' | 'clipped'; readonly id: ValueId }
  /** The lower part of what a hidden input is away from an end of its range. */
  | { readonly of: 'limb'; readonly id: ValueId; readonly end: End }
  /** How often each row of a table is looked up. */
  | { readonly of: 'multiplicity'; readonly table: number }
  /** Part `strip` of a hidden constant. */
  | { readonly of: 'strip'; readonly id: ValueId; readonly strip: Strip };

export type Block = { readonly place: Place; readonly content: Content };

/** Blocks one after the other, the largest first, so that each is aligned to its size. */
export const layBlocks = (
  matrix: number,
  wanted: readonly { readonly vars: number; readonly content: Content }[],
): { readonly blocks: readonly Block[]; readonly length: number } => {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[b]!.vars - wanted[a]!.vars || a - b);
  const blocks = new Array<Block>(wanted.length);
  let offset = 0;
  for (const i of order) {
    const { vars, content } = wanted[i]!;
    blocks[i] = { place: { matrix, offset, vars }, content };
    offset += 2 ** vars;
  }
  return { blocks, length: offset };
};
