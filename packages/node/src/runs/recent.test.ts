import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recent, shared } from './recent.ts';

test('only the last values are kept, and setting one again makes it the newest', () => {
  const recent = new Recent<number>(2);
  assert.equal(recent.set('a', 1), 1);
  recent.set('b', 2);
  recent.set('a', 3);
  recent.set('c', 4);
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => recent.get(key)),
    [3, undefined, 4],
  );
  recent.delete('a');
  recent.clear();
  assert.deepEqual(
    ['a', 'c'].map((key) => recent.get(key)),
    [undefined, undefined],
  );
});

test('whoever asks meanwhile gets the same run, later ones a new one, also after a failure', async () => {
  let runs = 0;
  const task = shared(async () => {
    runs += 1;
    if (runs === 2) throw new RangeError('away');
    return runs;
  });
  assert.deepEqual(await Promise.all([task(), task()]), [1, 1]);
  await assert.rejects(Promise.all([task(), task()]), /away/);
  assert.equal(await task(), 3);
});
