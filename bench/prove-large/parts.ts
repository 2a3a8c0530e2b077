/** What the bytes of a proof are: its messages by what they say. */
import type { ProofPlan } from '../../packages/proofs/src/zk/plan/plan.ts';
import { columnLengths, fieldsOf } from '../soundness/fields.ts';
import { tapped } from '../soundness/tapped.ts';

/** Bytes of each. */
export type Parts = Readonly<Record<Part, number>>;

const PARTS = ['lookups', 'relations', 'columns', 'nodes', 'last row', 'rest'] as const;

type Part = (typeof PARTS)[number];

const partOf = (name: string): Part => {
  if (name.startsWith('lookups')) return 'lookups';
  if (name.startsWith('relations')) return 'relations';
  if (name.startsWith('opening: columns')) return 'columns';
  if (name.startsWith('opening: nodes')) return 'nodes';
  return name === 'opening: combination' ? 'last row' : 'rest';
};

/** Listens to a check of a right proof. */
export const partsOf = async (plan: ProofPlan, check: () => Promise<unknown>): Promise<Parts> => {
  let lengths: number[] = [];
  let openings = 0;
  const absorb = (bytes: Uint8Array, n: number): Uint8Array => {
    // The statement comes first, of each transcript that is begun.
    if (n === 0) [lengths, openings] = [[], 0];
    else lengths.push(bytes.length);
    return bytes;
  };
  // What opens columns is sent behind the drawn places, and not absorbed.
  const indices = (places: number[]): number[] => {
    lengths.push(...columnLengths(plan, openings++, places));
    return places;
  };
  await tapped({ absorb, indices }, check);
  const parts = Object.fromEntries(PARTS.map((part) => [part, 0])) as Record<Part, number>;
  for (const { name, length } of fieldsOf(plan, lengths, 0)) parts[partOf(name)] += length;
  return parts;
};

/** As words: `lookups 25, relations 31 KiB`. */
export const partsText = (parts: Parts): string =>
  `${PARTS.map((part) => `${part} ${Math.round(parts[part] / 1024)}`).join(', ')} KiB`;
