import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TensorSpec, tensorBytes } from '../../../training/onnx-writer.ts';
import { bytesSource, wholeOf } from '../../source.ts';
import { fromBits, largestOf, MINIFLOATS, type MinifloatName, nearest } from './minifloat.ts';
import { decodeTensor } from './tensor.ts';

const read = (spec: Omit<TensorSpec, 'name'>): number[] => [
  ...decodeTensor(wholeOf(bytesSource(tensorBytes({ name: 't', ...spec }))), 't').read(),
];

test('elements of every type are read, from bytes and from typed fields', () => {
  const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
  assert.deepEqual(read({ dims: [2], type: 3, raw: bytes(255, 127) }), [-1, 127]);
  assert.deepEqual(read({ dims: [2], type: 2, raw: bytes(255, 127) }), [255, 127]);
  assert.deepEqual(read({ dims: [1], type: 7, raw: bytes(254, 255, 255, 255, 255, 255, 255, 255) }), [-2]);
  assert.deepEqual(read({ dims: [1], type: 10, raw: bytes(0, 0x3e) }), [1.5]);
  assert.deepEqual(read({ dims: [1], type: 16, raw: bytes(0xc0, 0x3f) }), [1.5]);
  assert.deepEqual(read({ dims: [3], type: 22, raw: bytes(0xf7, 0x08) }), [7, -1, -8]);
  assert.deepEqual(read({ dims: [3], type: 21, raw: bytes(0xf7, 0x08) }), [7, 15, 8]);
  assert.deepEqual(read({ dims: [2], type: 3, ints: [-1, 127] }), [-1, 127]);
  assert.deepEqual(read({ dims: [2], type: 10, ints: [0x3e00, 0xc000] }), [1.5, -2]);
  assert.deepEqual(read({ dims: [3], type: 22, ints: [0xf7, 0x08] }), [7, -1, -8]);
  assert.deepEqual(read({ dims: [2], type: 7, ints: [-5, 2 ** 40] }), [-5, 2 ** 40]);
  assert.deepEqual(read({ dims: [2], type: 9, ints: [0, 1] }), [0, 1]);
  assert.deepEqual(read({ dims: [], floats: [0.25] }), [0.25]);
});

test('small floats are what their standards say, and each is its own nearest', () => {
  const { float8e4m3fn, float8e5m2, float4e2m1, float16, float8e4m3fnuz } = MINIFLOATS;
  assert.deepEqual(
    [float8e4m3fn, float8e5m2, float4e2m1, float16, float8e4m3fnuz].map(largestOf),
    [448, 57_344, 6, 65_504, 240],
  );
  assert.equal(fromBits(0x80, float8e4m3fnuz), Number.NaN);
  assert.equal(fromBits(0x01, float16), 2 ** -24);
  for (const name of Object.keys(MINIFLOATS) as MinifloatName[]) {
    const format = MINIFLOATS[name];
    const bits = 1 + format.exponentBits + format.mantissaBits;
    for (let pattern = 0; pattern < 2 ** bits; pattern += bits > 8 ? 37 : 1) {
      const value = fromBits(pattern, format);
      if (Number.isFinite(value)) assert.equal(nearest(value, format), value, `${name} ${pattern}`);
    }
    assert.equal(nearest(1e39, format), largestOf(format));
  }
  // Ties go to the even mantissa.
  assert.deepEqual(
    [2.5, 3.5, 5].map((x) => nearest(x, float4e2m1)),
    [2, 4, 4],
  );
});
