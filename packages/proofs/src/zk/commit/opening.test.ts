/** Commitments opened: what is true is accepted, and no claim, row, message or root that is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Form, known } from '../channel/form.ts';
import { OpenProver, OpenVerifier } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, fromInteger, mul1, ONE, P, scale, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import { ProofMemory } from '../memory.ts';
import { checkOpening } from './check.ts';
import { type Commitment, type Committed, commitMatrix, hashColumns } from './commit.ts';
import { type OpenOptions, open } from './open.ts';
import type { Claim, Place } from './place.ts';
import { codeLength, LEAST_ROW_VARS, type MatrixShape } from './shape.ts';
import { radius } from './soundness.ts';
import { growTree } from './tree.ts';
import { evaluateClaim, foldClaim } from './value.ts';

const shape = (rows: number, randomness = 0): MatrixShape => ({ rows, rowVars: LEAST_ROW_VARS, randomness });
const SIZE = 2 ** LEAST_ROW_VARS;

/** Values of a matrix that are neither small nor regular. */
const valuesOf = ({ rows }: MatrixShape, seed: number): number[] =>
  Array.from({ length: rows * SIZE }, (_, i) => mul1(mul1(i + 3, seed + 0x5bd1e995 - P), i + seed + 1));

const memory = await ProofMemory.create();

const commit = (of: MatrixShape, values: readonly number[]): Committed =>
  commitMatrix(memory, of, (row, words) => words.set(values.slice(row * SIZE, (row + 1) * SIZE)));

const evaluate = (values: readonly number[], { offset, vars, rows }: Place, point: readonly Ext[]): Ext => {
  const own = Math.min(2 ** vars, (rows ?? Number.POSITIVE_INFINITY) * SIZE);
  return values
    .slice(offset, offset + own)
    .reduce((sum, value, i) => add(sum, scale(eqAt(point, i), fromInteger(value))), ZERO);
};

const prove = (stack: readonly Committed[], claims: readonly Claim<Ext>[], options: OpenOptions = {}): Uint8Array => {
  const channel = new OpenProver(new Transcript());
  open(channel, memory, stack, claims, options);
  return channel.bytes();
};

const verify = (stack: readonly Commitment[], claims: readonly Claim<Ext>[], proof: Uint8Array): void => {
  const channel = new OpenVerifier(new Transcript(), proof);
  checkOpening(
    channel,
    memory,
    stack,
    claims.map((claim): Claim<Form> => ({ ...claim, value: known(claim.value) })),
  );
  channel.end();
};

const element = fc.integer({ min: 0, max: P - 1 });
const anyExt = fc.tuple(element, element, element, element);

/** A place in a matrix of so many rows. */
const anyPlace = (matrix: number, rows: number): fc.Arbitrary<Place> =>
  fc.tuple(fc.nat(LEAST_ROW_VARS + 3), fc.nat(), fc.nat()).map(([vars, where, own]) => {
    const unit = 2 ** Math.min(vars, LEAST_ROW_VARS);
    const offset = (where % ((rows * SIZE) / unit)) * unit;
    const place = { matrix, offset, vars };
    return own % 2 === 0 || vars <= LEAST_ROW_VARS ? place : { ...place, rows: 1 + (own % 5) };
  });

/** Matrices with claims that hold. */
const anyScene = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 0, 5, 16)), { minLength: 1, maxLength: 3 })
  .chain((stack) =>
    fc.tuple(
      fc.constant(stack),
      fc.nat(1000),
      fc.array(
        fc
          .nat(stack.length - 1)
          .chain((m) => anyPlace(m, stack[m]![0]))
          .chain((place) =>
            fc.tuple(fc.constant(place), fc.array(anyExt, { minLength: place.vars, maxLength: place.vars })),
          ),
        { minLength: 1, maxLength: 6 },
      ),
      fc.boolean(),
    ),
  )
  .map(([stack, seed, places, again]) => {
    const shapes = stack.map(([rows, randomness]) => shape(rows, randomness));
    const values = shapes.map((of, m) => valuesOf(of, seed + m));
    const claims = places.map(
      ([place, point]): Claim<Ext> => ({ place, point, value: evaluate(values[place.matrix]!, place, point) }),
    );
    return { shapes, values, claims: again ? [...claims, claims[0]!] : claims };
  });

