/** Keeps bundles between starts, so that a warm start costs a read instead of a build. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, bundle } from './bundle.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

/** Folders whose files end up in a bundle: this package and the Surety packages it imports. */
const folders = async (): Promise<string[]> => {
  const packages = dirname(dirname(SOURCES));
  const siblings = await readdir(packages).catch((): string[] => []);
  return [
    SOURCES,
    ...siblings
      .filter((name) => name !== 'web' && name !== 'node' && name !== 'cli')
      .map((name) => join(packages, name, 'src')),
  ];
};

/** SHA-256 over the sources and the versions of what is bundled with them. */
export const sourceHash = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const folder of await folders()) {
    hash.update(await readFile(join(dirname(folder), 'package.json')).catch(() => folder));
    const files = await readdir(folder, { recursive: true }).catch((): string[] => []);
    for (const file of files.sort()) {
      if (!/\.(?:tsx?|jsx?|css|json)$/.test(file) || /\.test\.[jt]s$/.test(file)) continue;
      hash.update(`${file}\0`).update(await readFile(join(folder, file)));
    }
  }
  const require = createRequire(import.meta.url);
  for (const name of ['esbuild', 'preact', '@preact/signals']) {
    hash.update(await readFile(join(dirname(require.resolve(name)), 'package.json')).catch(() => name));
  }
  return hash.digest('hex');
};

/**
 * The bundle of an entry, from the cache when nothing that goes into it has changed. A cache that cannot
 * be read or written only costs the build.
 * @param cacheDir folder for bundles, e.g. `.surety/cache`; without one nothing is kept
 */
export const cachedBundle = async (entry: string, format: 'esm' | 'iife', cacheDir?: string): Promise<Bundle> => {
  if (cacheDir === undefined) return bundle(entry, format);
  const family = `${entry.replaceAll('/', '-')}-`;
  const name = `${family}${(await sourceHash()).slice(0, 32)}.json`;
  const file = join(cacheDir, name);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) {
    const parsed = asBundle(kept);
    if (parsed !== null) return parsed;
  }
  const made = await bundle(entry, format);
  await write(file, made)
    .then(() => dropOthers(cacheDir, family, name))
    .catch(() => undefined);
  return made;
};

/** Whole or not at all: a crash in the middle leaves the old file. */
const write = async (file: string, made: Bundle): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(made));
  await rename(draft, file);
};

/** Bundles of older sources are of no use to anybody. */
const dropOthers = async (cacheDir: string, family: string, keep: string): Promise<void> => {
  for (const name of await readdir(cacheDir)) {
    if (name.startsWith(family) && name !== keep) await rm(join(cacheDir, name), { force: true });
  }
};

const isTexts = (value: unknown): value is { readonly [name: string]: string } =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

const asBundle = (text: string): Bundle | null => {
  try {
    const value = JSON.parse(text) as { readonly [name: string]: unknown };
    const { script, style, worker, files } = value;
    if (typeof script !== 'string' || typeof style !== 'string' || typeof worker !== 'string' || !isTexts(files))
      return null;
    return [script, style, worker].every((name) => name === '' || Object.hasOwn(files, name)) && script !== ''
      ? { script, style, worker, files }
      : null;
  } catch {
    return null;
  }
};
