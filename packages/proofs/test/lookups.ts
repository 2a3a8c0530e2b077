/** Columns and tables for tests of the lookup argument, with committed values in a prover's memory. */
import fc from 'fast-check';
import type { Form } from '../src/zk/channel/form.ts';
import { type OpenOptions, OpenProver, OpenVerifier } from '../src/zk/channel/open.ts';
import { ProofError } from '../src/zk/channel/problem.ts';
import { Transcript } from '../src/zk/channel/transcript.ts';
import type { Claim, Evaluation, Place } from '../src/zk/commit/place.ts';
import { add, type Ext, equal, fromInteger, isZero, mul, P } from '../src/zk/field/ext.ts';
import { dimensionsOf, eachRun, type LookupColumn, type LookupTable } from '../src/zk/lookup/column.ts';
import { evaluateAt } from '../src/zk/lookup/evaluate.ts';
import { countLookups } from '../src/zk/lookup/multiplicities.ts';
import { type Looked, proveLookups } from '../src/zk/lookup/prove.ts';
import { verifyLookups } from '../src/zk/lookup/verify.ts';
import { ProofMemory } from '../src/zk/memory.ts';

/** A statement and what a prover commits to for it: blocks by their place. */
export type Lookups = {
  readonly columns: readonly LookupColumn[];
  readonly tables: readonly LookupTable[];
  readonly blocks: ReadonlyMap<Place, Uint32Array>;
};

type Shape = { readonly shape: readonly number[]; readonly tables: readonly number[]; readonly seed: number };

/** Tables of both kinds: with tag t ≥ 1 and 2^vars entries from `lowest` on. */
type TableShape = { readonly vars: number; readonly lowest: number; readonly two: boolean };

const allPlaced = (blocks: readonly Uint32Array[]): [Place, Uint32Array][] => {
  let offset = 0;
  return blocks.map((words) => {
    const place = { matrix: 0, offset, vars: Math.log2(words.length) };
    // Places stand apart; that they are aligned is a matter of the layout, not of this argument.
    offset += 4 * words.length;
    return [place, words];
  });
};

const second = (first: number): number => Math.max(-3, Math.min(3, first));

export const lookupsOf = (shapes: readonly Shape[], tableShapes: readonly TableShape[]): Lookups => {
  const entries = tableShapes.map(({ vars, lowest, two }) => {
    const first = Array.from({ length: 2 ** vars }, (_, i) => lowest + i);
    return two ? [first, first.map(second)] : [first];
  });
  const kinds = shapes.map(({ shape, tables, seed }) => {
    const two = tableShapes[tables[0]! % tableShapes.length]!.two;
    const usable = tableShapes.flatMap((table, t) => (table.two === two ? [t] : []));
    const last = shape.at(-1) ?? 1;
    const chosen = Array.from(
      { length: tables.length > 1 ? last : 1 },
      (_, i) => usable[tables[i % tables.length]! % usable.length]!,
    );
    const sizes = dimensionsOf(shape);
    const vars = sizes.reduce((sum, dimension) => sum + dimension.vars, 0);
    const column = { name: `column ${seed}`, vars, sizes, tags: chosen.map((t) => t + 1), values: [] };
    const values = (two ? [0, 1] : [0]).map(() => new Uint32Array(2 ** vars));
    let state = seed;
    eachRun(column, (start, length) => {
      for (let i = start; i < start + length; i++) {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        const table = chosen.length === 1 ? chosen[0]! : chosen[(i - start) % chosen.length]!;
        const row = (state >>> 8) % 2 ** tableShapes[table]!.vars;
        for (const [c, word] of values.entries()) word[i] = fromInteger(entries[table]![c]![row]!);
      }
    });
    return { column, values };
  });
  const bare = tableShapes.map(({ vars }, t) => ({
    tag: t + 1,
    vars,
    columns: entries[t]!.map((column) => Uint32Array.from(column, fromInteger)),
    multiplicity: { matrix: 0, offset: 0, vars },
  }));
  const counts = countLookups(
    kinds.map(({ column }) => column),
    bare,
    (column) => kinds.find((kind) => kind.column === column)!.values,
  );
  const placed = allPlaced([...kinds.flatMap(({ values }) => values), ...counts]);
  const placeOf = new Map(placed.map(([place, words]) => [words, place]));
  return {
    columns: kinds.map(({ column, values }) => ({ ...column, values: values.map((words) => placeOf.get(words)!) })),
    tables: bare.map((table, t) => ({ ...table, multiplicity: placeOf.get(counts[t]!)! })),
    blocks: new Map(placed),
  };
};

