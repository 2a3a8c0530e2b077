import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactBounds, Facts } from '@surety/programs';
import { randomProgram } from '../../../programs/test/random-program.ts';
import { packed, unpacked, type Width, widthOf } from './packed.ts';
import { partsOf } from './parts.ts';

test('sums come back from as few bytes as hold them, and from no fewer', () => {
  for (const width of [1, 2, 3, 4] as Width[]) {
    const most = 2 ** (8 * width - 1) - 1;
    const sums = Int32Array.of(0, 1, -1, most, -most - 1, most >> 1);
    const bytes = packed(sums, width);
    assert.equal(bytes.length, 6 * width);
    assert.deepEqual(unpacked(bytes, width), sums);
    if (width < 4)
      assert.notDeepEqual(unpacked(packed(Int32Array.of(most + 1), width), width), Int32Array.of(most + 1));
  }
});

test('a node gets bytes for every sum that its bounds leave', () => {
  const widths = new Set<Width>();
  for (let seed = 0; seed < 300; seed++) {
    const program = randomProgram(seed, 6);
    for (const { node, form, bytes } of partsOf(program, 0).folded) {
      const constantsFrom = program.inputs.length;
      let [low, high] = [0, 0];
      const known = (id: number) => {
        const constant = program.constants[id - constantsFrom];
        return {
          shape: program.types[id]!.shape,
          range: program.ranges[id]!,
          facts: constant === undefined ? null : new Facts(() => constant.read()),
        };
      };
      exactBounds(form, known, (exact) => {
        [low, high] = [Math.min(low, exact.low), Math.max(high, exact.high)];
      });
      assert.ok(low >= -(2 ** (8 * bytes - 1)) && high < 2 ** (8 * bytes - 1), `seed ${seed}, node ${node}`);
      assert.equal(widthOf(program, node), bytes);
      widths.add(bytes);
    }
  }
  assert.ok(widths.size >= 3, [...widths].join());
});
