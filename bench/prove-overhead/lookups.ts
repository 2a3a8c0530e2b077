/** Lookups of pairs of values in one table, counted, proved and verified. */
import type { Form } from '../../packages/proofs/src/zk/channel/form.ts';
import { OpenProver, OpenVerifier } from '../../packages/proofs/src/zk/channel/open.ts';
import { Transcript } from '../../packages/proofs/src/zk/channel/transcript.ts';
import type { Place } from '../../packages/proofs/src/zk/commit/place.ts';
import { equal } from '../../packages/proofs/src/zk/field/ext.ts';
import type { LookupColumn, LookupTable } from '../../packages/proofs/src/zk/lookup/column.ts';
import { evaluateAt } from '../../packages/proofs/src/zk/lookup/evaluate.ts';
import { upperOf } from '../../packages/proofs/src/zk/lookup/fractions.ts';
import { countLookups } from '../../packages/proofs/src/zk/lookup/multiplicities.ts';
import { type Looked, proveLookups } from '../../packages/proofs/src/zk/lookup/prove.ts';
import { verifyLookups } from '../../packages/proofs/src/zk/lookup/verify.ts';
import { type BaseVector, ProofMemory } from '../../packages/proofs/src/zk/memory.ts';
import type { Figure } from '../figure.ts';
import { productNs } from './peak.ts';
import { medianNs } from './thread.ts';

const LIMIT_NS = 400;
/**
 * Products of the extension that a tree takes whose lower half of leaves has no table: half of one for each denominator; for
 * each sum of two fractions 3 to add them, 1 to join them, and in the rounds 4 folds and 6 more (as many pairs as sums). Of
 * leaves whose first numerator is 1 the sum takes 2 and the rounds 7; of those added to filling, the rounds take 2. Layers that
 * are made again because they do not fit into memory are counted once, as if they did.
 */
const productsOf = (rows: number): number => {
  const vars = Math.ceil(Math.log2(rows));
  const half = 2 ** (vars - 1);
  const upper = upperOf(rows, vars);
  return 0.5 * rows + 10 * upper + 2 * (half - upper) + 14 * half;
};

type Case = {
  readonly name: string;
  readonly vars: readonly number[];
  readonly tableVars: number;
};

const CASES: readonly Case[] = [
  { name: '2^16 rows', vars: [15, 14, 13, 12], tableVars: 12 },
  { name: '2^20 rows', vars: [19, 18, 17, 16], tableVars: 16 },
  { name: '2^20 + 2^10 rows', vars: [20], tableVars: 10 },
  { name: '2^22 rows', vars: [21, 20, 19, 18], tableVars: 18 },
  { name: '2^24 rows', vars: [23, 22, 21, 20, 19, 18], tableVars: 18 },
];

const measured = async ({ name, vars, tableVars }: Case, product: number): Promise<readonly Figure[]> => {
  const memory = await ProofMemory.create();
  const vectors: BaseVector[] = [];
  const placed = (bits: number): Place => {
    vectors.push(memory.base(2 ** bits));
    return { matrix: 0, offset: vectors.length - 1, vars: bits };
  };
  const words = ({ offset }: Place): BaseVector => vectors[offset]!;
  const columns = vars.map((bits): LookupColumn => {
    const sizes = [{ size: 2 ** bits, vars: bits }];
    return { name: 'values', vars: bits, sizes, tags: [1], values: [placed(bits), placed(bits)] };
  });
  const entries = Uint32Array.from({ length: 2 ** tableVars }, (_, i) => i);
  const seconds = entries.map((i) => i >>> 3);
  const table: LookupTable = { tag: 1, vars: tableVars, columns: [entries, seconds], multiplicity: placed(tableVars) };
  for (const { values } of columns) {
    const [first, second] = values.map((place) => memory.words(words(place))) as [Uint32Array, Uint32Array];
    for (let i = 0; i < first.length; i++) {
      first[i] = Math.imul(i, 2_654_435_769) >>> (32 - tableVars);
      second[i] = first[i]! >>> 3;
    }
  }
  const count = () =>
    countLookups(columns, [table], ({ values }) => values.map((place) => memory.words(words(place))))[0]!;
  memory.words(words(table.multiplicity)).set(count());
  const before = memory.mark();

  let proof = new Uint8Array();
  const prove = (): void => {
    const channel = new OpenProver(new Transcript());
    proveLookups(channel, memory, columns, [table], words);
    proof = channel.bytes() as Uint8Array<ArrayBuffer>;
  };
  const verify = (): Looked<Form> => {
    const channel = new OpenVerifier(new Transcript(), proof);
    const looked = verifyLookups(channel, memory, columns, [table]);
    channel.end();
    return looked;
  };
  prove();
  const { claims, point } = verify();
  for (const { place, value } of claims) {
    const [own] = evaluateAt(memory, [words(place)], point);
    if (!equal(own!, value.constant)) throw new Error(`${name}: a claim of an accepted proof is false.`);
  }
  const lookups = vars.reduce((sum, bits) => sum + 2 ** bits, 0);
  const products = productsOf(lookups + entries.length) / lookups;
  const ns = (await medianNs(3, prove)) / lookups;
  const counted = (await medianNs(3, count)) / lookups;
  const verified = (await medianNs(3, verify)) / 1e6;
  const plain = (label: string, value: number, unit: string): Figure => {
    return { name: `lookups, ${name}: ${label}`, value, unit, goal: '', holds: null, peer: '' };
  };
  const share = (100 * products * product) / ns;
  return [
    {
      ...plain('a lookup', ns, 'ns'),
      goal: `<= ${LIMIT_NS}`,
      holds: ns <= LIMIT_NS,
      peer: `${products.toFixed(1)} products of ${product.toFixed(2)} ns`,
    },
    { ...plain('share of the rate of products', share, '%'), goal: '>= 50', holds: share >= 50 },
    plain('counting one', counted, 'ns'),
    plain('verifying', verified, 'ms'),
    plain('memory beside the columns', (memory.peak - before) / 1e6, 'MB'),
    plain('proof', proof.length / 1e3, 'kB'),
  ];
};

/** One thread. */
export const lookupFigures = async (): Promise<readonly Figure[]> => {
  const product = await productNs();
  const figures: Figure[] = [];
  for (const one of CASES) figures.push(...(await measured(one, product)));
  return figures;
};
