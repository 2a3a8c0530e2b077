/**
 * The kernels of a proof on several threads: those that most of the time goes to are cut into ranges. Sums of ranges come to the
 * same element whatever the ranges are, so a proof has the same bytes on any number of threads.
 */
import { type Ext, mul, ONE, sub } from '../field/ext.ts';
import type { ProofKernels } from '../memory.ts';
import { cut, elementIn, partsOf, type Range, sumOfParts } from './cut.ts';
import { ELEMENT_AT, KERNEL, SUMS_AT } from './layout.ts';
import type { Team } from './team.ts';

/** A kernel that works through elements one after the other: which of its arguments say what, by their places. */
type Rule = {
  /** How many elements. */
  readonly units: number;
  /** Addresses of the first elements; 0 stands for none. */
  readonly moved: readonly number[];
  readonly cost: (args: readonly number[]) => number;
  /** Elements that belong together; 4 unless stated. */
  readonly step?: (args: readonly number[]) => number;
  /** Sums that it leaves at its first argument, which ranges add up; none unless stated. */
  readonly sums?: number;
  /** Whether it can be cut; always unless stated. */
  readonly when?: (args: readonly number[]) => boolean;
  /** What else a range has otherwise. */
  readonly also?: (args: number[], from: number) => void;
};

const steady = (nanoseconds: number) => (): number => nanoseconds;

const RULES = {
  roundFractions: {
    units: 7,
    moved: [1, 2, 3, 4],
    cost: steady(40),
    sums: 2,
    step: (args) => args[12]!,
    // Weights of blocks: a word of each of their planes.
    also: (args, from) => {
      args[13]! += (4 * from) / args[12]!;
    },
  },
  sumFractions: { units: 8, moved: [0, 1, 3, 4, 5, 6], cost: steady(15) },
  joinFractions: { units: 3, moved: [0, 1], cost: steady(6) },
  denominators: {
    units: 2,
    moved: [0, 5, 6],
    cost: steady(4),
    also: (args, from) => {
      if (args[4] !== 0) args[3]! += 4 * from;
    },
  },
  dotBase: { units: 4, moved: [1, 2], cost: steady(1.5), sums: 1 },
  dotExt: { units: 5, moved: [1, 3], cost: steady(25), sums: 1 },
  addRows: { units: 7, moved: [0, 2], cost: (args) => 2.5 * args[6]! },
  // Less than four at the end want room that threads do not have of their own.
  addScaled: { units: 5, moved: [0, 2], cost: steady(6), when: (args) => args[5]! % 4 === 0 },
} as const satisfies { readonly [name: string]: Rule };

const FOLD_COST = 6;
const EQ_TABLE_COST = 6;
const ROUND_OF_TWO_COST = 12;
const SUM_WEIGHTED_COST = 8;
/** Of a word and a level of the transform. */
const ENCODE_COST = 0.15;
const HASH_WORD_COST = 3;
const HASH_PAIR_COST = 100;
/** Words of a column's first block and of its end. */
const HASH_EXTRA_WORDS = 16;

const fours = (units: number, cost: number): Range => ({ units, step: 4, cost });

