import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { runNamed } from '../../test/run-named.ts';
import { Tape, type Var } from '../../training/autograd.ts';
import {
  accuracyPpm,
  digitRunInputs,
  type FloatLayer,
  floatAccuracyPpm,
  floatGradients,
  floatRun,
  heldOutDigits,
  realLayers,
  realSamples,
} from '../../training/digit-run.ts';
import type { CheckedProgram } from '../check.ts';
import { createEngine } from '../engine/engine.ts';
import { firstStates, inputsOfStep, iterate, nextStates } from '../iterated/iteration.ts';
import { runReference } from '../reference.ts';
import { elements, type Tensor, tensor } from '../tensor.ts';
import { GRADIENT_BITS, type TrainingShape } from './formats.ts';
import { trainedModel } from './perceptron.ts';
import { trainingStep } from './training-step.ts';

const PERCEPTRON: TrainingShape = { widths: [256, 32, 10], batch: 32, rateBits: 4, momentum32nds: 29 };
const REGRESSION: TrainingShape = { ...PERCEPTRON, widths: [256, 10] };

const run = async (shape: TrainingShape, steps: number, seed = 1) => {
  const program = unwrap(trainingStep(shape));
  const inputs = digitRunInputs(program, shape, { count: 1_000, steps, seed });
  return { program, inputs, outputs: await runNamed(program, steps, inputs) };
};

test('a run on drawn digits reads nine of ten unseen ones, nearly as many as in floating point', async () => {
  for (const shape of [PERCEPTRON, REGRESSION]) {
    const { program, inputs, outputs } = await run(shape, 250);
    const accuracy = await accuracyPpm(shape, outputs, heldOutDigits(500, 1));
    const real = floatAccuracyPpm(floatRun(program, shape, inputs, 250), heldOutDigits(500, 1));
    // One class in ten is right by chance.
    assert.ok(accuracy > 850_000, `${accuracy}`);
    assert.ok(Math.abs(accuracy - real) < 25_000, `${accuracy} against ${real}`);
    const right = [...outputs.get('right')!.values];
    assert.equal(right.length, 250);
    const share = (list: readonly number[]): number => list.reduce((a, b) => a + b) / list.length / shape.batch;
    assert.ok(share(right.slice(0, 5)) < 0.5 && share(right.slice(-50)) > 0.9, `${right}`);
  }
});

test('the same inputs give the same weights, another order of the same batches others', async () => {
  const { program, inputs, outputs } = await run(PERCEPTRON, 6);
  const again = await runNamed(program, 6, inputs);
  assert.deepEqual(again, outputs);
  const swapped = inputs.map((input): Tensor => {
    if (input.shape[0] !== 6) return input;
    const values = input.values.slice();
    const size = values.length / 6;
    values.copyWithin(0, size, 2 * size);
    values.set(input.values.subarray(0, size), size);
    return { ...input, values };
  });
  const other = await runNamed(program, 6, swapped);
  assert.notDeepEqual(other.get('layer0.weights'), outputs.get('layer0.weights'));
});

/** Inputs within the ranges that the program states: what no run of digits meets, such as weights at their limits. */
const anyInputs = (program: CheckedProgram, seed: number): Tensor[] => {
  const random = new Random(seed);
  return program.inputs.map(({ dtype, shape, low, high }) => {
    const reach = random.pick([1, 64, 4_096]);
    const values = Array.from({ length: elements(shape) }, () =>
      random.chance(10) ? random.pick([low, high]) : random.int(Math.ceil(low / reach), Math.floor(high / reach)),
    );
    return tensor(dtype, shape, values);
  });
};

test('engine and reference agree on every value of a step, also of a deep net that keeps few bits', async () => {
  const shapes: readonly TrainingShape[] = [
    { widths: [12, 7, 5, 3], batch: 4, rateBits: 3, momentum32nds: 28, weightBits: 13 },
    { widths: [9, 2], batch: 1, rateBits: 0, momentum32nds: 0, weightBits: 11 },
    { widths: [16, 100], batch: 2, rateBits: 6, momentum32nds: 31 },
    { widths: [12, 7, 5, 3], batch: 4, rateBits: 2, momentum32nds: 20, provable: true },
  ];
  for (const shape of shapes) {
    const program = unwrap(trainingStep(shape));
    const engine = unwrap(await createEngine(program, { keep: true }));
    for (let seed = 0; seed < 8; seed++) {
      const inputs = anyInputs(program, seed);
      const expected = runReference(program, inputs);
      const { values } = unwrap(await engine.run(inputs));
      for (const [id, value] of values!) assert.deepEqual(value, expected[id], `${shape.widths} seed ${seed}: ${id}`);
    }
  }
});

test('a run of ten steps on digits is that of the reference', async () => {
  const steps = 10;
  const { program, inputs, outputs } = await run(PERCEPTRON, steps);
  const iteration = unwrap(iterate(program, steps));
  let states = firstStates(iteration, inputs);
  for (let t = 0; t < steps; t++) {
    const values = runReference(program, inputsOfStep(iteration, inputs, t, states));
    const given = program.outputs.map(({ value }) => values[value]!);
    states = nextStates(iteration, given);
  }
  for (const [i, { output }] of program.states.entries()) {
    assert.deepEqual(states[i], outputs.get(program.outputs[output]!.name));
  }
});

