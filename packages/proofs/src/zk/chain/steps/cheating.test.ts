/** Proofs of what is not so, by a prover that follows the protocol on values of its own: which steps stop them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { stoppedBy } from '../../../../test/step-checks.ts';
import { moreSum, plus, program, type Setting, told, W1, wide, X } from '../../../../test/step-scene.ts';
import { lied } from '../../../../test/zk-liar.ts';
import { commit } from '../../api/commit.ts';
import { prove } from '../../api/prove.ts';
import { commitWeights } from '../../api/weights.ts';
import { CountingVerifier } from '../../channel/counting.ts';
import { graphOf } from '../../graph/from-program.ts';
import { ProofMemory } from '../../memory.ts';
import { planned, rehearse } from '../../plan/pads.ts';
import { stagedTie } from '../../plan/plan.ts';
import { randomWords } from '../../random.ts';
import type { Run } from '../../witness/run.ts';
import { stepClaim } from './claim.ts';

/** What the verifier's checks of this program are about, in order. */
const zeros = async (): Promise<readonly string[]> => {
  const whats: string[] = [];
  const naming = new (class extends CountingVerifier {
    override readonly zero = (...[, what]: readonly unknown[]): void => void whats.push(what as string);
  })();
  await rehearse(naming, unwrap(await planned(graphOf(program(), true), { hideInput: false, proofs: 0 })));
  return whats;
};

const stopped = async (setting: Setting): Promise<readonly string[]> => {
  const { steps, run, data } = await told(setting);
  return stoppedBy(steps, run, data, await zeros());
};

test('what is so passes', async () => {
  assert.deepEqual(await stopped({ change: (run) => run }), []);
});

test('each lie is stopped by one check, and passes without it', async () => {
  const lies: Readonly<Record<string, readonly [Setting, string]>> = {
    'another output': [
      { change: (run) => ({ ...run, outputs: run.outputs.map((y) => plus(y, 1)) }) },
      'the row has the value',
    ],
    'another input': [
      { runs: [plus(X, 1)], change: (run) => run },
      'parts of a hidden constant do not make up what is claimed of it',
    ],
    'another sum in the last layer': [{ change: moreSum(6, 2) }, 'a product is not that of its factors'],
    'other weights': [{ of: program(plus(W1, 1)), change: (run) => run }, 'the root'],
  };
  for (const [name, [lie, check]] of Object.entries(lies)) assert.deepEqual(await stopped(lie), [check], name);
});

test('a value that was looked up in parts is the one committed to', async () => {
  const committed = unwrap(await commit(wide(), { proofs: 0 }));
  const { architecture } = committed;
  const plan = unwrap(await planned(architecture.graph, { hideInput: false, proofs: 0 }));
  assert.equal(stagedTie(plan, 2).quotients.kind, 'split');
  const x: Tensor = { dtype: 'i8', shape: [1, 8], values: Int8Array.of(1, 2, 3, 4, 5, 6, 7, 99) };
  const { file } = unwrap(await prove(committed, [x]));
  assert.ok((await stepClaim(architecture, file)).ok);
  const memory = await ProofMemory.create();
  const weights = commitWeights(memory, plan, randomWords);
  const named = { kind: 'private', architecture: architecture.id, weights: architecture.weights } as const;
  const lie = { graph: committed.graph, named, inputs: [x], weights, memory };
  const truth = await lied({ ...lie, change: (run) => run });
  assert.ok((await stepClaim(architecture, truth)).ok);
  // Another output, and the value that it is; the parts are of the sum as it is.
  const change = (run: Run): Run => {
    const y = plus(run.value(2), 1);
    return { ...run, outputs: [y], value: (id) => (id === 2 ? y : run.value(id)) };
  };
  const made = await stepClaim(architecture, await lied({ ...lie, change }));
  assert.equal(made.ok ? 'claimed' : made.problem.code, 'proof.refuted');
});

test('the steps compare as often as the verifier, and what they add to that', async () => {
  const { steps } = await told({ change: (run) => run });
  const compared = steps.flatMap(({ code }) => code.filter(({ op }) => op === 'same')).length;
  const queries = steps.filter(({ code }) => code.some(({ op }) => op === 'factors')).length;
  // Two ids; the combined row at a point; of each position two roots and the code word.
  assert.equal(compared, (await zeros()).length + 2 + 1 + 3 * queries);
});
