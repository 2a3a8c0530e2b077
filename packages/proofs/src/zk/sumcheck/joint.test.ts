/** Sumchecks in one: honest ones end each in its value; of false claims, or changed messages, one ends elsewhere or nothing does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyProducts, type Products, productsOf, roundsOf, sumOf, valueAt, variablesOf } from '../../../test/sums.ts';
import { known } from '../channel/form.ts';
import { OpenProver, OpenVerifier } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, equal, mul, ONE, sub } from '../field/ext.ts';
import { checkJoint, proveJoint } from './joint.ts';

const ended = ({ f, g }: Products, point: readonly Ext[]): Ext => mul(valueAt(f, point), valueAt(g, point));

const prove = (all: readonly Products[], claims: readonly Ext[]) => {
  const channel = new OpenProver(new Transcript());
  const summed = proveJoint(
    channel,
    all.map((products, n) => ({
      claim: claims[n]!,
      variables: variablesOf(products),
      weights: products.weights,
      round: roundsOf(products),
    })),
  );
  return { proof: channel.bytes(), summed };
};

const check = (all: readonly Products[], claims: readonly Ext[], proof: Uint8Array) => {
  const verifier = new OpenVerifier(new Transcript(), proof);
  const summed = checkJoint(
    verifier,
    all.map((products, n) => ({
      claim: known(claims[n]!),
      variables: variablesOf(products),
      weights: products.weights,
    })),
  );
  verifier.end();
  return summed;
};

/** Whether all end in what they are. */
const allHold = (all: readonly Products[], claims: readonly Ext[], proof: Uint8Array): boolean => {
  try {
    return check(all, claims, proof).every(({ point, value }, n) => equal(value.constant, ended(all[n]!, point)));
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
};

test('both sides end in the values of all summed polynomials, at the first coordinates of one point', () => {
  fc.assert(
    fc.property(fc.array(anyProducts, { minLength: 1, maxLength: 5 }), (all) => {
      const claims = all.map(sumOf);
      const { proof, summed } = prove(all, claims);
      const longest = summed.reduce<readonly Ext[]>((a, { point }) => (point.length > a.length ? point : a), []);
      for (const [n, { point, value }] of check(all, claims, proof).entries()) {
        assert.deepEqual(point, summed[n]!.point);
        assert.deepEqual(point, longest.slice(0, variablesOf(all[n]!)));
        assert.deepEqual(value.constant, summed[n]!.value);
        assert.deepEqual(value.constant, ended(all[n]!, point));
      }
    }),
    { numRuns: 60 },
  );
});

test('rounds are sent once, of the third degree only where factors of eq are in one', () => {
  const [plain] = fc.sample(productsOf(4, 0), { numRuns: 1, seed: 1 });
  const [weighted] = fc.sample(productsOf(3, 1), { numRuns: 1, seed: 2 });
  const bytes = (all: readonly Products[]): number => prove(all, all.map(sumOf)).proof.length;
  assert.equal(bytes([plain!, plain!]), 16 * (4 * 2 + 2));
  assert.equal(bytes([plain!, weighted!]), 16 * (4 * 3 + 2));
});

const SCENE = [productsOf(3, 0), productsOf(2, 2), productsOf(3, 1), productsOf(0, 0), productsOf(1, 0)].map(
  (products, i) => fc.sample(products, { numRuns: 1, seed: 10 + i })[0]!,
);

test('of a false claim, and of changed messages, one ends elsewhere or they do not fit', () => {
  const claims = SCENE.map(sumOf);
  const { proof } = prove(SCENE, claims);
  assert.ok(allHold(SCENE, claims, proof));
  for (let n = 0; n < SCENE.length; n++) {
    const others = claims.map((claim, i) => (i === n ? add(claim, ONE) : claim));
    assert.ok(!allHold(SCENE, others, proof));
    assert.ok(!allHold(SCENE, others, prove(SCENE, others).proof), `claim ${n}`);
  }
  // Two that make up for each other.
  const others = claims.map((claim, i) => (i === 0 ? add(claim, ONE) : i === 2 ? sub(claim, ONE) : claim));
  assert.ok(!allHold(SCENE, others, prove(SCENE, others).proof));
  // Of these the sum is as claimed, so it takes a prover that says what is true.
  assert.ok(!allHold(SCENE, others, proof));
  for (let i = 0; i < proof.length; i += 4) {
    const changed = proof.slice();
    changed[i]! ^= 1;
    assert.ok(!allHold(SCENE, claims, changed), `word ${i / 4}`);
  }
});
