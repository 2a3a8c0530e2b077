/** Every operator on random programs: what is true is proved, and nothing else leads to claims that are all true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runReference } from '@surety/programs';
import { Random } from '../../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../../programs/test/random-program.ts';
import { anyPoint, type Case, relate } from '../../../test/related.ts';
import { ProofMemory } from '../memory.ts';
import { varsOf } from './axes.ts';

const PROGRAMS = 120;

const WITHOUT = new Set(['lookup', 'argmax', 'max_pool', 'reduce_max', 'conv']);

/** The nodes of a random program that have a relation. */
function* cases(seed: number): Generator<Case> {
  const random = new Random(seed);
  const program = randomProgram(seed);
  const values = runReference(program, randomInputs(program, seed));
  const first = program.inputs.length + program.constants.length;
  const shown = random.int(0, 100);
  const open = new Set(values.flatMap((_, id) => (id < first && random.chance(shown) ? [id] : [])));
  for (const [i, node] of program.nodes.entries()) {
    if (WITHOUT.has(node.form.op)) continue;
    if (node.form.op === 'gather' && !open.has(node.form.index)) {
      if (node.form.index >= first) continue;
      open.add(node.form.index);
    }
    yield { node, id: first + i, types: program.types, values, given: (id) => id < first, open: (id) => open.has(id) };
  }
}

test('what is true is proved, what is not ends in a refusal or a false claim', async () => {
  const memory = await ProofMemory.create();
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const random = new Random(seed ^ 0x77);
    for (const one of cases(seed)) {
      const what = `seed ${seed}, ${JSON.stringify(one.node.form)}, shape ${one.types[one.id]!.shape}`;
      const point = anyPoint(random, varsOf(one.types[one.id]!.shape));
      const { outcome, bytes } = relate(memory, one, point);
      assert.equal(outcome, 'accepted', what);
      assert.notEqual(relate(memory, one, point, { off: [0, 1 + random.int(0, 99), 0, 0] }).outcome, 'accepted', what);
      if (bytes > 0) {
        assert.notEqual(relate(memory, one, point, { changed: random.int(0, bytes - 1) }).outcome, 'accepted', what);
      }
    }
  }
});
