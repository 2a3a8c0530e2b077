/**
 * The kernels of a proof on several threads: those that most of the time goes to are cut into ranges. Sums of ranges come to the
 * same element whatever the ranges are, so a proof has the same bytes on any number of threads.
 */
import { add, type Ext, mul, ONE, sub, ZERO } from '../field/ext.ts';
import type { ProofKernels } from '../memory.ts';
import { ELEMENT_AT, KERNEL, SUMS_AT } from './layout.ts';
import type { Slot, Team } from './team.ts';

/** Nanoseconds of a part, at least: waking a thread that sleeps takes as long. */
const LEAST_PART = 20_000;
/** Parts for each thread: who is held up leaves some to the others. */
const PARTS_EACH = 4;

/** Nanoseconds for each unit that a kernel works through, roughly, on one thread of a machine of 2025. */
const COST = {
  fold: 6,
  eqTable: 6,
  roundFractions: 40,
  sumWeighted: 8,
  sumFractions: 15,
  joinFractions: 6,
  denominators: 4,
  dotBase: 1.5,
  dotExt: 25,
  roundOfTwo: 12,
  rowWord: 2.5,
  addScaled: 6,
  /** Of a word and a level of the transform. */
  encode: 0.15,
  hashWord: 3,
  hashPair: 100,
} as const;

type Range = {
  readonly units: number;
  /** Ranges are multiples of this, but for the last. */
  readonly step: number;
  /** Nanoseconds a unit. */
  readonly cost: number;
};

/** Arguments of the part that works through `count` units from `from` on. */
type Arguments = (from: number, count: number, slot: Slot) => readonly number[];

