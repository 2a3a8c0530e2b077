/** Openings of values that only went out under pads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { VerifierChannel } from '../channel/channel.ts';
import { type Form, known, minus, scaled, sum } from '../channel/form.ts';
import { closingPads, HiddenProver, HiddenVerifier } from '../channel/hidden.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, mul, ONE, scale, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { checkOpening } from './check.ts';
import { type Commitment, type Committed, commitMatrix } from './commit.ts';
import { BLINDING_ROWS, type HiddenPart } from './hidden.ts';
import { open } from './open.ts';
import type { Claim, Place } from './place.ts';
import { LEAST_ROW_VARS } from './shape.ts';

const SIZE = 2 ** LEAST_ROW_VARS;
const VALUE_ROWS = 5;
const PAD_ROWS = 3;
const PADS = (PAD_ROWS * SIZE) / 4;
const ROWS = VALUE_ROWS + PAD_ROWS + BLINDING_ROWS;

const PLACES: readonly Place[] = [
  { matrix: 0, offset: 0, vars: 7, rows: VALUE_ROWS },
  { matrix: 0, offset: 2 * SIZE, vars: 3 },
  { matrix: 0, offset: VALUE_ROWS * SIZE, vars: LEAST_ROW_VARS + 2, rows: PAD_ROWS },
];

const part = (statements: readonly Form[]): HiddenPart => ({
  pads: { matrix: 0, row: VALUE_ROWS, rows: PAD_ROWS },
  blinding: { matrix: 0, row: VALUE_ROWS + PAD_ROWS },
  statements,
});

const memory = await ProofMemory.create();

type Scene = { readonly words: Uint32Array; readonly pads: readonly Ext[]; readonly committed: Committed };

const scene = (): Scene => {
  const pads = randomExts(PADS);
  const words = new Uint32Array(ROWS * SIZE);
  words.set(randomWords(words.length));
  for (const [k, pad] of pads.entries()) words.set(pad, VALUE_ROWS * SIZE + 4 * k);
  const committed = commitMatrix(memory, { rows: ROWS, rowVars: LEAST_ROW_VARS, randomness: 9 }, (row, to) =>
    to.set(words.subarray(row * SIZE, (row + 1) * SIZE)),
  );
  return { words, pads, committed };
};

const evaluate = (words: Uint32Array, { offset, vars, rows }: Place, point: readonly Ext[]): Ext => {
  let value = ZERO;
  for (let i = 0; i < Math.min(2 ** vars, (rows ?? ROWS) * SIZE); i++) {
    value = add(value, scale(eqAt(point, i), words[offset + i]!));
  }
  return value;
};

const points = (channel: { readonly challenge: () => Ext }): Ext[][] =>
  PLACES.map(({ vars }) => Array.from({ length: vars }, () => channel.challenge()));

/** What a verifier does before the opening: three values, of which the product and a sum of two are claimed. */
const listen = (channel: VerifierChannel, total: Ext): Claim<Form>[] => {
  const at = points(channel);
  const values = channel.receive(PLACES.length);
  const [a, b] = values as [Form, Form];
  const [c] = channel.receive(1);
  channel.zero(minus(channel.product(a, b), c!), 'no product');
  channel.zero(minus(sum([a, scaled(b, [0, 3, 0, 0])]), known(total)), 'no sum');
  return PLACES.map((place, l) => ({ place, point: at[l]!, value: values[l]! }));
};

const prove = ({ words, pads, committed }: Scene, off: Ext): { proof: Uint8Array; total: Ext } => {
  const channel = new HiddenProver(new Transcript(), pads);
  const at = points(channel);
  const values = PLACES.map((place, l) => evaluate(words, place, at[l]!));
  channel.send(values);
  const [a, b] = values as [Ext, Ext];
  const total = add(add(a, mul(b, [0, 3, 0, 0])), off);
  channel.send([mul(a, b)]);
  channel.product(a, b);
  channel.close();
  const verifier = new HiddenVerifier(new Transcript(), channel.bytes(), PADS);
  const claims = listen(verifier, total);
  verifier.close();
  open(
    channel,
    memory,
    [committed],
    PLACES.map((place, l) => ({ place, point: at[l]!, value: values[l]! })),
    {
      hidden: { ...part(verifier.statements), values: claims.map(({ value }) => value) },
    },
  );
  return { proof: channel.bytes(), total };
};

const verify = (commitment: Commitment, proof: Uint8Array, total: Ext): void => {
  const channel = new HiddenVerifier(new Transcript(), proof, PADS);
  const claims = listen(channel, total);
  channel.close();
  checkOpening(channel, memory, [commitment], claims, part(channel.statements));
  channel.end();
};

test('hidden values, statements about them and products are opened', () => {
  assert.ok(PLACES.length + 2 + closingPads(1) <= PADS);
  for (let i = 0; i < 20; i++) {
    const mark = memory.mark();
    const one = scene();
    const { proof, total } = prove(one, ZERO);
    verify(one.committed, proof, total);
    memory.release(mark);
  }
});

test('a statement that does not hold is rejected, and every changed byte', () => {
  const mark = memory.mark();
  const one = scene();
  const wrong = prove(one, ONE);
  assert.throws(() => verify(one.committed, wrong.proof, wrong.total), ProofError);
  const { proof, total } = prove(one, ZERO);
  fc.assert(
    fc.property(fc.nat(proof.length - 1), fc.integer({ min: 1, max: 255 }), (i, mask) => {
      const changed = proof.slice();
      changed[i]! ^= mask;
      assert.throws(() => verify(one.committed, changed, total), ProofError);
    }),
    { numRuns: 400 },
  );
  memory.release(mark);
});
