import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RealBuilder } from './real/build.ts';
import { evaluateGraph } from './real/evaluate.ts';
import { keep, release, transient } from './transient.ts';

test('only what was made for one reader is given back, and once', () => {
  const kept = new Float32Array(4).fill(1);
  release(kept);
  assert.equal(kept.length, 4);
  const mine = transient(new Float32Array(4));
  release(mine);
  assert.equal(mine.length, 0);
  release(mine);
  const read = keep(transient(new Float32Array(4)));
  release(read);
  assert.equal(read.length, 4);
});

test('weights read anew at each use are gone after it, and those that are held stay, whatever moved them', () => {
  const given: Float32Array[] = [];
  const b = new RealBuilder();
  const read = () => {
    const values = transient(new Float32Array(512).fill(2));
    given.push(values);
    return values;
  };
  const held = new Float32Array(512).fill(3);
  const x = b.input('x', [1, 32], 'real');
  const fresh = b.constant([32, 16], 'real', read, 'w');
  const kept = b.constant([512], 'real', held, 'v');
  const turned = b.node({ op: 'transpose', x: fresh, perm: [1, 0] }, 'real', 'wt');
  const shaped = b.node({ op: 'reshape', x: kept, shape: [16, 32] }, 'real', 'vt');
  const sum = b.node({ op: 'affine', x: [turned, shaped], c: [1, 1], d: 0 }, 'real', 'sum');
  const y = b.node({ op: 'matmul', a: x, b: sum, bias: null }, 'real', 'y');
  const graph = b.finish([{ name: 'y', value: y }]);
  const sample = { x: new Float32Array(32).fill(1) };
  for (let i = 0; i < 2; i++)
    assert.deepEqual([...evaluateGraph(graph, [sample])[0]!.y!.values], new Array(16).fill(160));
  assert.ok(given.length >= 1 && given.every(({ length }) => length === 0));
  assert.equal(held.length, 512);
});
