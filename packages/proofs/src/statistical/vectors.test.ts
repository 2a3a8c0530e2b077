/** The vectors, and the equations of spec 19.3 once more over big integers, element by element. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex, toHex, unwrap } from '@surety/core';
import { type CheckedProgram, runReference, type Tensor } from '@surety/programs';
import { randomInputs } from '../../../programs/test/random-program.ts';
import { statisticalVectors, vectorPrograms } from '../../test/statistical-vectors.ts';
import { drawElements, drawProducts } from './draw.ts';
import { type Folded, partsOf } from './parts.ts';
import { decodeRecord } from './record.ts';

const FILE = new URL('../../../../vectors/statistical.json', import.meta.url);
const committed = JSON.parse(readFileSync(FILE, 'utf8')) as Awaited<ReturnType<typeof statisticalVectors>>;
const P = 2n ** 31n - 1n;
const mod = (x: bigint): bigint => ((x % P) + P) % P;
const big = (values: Iterable<number>): bigint[] => Array.from(values, BigInt);

test('vectors/statistical.json is what its script writes', async () => {
  assert.deepEqual(committed, JSON.parse(JSON.stringify(await statisticalVectors())));
});

/** What a vector draws for all nodes of a program: as many as its widest and its largest take (spec 19.3). */
const drawnFor = (program: CheckedProgram, seed: Uint8Array) => {
  const nodes = partsOf(program, 0).folded;
  const most = (of: (shape: readonly number[]) => number, ops: readonly string[]): number =>
    Math.max(0, ...nodes.filter(({ form }) => ops.includes(form.op)).map(({ type }) => of(type.shape)));
  return {
    r: big(
      drawProducts(
        seed,
        [0, 0],
        most((shape) => shape.at(-1)!, ['matmul', 'conv']),
      ),
    ),
    u: big(
      drawElements(
        seed,
        [0, 1],
        most((shape) => shape[0]! * shape[1]!, ['conv']),
      ),
    ),
    v: big(
      drawElements(
        seed,
        [0, 2],
        most((shape) => shape[2]!, ['conv']),
      ),
    ),
  };
};

/** Both sides of the equation of a node, for every row of a `matmul` and once for a `conv`. */
const sides = (
  program: CheckedProgram,
  { form }: Folded,
  values: readonly Tensor[],
  sums: Tensor,
  seed: Uint8Array,
) => {
  const at = (id: number): bigint[] => big(values[id]!.values);
  const f = big(sums.values);
  const n = sums.shape.at(-1)!;
  const drawn = drawnFor(program, seed);
  const r = drawn.r.slice(0, n);
  const bias = form.bias === null ? r.map(() => 0n) : at(form.bias);
  if (form.op === 'matmul') {
    const [a, b, k] = [at(form.a), at(form.b), program.types[form.a]!.shape.at(-1)!];
    const m = sums.shape.at(-2)!;
    return Array.from({ length: f.length / n }, (_, row) => {
      const from = b.length === n * k ? 0 : Math.floor(row / m) * n * k;
      let [left, right] = [0n, 0n];
      for (let j = 0; j < n; j++) {
        left += r[j]! * f[row * n + j]!;
        right += r[j]! * bias[j]!;
        for (let i = 0; i < k; i++) right += r[j]! * b[from + j * k + i]! * a[row * k + i]!;
      }
      return [mod(left), mod(right)];
    });
  }
  const [images, height, width, channels] = program.types[form.x]!.shape as [number, number, number, number];
  const [count, kh, kw, depth] = program.types[form.w]!.shape as [number, number, number, number];
  const [, rows, columns] = sums.shape as [number, number, number, number];
  const { u, v } = drawn;
  const [x, w] = [at(form.x), at(form.w)];
  let [left, right] = [0n, 0n];
  for (let b = 0; b < images; b++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let o = 0; o < count; o++) {
          const weight = u[b * rows + i]! * v[j]! * r[o]!;
          left += weight * f[((b * rows + i) * columns + j) * count + o]!;
          right += weight * bias[o]!;
          for (let p = 0; p < kh; p++)
            for (let q = 0; q < kw; q++) {
              const y = i * form.strides[0] + p * form.dilations[0] - form.pads[0];
              const z = j * form.strides[1] + q * form.dilations[1] - form.pads[1];
              if (y < 0 || y >= height || z < 0 || z >= width) continue;
              for (let c = 0; c < depth; c++) {
                const channel = Math.floor(o / (count / form.groups)) * depth + c;
                const pixel = x[((b * height + y) * width + z) * channels + channel]!;
                right += weight * pixel * w[((o * kh + p) * kw + q) * depth + c]!;
              }
            }
        }
  return [[mod(left), mod(right)]];
};

/** Weights folded by r, a row for each leading index of b or each group. */
const naiveFold = (program: CheckedProgram, { form, node }: Folded, w: Tensor, seed: Uint8Array): number[][] => {
  const channels = program.types[program.inputs.length + program.constants.length + node]!.shape.at(-1)!;
  const { r } = drawnFor(program, seed);
  const values = big(w.values);
  const rows = form.op === 'matmul' ? channels : channels / form.groups;
  const width = form.op === 'matmul' ? w.shape.at(-1)! : w.shape.slice(1).reduce((a, b) => a * b, 1);
  return Array.from({ length: values.length / (rows * width) }, (_, m) =>
    Array.from({ length: width }, (__, k) => {
      let sum = 0n;
      for (let n = 0; n < rows; n++) {
        sum += r[form.op === 'matmul' ? n : m * rows + n]! * values[(m * rows + n) * width + k]!;
      }
      return Number(mod(sum));
    }),
  );
};

test('vectors/statistical.json: folded weights are the sums of the specification', () => {
  let compared = 0;
  for (const [i, { seed, program }] of vectorPrograms().entries()) {
    const values = runReference(program, randomInputs(program, seed));
    for (const [n, folded] of partsOf(program, 0).folded.entries()) {
      const { weights } = committed.records[i]!.folded[n]!;
      if (weights === null) continue;
      const w = values[folded.form.op === 'matmul' ? folded.form.b : folded.form.w]!;
      assert.deepEqual(weights, naiveFold(program, folded, w, unwrap(fromHex(committed.draws.seed))));
      compared++;
    }
  }
  assert.ok(compared >= 4, `${compared} nodes`);
});

test('vectors/statistical.json: the sums of each record fit by the equations of the specification', () => {
  const operators = new Set<string>();
  for (const [i, { seed, program }] of vectorPrograms().entries()) {
    const parts = partsOf(program, 0);
    const record = unwrap(decodeRecord(parts, unwrap(fromHex(committed.records[i]!.record))));
    const values = runReference(program, randomInputs(program, seed));
    for (const [n, folded] of parts.folded.entries()) {
      operators.add(folded.form.op);
      const all = sides(program, folded, values, record.sums[n]!, unwrap(fromHex(committed.draws.seed)));
      for (const [left, right] of all) assert.equal(left, right, `program ${seed}, node ${folded.node}`);
    }
    assert.equal(toHex(record.run.program), committed.records[i]!.id);
  }
  assert.deepEqual([...operators].sort(), ['conv', 'matmul']);
});
