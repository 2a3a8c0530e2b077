import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rosette } from './rosette.ts';

const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));

test('a rosette depends on its id alone and stays in its frame', () => {
  fc.assert(
    fc.property(id, (hex) => {
      const paths = rosette(hex);
      assert.deepEqual(paths, rosette(hex));
      for (const number of paths.join(' ').match(/-?\d+\.\d+/g) ?? []) assert.ok(Math.abs(Number(number)) <= 106);
    }),
    { numRuns: 25 },
  );
});

test('a different first byte draws a different rosette', () => {
  assert.notDeepEqual(rosette('00'.repeat(32)), rosette(`01${'00'.repeat(31)}`));
});
