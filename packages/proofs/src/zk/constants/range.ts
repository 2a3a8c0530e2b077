/**
 * That the hidden constants of a commitment are integers of their types: every value of an i8 or an i16 is looked up in the
 * table of all there are, part by part, so that no tree is larger than those of most runs. Every element of M31 is one i32
 * (spec 12.1), so of those there is nothing to look up. All rows are claimed at a random point as well: whatever operators ask
 * of them, they are code words. Proved once for a commitment, which is opened once more for it than for runs (plan/plan.ts).
 */
import { concatBytes, encode, sha256, utf8 } from '@surety/core';
import { DTYPE_RANGE, type Dtype } from '@surety/programs';
import type { VerifierChannel } from '../channel/channel.ts';
import { CountingVerifier } from '../channel/counting.ts';
import type { Form } from '../channel/form.ts';
import type { Claim, Place } from '../commit/place.ts';
import type { Architecture } from '../graph/architecture.ts';
import type { LookupColumn } from '../lookup/column.ts';
import { verifyLookups } from '../lookup/verify.ts';
import { ProofMemory } from '../memory.ts';
import { layBlocks } from '../plan/blocks.ts';
import { withHiding } from '../plan/hiding.ts';
import type { PlannedMatrix, PlannedTable, ProofPlan } from '../plan/plan.ts';
import { lookupTables, type TableSpec, tableVars } from '../plan/tables.ts';
import { wholeOf } from '../plan/whole.ts';
import type { ConstantsLayout } from './layout.ts';

/** Bits of the number of values that one tree takes. */
const PART_VARS = 22;

/** What one tree looks up in one table. */
export type RangePart = { readonly columns: readonly LookupColumn[]; readonly table: PlannedTable };

export type RangePlan = ConstantsLayout & { readonly parts: readonly RangePart[] };

/** Types whose values are fewer than the elements of M31. */
const NARROW: readonly Dtype[] = ['i8', 'i16'];

/** A place as places of at most 2^{@link PART_VARS} values. */
const cut = ({ matrix, offset, vars }: Place): Place[] => {
  const own = Math.min(vars, PART_VARS);
  return Array.from({ length: 2 ** (vars - own) }, (_, i) => ({ matrix, offset: offset + i * 2 ** own, vars: own }));
};

/** Places of one type, as many in a part as one tree takes: each a power of two, the largest first. */
const partsOf = ({ graph, matrices }: ProofPlan, dtype: Dtype): readonly (readonly Place[])[] => {
  const parts: Place[][] = [];
  let room = 0;
  const own = matrices[0]!.blocks.filter(
    ({ content }) => content.of === 'strip' && graph.types[content.id]!.dtype === dtype,
  );
  for (const place of own.sort((a, b) => a.place.offset - b.place.offset).flatMap(({ place }) => cut(place))) {
    if (room < 2 ** place.vars) {
      parts.push([]);
      room = 2 ** PART_VARS;
    }
    parts.at(-1)!.push(place);
    room -= 2 ** place.vars;
  }
  return parts;
};

/** What lies behind a constant is looked up with it: 0 is of every type. */
const columnOf = (place: Place, tag: number): LookupColumn => ({
  name: 'hidden constants',
  vars: place.vars,
  sizes: [{ size: 2 ** place.vars, vars: place.vars }],
  tags: [tag],
  values: [place],
});

const withoutHiding = (plan: ProofPlan): RangePlan => {
  const { graph, rowVars, randomness, hidesWeights } = plan;
  const wanted = NARROW.flatMap((dtype) => partsOf(plan, dtype).map((places) => ({ dtype, places })));
  const specOf = (dtype: Dtype): TableSpec => ({ kind: 'range', ...DTYPE_RANGE[dtype] });
  const { blocks, length } = layBlocks(
    1,
    wanted.map(({ dtype }, table) => ({
      vars: tableVars(graph, specOf(dtype)),
      content: { of: 'multiplicity' as const, table },
    })),
  );
  const witness: PlannedMatrix = { kind: 'witness', blocks, rows: Math.ceil(length / 2 ** rowVars) };
  const own = blocks.length > 0 || randomness > 0 ? [witness] : [];
  const matrices = [...plan.matrices.filter(({ kind }) => kind === 'weights'), ...own];
  const parts = wanted.map(({ dtype, places }, i): RangePart => {
    const spec = specOf(dtype);
    const table = { spec, tag: 1, vars: tableVars(graph, spec), multiplicity: blocks[i]!.place };
    return { columns: places.map((place) => columnOf(place, table.tag)), table };
  });
  return { graph, rowVars, matrices, randomness, hidesWeights, hiding: null, parts };
};

const made = new WeakMap<ProofPlan, Promise<RangePlan>>();

const makePlan = async (plan: ProofPlan): Promise<RangePlan> => {
  const range = withoutHiding(plan);
  if (range.randomness === 0) return range;
  const counting = new CountingVerifier();
  await ProofMemory.lend(undefined, (memory) => listenRange(counting, memory, range));
  return withHiding(range, counting.pads);
};

/**
 * What the proof of a commitment's range is made of.
 * @param plan of the runs that are proved with the commitment, their input shown
 */
export const planRange = (plan: ProofPlan): Promise<RangePlan> => {
  const known = made.get(plan) ?? makePlan(plan);
  made.set(plan, known);
  return known;
};

const TAG = utf8('surety:range:v1\0');

/** The bytes that are absorbed first: what is committed to, and all that the steps depend on. */
export const rangeStatement = (plan: RangePlan, { id, weights }: Pick<Architecture, 'id' | 'weights'>): Uint8Array => {
  const { rowVars, matrices, randomness, hidesWeights, hiding, parts } = plan;
  const described = {
    rowVars,
    randomness,
    hidesWeights,
    hiding,
    rows: matrices.map(({ rows }) => rows),
    parts: parts.map(({ columns, table }) => ({
      places: columns.map(({ values: [place] }) => [place!.offset, place!.vars]),
      table: table.spec,
      multiplicity: table.multiplicity.offset,
    })),
  };
  return concatBytes(TAG, id, weights, sha256(encode(described)));
};

/** What a verifier hears before the opening: the value of all rows at a random point, and the lookups of each part. */
export const listenRange = async (
  channel: VerifierChannel,
  memory: ProofMemory,
  plan: RangePlan,
): Promise<readonly Claim<Form>[]> => {
  const place = wholeOf(plan);
  const point = Array.from({ length: place.vars }, channel.challenge);
  const [value] = channel.receive(1);
  const claims: Claim<Form>[] = [{ place, point, value: value! }];
  for (const { columns, table } of plan.parts) {
    const tables = lookupTables({ graph: plan.graph, tables: [table] });
    claims.push(...verifyLookups(channel, memory, columns, tables).claims);
  }
  return claims;
};
