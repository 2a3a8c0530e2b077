import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../test/random.ts';
import { randomGraph } from '../../test/random-graph.ts';
import {
  type CheckedProgram,
  type ConversionReport,
  convert,
  encodeSample,
  INT8,
  INT16,
  Machine,
  type Policy,
  type RealGraph,
  runReference,
  type Sample,
} from '../index.ts';
import { RealBuilder } from '../real/build.ts';

const machine = await Machine.create();

const converted = async (
  graph: RealGraph,
  samples: readonly Sample[],
  policy: Policy,
): Promise<{ readonly program: CheckedProgram; readonly report: ConversionReport }> =>
  unwrap(await convert(graph, samples, { policy, machine, acceptErrors: true }));

/** Largest error of the first output as a share of its amplitude. */
const share = ({ report }: { report: ConversionReport }): number =>
  report.outputs[0]!.largestError / (report.outputs[0]!.amplitude || 1);

/** A graph of one input `x`, and samples of it. */
const graphOf = (shape: readonly number[], make: (b: RealBuilder, x: number) => number): RealGraph => {
  const b = new RealBuilder();
  const y = make(b, b.input('x', shape, 'real'));
  return b.finish([{ name: 'y', value: y }]);
};

const drawn = (length: number, mean = 0, scale = 1): Sample[] => {
  const random = new Random(length);
  const x = () =>
    Float64Array.from({ length }, () => mean + (scale * (random.bits() + random.bits())) / 2 ** 32 - scale);
  return [{ x: x() }, { x: x() }, { x: x() }];
};

const clip = (low: number, high: number) =>
  ({
    op: 'unary',
    name: `clip ${low} ${high}`,
    f: (x: number) => Math.min(Math.max(x, low), high),
    clip: { low, high },
  }) as const;

test('random graphs are converted within the policy, or refused by a listed code', async () => {
  const codes = new Set<string>();
  let within = 0;
  for (let seed = 0; seed < 150; seed++) {
    const { graph, samples } = randomGraph(seed);
    for (const policy of [INT8, INT16]) {
      const made = await convert(graph, samples, { policy, machine });
      if (!made.ok) {
        codes.add(made.problem.code);
        assert.ok(made.problem.field && made.problem.message && made.problem.next, `seed ${seed}`);
        continue;
      }
      const { program, report } = made.value;
      if (share(made.value) <= 2 ** -6) within++;
      for (const { exact, largestError } of report.outputs) assert.ok(!exact || largestError === 0, `seed ${seed}`);
      const { inputs } = encodeSample(program, samples[0]!);
      runReference(program, inputs).forEach(({ values }, id) => {
        const { low, high } = program.ranges[id]!;
        for (const x of values) assert.ok(x >= low && x <= high, `seed ${seed}: value ${id}`);
      });
    }
  }
  for (const code of codes) assert.match(code, /^(model\.(unsupported|inaccurate)|program\.unbounded)$/);
  assert.ok(within >= 290, `${within} of 300 within 1.6 %`);
});

test('clips fold into what comes before, whatever their bounds and whoever else reads it', async () => {
  for (const [low, high] of [
    [0, 1],
    [-0, 6],
    [-1e-12, 0.5],
    [2, -2],
    [Number.NEGATIVE_INFINITY, 0.25],
    [5, 9],
  ] as const) {
    for (const shared of [false, true]) {
      const graph = graphOf([2, 4], (b, x) => {
        const product = b.node(
          {
            op: 'matmul',
            a: x,
            b: b.constant(
              [4, 4],
              'real',
              Float64Array.from({ length: 16 }, (_, i) => Math.sin(i)),
              'w',
            ),
            bias: null,
          },
          'real',
          'fc',
        );
        const clipped = b.node({ ...clip(low, high), x: product }, 'real', 'clip');
        return shared ? b.node({ op: 'affine', x: [clipped, product], c: [1, 0.5], d: 0 }, 'real', 'sum') : clipped;
      });
      for (const policy of [INT8, INT16]) {
        const error = share(await converted(graph, drawn(8), policy));
        assert.ok(error < 0.03, `${low} .. ${high} ${policy.name}: ${error}`);
      }
    }
  }
});

test('sums of thousands of terms keep the precision of their multipliers', async () => {
  for (const length of [64, 1_024, 16_384]) {
    const graph = graphOf([2, length], (b, x) => {
      const sum = b.node({ op: 'reduce_sum', x }, 'real', 'sum');
      const column = b.node({ op: 'reshape', x: sum, shape: [2, 1] }, 'real', 'column');
      return b.node({ op: 'affine', x: [x, column], c: [1, -1 / length], d: 0 }, 'real', 'centred');
    });
    const error = share(await converted(graph, drawn(2 * length, 3), INT8));
    assert.ok(error < 2 ** -12, `${length}: ${error}`);
  }
});

test('two tables agree with the function where one takes over from the other', async () => {
  const size = 4_096;
  const graph = graphOf([size], (b, x) =>
    b.node({ op: 'unary', x, name: 'rsqrt', f: (v) => 1 / Math.sqrt(v) }, 'real', 'rsqrt'),
  );
  // Every region of 0.001 .. 100, closely around the borders too.
  const x = Float64Array.from({ length: size }, (_, i) => 1e-3 * 1e5 ** (i / size));
  const { program } = await converted(graph, [{ x }], INT8);
  assert.equal(program.nodes.filter(({ form }) => form.op === 'lookup').length, 2);
  const inputs = encodeSample(program, { x }).inputs;
  const y = runReference(program, inputs).at(-1)!.values;
  const [unit, unitX] = [program.outputs[0]!, program.inputs[0]!].map(
    ({ encoding }) => encoding.mantissa * 2 ** encoding.exponent,
  );
  inputs[0]!.values.forEach((q, i) => {
    const exact = 1 / Math.sqrt(q * unitX!);
    if (q > 0)
      assert.ok(Math.abs(y[i]! * unit! - exact) <= 0.02 * exact + unit!, `${q}: ${y[i]! * unit!} for ${exact}`);
  });
});

