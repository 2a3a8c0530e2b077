import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { modelBytes } from '../training/onnx-writer.ts';
import { openModel } from './files.ts';
import { importOnnx } from './onnx/import.ts';
import { evaluateGraph } from './real/evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'surety-model-'));
after(() => rmSync(folder, { recursive: true }));

const importFrom = (location: string) => {
  const path = join(folder, 'model', 'net.onnx');
  writeFileSync(
    path,
    modelBytes({
      nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
      inputs: [{ name: 'x', shape: [2] }],
      outputs: [{ name: 'y', shape: [2] }],
      initializers: [{ name: 'w', dims: [2], external: { location } }],
    }),
  );
  const { source, external, close } = openModel(path);
  try {
    const result = importOnnx(source, { external });
    return result.ok
      ? [...evaluateGraph(result.graph, [{ x: Float64Array.of(10, 20) }])[0]!.y!.values]
      : result.problem.message;
  } finally {
    close();
  }
};

test('weights come from plain files of the folder, never through links', () => {
  mkdirSync(join(folder, 'model', 'data'), { recursive: true });
  const weights = new Uint8Array(Float32Array.of(1, 2).buffer);
  writeFileSync(join(folder, 'model', 'data', 'w.bin'), weights);
  writeFileSync(join(folder, 'secret.bin'), weights);
  symlinkSync(join(folder, 'secret.bin'), join(folder, 'model', 'link.bin'));
  symlinkSync(folder, join(folder, 'model', 'up'));
  assert.deepEqual(importFrom('data/w.bin'), [11, 22]);
  assert.match(String(importFrom('link.bin')), /is a link or no plain file/);
  assert.match(String(importFrom('up/secret.bin')), /is a link or no plain file/);
  assert.match(String(importFrom('data')), /is a link or no plain file/);
  assert.match(String(importFrom('missing.bin')), /cannot be read/);
});
