/** Roots of a training in the log of a node: entered before proving, held to it offline, and what is changed of it. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, here } from './testing.ts';
import { startNode } from './testing-node.ts';

const POINTS = `x,y,label,group
9,1,1,0
2,7,0,1
8,3,1,1
1,6,0,0
`;

test('the log of a node shows the order of roots, offline, and no more', async (t) => {
  const cwd = folder();
  const home = join(cwd, '.surety');
  const node = await startNode(home);
  const stop = async (): Promise<void> => {
    node.stop();
    await node.ended;
  };
  t.after(stop);
  writeFileSync(join(cwd, 'points.csv'), POINTS);
  const run = async (...args: string[]) => {
    const ran = await here([...args, '--json'], cwd);
    return { ...ran, data: JSON.parse(ran.stdout) as Record<string, unknown> };
  };
  const commit = async (...args: string[]) => {
    const { code, data } = await run('train', 'commit', ...args, '--proofs', '2');
    assert.equal(code, 0, JSON.stringify(data));
    return data as { root: string; logged: { index: number } | null };
  };
  const scaled = ['--scale', '0:10'];
  const audit = await commit('audit', 'points.csv', ...scaled, '--log');
  const data = await commit('data', 'points.csv', '--batch', '4', ...scaled);
  const model = await commit('model', '--widths', '2,2', '--log');
  assert.equal(data.logged, null);
  assert.ok(audit.logged!.index < model.logged!.index);

  const proved = await run('train', 'prove', '--log', '--out', 'points.training');
  assert.equal(proved.code, 0, proved.stdout + proved.stderr);
  await stop();

  const verify = (...args: string[]) => run('verify', 'points.training', ...args);
  type Order = { readonly holds: string; readonly summary: string };
  const held = await verify('--logged', 'points.logged');
  const order = held.data.order as Order;
  assert.deepEqual([held.code, order.holds], [0, 'shown'], held.stdout);
  // As they were entered: two when they were committed to, the others before the first proof.
  assert.match(order.summary, /the audit set at .* the first model at .* the data set at .* the run/);

  const without = await verify();
  assert.deepEqual([without.code, (without.data.order as Order).holds], [0, 'not-shown']);

  const logged = JSON.parse(readFileSync(join(cwd, 'points.logged'), 'utf8')) as { entries: { at: number }[] };
  logged.entries[0]!.at -= 1;
  writeFileSync(join(cwd, 'earlier.logged'), JSON.stringify(logged));
  const earlier = await verify('--logged', 'earlier.logged');
  assert.deepEqual([earlier.code, (earlier.data.order as Order).holds, earlier.data.holds], [1, 'refuted', 'shown']);

  writeFileSync(join(cwd, 'nothing.logged'), '{');
  assert.equal(((await verify('--logged', 'nothing.logged')).data.error as { code: string }).code, 'input.malformed');

  const stranger = folder();
  for (const file of ['points.training', 'points.logged']) cpSync(join(cwd, file), join(stranger, file));
  const unpinned = await here(['verify', 'points.training', '--logged', 'points.logged'], stranger);
  assert.equal(unpinned.code, 3, unpinned.stdout);
  assert.match(unpinned.stdout.replace(/\s+/g, ' '), /· The log .* is not pinned in your trust file/);
});
