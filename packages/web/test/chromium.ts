/** A headless Chromium that comes out of npm; nothing is downloaded and nothing is reached but the fixture. */
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import unpacker from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const version = (): string => {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@sparticuz/chromium')), '..');
  return (require(join(folder, 'package.json')) as { version: string }).version;
};

/**
 * The unpacked browser. Several test files start at once, and the package takes a half-written file for a whole
 * one, so it unpacks into a folder of its own that is then renamed.
 */
const executable = async (): Promise<string> => {
  const home = join(tmpdir(), `surety-chromium-${version()}-${userInfo().uid}`);
  if (existsSync(join(home, 'chromium'))) return join(home, 'chromium');
  const before = process.env.TMPDIR;
  const staging = await mkdtemp(`${home}-`);
  process.env.TMPDIR = staging;
  await unpacker.executablePath();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rename(staging, home).catch(() => rm(staging, { recursive: true, force: true }));
  return join(home, 'chromium');
};

export const startBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await executable(),
    headless: true,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