/** @param memory where the kernels' addresses are */
export const teamKernels = (alone: ProofKernels, team: Team, memory: WebAssembly.Memory): ProofKernels => {
  const { finish } = team;

  /** Whether it was worth cutting; then it is done. */
  const inParts = (...of: [kernel: number, range: Range, args: Parameters<typeof cut>[3]]): boolean => {
    const parts = cut(team, ...of);
    if (parts !== null) finish();
    return parts !== null;
  };

  /** As {@link inParts} where each part leaves sums of its own: what they come to is written to `out`. */
  const inSums = (out: number, sums: number, ...of: Parameters<typeof inParts>): boolean => {
    const parts = cut(team, ...of);
    if (parts === null) return false;
    finish();
    const total = new Uint32Array(memory.buffer, out, 4 * sums);
    for (let k = 0; k < sums; k++) total.set(sumOfParts(parts, k), 4 * k);
    return true;
  };

  const ranged = (name: keyof typeof RULES): ((...args: number[]) => void) => {
    const rule: Rule = RULES[name];
    const { units, moved, cost, step, sums = 0, when, also } = rule;
    const whole = alone[name] as (...args: number[]) => void;
    return (...args) => {
      const range = { units: args[units]!, step: step?.(args) ?? 4, cost: cost(args) };
      const argumentsOf: Parameters<typeof cut>[3] = (from, count, { address }) => {
        const own = [...args];
        own[units] = count;
        for (const i of moved) if (own[i] !== 0) own[i]! += 4 * from;
        also?.(own, from);
        if (sums > 0) own[0] = address + SUMS_AT;
        return own;
      };
      const part = [KERNEL[name], range, argumentsOf] as const;
      const done = when?.(args) !== false && (sums > 0 ? inSums(args[0]!, sums, ...part) : inParts(...part));
      if (!done) whole(...args);
    };
  };

  return {
    ...alone,
    ...(Object.fromEntries(
      (Object.keys(RULES) as (keyof typeof RULES)[]).map((name) => [name, ranged(name)]),
    ) as unknown as Pick<ProofKernels, keyof typeof RULES>),
    foldExt: (vector, stride, half, r) => {
      const argumentsOf = (from: number, n: number) => [vector + 4 * from, stride, 4 * half, n, r];
      if (!inParts(KERNEL.foldRange, fours(half, FOLD_COST), argumentsOf)) alone.foldExt(vector, stride, half, r);
    },
    eqTable: (out, stride, scale, point, vars) => {
      const parts = partsOf(team, 2 ** vars * EQ_TABLE_COST);
      if (parts < 2) return alone.eqTable(out, stride, scale, point, vars);
      const low = vars - Math.floor(Math.log2(parts));
      const words = new Uint32Array(memory.buffer, point, 4 * vars);
      // What the variables above make of the scale, for each part.
      let scales: Ext[] = [elementIn(new Uint32Array(memory.buffer, scale, 4), 0)];
      for (let j = low; j < vars; j++) {
        const r = elementIn(words, 4 * j);
        scales = [...scales.map((each) => mul(each, sub(ONE, r))), ...scales.map((each) => mul(each, r))];
      }
      for (const [i, own] of scales.entries()) {
        const slot = team.slot();
        slot.words[0] = KERNEL.eqTable;
        slot.words.set([out + 4 * i * 2 ** low, stride, slot.address + ELEMENT_AT, point, low], 1);
        slot.words.set(own, ELEMENT_AT / 4);
      }
      finish();
    },
    roundOfTwo: (out, a, aStride, b, bStride, half) => {
      const range = fours(half, ROUND_OF_TWO_COST);
      const whole = [a, aStride, b, bStride] as const;
      const done = inSums(out, 2, KERNEL.plainBlock, range, (from, n, { address }) => [
        address + SUMS_AT,
        ...whole,
        from,
        n,
        half,
      ]);
      if (!done) alone.roundOfTwo(out, ...whole, half);
    },
    sumWeighted: (out, vector, stride, from, to, low, lowStride, lowCount, ...high) => {
      const range = { units: to - from, step: lowCount, cost: SUM_WEIGHTED_COST };
      const eq = [low, lowStride, lowCount, ...high] as const;
      const done = inSums(out, 1, KERNEL.sumWeighted, range, (at, n, { address }) => [
        address + SUMS_AT,
        vector,
        stride,
        from + at,
        from + at + n,
        ...eq,
      ]);
      if (!done) alone.sumWeighted(out, vector, stride, from, to, ...eq);
    },
    // Goes on by itself, so that the next row can be filled meanwhile: whoever reads code words calls `settle` first.
    encode: (...args) => {
      const [out, source, vars, blowupVars, extra, twiddles, scratch, first, end] = args;
      const range = { units: end - first, step: 1, cost: ENCODE_COST * vars * 2 ** vars };
      const parts = cut(team, KERNEL.encode, range, (from, count) => {
        const block = first + from;
        const to = out + 4 * from * 2 ** vars;
        return [to, source, vars, blowupVars, extra, twiddles, scratch, block, block + count];
      });
      if (parts === null) alone.encode(...args);
    },
    hashColumns: (matrix, rows, stride, from, to, ...rest) => {
      const range = fours(to - from, HASH_WORD_COST * (rows + HASH_EXTRA_WORDS));
      const argumentsOf = (at: number, n: number) => [matrix, rows, stride, from + at, from + at + n, ...rest];
      if (!inParts(KERNEL.hashColumns, range, argumentsOf)) alone.hashColumns(matrix, rows, stride, from, to, ...rest);
    },
    hashPairs: (pairs, count, out, scratch) => {
      // Where nodes take the place of their pairs, a range would write over pairs of the one before.
      const apart = out >= pairs + 64 * count || out + 32 * count <= pairs;
      const argumentsOf = (from: number, n: number) => [pairs + 64 * from, n, out + 32 * from, scratch];
      const done = apart && inParts(KERNEL.hashPairs, fours(count, HASH_PAIR_COST), argumentsOf);
      if (!done) alone.hashPairs(pairs, count, out, scratch);
    },
  };
};
