/** Kernels on several threads give what they give on one, and no thread outlives its work. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startNodeThread } from '../../../../programs/src/engine/node-threads.ts';
import { ONE } from '../field/ext.ts';
import { type BaseVector, type ExtVector, ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';

const POOL = { start: startNodeThread, cores: 4 };
const LENGTH = 2 ** 15;

/** Vectors that kernels read and write; the same each time for one seed of words. */
type Scene = {
  readonly a: ExtVector;
  readonly b: ExtVector;
  readonly c: ExtVector;
  readonly d: ExtVector;
  /** Weights. */
  readonly e: ExtVector;
  readonly words: BaseVector;
  readonly points: number;
  readonly out: number;
  readonly free: number;
};

const WORDS = randomWords(24 * LENGTH);

const sceneIn = (memory: ProofMemory): Scene => {
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((v) => {
    const vector = memory.ext(LENGTH);
    for (let k = 0; k < 4; k++) {
      const plane = memory.words({ address: vector.address + k * vector.stride, length: LENGTH });
      plane.set(WORDS.subarray((4 * v + k) * LENGTH, (4 * v + k + 1) * LENGTH));
    }
    return vector;
  }) as [ExtVector, ExtVector, ExtVector, ExtVector, ExtVector];
  const words = memory.base(4 * LENGTH);
  memory.words(words).set(WORDS.subarray(20 * LENGTH));
  const points = memory.take(16 * 20);
  memory.put(points, POINTS);
  const out = memory.take(256);
  memory.bytes(out, 256).fill(0);
  return { a, b, c, d, e, words, points, out, free: memory.take(2 ** 22) };
};

const POINTS = [ONE, ...randomExts(19)];
const BLOCK_VARS = 8;

/** A call of each kernel that is cut, on vectors long enough for it. */
const CALLS: Readonly<Record<string, (memory: ProofMemory, scene: Scene) => void>> = {
  foldExt: ({ kernels }, { a, points }) => kernels.foldExt(a.address, a.stride, LENGTH / 2, points + 16),
  eqTable: ({ kernels }, { a, points }) => kernels.eqTable(a.address, a.stride, points, points + 16, 15),
  roundFractions: ({ kernels }, scene) => rounds(kernels, scene, scene.a.address, scene.points + 16),
  'roundFractions, of ones, nothing bound': ({ kernels }, scene) => rounds(kernels, scene, 0, 0),
  sumWeighted: (memory, { out, a, b, c }) => {
    memory.kernels.sumWeighted(out, a.address, a.stride, 512, LENGTH, b.address, b.stride, 256, c.address, c.stride);
    // One sum; behind it lies what it was summed with, and behind two.
    memory.bytes(out + 16, 16).fill(0);
  },
  sumFractions: ({ kernels }, { a, b, c, d }) =>
    kernels.sumFractions(a.address, b.address, a.stride, c.address, d.address, d.address, c.address, c.stride, LENGTH),
  'sumFractions, of ones': ({ kernels }, { a, b, c, d }) =>
    kernels.sumFractions(a.address, b.address, a.stride, 0, d.address, 0, c.address, c.stride, LENGTH),
  joinFractions: ({ kernels }, { a, b, points }) =>
    kernels.joinFractions(a.address, b.address, a.stride, LENGTH, points + 16, 0),
  denominators: ({ kernels }, { a, words, points }) =>
    kernels.denominators(
      a.address,
      a.stride,
      LENGTH,
      words.address,
      -1,
      words.address + 4 * LENGTH,
      words.address + 8 * LENGTH,
      points,
    ),
  'denominators, of one tag and value': ({ kernels }, { a, words, points }) =>
    kernels.denominators(a.address, a.stride, LENGTH, words.address, 0, words.address, 0, points),
  dotBase: ({ kernels }, { out, words, a }) => kernels.dotBase(out, words.address, a.address, a.stride, LENGTH),
  dotExt: ({ kernels }, { out, a, b }) => kernels.dotExt(out, a.address, a.stride, b.address, b.stride, LENGTH),
  roundOfTwo: ({ kernels }, { out, a, b }) =>
    kernels.roundOfTwo(out, a.address, a.stride, b.address, b.stride, LENGTH / 2),
  addRows: ({ kernels }, { a, words, b }) =>
    kernels.addRows(a.address, a.stride, words.address, 4 * LENGTH, b.address, b.stride, 4, LENGTH - 4),
  addScaled: ({ kernels }, { a, b, points }) =>
    kernels.addScaled(a.address, a.stride, b.address, b.stride, points + 16, LENGTH),
  'addScaled, no whole fours': ({ kernels }, { a, b, points }) =>
    kernels.addScaled(a.address, a.stride, b.address, b.stride, points + 16, LENGTH - 3),
  encode: (memory, { words, free }) => {
    const scratch = memory.take(memory.threads * 4 * 2 ** 13);
    const twiddles = memory.take(4 * LENGTH);
    memory.kernels.makeTwiddles(twiddles, 15);
    for (let row = 0; row < 30; row++) {
      const from = words.address + 4 * 64 * row;
      memory.kernels.encode(free + 4 * LENGTH * row, from, 13, 2, 100, twiddles, scratch, 0, 4);
    }
    memory.settle();
  },
  hashColumns: (memory, { words, free }) => {
    const scratch = memory.take(memory.threads * memory.kernels.columnScratch());
    memory.bytes(free, 64).fill(1);
    memory.kernels.hashPrefix(free, free + 64, scratch);
    const [prefix, salts, out] = [free + 64, words.address, free + 192];
    memory.kernels.hashColumns(words.address, 15, LENGTH, 8, 4000, prefix, salts, out, scratch);
  },
  hashPairs: (memory, { words, free }) => {
    const scratch = memory.take(memory.threads * 512);
    memory.kernels.hashPairs(words.address, 4000, free, scratch);
  },
  'hashPairs, in their place': (memory, { words }) => {
    const scratch = memory.take(memory.threads * 512);
    memory.kernels.hashPairs(words.address, 4000, words.address, scratch);
  },
};

