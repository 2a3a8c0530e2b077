/** Packages that a benchmark compares with, installed into a folder of their own outside of the workspace. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * The folder with the packages, installed unless it was before; null where that fails.
 * @param name of the folder; other versions take another name
 * @param environment what installing needs besides
 */
export const scratchFolder = (
  name: string,
  packages: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string | null => {
  const folder = join(tmpdir(), `surety-bench-${name}-${userInfo().uid}`);
  const done = join(folder, 'done');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  const installed = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: 'ignore',
    timeout: 600_000,
  });
  if (installed.status !== 0) return null;
  writeFileSync(done, '');
  return folder;
};
