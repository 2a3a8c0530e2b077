/** Openings of values that only went out under pads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { VerifierChannel } from '../channel/channel.ts';
import { type Form, known, minus, scaled, sum } from '../channel/form.ts';
import { closingPads, HiddenProver, HiddenVerifier } from '../channel/hidden.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, mul, ONE, ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { checkOpening } from './check.ts';
import { type Committed, commitMatrix } from './commit.ts';
import { BLINDING_ROWS, type HiddenPart } from './hidden.ts';
import { open } from './open.ts';
import type { Claim, Place } from './place.ts';
import { LEAST_ROW_VARS } from './shape.ts';
import { evaluateClaim } from './value.ts';

const VALUE_ROWS = 5;
const PADS = 12;

/** Short rows, of which the pads take three, longer ones, of which they take a part of one, and such as are opened through levels. */
type Layout = { readonly rowVars: number; readonly padRows: number };
const LAYOUTS: readonly Layout[] = [
  { rowVars: LEAST_ROW_VARS, padRows: 3 },
  { rowVars: 6, padRows: 1 },
  { rowVars: 12, padRows: 1 },
];

const rowsOf = ({ padRows }: Layout): number => VALUE_ROWS + padRows + BLINDING_ROWS;

const placesOf = ({ rowVars, padRows }: Layout): readonly Place[] => [
  { matrix: 0, offset: 0, vars: rowVars + 3, rows: VALUE_ROWS },
  { matrix: 0, offset: 2 * 2 ** rowVars, vars: 3 },
  { matrix: 0, offset: VALUE_ROWS * 2 ** rowVars, vars: rowVars + (padRows > 1 ? 2 : 0), rows: padRows },
];

const part = ({ padRows }: Layout, statements: readonly Form[]): HiddenPart => ({
  pads: { matrix: 0, row: VALUE_ROWS, rows: padRows },
  blinding: { matrix: 0, row: VALUE_ROWS + padRows },
  statements,
});

const memory = await ProofMemory.create();

type Scene = {
  readonly layout: Layout;
  readonly words: Uint32Array;
  readonly pads: readonly Ext[];
  readonly committed: Committed;
};

const scene = (layout: Layout): Scene => {
  const { rowVars } = layout;
  const size = 2 ** rowVars;
  const rows = rowsOf(layout);
  const pads = randomExts(PADS);
  const words = randomWords(rows * size);
  for (const [k, pad] of pads.entries()) words.set(pad, VALUE_ROWS * size + 4 * k);
  const committed = commitMatrix(memory, { rows, rowVars, randomness: 9 }, (row, to) =>
    to.set(words.subarray(row * size, (row + 1) * size)),
  );
  return { layout, words, pads, committed };
};

const pointsOf = (layout: Layout, channel: { readonly challenge: () => Ext }): Ext[][] =>
  placesOf(layout).map(({ vars }) => Array.from({ length: vars }, () => channel.challenge()));

/** What a verifier does before the opening: three values, of which the product and a sum of two are claimed. */
const listen = (layout: Layout, channel: VerifierChannel, total: Ext): Claim<Form>[] => {
  const points = pointsOf(layout, channel);
  const values = channel.receive(points.length);
  const [a, b] = values as [Form, Form];
  const [c] = channel.receive(1);
  channel.zero(minus(channel.product(a, b), c!), 'no product');
  channel.zero(minus(sum([a, scaled(b, [0, 3, 0, 0])]), known(total)), 'no sum');
  return placesOf(layout).map((place, l) => ({ place, point: points[l]!, value: values[l]! }));
};

const prove = ({ layout, pads, committed }: Scene, off: Ext): { proof: Uint8Array; total: Ext } => {
  const channel = new HiddenProver(new Transcript(), pads);
  const points = pointsOf(layout, channel);
  const claims = placesOf(layout).map((place, l): Claim<Ext> => {
    const claim = { place, point: points[l]! };
    return { ...claim, value: evaluateClaim(memory, [committed], claim) };
  });
  channel.send(claims.map(({ value }) => value));
  const [a, b] = claims.map(({ value }) => value) as [Ext, Ext];
  const total = add(add(a, mul(b, [0, 3, 0, 0])), off);
  channel.send([mul(a, b)]);
  channel.product(a, b);
  channel.close();
  // A prover learns what its verifier knows by being one.
  const verifier = new HiddenVerifier(new Transcript(), channel.bytes(), PADS);
  const forms = listen(layout, verifier, total);
  verifier.close();
  const hidden = { ...part(layout, verifier.statements), values: forms.map(({ value }) => value) };
  open(channel, memory, [committed], claims, { hidden });
  return { proof: channel.bytes(), total };
};

const verify = ({ layout, committed }: Scene, proof: Uint8Array, total: Ext): void => {
  const channel = new HiddenVerifier(new Transcript(), proof, PADS);
  const claims = listen(layout, channel, total);
  channel.close();
  checkOpening(channel, memory, [committed], claims, { hidden: part(layout, channel.statements) });
  channel.end();
};

for (const layout of LAYOUTS) {
  const about = `rows of 2^${layout.rowVars}`;

  test(`hidden values, statements about them and products are opened: ${about}`, () => {
    assert.ok(placesOf(layout).length + 2 + closingPads(1) <= PADS);
    for (let i = 0; i < 20; i++) {
      const mark = memory.mark();
      const one = scene(layout);
      const { proof, total } = prove(one, ZERO);
      verify(one, proof, total);
      memory.release(mark);
    }
  });

  test(`a statement that does not hold is rejected, and every changed byte: ${about}`, () => {
    const mark = memory.mark();
    const one = scene(layout);
    const wrong = prove(one, ONE);
    assert.throws(() => verify(one, wrong.proof, wrong.total), ProofError);
    const { proof, total } = prove(one, ZERO);
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.integer({ min: 1, max: 255 }), (i, mask) => {
        const changed = proof.slice();
        changed[i]! ^= mask;
        assert.throws(() => verify(one, changed, total), ProofError);
      }),
      { numRuns: 300 },
    );
    memory.release(mark);
  });
}
