import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { randomStepProgram, randomStreams } from '../../test/random-program.ts';
import {
  commitProgram,
  createEngine,
  type Engine,
  iterate,
  iteratedId,
  iterationRoot,
  listRoot,
  ProgramBuilder,
  replayTo,
  runIterated,
  runReference,
  type Tensor,
  tensor,
  tensorRoot,
  traceRoot,
} from '../index.ts';

const UNIT = { mantissa: 1, exponent: 0 };

/** Adds a stream to a counter; also gives what it read, and the stream of the step before. */
const counter = async (): Promise<Engine> => {
  const b = new ProgramBuilder();
  const spec = { dtype: 'i16', shape: [2], low: -1_000, high: 1_000, encoding: UNIT } as const;
  const sum = b.input({ name: 'sum', ...spec });
  const x = b.input({ name: 'x', ...spec });
  b.input({ name: 'before', ...spec });
  const stage = { shift: 0, low: -1_000, high: 1_000 };
  const form = { op: 'affine', x: [sum, x], c: [1, 1], d: 0 } as const;
  b.output('sum', unwrap(b.node({ form, dtype: 'i16', stage })), UNIT);
  b.output('read', x, UNIT);
  b.output('last', x, UNIT);
  b.output('before', 2, UNIT);
  b.state('sum', 'sum');
  b.state('before', 'last');
  return unwrap(await createEngine(unwrap(b.finish())));
};

const i16 = (shape: readonly number[], values: readonly number[]): Tensor => tensor('i16', shape, values);

test('states go from step to step, streams come in slices, other outputs are stacked', async () => {
  const inputs = [i16([2], [10, 0]), i16([3, 2], [1, 2, 3, 4, 5, 6]), i16([2], [7, 7])];
  const { outputs } = unwrap(await runIterated(await counter(), 3, inputs));
  assert.deepEqual(outputs, [
    i16([2], [19, 12]),
    i16([3, 2], [1, 2, 3, 4, 5, 6]),
    i16([2], [5, 6]),
    i16([3, 2], [7, 7, 1, 2, 3, 4]),
  ]);
});

/** The same by the reference alone: every step's values, and the ids by their definition. */
const byReference = (engine: Engine, steps: number, inputs: readonly Tensor[]) => {
  const { program } = engine;
  const { id } = commitProgram(program);
  let states = program.states.map(({ input }) => inputs[input]!);
  const given: Tensor[][] = [];
  const traces: Uint8Array[] = [];
  const outputs: Tensor[][] = [];
  for (let step = 0; step < steps; step++) {
    const step0 = inputs.map((input, i) => {
      const state = program.states.findIndex((one) => one.input === i);
      if (state >= 0) return states[state]!;
      const size = input.values.length / steps;
      const { dtype, shape } = program.inputs[i]!;
      return { dtype, shape, values: input.values.slice(step * size, (step + 1) * size) };
    });
    const values = runReference(program, step0);
    const nodes = values.slice(values.length - program.nodes.length).map((value) => tensorRoot(value));
    given.push(step0);
    traces.push(traceRoot(id, listRoot(step0), nodes));
    outputs.push(program.outputs.map(({ value }) => values[value]!));
    states = program.states.map(({ output }) => outputs[step]![output]!);
  }
  return { given, traces, outputs };
};

test('random programs with states: values, traces and replayed steps are those of the reference', async () => {
  let withStates = 0;
  for (let seed = 0; seed < 40; seed++) {
    const program = randomStepProgram(seed, 5);
    withStates += program.states.length > 0 ? 1 : 0;
    const steps = new Random(seed).int(2, 9);
    const engine = unwrap(await createEngine(program));
    const made = iterate(program, steps);
    if (!made.ok) continue;
    const inputs = randomStreams(made.value, seed);
    const options = { trace: commitProgram(program), checkpointBytes: seed % 2 === 0 ? 0 : 2_000 };
    const run = unwrap(await runIterated(engine, steps, inputs, options));
    const wanted = byReference(engine, steps, inputs);
    assert.deepEqual(run.traces!.map(toHex), wanted.traces.map(toHex), `seed ${seed}`);
    for (const [o, { values }] of run.outputs.entries()) {
      const each = wanted.outputs.map((list) => [...list[o]!.values]);
      assert.deepEqual([...values], run.iteration.kept[o] ? each.at(-1) : each.flat(), `seed ${seed}`);
    }
    for (const step of [0, 1, steps - 1]) {
      const given = unwrap(await replayTo(engine, run, inputs, step));
      assert.deepEqual(
        given.map(({ values }) => [...values]),
        wanted.given[step]!.map(({ values }) => [...values]),
        `seed ${seed}`,
      );
    }
  }
  assert.ok(withStates > 20, `${withStates} programs have states`);
});

