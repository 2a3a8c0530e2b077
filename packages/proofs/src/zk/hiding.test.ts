/**
 * What proofs that hide say of two different secrets, many times over: with challenges held fixed nothing but randomness varies,
 * so every word of every message has to be uniform, and as often what it is for one secret as for the other. A message without
 * its pad is the same each time. By chi-squared over 17 buckets; all words of all tests of a program together would fail by
 * chance alone less than once in a million draws of the seeds, which are fixed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, listRoot, type Node, type Tensor } from '@surety/programs';
import { uneven, unlike } from '../../test/chi-squared.ts';
import { type Drawing, said } from '../../test/said.ts';
import { commitWeights } from './api/weights.ts';
import { proveRangeOf } from './constants/prove-range.ts';
import { planRange } from './constants/range.ts';
import { proveRenewal, renewalLayout } from './constants/renewal.ts';
import { graphOf } from './graph/from-program.ts';
import { ProofMemory } from './memory.ts';
import { planned } from './plan/pads.ts';
import { proveRun } from './prove/prove.ts';
import { randomWords } from './random.ts';
import { runWitness } from './witness/run.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;
const WHOLE = { shift: 0, low: -MOST, high: MOST };
const CLAMP = { shift: 2, low: -128, high: 127 };

/** Everything that says something of its own: products, clamps, shifts by channel, maxima, sums over a constant, an index. */
const NODES: readonly Node[] = [
  { form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i8', stage: { ...CLAMP, shift: { constant: 4 } } },
  { form: { op: 'mul', a: 5, b: 5 }, dtype: 'i8', stage: CLAMP },
  { form: { op: 'reduce_max', x: 6 }, dtype: 'i8', stage: null },
  { form: { op: 'reduce_sum', x: 2 }, dtype: 'i32', stage: WHOLE },
  { form: { op: 'affine', x: [8, 3], c: [1, 1], d: 0 }, dtype: 'i32', stage: WHOLE },
  { form: { op: 'argmax', x: 6 }, dtype: 'i32', stage: null },
];

type Secret = {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly summed: readonly number[];
  readonly b: readonly number[];
};

/** Both give the same outputs: what is told by those is told. */
const SECRETS: readonly [Secret, Secret] = [
  { x: [4, 8], w: [3, 5, 2, 1, 0, 6, 1, 7], summed: [10, 20], b: [5, 9] },
  { x: [8, 4], w: [5, 3, 1, 2, 6, 0, 7, 1], summed: [-70, 100], b: [5, 9] },
];

const programOf = ({ w, summed, b }: Secret): CheckedProgram => {
  const constant = (dtype: 'i8' | 'i32', shape: number[], values: Tensor['values']) => ({
    dtype,
    shape,
    read: () => values,
  });
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', encoding: UNIT, shape: [1, 2], low: -100, high: 100 }],
      constants: [
        constant('i8', [4, 2], Int8Array.from(w)),
        constant('i32', [2, 2], Int32Array.from([...summed, ...summed])),
        constant('i32', [2], Int32Array.from(b)),
        constant('i8', [4], Int8Array.of(2, 3, 2, 3)),
      ],
      nodes: NODES,
      outputs: [7, 9, 10].map((value) => ({ name: `y${value}`, value, encoding: UNIT })),
      states: [],
    }),
  );
};

/** Says one thing about a secret, all of it drawn afresh. */
type Saying = { readonly pads: number; readonly say: () => Promise<unknown> };

const PROOFS = 1;
const step = async (): Promise<void> => undefined;
const NAMED = { id: new Uint8Array(32), weights: new Uint8Array(32) };

