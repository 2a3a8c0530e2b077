/** What committing and opening take is known before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenProver } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import type { Ext } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { commitMatrix, commitmentBytes } from './commit.ts';
import { open } from './open.ts';
import { openingMemoryBytes } from './parameters.ts';
import type { Claim } from './place.ts';
import { evaluateClaim } from './value.ts';

for (const shape of [
  { rows: 40, rowVars: 9, randomness: 155 },
  { rows: 40, rowVars: 14, randomness: 0 },
]) {
  test(`a commitment keeps, and an opening takes, no more than said and not much less: rows of 2^${shape.rowVars}`, async () => {
    const memory = await ProofMemory.create();
    const size = 2 ** shape.rowVars;
    const start = memory.mark();
    const stack = [commitMatrix(memory, shape, (_, words) => words.set(randomWords(size)))];
    const kept = memory.mark();
    assert.ok(kept - start <= commitmentBytes(shape) + 256 && kept - start >= commitmentBytes(shape));
    const points = [0, 1, 2, 3, 4].map((i) => ({ matrix: 0, offset: 8 * i * size, vars: shape.rowVars + 3 }));
    const rows = [0, 1, 2].map((i) => ({ matrix: 0, offset: i * size, vars: shape.rowVars - 1 }));
    const places = [...points, ...rows];
    const claims = places.map((place): Claim<Ext> => {
      const point = randomExts(place.vars);
      return { place, point, value: evaluateClaim(memory, stack, { place, point }) };
    });
    open(new OpenProver(new Transcript()), memory, stack, claims);
    const taken = memory.peak - kept;
    const most = openingMemoryBytes([shape], { points: points.length, rows: rows.length }, null);
    assert.ok(taken <= most && taken >= 0.9 * most, `${taken} of ${most}`);
  });
}