test('traces of more steps than are hashed together, with states that take streams', async () => {
  const engine = await counter();
  const steps = 150;
  const inputs = [
    i16([2], [0, 5]),
    i16(
      [steps, 2],
      Array.from({ length: 2 * steps }, (_, i) => (i % 7) - 3),
    ),
    i16([2], [7, 7]),
  ];
  const run = unwrap(await runIterated(engine, steps, inputs, { trace: commitProgram(engine.program) }));
  assert.deepEqual(run.traces!.map(toHex), byReference(engine, steps, inputs).traces.map(toHex));
});

test('checkpoints stay within their bytes, at even distances, the first step among them', async () => {
  const engine = await counter();
  const steps = 100;
  const inputs = [i16([2], [0, 0]), i16([steps, 2], new Array(2 * steps).fill(1)), i16([2], [0, 0])];
  // Eight bytes of state: twelve checkpoints fit, and every sixteenth step makes seven.
  const { checkpoints } = unwrap(await runIterated(engine, steps, inputs, { checkpointBytes: 100 }));
  assert.deepEqual(
    checkpoints.map(({ step }) => step),
    [0, 16, 32, 48, 64, 80, 96],
  );
  assert.deepEqual(checkpoints.at(-1)!.states[0], i16([2], [96, 96]));
});

test('steps, types and ranges that do not fit are refused, and an abort ends the run', async () => {
  const engine = await counter();
  for (const steps of [0, 1, 1.5, 2 ** 20 + 1]) {
    const refused = await runIterated(engine, steps, []);
    assert.equal(!refused.ok && refused.problem.field, 'steps');
  }
  const good = [i16([2], [0, 0]), i16([3, 2], [1, 2, 3, 4, 5, 6]), i16([2], [0, 0])];
  const wrong: readonly (readonly [Tensor[], string])[] = [
    [good.slice(1), 'inputs'],
    [good.with(1, i16([2], [1, 2])), 'inputs[1]'],
    [good.with(1, i16([2, 2], [1, 2, 3, 4])), 'inputs[1]'],
    [good.with(1, i16([3, 2], [1, 2, 3, 4, 5, 1_001])), 'inputs[1][5]'],
  ];
  for (const [inputs, field] of wrong) {
    const refused = await runIterated(engine, 3, inputs);
    assert.equal(!refused.ok && refused.problem.field, field);
  }
  const stop = new AbortController();
  const onStep = (done: number): void => {
    if (done === 2) stop.abort(new Error('enough'));
  };
  await assert.rejects(runIterated(engine, 3, good, { signal: stop.signal, onStep }), /enough/);
});

test('a stack that would be no tensor is refused', () => {
  const b = new ProgramBuilder();
  const deep = { dtype: 'i8', shape: [1, 1, 1, 1, 1, 1, 1, 1], low: 0, high: 1, encoding: UNIT } as const;
  b.output('y', b.input({ name: 'x', ...deep }), UNIT);
  const refused = iterate(unwrap(b.finish()), 2);
  assert.equal(!refused.ok && refused.problem.field, 'inputs[0]');
});

test('ids of iterations depend on all that they name', () => {
  const [p, l] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const id = iteratedId(p, 5);
  const ids = [id, iteratedId(p, 6), iteratedId(l, 5), iterationRoot(id, l, [p, l]), iterationRoot(id, l, [l, p])];
  assert.equal(new Set([...ids, iterationRoot(l, id, [p, l])].map(toHex)).size, 6);
});