const dimension = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constantFrom(16, 17, 31, 64));

export const anyLookups = fc
  .tuple(
    fc.array(
      fc.record({
        shape: fc.array(dimension, { maxLength: 3 }),
        tables: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
        seed: fc.nat(1_000_000),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    fc.array(
      fc.record({ vars: fc.integer({ min: 0, max: 6 }), lowest: fc.integer({ min: -40, max: 5 }), two: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([shapes, tables]) => lookupsOf(shapes, tables));

const loaded = (memory: ProofMemory, { blocks }: Lookups) => {
  const vectors = new Map(
    [...blocks].map(([place, words]) => [place.offset, { vector: memory.base(words.length), words }]),
  );
  for (const { vector, words } of vectors.values()) memory.words(vector).set(words);
  return (place: Place) => vectors.get(place.offset)!.vector;
};

/** What a cheating prover says in place of its message number `n`. */
export type Lie = (values: readonly Ext[], n: number) => readonly Ext[];

export type Proved = {
  readonly proof: Uint8Array;
  readonly looked: Looked<Ext>;
  readonly messages: number;
  /** The most memory that was taken beside the columns. */
  readonly peakBytes: number;
};

/**
 * Proves what is committed, true or not.
 * @param keptVars as `proveLookups` takes it
 */
export const proved = async (
  lookups: Lookups,
  lie: Lie = (values) => values,
  keptVars?: number,
  options?: OpenOptions,
): Promise<Proved> => {
  const memory = await ProofMemory.create();
  const channel = new OpenProver(new Transcript(), options);
  let messages = 0;
  const lying = { ...channel, send: (values: readonly Ext[]) => channel.send(lie(values, messages++)) };
  const words = loaded(memory, lookups);
  const before = memory.mark();
  const looked = proveLookups(lying, memory, lookups.columns, lookups.tables, words, keptVars);
  return { proof: channel.bytes(), looked, messages, peakBytes: memory.peak - before };
};

/**
 * What the argument leaves open, or why it fails.
 * @param without a check that the verifier leaves out
 */
export const verified = async (
  { columns, tables }: Lookups,
  proof: Uint8Array,
  without?: string,
): Promise<Looked<Form> | string> => {
  const memory = await ProofMemory.create();
  const channel = new OpenVerifier(new Transcript(), proof);
  const zero = (form: Form, what: string): void => {
    if (what !== without) channel.zero(form, what);
  };
  try {
    const looked = verifyLookups({ ...channel, zero }, memory, columns, tables);
    channel.end();
    return looked;
  } catch (error) {
    if (error instanceof ProofError) return error.message;
    throw error;
  }
};

/** Whether all that a proof which leaves values says of them is true of the committed blocks: what its opening will check. */
export const statesTruth = async (lookups: Lookups, proof: Uint8Array): Promise<boolean> => {
  const memory = await ProofMemory.create();
  const channel = new OpenVerifier(new Transcript(), proof, { leaves: true });
  verifyLookups(channel, memory, lookups.columns, lookups.tables);
  channel.end();
  const values = await valuesAt(lookups, channel.leftValues);
  return channel.statements.every(({ constant, terms }) =>
    isZero(terms.reduce((sum, { pad, coefficient }) => add(sum, mul(values[pad]!, coefficient)), constant)),
  );
};

/** Values of the committed blocks where a proof claims them. */
export const valuesAt = async (lookups: Lookups, claims: readonly Evaluation[]): Promise<Ext[]> => {
  const memory = await ProofMemory.create();
  const words = loaded(memory, lookups);
  return claims.map(({ place, point }) => evaluateAt(memory, [words(place)], point)[0]!);
};

/** Whether claims are true of the committed blocks: what the opening will check. */
export const allTrue = async (lookups: Lookups, claims: readonly Claim<Form>[]): Promise<boolean> =>
  (await valuesAt(lookups, claims)).every((value, i) => equal(value, claims[i]!.value.constant));

/** The same statement about other committed values: `changes` are made in the words of blocks. */
export const changed = (
  lookups: Lookups,
  ...changes: readonly { readonly place: Place; readonly row: number; readonly value: (old: number) => number }[]
): Lookups => {
  const blocks = new Map([...lookups.blocks].map(([place, words]) => [place, words.slice()]));
  for (const { place, row, value } of changes) {
    const words = blocks.get(place)!;
    words[row] = fromInteger(value(words[row]!) % P);
  }
  return { ...lookups, blocks };
};
