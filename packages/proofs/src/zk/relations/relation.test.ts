/** Every operator on random programs: what is true is proved, and nothing else leads to claims that are all true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ARITHMETIC,
  DTYPE_RANGE,
  type Dtype,
  elements,
  type IntegerForm,
  runReference,
  type Shape,
  type Tensor,
  tensor,
} from '@surety/programs';
import { Random } from '../../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../../programs/test/random-program.ts';
import { anyPoint, type Case, exact, relate, relateHidden } from '../../../test/related.ts';
import { ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { marginsOf } from './argmax.ts';
import { varsOf } from './axes.ts';
import { type Maximum, maximumLevels, maximumShapes } from './maxima.ts';

const PROGRAMS = 200;

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
    if (node.form.op === 'lookup') continue;
    if (node.form.op === 'gather' && !open.has(node.form.index)) {
      if (node.form.index >= first) continue;
      open.add(node.form.index);
    }
    const { types } = program;
    const one: Case = { node, id: first + i, types, values, given: (id) => id < first, open: (id) => open.has(id) };
    if (node.form.op === 'max_pool' || node.form.op === 'reduce_max') yield* maximum(one, node.form);
    else if (node.form.op === 'argmax') {
      const x = values[node.form.x]!;
      yield { ...one, margins: tensor('i32', x.shape, marginsOf(x, values[one.id]!)) };
    } else yield one;
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

test('the same under pads', async () => {
  const memory = await ProofMemory.create();
  for (let seed = 0; seed < PROGRAMS / 2; seed++) {
    const random = new Random(seed ^ 0x99);
    for (const one of cases(seed)) {
      const what = `seed ${seed}, ${JSON.stringify(one.node.form)}`;
      const point = anyPoint(random, varsOf(exact(one).shape));
      assert.equal(relateHidden(memory, one, point, ZERO), 'accepted', what);
      assert.notEqual(relateHidden(memory, one, point, [1, 0, 0, 0]), 'accepted', what);
    }
  }
});

const random = new Random(11);
const filled = (dtype: Dtype, shape: Shape): Tensor => {
  const { low, high } = DTYPE_RANGE[dtype];
  return tensor(
    dtype,
    shape,
    Array.from({ length: elements(shape) }, () => random.int(low / 2, high / 2)),
  );
};

const window = { strides: [2, 1], dilations: [1, 2], pads: [1, 0, 2, 1] } as const;

/** Nodes large enough that every kernel takes its blocks whole, several of them, and a rest. */
const LARGE: readonly { readonly form: IntegerForm; readonly reads: readonly Tensor[]; readonly shape: Shape }[] = [
  { form: { op: 'mul', a: 0, b: 1 }, reads: [filled('i8', [67, 128]), filled('i8', [67, 128])], shape: [67, 128] },
  { form: { op: 'mul', a: 0, b: 0 }, reads: [filled('i8', [3, 2048])], shape: [3, 2048] },
  {
    form: { op: 'matmul', a: 0, b: 1, bias: 2 },
    reads: [filled('i8', [20, 300]), filled('i8', [600, 300]), filled('i16', [600])],
    shape: [20, 600],
  },
  {
    form: { op: 'matmul', a: 0, b: 1, bias: null },
    reads: [filled('i8', [6, 33, 40]), filled('i16', [6, 35, 40])],
    shape: [6, 33, 35],
  },
  {
    form: { op: 'conv', x: 0, w: 1, bias: null, groups: 1, ...window },
    reads: [filled('i8', [2, 19, 17, 20]), filled('i8', [24, 3, 3, 20])],
    shape: [2, 10, 14, 24],
  },
  {
    form: { op: 'conv', x: 0, w: 1, bias: null, groups: 12, ...window },
    reads: [filled('i8', [1, 19, 17, 36]), filled('i8', [24, 3, 3, 3])],
    shape: [1, 10, 14, 24],
  },
  {
    form: { op: 'sum_pool', x: 0, kernel: [3, 3], ...window },
    reads: [filled('i8', [2, 19, 17, 20])],
    shape: [2, 10, 14, 20],
  },
  {
    form: { op: 'concat', x: [0, 1], axis: 0 },
    reads: [filled('i8', [70, 60]), filled('i8', [41, 60])],
    shape: [111, 60],
  },
  { form: { op: 'reshape', x: 0, shape: [50, 6, 70] }, reads: [filled('i8', [300, 70])], shape: [50, 6, 70] },
];

test('large nodes too', async () => {
  const memory = await ProofMemory.create();
  for (const { form, reads, shape } of LARGE) {
    const stage = ARITHMETIC.has(form.op) ? { shift: 4, low: -128, high: 127 } : null;
    const id = reads.length;
    const types = [...reads, { dtype: 'i8', shape } as const];
    for (const open of [false, true]) {
      const one: Case = {
        node: { form, dtype: 'i8', stage },
        id,
        types,
        values: reads,
        given: () => true,
        open: () => open,
      };
      const point = anyPoint(random, varsOf(shape));
      assert.equal(relate(memory, one, point).outcome, 'accepted', form.op);
      assert.notEqual(relate(memory, one, point, { off: [0, 0, 1, 0] }).outcome, 'accepted', form.op);
    }
  }
});
