import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { tensorPlayer } from '@surety/sdk/tensor';
import { EXAMPLE_PLAYER, examplePlayer } from './example-player.ts';

test('the example player is what its model gives (npm run generate writes it), and tells bait from plain names', async () => {
  const { program, adapter } = await examplePlayer();
  assert.equal(readFileSync(EXAMPLE_PLAYER.adapter, 'utf8'), adapter, 'run: npm run generate');
  assert.deepEqual(new Uint8Array(readFileSync(EXAMPLE_PLAYER.program)), program, 'run: npm run generate');
  const player = unwrap(await tensorPlayer(EXAMPLE_PLAYER.program, EXAMPLE_PLAYER.adapter));
  const ppm = async (host: string): Promise<number> => (await player.run({ kind: 'site', host }))!.probabilityPpm;
  const [bait, plain] = [await ppm('myetherwallet-restore.com'), await ppm('ethereum.org')];
  assert.ok(bait > 800_000 && plain < 300_000, `${bait} and ${plain}`);
});
