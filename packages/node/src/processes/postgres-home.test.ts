import assert from 'node:assert/strict';
import { access, chmod, lstat, mkdir, mkdtemp, readlink, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { preparePostgresHome } from './postgres-home.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

it('keeps everything in the data directory, which others may walk through and not look into', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'surety-test-'));
  const home = await preparePostgresHome(dataDir);
  assert.equal(home.data, join(dataDir, 'postgres', 'data'));
  assert.equal((await stat(home.socket)).mode & 0o777, 0o700);
  assert.equal((await stat(dataDir)).mode & 0o044, 0);
  await rm(dataDir, { recursive: true });
});

it('a socket whose path would be too long for the system is put elsewhere', async () => {
  const dataDir = join(await mkdtemp(join(tmpdir(), 'surety-test-')), 'deep'.repeat(20));
  await mkdir(dataDir, { recursive: true });
  await chmod(join(dataDir, '..'), 0o711);
  const { socket } = await preparePostgresHome(dataDir);
  assert.ok(!socket.startsWith(dataDir) && socket.length < 100);
  await rm(socket, { recursive: true });
  await rm(join(dataDir, '..'), { recursive: true });
});

it('as root below a closed directory, lives outside, follows a move and is erased with its link', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('needs root, which alone must become another user');
  const closed = await mkdtemp(join(tmpdir(), 'surety-test-'));
  const dataDir = join(closed, 'a');
  await mkdir(dataDir);
  const first = await preparePostgresHome(dataDir);
  assert.ok(!first.data.startsWith(closed));
  assert.ok((await lstat(join(dataDir, 'postgres'))).isSymbolicLink());
  assert.equal((await preparePostgresHome(dataDir)).data, first.data, 'found again');

  const moved = join(closed, 'b');
  await rename(dataDir, moved);
  assert.equal((await preparePostgresHome(moved)).data, first.data, 'moved along');

  await rm(moved, { recursive: true });
  await mkdir(dataDir);
  const second = await preparePostgresHome(dataDir);
  assert.notEqual(second.data, first.data);
  assert.equal(await exists(join(first.data, '..')), false, 'nothing leads to the first home any more');
  await rm(await readlink(join(dataDir, 'postgres')), { recursive: true });
  await rm(closed, { recursive: true });
});