test('claims that hold are opened, whatever blocks they are on', () => {
  fc.assert(
    fc.property(anyScene, ({ shapes, values, claims }) => {
      const mark = memory.mark();
      const stack = shapes.map((of, m) => commit(of, values[m]!));
      const proof = prove(stack, claims);
      verify(stack, claims, proof);
      for (const claim of claims) assert.deepEqual(evaluateClaim(memory, stack, claim), claim.value);
      const folds = new Map(claims.map((claim, l) => [l, foldClaim(memory, stack, claim)]));
      folds.delete(0);
      assert.deepEqual(prove(stack, claims, { folds }), proof);
      memory.release(mark);
    }),
    { numRuns: 60 },
  );
});

test('a claim that does not hold is rejected, and one on other rows, another place or a different point', () => {
  fc.assert(
    fc.property(anyScene, fc.nat(), ({ shapes, values, claims }, which) => {
      const mark = memory.mark();
      const stack = shapes.map((of, m) => commit(of, values[m]!));
      const l = which % claims.length;
      const wrong = claims.map((claim, i) => (i === l ? { ...claim, value: add(claim.value, ONE) } : claim));
      assert.throws(() => verify(stack, wrong, prove(stack, wrong)), ProofError);
      assert.throws(() => verify(stack, wrong, prove(stack, claims)), ProofError);
      const proof = prove(stack, claims);
      const { matrix } = claims[l]!.place;
      const others = stack.map((one, m) =>
        m === matrix ? { ...one, root: commit(one.shape, valuesOf(one.shape, 77_777)).root } : one,
      );
      assert.throws(() => verify(others, claims, proof), ProofError);
      memory.release(mark);
    }),
    { numRuns: 30 },
  );
});

const fixed = (): { stack: Committed[]; claims: Claim<Ext>[] } => {
  const shapes = [shape(5), shape(3, 7)];
  const values = shapes.map((of, m) => valuesOf(of, m));
  const stack = shapes.map((of, m) => commit(of, values[m]!));
  const point = Array.from({ length: 7 }, (_, i): Ext => [i + 2, 5 * i, 7, i]);
  const places: Place[] = [
    { matrix: 0, offset: 0, vars: 7 },
    { matrix: 1, offset: SIZE, vars: 3 },
    { matrix: 1, offset: SIZE + 8, vars: 2 },
  ];
  const claims = places.map((place): Claim<Ext> => {
    const at = point.slice(0, place.vars);
    return { place, point: at, value: evaluate(values[place.matrix]!, place, at) };
  });
  return { stack, claims };
};

test('every changed, missing or added byte of a proof is rejected', () => {
  const mark = memory.mark();
  const { stack, claims } = fixed();
  const proof = prove(stack, claims);
  verify(stack, claims, proof);
  for (let i = 0; i < proof.length; i++) {
    const changed = proof.slice();
    changed[i]! ^= 1 << (i % 8);
    assert.throws(() => verify(stack, claims, changed), ProofError, `byte ${i} of ${proof.length}`);
  }
  assert.throws(() => verify(stack, claims, proof.slice(0, -1)), ProofError);
  assert.throws(() => verify(stack, claims, Uint8Array.from([...proof, 0])), ProofError);
  memory.release(mark);
});

test('a row that is no code word is rejected, whatever its claims say', () => {
  const mark = memory.mark();
  const { stack, claims } = fixed();
  const [first] = stack;
  const { address, strideBytes } = first!.encoded!;
  // Enough wrong places that none of the rows near it is within reach, in a tree that is right.
  const word = memory.words({ address: address + strideBytes, length: codeLength(first!.shape) });
  for (let i = 0; i <= radius(first!.shape); i++) word[i] = (word[i]! + 1) % P;
  const columns = codeLength(first!.shape);
  hashColumns(memory, first!.shape, { matrix: address, strideBytes, columns, salts: 0, out: first!.tree.address });
  const far = [{ ...first!, root: growTree(memory, first!.tree) }, ...stack.slice(1)];
  assert.throws(() => verify(far, claims, prove(far, claims)), ProofError);
  memory.release(mark);
});
