/**
 * What an opening through levels says of hidden rows, many times over, with the challenges held fixed: every word of every message
 * has to be uniform, and as often what it is for one secret as for another that has the same claimed value. Pads are 0, as if they
 * were known: what hides is the blinding and the random coefficients alone. By chi-squared, as in `hiding.test.ts`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uneven, unlike } from '../../../test/chi-squared.ts';
import { said } from '../../../test/said.ts';
import { HiddenProver } from '../channel/hidden.ts';
import { Transcript } from '../channel/transcript.ts';
import { type Ext, ext, ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomWords } from '../random.ts';
import { commitMatrix } from './commit.ts';
import { BLINDING_ROWS } from './hidden.ts';
import { levelsOf } from './levels.ts';
import { open } from './open.ts';
import { queriesOf, randomnessFor } from './soundness.ts';

const PAD_ROW = 1;
const BLINDING_ROW = 2;
const ROWS = BLINDING_ROW + BLINDING_ROWS;

/** What is claimed of either secret: its first value. */
const FIRST = 5;
const SECRETS = [
  (i: number) => (i === 0 ? FIRST : 0),
  (i: number) => (i === 0 ? FIRST : (i * 7_919) % 1_000_003),
] as const;

type Without = { readonly blinding?: boolean; readonly randomness?: boolean };

const memory = await ProofMemory.create();

/** Words of an opening of one hidden row of 2^rowVars values. */
const sample = async (
  rowVars: number,
  secret: (i: number) => number,
  seed: string,
  without: Without = {},
): Promise<Uint32Array> => {
  const shape = { rows: ROWS, rowVars, randomness: randomnessFor(rowVars, 1)! };
  const mark = memory.mark();
  const { words } = await said(seed, async () => {
    const fill = (row: number, values: Uint32Array): void => {
      if (row === 0) for (let i = 0; i < values.length; i++) values[i] = secret(i);
      else if (row >= BLINDING_ROW && without.blinding !== true) values.set(randomWords(values.length));
      else values.fill(0);
    };
    const random = (count: number): Uint32Array =>
      count === shape.randomness && without.randomness === true ? new Uint32Array(count) : randomWords(count);
    const transcript = new Transcript();
    transcript.absorb(new Uint8Array());
    const claimed = (row: number, point: readonly Ext[]) => {
      return { place: { matrix: 0, offset: row * 2 ** rowVars, vars: rowVars }, point };
    };
    const corner = Array.from({ length: rowVars }, () => ZERO);
    const anywhere = Array.from({ length: rowVars }, () => transcript.challenge());
    const values = [ext(FIRST), ZERO];
    const claims = [claimed(0, corner), claimed(PAD_ROW, anywhere)].map((claim, l) => ({
      ...claim,
      value: values[l]!,
    }));
    const stack = [commitMatrix(memory, shape, fill, random)];
    const prover = new HiddenProver(transcript, []);
    open(prover, memory, stack, claims, {
      hidden: {
        pads: { matrix: 0, row: PAD_ROW, rows: 1 },
        blinding: { matrix: 0, row: BLINDING_ROW },
        statements: [],
        values: values.map((constant) => ({ constant, terms: [] })),
      },
    });
    return prover;
  });
  memory.release(mark);
  return words;
};

const samples = async (count: number, ...[rowVars, secret, seed, without]: Parameters<typeof sample>) => {
  const drawn: Uint32Array[] = [];
  for (let i = 0; i < count; i++) drawn.push(await sample(rowVars, secret, `${seed} ${i}`, without));
  return drawn;
};

/** Enough that a word which is always the same is one by chance in 10^14. */
const FEW = 12;

for (const { rowVars, levels, count } of [
  { rowVars: 12, levels: 1, count: 68 },
  { rowVars: 15, levels: 2, count: 24 },
]) {
  const code = { rowVars, randomness: randomnessFor(rowVars, 1)! };

  test(`an opening through ${levels === 1 ? 'one level' : 'two levels'} says as often the same of one secret as of another`, async () => {
    assert.equal(levelsOf(code).length, levels);
    const a = await samples(count, rowVars, SECRETS[0], 'a');
    const b = await samples(count, rowVars, SECRETS[1], 'b');
    const { length } = a[0]!;
    assert.ok([...a, ...b].every((words) => words.length === length));
    const tests = 3 * length;
    assert.deepEqual([uneven(a, tests), uneven(b, tests), unlike(a, b, tests)], [[], [], []]);
  });

  test(`without blinding ${levels === 1 ? 'one level tells' : 'two levels tell'} of the secret`, async () => {
    const drawn = await samples(FEW, rowVars, SECRETS[1], 'c', { blinding: true });
    const found = uneven(drawn, drawn[0]!.length);
    // Behind the columns of the stack: those of levels, whose rows have no random coefficients but the last few.
    assert.ok(found.at(-1)! > (3 * drawn[0]!.length) / 4);
  });
}

test('without random coefficients the columns of the stack tell of the secret, levels or not', async () => {
  const rowVars = 12;
  const whole = await samples(FEW, rowVars, SECRETS[1], 'd');
  assert.deepEqual(uneven(whole, whole[0]!.length), []);
  const bare = await samples(FEW, rowVars, SECRETS[1], 'd', { randomness: true });
  assert.ok(uneven(bare, bare[0]!.length).length >= queriesOf({ rowVars, randomness: randomnessFor(rowVars, 1)! }));
});