/** @param memory where the kernels' addresses are */
export const teamKernels = (alone: ProofKernels, team: Team, memory: WebAssembly.Memory): ProofKernels => {
  const cut = (kernel: number, { units, step, cost }: Range, argumentsOf: Arguments): readonly Slot[] | null => {
    const parts = Math.min(PARTS_EACH * team.threads, Math.floor((units * cost) / LEAST_PART));
    const each = Math.ceil(units / Math.max(parts, 1) / step) * step;
    if (parts < 2 || each >= units) return null;
    const slots: Slot[] = [];
    for (let from = 0; from < units; from += each) {
      const slot = team.slot();
      slot.words[0] = kernel;
      slot.words.set(argumentsOf(from, Math.min(each, units - from), slot), 1);
      slots.push(slot);
    }
    team.handOut();
    return slots;
  };

  /** Whether it was worth cutting; then it is done. */
  const inParts = (kernel: number, range: Range, argumentsOf: Arguments): boolean => {
    const parts = cut(kernel, range, argumentsOf);
    if (parts !== null) team.finish();
    return parts !== null;
  };

  const element = (words: Uint32Array, at: number): Ext => [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];

  /** As {@link inParts} where each part leaves so many sums of its own: what they come to is written to `out`. */
  const inSums = (kernel: number, out: number, sums: number, range: Range, argumentsOf: Arguments): boolean => {
    const parts = cut(kernel, range, argumentsOf);
    if (parts === null) return false;
    team.finish();
    const total = new Uint32Array(memory.buffer, out, 4 * sums);
    for (let k = 0; k < sums; k++) {
      const sum = parts.reduce<Ext>((so, { words }) => add(so, element(words, SUMS_AT / 4 + 4 * k)), ZERO);
      total.set(sum, 4 * k);
    }
    return true;
  };

  const fours = (units: number, cost: number): Range => ({ units, step: 4, cost });
  const sumsOf = ({ address }: Slot): number => address + SUMS_AT;

  return {
    ...alone,
    foldExt: (vector, stride, half, r) => {
      const done = inParts(KERNEL.foldRange, fours(half, COST.fold), (from, n) => [
        vector + 4 * from,
        stride,
        4 * half,
        n,
        r,
      ]);
      if (!done) alone.foldExt(vector, stride, half, r);
    },
    eqTable: (out, stride, scale, point, vars) => {
      const parts = Math.min(PARTS_EACH * team.threads, (2 ** vars * COST.eqTable) / LEAST_PART);
      const bits = Math.min(Math.floor(Math.log2(Math.max(parts, 1))), vars);
      if (bits < 1) return alone.eqTable(out, stride, scale, point, vars);
      const low = vars - bits;
      const words = new Uint32Array(memory.buffer, point, 4 * vars);
      let scales: Ext[] = [element(new Uint32Array(memory.buffer, scale, 4), 0)];
      for (let j = low; j < vars; j++) {
        const r = element(words, 4 * j);
        scales = [...scales.map((each) => mul(each, sub(ONE, r))), ...scales.map((each) => mul(each, r))];
      }
      for (const [i, own] of scales.entries()) {
        const slot = team.slot();
        slot.words[0] = KERNEL.eqTable;
        slot.words.set([out + 4 * i * 2 ** low, stride, slot.address + ELEMENT_AT, point, low], 1);
        slot.words.set(own, ELEMENT_AT / 4);
      }
      team.finish();
    },
    roundFractions: (
      out,
      p0,
      q0,
      p1,
      q1,
      stride,
      r,
      pairs,
      gap,
      gapSecond,
      low,
      lowStride,
      lowCount,
      high,
      highStride,
    ) => {
      const range = { units: pairs, step: lowCount, cost: COST.roundFractions };
      const done = inSums(KERNEL.roundFractions, out, 2, range, (from, n, slot) => {
        const at = 4 * from;
        const vectors = [p0 === 0 ? 0 : p0 + at, q0 + at, p1 + at, q1 + at, stride];
        return [
          sumsOf(slot),
          ...vectors,
          r,
          n,
          gap,
          gapSecond,
          low,
          lowStride,
          lowCount,
          high + (4 * from) / lowCount,
          highStride,
        ];
      });
      if (done) return;
      alone.roundFractions(
        out,
        p0,
        q0,
        p1,
        q1,
        stride,
        r,
        pairs,
        gap,
        gapSecond,
        low,
        lowStride,
        lowCount,
        high,
        highStride,
      );
    },
    sumWeighted: (out, vector, stride, from, to, low, lowStride, lowCount, high, highStride) => {
      const range = { units: to - from, step: lowCount, cost: COST.sumWeighted };
      const done = inSums(KERNEL.sumWeighted, out, 1, range, (at, n, slot) => [
        sumsOf(slot),
        vector,
        stride,
        from + at,
        from + at + n,
        low,
        lowStride,
        lowCount,
        high,
        highStride,
      ]);
      if (!done) alone.sumWeighted(out, vector, stride, from, to, low, lowStride, lowCount, high, highStride);
    },
    sumFractions: (p, q, outStride, p0, q0, p1, q1, stride, n) => {
      const done = inParts(KERNEL.sumFractions, fours(n, COST.sumFractions), (from, count) => {
        const at = 4 * from;
        const lower = [p0 === 0 ? 0 : p0 + at, q0 + at];
        return [p + at, q + at, outStride, ...lower, p1 === 0 ? 0 : p1 + at, q1 + at, stride, count];
      });
      if (!done) alone.sumFractions(p, q, outStride, p0, q0, p1, q1, stride, n);
    },
    joinFractions: (p, q, stride, n, lambda, ones) => {
      const done = inParts(KERNEL.joinFractions, fours(n, COST.joinFractions), (from, count) => [
        p + 4 * from,
        q + 4 * from,
        stride,
        count,
        lambda,
        ones,
      ]);
      if (!done) alone.joinFractions(p, q, stride, n, lambda, ones);
    },
    denominators: (q, stride, n, tags, tagMask, first, second, constants) => {
      const done = inParts(KERNEL.denominators, fours(n, COST.denominators), (from, count) => {
        const at = 4 * from;
        const values = [first + at, second === 0 ? 0 : second + at];
        return [q + at, stride, count, tagMask === 0 ? tags : tags + at, tagMask, ...values, constants];
      });
      if (!done) alone.denominators(q, stride, n, tags, tagMask, first, second, constants);
    },
    dotBase: (out, a, b, stride, n) => {
      const done = inSums(KERNEL.dotBase, out, 1, fours(n, COST.dotBase), (from, count, slot) => [
        sumsOf(slot),
        a + 4 * from,
        b + 4 * from,
        stride,
        count,
      ]);
      if (!done) alone.dotBase(out, a, b, stride, n);
    },
    dotExt: (out, a, aStride, b, bStride, n) => {
      const done = inSums(KERNEL.dotExt, out, 1, fours(n, COST.dotExt), (from, count, slot) => [
        sumsOf(slot),
        a + 4 * from,
        aStride,
        b + 4 * from,
        bStride,
        count,
      ]);
      if (!done) alone.dotExt(out, a, aStride, b, bStride, n);
    },
    roundOfTwo: (out, a, aStride, b, bStride, half) => {
      const done = inSums(KERNEL.plainBlock, out, 2, fours(half, COST.roundOfTwo), (from, count, slot) => [
        sumsOf(slot),
        a,
        aStride,
        b,
        bStride,
        from,
        count,
        half,
      ]);
      if (!done) alone.roundOfTwo(out, a, aStride, b, bStride, half);
    },
    addRows: (out, stride, rows, rowStride, coefficients, coefficientStride, count, width) => {
      const done = inParts(KERNEL.addRows, fours(width, COST.rowWord * count), (from, n) => {
        const at = 4 * from;
        return [out + at, stride, rows + at, rowStride, coefficients, coefficientStride, count, n];
      });
      if (!done) alone.addRows(out, stride, rows, rowStride, coefficients, coefficientStride, count, width);
    },
    addScaled: (out, stride, vector, vectorStride, scale, n) => {
      // Less than four at the end want room that threads do not have of their own.
      const done =
        n % 4 === 0 &&
        inParts(KERNEL.addScaled, fours(n, COST.addScaled), (from, count) => {
          const at = 4 * from;
          return [out + at, stride, vector + at, vectorStride, scale, count];
        });
      if (!done) alone.addScaled(out, stride, vector, vectorStride, scale, n);
    },
    // Goes on by itself, so that the next row can be filled meanwhile: whoever reads code words calls `settle` first.
    encode: (out, source, vars, blowupVars, extra, twiddles, scratch) => {
      const all = [out, source, vars, blowupVars, extra, twiddles, scratch];
      const range = { units: 2 ** blowupVars, step: 1, cost: COST.encode * vars * 2 ** vars };
      const parts = cut(KERNEL.encode, range, (from, count) => [...all, from, from + count]);
      if (parts === null) alone.encode(out, source, vars, blowupVars, extra, twiddles, scratch);
    },
    hashColumns: (matrix, rows, stride, from, to, prefix, salts, out, scratch) => {
      const range = fours(to - from, COST.hashWord * (rows + 16));
      const done = inParts(KERNEL.hashColumns, range, (at, count) => [
        matrix,
        rows,
        stride,
        from + at,
        from + at + count,
        prefix,
        salts,
        out,
        scratch,
      ]);
      if (!done) alone.hashColumns(matrix, rows, stride, from, to, prefix, salts, out, scratch);
    },
    hashPairs: (pairs, count, out, scratch) => {
      // Where nodes take the place of their pairs, a range would write over pairs of the one before.
      const apart = out >= pairs + 64 * count || out + 32 * count <= pairs;
      const done =
        apart &&
        inParts(KERNEL.hashPairs, fours(count, COST.hashPair), (from, n) => [
          pairs + 64 * from,
          n,
          out + 32 * from,
          scratch,
        ]);
      if (!done) alone.hashPairs(pairs, count, out, scratch);
    },
  };
};