/**
 * Units of the hidden layer whose sum is so near 0 for some sample that rounding may decide whether relu lets its gradient
 * through: 1 or 0 are both right there.
 */
const edges = (layers: readonly FloatLayer[], x: Var): ReadonlySet<number> => {
  if (layers.length === 1) return new Set();
  const [{ weights, bias }] = layers as [FloatLayer];
  const found = new Set<number>();
  new Tape().linear(x, weights, bias).data.forEach((sum, at) => {
    if (Math.abs(sum) < 2 ** -7) found.add(at % bias.data.length);
  });
  return found;
};

/** Largest difference of a gradient from that in floating point, as a share of the largest. */
const gradientError = (shape: TrainingShape, program: CheckedProgram, given: readonly Tensor[], moved: Moved) => {
  const named = new Map(program.inputs.map(({ name }, i) => [name, given[i]!]));
  const layers = realLayers(program, (name) => named.get(name)!, shape);
  const x = realSamples(named.get('x')!.values);
  const loose = edges(layers, x);
  assert.ok(loose.size < shape.widths[1]! / 2);
  floatGradients(layers, x, named.get('labels')!.values);
  const unit = 2 ** -GRADIENT_BITS;
  return layers.flatMap(({ weights, bias }, i) =>
    [weights.grad, bias.grad].map((grad, kind) => {
      const got = moved(`momentum.layer${i}.${kind === 0 ? 'weights' : 'bias'}`);
      const width = grad.length / bias.data.length;
      const judged = [...grad.keys()].filter((at) => i > 0 || !loose.has(Math.floor(at / width)));
      const most = Math.max(...judged.map((at) => Math.abs(grad[at]!)));
      return Math.max(...judged.map((at) => Math.abs(grad[at]! - got.values[at]! * unit))) / most;
    }),
  );
};

type Moved = (name: string) => Tensor;

test('gradients are those of the loss: within 1 % of the largest in floating point, before and after some training', async () => {
  for (const shape of [PERCEPTRON, REGRESSION]) {
    const { program, inputs, outputs } = await run(shape, 60);
    const engine = unwrap(await createEngine(program));
    for (const trained of [false, true]) {
      // Without momentum of earlier steps, momentum is the gradient.
      const given = program.inputs.map(({ name, dtype, shape: dims }, i): Tensor => {
        if (name === 'x' || name === 'labels') return tensor(dtype, dims, inputs[i]!.values.slice(0, elements(dims)));
        if (name.startsWith('momentum')) return tensor(dtype, dims, []);
        return trained ? outputs.get(name)! : inputs[i]!;
      });
      const step = unwrap(await engine.run(given));
      const moved = (name: string): Tensor => step.outputs[program.outputs.findIndex((port) => port.name === name)]!;
      const errors = gradientError(shape, program, given, moved);
      assert.equal(errors.length, 2 * (shape.widths.length - 1));
      for (const error of errors) assert.ok(error < 0.01, `${shape.widths}: ${errors}`);
    }
  }
});

test('images of 28 × 28 pixels, and deeper and wider nets, are proved to stay in range', () => {
  for (const widths of [
    [784, 32, 10],
    [784, 128, 64, 10],
    [4_096, 1_024, 100],
  ]) {
    const program = unwrap(trainingStep({ ...PERCEPTRON, widths }));
    assert.equal(program.states.length, 4 * (widths.length - 1));
  }
});

test('shapes that are none, and sums too wide for 30 bits, are refused by name', () => {
  const wrong: readonly (readonly [Partial<TrainingShape>, string])[] = [
    [{ widths: [256] }, 'widths'],
    [{ widths: [256, 1] }, 'widths'],
    [{ widths: [256, 129] }, 'widths'],
    [{ batch: 24 }, 'batch'],
    [{ batch: 0 }, 'batch'],
    [{ rateBits: 7 }, 'rateBits'],
    [{ momentum32nds: 32 }, 'momentum32nds'],
    [{ weightBits: 10 }, 'weightBits'],
    [{ weightBits: 25 }, 'weightBits'],
    [{ weightBits: 14, provable: true }, 'weightBits'],
  ];
  for (const [part, field] of wrong) {
    const made = trainingStep({ ...PERCEPTRON, ...part });
    assert.deepEqual(!made.ok && [made.problem.code, made.problem.field], ['program.invalid', field]);
    assert.ok(!trainedModel({ ...PERCEPTRON, ...part }, new Map()).ok);
  }
  const wide = trainingStep({ ...PERCEPTRON, batch: 1_024 });
  assert.equal(!wide.ok && wide.problem.code, 'program.unbounded');
});

test('the trained model names the very tensors that training gave out', async () => {
  const { outputs } = await run(REGRESSION, 2);
  const model = unwrap(trainedModel(REGRESSION, outputs));
  const constants = model.constants.map(({ read }) => read());
  for (const name of ['layer0.weights', 'layer0.bias']) assert.ok(constants.includes(outputs.get(name)!.values));
  const refused = trainedModel(REGRESSION, new Map());
  assert.equal(!refused.ok && refused.problem.field, 'layer0.weights');
});
