/** Sumchecks of products of two multilinear polynomials: honest ones end in their value, changed ones elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyProducts, type Products, productsOf, roundsOf, sumOf, valueAt, variablesOf } from '../../../test/sums.ts';
import { known } from '../channel/form.ts';
import { OpenProver, OpenVerifier } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, mul, ONE } from '../field/ext.ts';
import { proveSumcheck } from './prove.ts';
import { checkSumcheck } from './verify.ts';

const ended = ({ f, g }: Products, point: readonly Ext[]): Ext => mul(valueAt(f, point), valueAt(g, point));

/** The proof, and what the prover ended with. */
const prove = (products: Products) => {
  const channel = new OpenProver(new Transcript());
  const claim = sumOf(products);
  const summed = proveSumcheck(channel, claim, variablesOf(products), products.weights, roundsOf(products));
  assert.deepEqual(summed.value, ended(products, summed.point));
  return { claim, proof: channel.bytes(), summed };
};

test('both sides end in the value of the summed polynomial at one point', () => {
  fc.assert(
    fc.property(anyProducts, (products) => {
      const { claim, proof, summed } = prove(products);
      const verifier = new OpenVerifier(new Transcript(), proof);
      const { point, value } = checkSumcheck(verifier, known(claim), variablesOf(products), 2, products.weights);
      verifier.end();
      assert.deepEqual(point, summed.point);
      assert.deepEqual(value.constant, summed.value);
    }),
    { numRuns: 60 },
  );
});

for (const weighted of [0, 2, 3]) {
  test(`a wrong claim or a changed message ends in another value: ${weighted} of 3 variables weighted`, () => {
    const [products] = fc.sample(productsOf(3, weighted), { numRuns: 1, seed: 5 });
    const { claim, proof, summed } = prove(products!);
    const checkedWith = (about: Ext, bytes: Uint8Array) => {
      const verifier = new OpenVerifier(new Transcript(), bytes);
      const { point, value } = checkSumcheck(verifier, known(about), 3, 2, products!.weights);
      return { value: value.constant, honest: ended(products!, point) };
    };
    assert.deepEqual(checkedWith(claim, proof).value, summed.value);
    const lie = checkedWith(add(claim, ONE), proof);
    assert.notDeepEqual(lie.value, lie.honest);
    for (let i = 0; i < proof.length; i += 4) {
      const changed = proof.slice();
      changed[i]! ^= 1;
      const { value, honest } = checkedWith(claim, changed);
      assert.notDeepEqual(value, honest, `word ${i / 4}`);
    }
  });
}