const sayings: Readonly<Record<string, (secret: Secret) => Promise<Saying>>> = {
  'of a run': async (secret) => {
    const graph = graphOf(programOf(secret), true);
    const plan = unwrap(await planned(graph, { hideInput: true, proofs: PROOFS }));
    const staged = plan.ties.flatMap((tie, id) => (tie?.kind === 'staged' ? [id] : []));
    const x: Tensor = { dtype: 'i8', shape: [1, 2], values: Int8Array.from(secret.x) };
    const run = unwrap(await runWitness(graph, staged, [x]));
    const memory = await ProofMemory.create();
    const name = (root: Uint8Array | null) => ({
      program: { architecture: NAMED.id, weights: NAMED.weights },
      input: { root: root! },
      output: listRoot(run.outputs),
    });
    const mark = memory.mark();
    const say = async (): Promise<void> => {
      await proveRun(memory, plan, run, name, commitWeights(memory, plan, randomWords), { at: step });
      memory.release(mark);
    };
    return { pads: plan.hiding!.pads, say };
  },
  'of the range of a commitment': async (secret) => {
    const plan = unwrap(await planned(graphOf(programOf(secret), true), { hideInput: false, proofs: PROOFS }));
    const range = await planRange(plan);
    const memory = await ProofMemory.create();
    const mark = memory.mark();
    const say = async (): Promise<void> => {
      const weights = commitWeights(memory, plan, randomWords);
      await proveRangeOf(memory, range, NAMED, weights, randomWords, step);
      memory.release(mark);
    };
    return { pads: range.hiding!.pads, say };
  },
  'of two commitments': async (secret) => {
    const plan = unwrap(await planned(graphOf(programOf(secret), true), { hideInput: false, proofs: PROOFS }));
    const layout = renewalLayout(plan);
    const memory = await ProofMemory.create();
    const mark = memory.mark();
    const say = async (): Promise<void> => {
      const [from, to] = [commitWeights(memory, plan, randomWords), commitWeights(memory, plan, randomWords)];
      const renewal = { architecture: NAMED.id, from: from.root, to: to.root };
      await proveRenewal(memory, layout, renewal, [from, to]);
      memory.release(mark);
    };
    return { pads: layout.hiding!.pads, say };
  },
};

const drawn = async (
  { say }: Saying,
  count: number,
  seed: string,
  drawing?: Drawing,
): Promise<readonly Uint32Array[]> => {
  const samples: Uint32Array[] = [];
  for (let i = 0; i < count; i++) samples.push((await said(`${seed} ${i}`, say, drawing)).words);
  return samples;
};

/** Words that always differ from another by the same, as messages under one pad do. */
const together = (samples: readonly Uint32Array[]): number => {
  const seen = new Set<string>();
  for (const j of samples[0]!.keys()) {
    const apart = samples.map((words) => (words[j]! + 0x7fff_ffff - samples[0]![j]!) % 0x7fff_ffff);
    seen.add(apart.join(' '));
  }
  return samples[0]!.length - seen.size;
};

/** Four a bucket. */
const SAMPLES = 68;
/** Enough that a word which is always the same is one by chance in 10^14. */
const FEW = 12;

for (const [of, saying] of Object.entries(sayings)) {
  test(`a proof ${of} says as often the same of one secret as of another`, async () => {
    const [first, second] = await Promise.all(SECRETS.map(saying));
    const [a, b] = [await drawn(first!, SAMPLES, 'a'), await drawn(second!, SAMPLES, 'b')];
    const length = a[0]!.length;
    assert.ok([...a, ...b].every((words) => words.length === length));
    const tests = 3 * length;
    assert.deepEqual([uneven(a, tests), uneven(b, tests)], [[], []]);
    assert.deepEqual(unlike(a, b, tests), []);
    assert.equal(together(a.slice(0, FEW)), 0);
  });

  test(`no pad of a proof ${of} could be left out`, async () => {
    const one = await saying(SECRETS[0]);
    const { ofFactors, words } = await said('c', one.say);
    const sent = Array.from({ length: one.pads }, (_, k) => k).filter((k) => !ofFactors.includes(k));
    const unevenWithout = async (without: readonly number[], padsAlone: boolean): Promise<number[]> => {
      const seed = `without ${without.length} from ${without[0]}`;
      return uneven(await drawn(one, FEW, seed, { without: new Set(without), padsAlone }), words.length);
    };
    // Whatever else is known: all of it is held fixed but the pads themselves.
    const fixed = new Set(await unevenWithout([], true));
    const bareWithout = async (without: readonly number[]): Promise<number[]> =>
      (await unevenWithout(without, true)).filter((j) => !fixed.has(j));
    // A value is four words. In parts, so that each is seen to be bare when others are not.
    const parts = [0, 1, 2].map((part) => sent.filter((k) => k % 3 === part));
    const found = new Set<number>();
    for (const part of [...parts, [sent[0]!], [sent[sent.length >> 1]!], [sent.at(-1)!]]) {
      if (part.length === 0) continue;
      const bare = await bareWithout(part);
      assert.equal(bare.length, 4 * part.length);
      for (const j of bare) found.add(j);
    }
    assert.equal(found.size, 4 * sent.length);
    for (const k of ofFactors) assert.equal((await unevenWithout([k], false)).length, 4, `pad ${k}`);
  });
}
