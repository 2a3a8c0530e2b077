/** Spoilt models: each is imported or refused with a code of its own, in bounded time. */

import { type ImportRefusal, importOnnx } from '../../packages/programs/src/onnx/import.ts';
import { OPERATORS } from '../../packages/programs/src/onnx/lower/operators.ts';
import { bytesSource } from '../../packages/programs/src/source.ts';
import { type Random, seeded } from '../fuzz/random.ts';
import { mutateModel, mutateSpec } from './mutate.ts';
import { SEED_SPECS } from './seeds.ts';

export type FuzzReport = {
  readonly cases: number;
  readonly imported: number;
  /** Refusals by code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly slowestSeed: number;
  /** What broke the rule, with the seed that makes it again. */
  readonly failures: readonly string[];
};

const CODES: ReadonlySet<string> = new Set(['model.malformed', 'model.unsupported', 'model.too-large']);

const refusalProblem = ({ problems, problem }: ImportRefusal): string | null => {
  const odd = problems.find(({ code, message, next, field }) => !(CODES.has(code) && message && next && field));
  if (odd !== undefined) return JSON.stringify(odd);
  return problems[0] === problem ? null : 'the first problem does not lead';
};

/** Bytes of one of these models, damaged. */
export const damaged =
  (models: readonly Uint8Array[]) =>
  (random: Random): Uint8Array =>
    mutateModel(random.pick(models), random);

const WORDS: readonly string[] = [
  ...OPERATORS.keys(),
  ...['x', 'y', 'a', 'w', 'b', 'shape', 'i', 'k', '', 'SAME_LOWER', 'edge', 'wrap', 'linear', 'cubic', 'bij,bjk->bk'],
];

/** A well-formed model that means something else. */
export const altered = (random: Random): Uint8Array => mutateSpec(random.pick(SEED_SPECS), WORDS, random);

/**
 * Imports `count` spoilt models.
 * @param clock milliseconds, for the slowest case
 */
export const fuzzOnnx = (
  make: (random: Random) => Uint8Array,
  { seed, count, clock }: { readonly seed: number; readonly count: number; readonly clock: () => number },
): FuzzReport => {
  const codes: Record<string, number> = {};
  const failures: string[] = [];
  let [imported, slowestMs, slowestSeed] = [0, 0, seed];
  for (let i = 0; i < count; i++) {
    const random = seeded(seed + i);
    const started = clock();
    try {
      const bytes = make(random);
      const result = importOnnx(bytesSource(bytes));
      if (result.ok) imported++;
      else {
        codes[result.problem.code] = (codes[result.problem.code] ?? 0) + 1;
        const odd = refusalProblem(result);
        if (odd !== null) failures.push(`seed ${seed + i}: ${odd}`);
      }
    } catch (error) {
      failures.push(`seed ${seed + i}: ${error instanceof Error ? error.stack : error}`);
    }
    const took = clock() - started;
    if (took > slowestMs) [slowestMs, slowestSeed] = [took, seed + i];
  }
  return { cases: count, imported, codes, slowestMs, slowestSeed, failures };
};