test('numbers too small or not finite are a problem by name, never an endless loop', async () => {
  const tiny = graphOf([2], (b, x) => b.node({ op: 'mul', a: x, b: x }, 'real', 'square'));
  const small = await convert(tiny, [{ x: Float64Array.of(5e-324, 1e-320) }], { policy: INT8, machine });
  assert.ok(small.ok || /^model\./.test(small.problem.code));
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const graph = graphOf([1, 300], (b, x) => {
      const w = b.constant(
        [1, 300],
        'real',
        Float64Array.from({ length: 300 }, (_, i) => (i === 7 ? bad : i)),
        'w',
      );
      return b.node({ op: 'matmul', a: x, b: w, bias: null }, 'real', 'layer 3');
    });
    const refused = await convert(graph, drawn(300), { policy: INT8, machine });
    assert.equal(!refused.ok && refused.problem.code, 'model.unsupported');
    assert.equal(!refused.ok && refused.problem.field, 'layer 3');
    assert.match(!refused.ok ? refused.problem.next : '', /finite/);
  }
});

test('samples that do not fit the model are refused by name', async () => {
  const graph = graphOf([2], (b, x) => b.node({ op: 'affine', x: [x], c: [2], d: 1 }, 'real', 'y'));
  for (const sample of [{}, { x: Float64Array.of(1) }]) {
    const refused = await convert(graph, [sample], { policy: INT8, machine });
    assert.equal(!refused.ok && refused.problem.code, 'input.malformed');
    assert.equal(!refused.ok && refused.problem.field, 'samples[0].x');
  }
  const b = new RealBuilder();
  const index = b.input('token', [1], 'integer');
  const table = b.constant([5, 3], 'real', new Float64Array(15), 'w');
  const gather = b.finish([{ name: 'y', value: b.node({ op: 'gather', data: table, index }, 'real', 'embedding') }]);
  const refused = await convert(gather, [{ token: Float64Array.of(5) }], { policy: INT8, machine });
  assert.equal(!refused.ok && refused.problem.code, 'input.out-of-range');
  assert.match(!refused.ok ? refused.problem.message : '', /embedding/);
  const misnamed = await convert(graph, drawn(2), { policy: INT8, machine, ranges: { z: { low: 0, high: 1 } } });
  assert.equal(!misnamed.ok && misnamed.problem.field, 'z');
});

test('a state goes in exactly as it came out, though the first step began with zeros', async () => {
  const b = new RealBuilder();
  const x = b.input('x', [1, 3], 'real');
  const past = b.input('past', [4, 3], 'real');
  const kept = b.node({ op: 'slice', x: past, starts: [1, 0], steps: [1, 1], shape: [3, 3] }, 'real', 'kept');
  const w = b.constant([3, 3], 'real', Float64Array.of(0.5, -1, 0.25, 1, 2, -0.5, 0.1, 0.7, -3), 'w');
  const key = b.node({ op: 'matmul', a: x, b: w, bias: null }, 'real', 'key');
  const now = b.node({ op: 'concat', x: [kept, key], axis: 0 }, 'real', 'now');
  const scores = b.node({ op: 'matmul', a: x, b: now, bias: null }, 'real', 'scores');
  const graph = b.finish(
    [
      { name: 'scores', value: scores },
      { name: 'now', value: now },
    ],
    [{ input: 'past', output: 'now' }],
  );
  const samples = drawn(3).map((sample) => ({ ...sample, past: new Float64Array(12) }));
  for (const policy of [INT8, INT16]) {
    const { program, report } = await converted(graph, samples, policy);
    const state = report.outputs.find(({ name }) => name === 'now')!;
    assert.ok(state.largestError <= 0.02 * state.amplitude, `${policy.name}: ${state.largestError}`);
    const first = encodeSample(program, samples[0]!).inputs;
    let previous = runReference(program, first)[program.outputs[1]!.value]!;
    for (let step = 0; step < 4; step++) {
      const values = runReference(program, [first[0]!, previous]);
      const next = values[program.outputs[1]!.value]!;
      // Three of the four rows are those of the step before, to the bit.
      assert.deepEqual(next.values.subarray(0, 9), previous.values.subarray(3));
      previous = next;
    }
  }
});

test('everything that cannot be quantised is named at once, and what depends on it is not', async () => {
  const b = new RealBuilder();
  const x = b.input('x', [2], 'integer');
  const far = b.node({ op: 'affine', x: [x], c: [2 ** 25], d: 0 }, 'integer', 'far');
  const farther = b.node({ op: 'mul', a: far, b: far }, 'integer', 'square');
  const later = b.node({ op: 'affine', x: [farther], c: [1], d: 1 }, 'integer', 'later');
  const other = b.node({ op: 'affine', x: [x], c: [2 ** 29], d: 5 }, 'integer', 'other');
  const graph = b.finish([
    { name: 'y', value: later },
    { name: 'z', value: other },
  ]);
  const made = await convert(graph, [{ x: Float64Array.of(-9, 9) }], { policy: INT16 });
  assert.deepEqual(!made.ok && made.problems.map(({ field }) => field), ['square', 'other']);
});
