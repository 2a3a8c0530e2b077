import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RealBuilder } from './build.ts';
import { evaluateGraph } from './evaluate.ts';
import { foldChannels } from './fold.ts';

const values = (n: number, seed: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => Math.sin(seed + i));

const normalised = (read: 'once' | 'twice') => {
  const b = new RealBuilder();
  const x = b.input('x', [1, 4, 4, 2], 'real');
  const w = b.constant([3, 3, 3, 2], 'real', values(54, 1), 'w');
  const scale = b.constant([1, 1, 1, 3], 'real', values(3, 2), 'scale');
  const shift = b.constant([3], 'real', values(3, 3), 'shift');
  const geometry = { strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1], groups: 1 } as const;
  const conv = b.node({ op: 'conv', x, w, bias: null, ...geometry }, 'real', 'conv');
  const scaled = b.node({ op: 'mul', a: conv, b: scale }, 'real', 'scale');
  const shifted = b.node({ op: 'affine', x: [scaled, shift], c: [1, 1], d: 0 }, 'real', 'shift');
  const y = b.node({ op: 'affine', x: [shifted], c: [2], d: 1 }, 'real', 'y');
  return b.finish([{ name: 'y', value: y }, ...(read === 'twice' ? [{ name: 'conv', value: conv }] : [])]);
};

test('scales and shifts after a convolution become part of it', () => {
  const graph = normalised('once');
  const folded = foldChannels(graph);
  const forms = folded.values.flatMap((value) => (value.kind === 'node' ? [value.form.op] : []));
  assert.deepEqual(forms, ['conv']);
  const x = values(32, 4);
  const [before, after] = [graph, folded].map((g) => evaluateGraph(g, [{ x }])[0]!.y!.values);
  for (const [i, v] of before!.entries()) assert.ok(Math.abs(v - after![i]!) < 1e-12);
});

test('a convolution that something else reads stays as it is', () => {
  const forms = foldChannels(normalised('twice')).values.flatMap((v) => (v.kind === 'node' ? [v.form.op] : []));
  assert.deepEqual(forms, ['conv', 'mul', 'affine', 'affine']);
});
