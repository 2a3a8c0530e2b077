/** What committing and opening take is known before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenProver } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import type { Ext } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords, seededWords } from '../random.ts';
import { type CommitOptions, commitMatrix, commitmentBytes, encodedBytesAtOnce } from './commit.ts';
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

test('code words that are made again are those that were committed to, and take no room between', async () => {
  const memory = await ProofMemory.create();
  const shape = { rows: 12, rowVars: 6, randomness: 33 };
  const values = randomWords(shape.rows * 64);
  const place = { matrix: 0, offset: 0, vars: 9 };
  const point = randomExts(place.vars);
  const opened = (options: CommitOptions) => {
    const start = memory.mark();
    const random = seededWords(new Uint8Array(32), new Uint8Array());
    const fill = (row: number, words: Uint32Array): void => words.set(values.subarray(64 * row, 64 * (row + 1)));
    const committed = commitMatrix(memory, shape, fill, random, options);
    const bytes = memory.mark() - start;
    assert.ok(bytes >= commitmentBytes(shape, options) && bytes <= commitmentBytes(shape, options) + 256);
    const channel = new OpenProver(new Transcript());
    const value = evaluateClaim(memory, [committed], { place, point });
    open(channel, memory, [committed], [{ place, point, value }]);
    assert.equal(memory.mark() - start, bytes);
    memory.release(start);
    return { root: committed.root, proof: channel.bytes(), bytes };
  };
  const kept = opened({ keep: true });
  // All at once, two of the four blocks of each code word, and one.
  const whole = encodedBytesAtOnce(shape);
  for (const [atOnceBytes, part] of [
    [whole, 1],
    [whole - 1, 2],
    [0, 4],
  ] as const) {
    const options = { keep: false, atOnceBytes };
    const again = opened(options);
    assert.deepEqual([again.root, again.proof], [kept.root, kept.proof]);
    assert.ok(kept.bytes - again.bytes >= whole);
    assert.ok(encodedBytesAtOnce(shape, options) <= whole / part + 64 * shape.rows);
  }
});
