import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorIn } from './cursor.ts';

test('a list begins at the head, or where a cursor says, and nowhere else', () => {
  assert.deepEqual(
    [cursorIn(undefined, 9), cursorIn('4', 9), cursorIn('12', 9)],
    [
      { ok: true, value: 9 },
      { ok: true, value: 4 },
      { ok: true, value: 9 },
    ],
  );
  for (const cursor of ['-1', '1.5', 'x', '1e99']) {
    const refused = cursorIn(cursor, 9);
    assert.equal(refused.ok ? '' : refused.problem.code, 'input.malformed');
  }
});
