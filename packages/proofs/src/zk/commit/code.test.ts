/**
 * The code of the commitments: any so many columns determine a row, so two rows share fewer, and any few columns tell nothing
 * of the values (the claims of soundness.ts, counted at small sizes).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rankOf } from '../../../test/rank.ts';
import { ProofMemory } from '../memory.ts';
import { blowupOf, codeLength, width } from './shape.ts';
import { type CodeShape, codeOf } from './soundness.ts';

const memory = await ProofMemory.create();

/** Code words of all coefficients, one after the other. */
const generator = (shape: CodeShape): number[][] => {
  const { rowVars, randomness } = shape;
  const mark = memory.mark();
  const [size, length] = [width(shape), codeLength(shape)];
  const table = memory.base((3 * length) / 4);
  memory.kernels.makeTwiddles(table.address, Math.log2(length));
  const source = memory.base(2 * size);
  const out = memory.base(length);
  const scratch = memory.take(4 * size);
  const rows = Array.from({ length: size + randomness }, (_, j) => {
    memory.words(source).fill(0)[j] = 1;
    const blowupVars = blowupOf(shape);
    const all = [0, 2 ** blowupVars] as const;
    memory.kernels.encode(out.address, source.address, rowVars, blowupVars, randomness, table.address, scratch, ...all);
    return [...memory.words(out)];
  });
  memory.release(mark);
  return rows;
};

const at = (words: readonly number[][], columns: readonly number[]): number[][] =>
  words.map((word) => columns.map((column) => word[column]!));

/** Columns side by side, spread evenly, and drawn. */
const someColumns = (length: number, count: number): fc.Arbitrary<number[]> =>
  fc.oneof(
    fc.nat(length - count).map((first) => Array.from({ length: count }, (_, i) => first + i)),
    fc.constant(Array.from({ length: count }, (_, i) => Math.floor((i * length) / count))),
    fc.shuffledSubarray(
      Array.from({ length }, (_, i) => i),
      { minLength: count, maxLength: count },
    ),
  );

for (const [rowVars, randomness, blowupVars] of [
  [4, 0, 2],
  [4, 3, 2],
  [4, 6, 2],
  [5, 9, 2],
  [4, 0, 4],
] as const) {
  const shape = { rowVars, randomness, blowupVars };
  const words = generator(shape);
  const length = codeLength(shape);

  test(`rows of 2^${rowVars} and ${randomness}, 2^${blowupVars} times as long: as many columns as two words may share, and one more, determine a row`, () => {
    const kept = codeOf(shape).shared + 1;
    fc.assert(
      fc.property(someColumns(length, kept), (columns) => {
        assert.equal(rankOf(at(words, columns)), words.length);
      }),
      { numRuns: 150 },
    );
  });

  if (randomness > 0) {
    test(`rows of 2^${rowVars} and ${randomness}: so many columns are uniform whatever the values`, () => {
      const hiding = randomness - 1 + (randomness % 2);
      fc.assert(
        fc.property(someColumns(length, hiding), (columns) => {
          assert.equal(rankOf(at(words.slice(2 ** rowVars), columns)), hiding);
        }),
        { numRuns: 150 },
      );
    });
  }
}
