/** Every operator on random programs: what is true is proved, and nothing else leads to claims that are all true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runReference, tensor } from '@surety/programs';
import { Random } from '../../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../../programs/test/random-program.ts';
import { anyPoint, type Case, exact, relate } from '../../../test/related.ts';
import { ProofMemory } from '../memory.ts';
import { varsOf } from './axes.ts';
import { type Maximum, maximumLevels, maximumShapes } from './maxima.ts';

const PROGRAMS = 200;

const WITHOUT = new Set(['lookup', 'argmax']);

/** The result of a maximum, and what each of its levels looks up. */
function* maximum(one: Case, form: Maximum): Generator<Case> {
  const result = one.types[one.id]!.shape;
  const levels = maximumLevels(form, one.values[form.x]!, result);
  const shapes = maximumShapes(form, one.types[form.x]!.shape, result);
  const blocks = levels.map(({ relu }, level) => tensor('i32', shapes[level]!, relu));
  const relus = levels.map((_, level) => one.types.length + level);
  const whole: Case = { ...one, types: [...one.types, ...blocks], values: [...one.values, ...blocks], relus };
  yield whole;
  for (const [level, { difference }] of levels.entries()) {
    yield { ...whole, difference: { level, values: tensor('i32', shapes[level]!, difference) } };
  }
}

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
    const { types } = program;
    const one: Case = { node, id: first + i, types, values, given: (id) => id < first, open: (id) => open.has(id) };
    if (node.form.op === 'max_pool' || node.form.op === 'reduce_max') yield* maximum(one, node.form);
    else yield one;
  }
}

test('what is true is proved, what is not ends in a refusal or a false claim', async () => {
  const memory = await ProofMemory.create();
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const random = new Random(seed ^ 0x77);
    for (const one of cases(seed)) {
      const { shape } = exact(one);
      const what = `seed ${seed}, ${JSON.stringify(one.node.form)}, shape ${shape}`;
      const point = anyPoint(random, varsOf(shape));
      const { outcome, bytes } = relate(memory, one, point);
      assert.equal(outcome, 'accepted', what);
      assert.notEqual(relate(memory, one, point, { off: [0, 1 + random.int(0, 99), 0, 0] }).outcome, 'accepted', what);
      if (bytes > 0) {
        assert.notEqual(relate(memory, one, point, { changed: random.int(0, bytes - 1) }).outcome, 'accepted', what);
      }
    }
  }
});
