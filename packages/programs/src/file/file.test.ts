import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, unwrap, utf8 } from '@surety/core';
import { randomInputs, randomProgram } from '../../test/random-program.ts';
import {
  bytesSource,
  type CheckedProgram,
  checkProgram,
  type Node,
  readProgram,
  runReference,
  writeProgram,
} from '../index.ts';

const fileOf = (program: CheckedProgram): Uint8Array => concatBytes(...writeProgram(program));

test('a program comes back from its file as it was, and computes the same', () => {
  for (let seed = 0; seed < 200; seed++) {
    const program = randomProgram(seed);
    const file = fileOf(program);
    const back = unwrap(readProgram(bytesSource(file)));
    assert.deepEqual(back.nodes, program.nodes);
    assert.deepEqual(back.types, program.types);
    assert.deepEqual(fileOf(back), file);
    const inputs = randomInputs(program, seed);
    assert.deepEqual(runReference(back, inputs), runReference(program, inputs));
  }
});

test('constants stay in the source until they are asked for', () => {
  const program = [...Array(50).keys()]
    .map((seed) => randomProgram(seed))
    .find(({ constants }) => constants.length > 2)!;
  const file = fileOf(program);
  let largest = 0;
  const source = {
    size: file.length,
    read: (offset: number, length: number) => {
      largest = Math.max(largest, length);
      return file.subarray(offset, offset + length);
    },
  };
  const back = unwrap(readProgram(source));
  assert.ok(largest < file.length);
  for (const [i, { read }] of back.constants.entries()) assert.deepEqual(read(), program.constants[i]!.read());
});

test('a file cut short, longer, or with any byte changed is refused, or is the file of another program', () => {
  for (let seed = 0; seed < 12; seed++) {
    const file = fileOf(randomProgram(seed, 4));
    for (let at = 0; at < file.length; at++) {
      assert.equal(readProgram(bytesSource(file.subarray(0, at))).ok, false);
      const changed = file.slice();
      changed[at]! ^= 1 << (at % 8);
      const read = readProgram(bytesSource(changed));
      if (read.ok) assert.deepEqual(fileOf(read.value), changed);
      else assert.match(read.problem.code, /^program\.(malformed|invalid|unbounded)$/);
    }
    const longer = readProgram(bytesSource(concatBytes(file, new Uint8Array(1))));
    assert.equal(!longer.ok && longer.problem.code, 'program.malformed');
    assert.equal(!longer.ok && longer.problem.limit, `${file.length} bytes`);
  }
});

test('lengths that promise more than there is are refused before anything is read', () => {
  const wild = (...parts: number[][]) => concatBytes(utf8('SRTYPRG1'), ...parts.map((part) => new Uint8Array(part)));
  const cases = [
    wild([255, 255, 255, 255]),
    wild([0, 255, 255, 255]),
    wild([0, 0, 0, 2], [123, 125]),
    new Uint8Array(0),
  ];
  for (const bytes of cases) {
    const read = readProgram(bytesSource(bytes));
    assert.equal(!read.ok && read.problem.code, 'program.malformed');
  }
});

test('a program of as many nodes as there may be is written and read', () => {
  const nodes = Array.from({ length: 65_535 }, (_, i): Node => {
    return { form: { op: 'affine', x: [i], c: [1], d: 0 }, dtype: 'i8', stage: { shift: 0, low: -128, high: 127 } };
  });
  const encoding = { mantissa: 1, exponent: 0 };
  const program = {
    inputs: [{ name: 'x', dtype: 'i8', shape: [1], low: -128, high: 127, encoding }] as const,
    constants: [],
    nodes,
    outputs: [{ name: 'y', value: nodes.length, encoding }],
    states: [],
  };
  const file = fileOf(unwrap(checkProgram(program)));
  assert.equal(unwrap(readProgram(bytesSource(file))).nodes.length, nodes.length);
});
