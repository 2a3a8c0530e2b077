import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, unwrap, utf8 } from '@surety/core';
import { zipSync } from 'fflate';
import { readNpy } from './npy.ts';
import { readNpz } from './npz.ts';

/** The bytes that numpy.save writes for an array of this type, shape and content. */
const npy = (descr: string, shape: string, content: Uint8Array): Uint8Array => {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`;
  const header = utf8(`${text.padEnd(117)}\n`);
  return concatBytes(new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]), header, content);
};

const bytesOf = (array: Float32Array | BigInt64Array): Uint8Array => new Uint8Array(array.buffer);

test('arrays are read by name, type and shape', () => {
  const x = npy('<f4', '2, 3', bytesOf(Float32Array.of(1, 2.5, -3, 0, 5, 6)));
  const labels = npy('<i8', '2,', bytesOf(BigInt64Array.of(7n, -1n)));
  const arrays = unwrap(readNpz(zipSync({ 'x.npy': x, 'labels.npy': labels, 'readme.txt': utf8('hello') })));
  assert.deepEqual([...arrays.keys()], ['x', 'labels']);
  assert.deepEqual(arrays.get('x')?.shape, [2, 3]);
  assert.deepEqual([...arrays.get('x')!.values], [1, 2.5, -3, 0, 5, 6]);
  assert.deepEqual([...arrays.get('labels')!.values], [7, -1]);
  assert.equal(arrays.get('labels')?.integer, true);
});

test('what is no array of plain numbers is refused by name', () => {
  const cut = npy('<f4', '2, 3', bytesOf(Float32Array.of(1)));
  const text = npy('<U5', '1,', new Uint8Array(20));
  for (const bytes of [cut, text, new Uint8Array(4), npy('<f4', '99999999999', new Uint8Array(4))]) {
    const read = readNpz(zipSync({ 'x.npy': bytes }));
    assert.equal(!read.ok && read.problem.field, 'samples.x');
  }
  const noZip = readNpz(utf8('PK but no zip'));
  assert.equal(!noZip.ok && noZip.problem.code, 'input.malformed');
});

test('a small file cannot ask for more memory than its limit', () => {
  const wide = readNpz(zipSync({ 'x.npy': npy('|i1', `${2 ** 26 + 1},`, new Uint8Array(1)) }));
  assert.equal(!wide.ok && wide.problem.limit, `${2 ** 26} numbers`);
  const one = npy('|i1', '2,', new Uint8Array(2));
  assert.ok(readNpy(one, 'x', 2).ok);
  const second = readNpy(one, 'x', 1);
  assert.equal(!second.ok && second.problem.field, 'x');
});
