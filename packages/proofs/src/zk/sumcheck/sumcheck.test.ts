/** Sumchecks of products of two multilinear polynomials: honest ones end in their value, changed ones elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyExt } from '../../../test/elements.ts';
import { known } from '../channel/form.ts';
import { OpenProver, OpenVerifier } from '../channel/open.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, mul, ONE, sub, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import { proveSumcheck } from './prove.ts';
import { checkSumcheck } from './verify.ts';

const fold = (vector: readonly Ext[], r: Ext): Ext[] => {
  const half = vector.length / 2;
  return vector.slice(0, half).map((low, i) => add(low, mul(r, sub(vector[half + i]!, low))));
};

const weightedSum = (weights: readonly Ext[] | null, values: readonly Ext[]): Ext =>
  values.reduce((sum, value, i) => add(sum, weights === null ? value : mul(eqAt(weights, i), value)), ZERO);

/** Proves `Σ eq(weights, x)·f(x)·g(x)`; returns the proof and what the prover ended with. */
const prove = (f: readonly Ext[], g: readonly Ext[], weights: readonly Ext[] | null) => {
  const channel = new OpenProver(new Transcript());
  const variables = Math.log2(f.length);
  const claim = weightedSum(
    weights,
    f.map((x, i) => mul(x, g[i]!)),
  );
  let [a, b] = [f, g];
  const ended = proveSumcheck(channel, claim, variables, weights, (r) => {
    if (r !== null) [a, b] = [fold(a, r), fold(b, r)];
    const half = a.length / 2;
    const rest = weights?.slice(0, Math.log2(half)) ?? null;
    const slope = (v: readonly Ext[], i: number) => sub(v[half + i]!, v[i]!);
    const pairs = Array.from({ length: half }, (_, i) => i);
    return {
      atZero: weightedSum(
        rest,
        pairs.map((i) => mul(a[i]!, b[i]!)),
      ),
      leading: weightedSum(
        rest,
        pairs.map((i) => mul(slope(a, i), slope(b, i))),
      ),
    };
  });
  const at = (v: readonly Ext[]) => ended.point.reduceRight((rest: readonly Ext[], r) => fold(rest, r), v)[0]!;
  assert.deepEqual(ended.value, mul(at(f), at(g)));
  return { claim, proof: channel.bytes(), ended };
};

const vectors = fc.nat(4).chain((variables) => {
  const vector = fc.array(anyExt, { minLength: 2 ** variables, maxLength: 2 ** variables });
  return fc.tuple(vector, vector, fc.option(fc.array(anyExt, { minLength: variables, maxLength: variables })));
});

test('both sides end in the value of the summed polynomial at one point', () => {
  fc.assert(
    fc.property(vectors, ([f, g, weights]) => {
      const { claim, proof, ended } = prove(f, g, weights);
      const verifier = new OpenVerifier(new Transcript(), proof);
      const { point, value } = checkSumcheck(verifier, known(claim), Math.log2(f.length), 2, weights);
      verifier.end();
      assert.deepEqual(point, ended.point);
      assert.deepEqual(value.constant, ended.value);
    }),
    { numRuns: 60 },
  );
});

test('a wrong claim or a changed message ends in another value', () => {
  const [sample] = fc.sample(
    vectors.filter(([v]) => v.length === 8),
    { numRuns: 1, seed: 5 },
  );
  const [f, g, weights] = sample!;
  for (const point of [weights, null]) {
    const { claim, proof, ended } = prove(f, g, point);
    const checkedWith = (about: Ext, bytes: Uint8Array) => {
      const checked = checkSumcheck(new OpenVerifier(new Transcript(), bytes), known(about), 3, 2, point);
      const at = (v: readonly Ext[]) => checked.point.reduceRight((rest: readonly Ext[], r) => fold(rest, r), v)[0]!;
      return { value: checked.value.constant, honest: mul(at(f), at(g)) };
    };
    assert.deepEqual(checkedWith(claim, proof).value, ended.value);
    const lie = checkedWith(add(claim, ONE), proof);
    assert.notDeepEqual(lie.value, lie.honest);
    for (let i = 0; i < proof.length; i += 4) {
      const changed = proof.slice();
      changed[i]! ^= 1;
      const { value, honest } = checkedWith(claim, changed);
      assert.notDeepEqual(value, honest, `word ${i / 4}`);
    }
  }
});
