import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turns } from './turns.ts';

test('tasks of one key run one after the other, whether one fails or not; other keys do not wait', async () => {
  const inTurn = turns();
  const said: string[] = [];
  let release = (): void => undefined;
  const first = inTurn('a', async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    said.push('first');
    throw new Error('broken');
  });
  const second = inTurn('a', async () => said.push('second'));
  assert.equal(await inTurn('b', async () => said.push('other')), 1);
  release();
  await assert.rejects(first, /broken/);
  assert.equal(await second, 3);
  assert.deepEqual(said, ['other', 'first', 'second']);
});