const rounds = (kernels: ProofMemory['kernels'], { out, a, b, c, d, e }: Scene, p0: number, r: number): void => {
  // With something bound, pairs of pairs are folded into pairs.
  const [pairs, gap] = r === 0 ? [LENGTH / 2, LENGTH / 2] : [LENGTH / 4, LENGTH / 4];
  const weights = [e.address, e.stride, 2 ** BLOCK_VARS, e.address + 2 ** 12, e.stride] as const;
  kernels.roundFractions(out, p0, b.address, c.address, d.address, a.stride, r, pairs, gap, gap, ...weights);
};

/** All of the memory that a call left, from the first vector on. */
const leftBy = (memory: ProofMemory, call: (memory: ProofMemory, scene: Scene) => void): Uint8Array => {
  const mark = memory.mark();
  const scene = sceneIn(memory);
  memory.bytes(scene.free, 2 ** 22).fill(0);
  const end = memory.mark();
  call(memory, scene);
  memory.bytes(scene.out + 32, 224).fill(0);
  memory.release(mark);
  return memory.bytes(mark, end - mark).slice();
};

test('every kernel leaves the same on any number of threads', async () => {
  const memory = await ProofMemory.create();
  const alone = Object.values(CALLS).map((call) => leftBy(memory, call));
  for (const threads of [2, 3, 5]) {
    await memory.together(threads, POOL, async (joined) => {
      await joined();
      assert.equal(memory.threads, threads);
      for (const [i, [name, call]] of Object.entries(CALLS).entries()) {
        const taken = partsTaken(memory);
        assert.ok(Buffer.from(leftBy(memory, call)).equals(alone[i]!), `${name} on ${threads} threads`);
        const cut = !/no whole fours|in their place/.test(name);
        assert.equal(partsTaken(memory) > taken, cut, `${name} is cut into parts`);
      }
    });
  }
  assert.equal(memory.threads, 1);
});

/** Parts that were handed out so far: what threads count. */
const partsTaken = (memory: ProofMemory): number =>
  new DataView(memory.bytes(0, 256).slice().buffer).getUint32(192, true);
