/**
 * `npm run pack`: JavaScript, declarations and tarballs of the packages that others install, in `dist/pack`. Inside the
 * repository Node runs the sources as they are; under `node_modules` it refuses to strip types, hence this.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SuretyError } from '@surety/core';
import { ROOT } from './repo/workspace.ts';

/** What is published: the pure packages, the client and the command line. The node and its page run from the repository. */
export const PUBLISHED = [
  'core',
  'intent',
  'analysts',
  'markets',
  'court',
  'programs',
  'proofs',
  'protocol',
  'sdk',
  'cli',
] as const;

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
};

const run = (command: string, parameters: readonly string[], cwd: string): string => {
  const done = spawnSync(command, parameters, { cwd, encoding: 'utf8' });
  if (done.status === 0) return done.stdout;
  throw new SuretyError({
    code: 'internal',
    message: `${command} ${parameters.join(' ')} failed: ${(done.stdout + done.stderr).slice(0, 2_000)}`,
    next: 'Correct what it names and pack again.',
  });
};

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')) as Manifest;

/** Emits every published package at once, so that they see each other as sources. */
const emit = (out: string): void => {
  const config = join(out, 'tsconfig.json');
  const options = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      noEmitOnError: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      typeRoots: [join(ROOT, 'node_modules', '@types')],
      rootDir: join(ROOT, 'packages'),
      outDir: join(out, 'emitted'),
    },
    // Every source is a root of its own, JSON too, which a folder does not take in: what tsc first meets through
    // `node_modules` it may take for foreign and not emit, and which way it meets a file first differs from run to run.
    include: PUBLISHED.flatMap((name) => ['', '**/*.json'].map((files) => join(ROOT, 'packages', name, 'src', files))),
    exclude: ['test', 'fixture', 'cases'].flatMap((kind) =>
      ['ts', 'tsx'].map((ending) => join(ROOT, 'packages', '**', `*.${kind}.${ending}`)),
    ),
  };
  writeFileSync(config, JSON.stringify(options, null, 2));
  run(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', config], ROOT);
};

/** `./src/x.ts` as installed: JavaScript beside its declarations. */
const installed = (source: string): { readonly types: string; readonly default: string } => {
  const base = source.replace('./src/', './dist/').replace(/\.tsx?$/, '');
  return { types: `${base}.d.ts`, default: `${base}.js` };
};

/** Gives a file the first line by which a shell runs it. */
const asProgram = (file: string): void => {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('#!')) writeFileSync(file, `#!/usr/bin/env node\n${text}`);
  chmodSync(file, 0o755);
};

const stage = (name: string, out: string): string => {
  const folder = join(ROOT, 'packages', name);
  const staged = join(out, 'staged', name);
  mkdirSync(staged, { recursive: true });
  cpSync(join(out, 'emitted', name, 'src'), join(staged, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'LICENSE'), join(staged, 'LICENSE'));
  if (existsSync(join(folder, 'README.md'))) cpSync(join(folder, 'README.md'), join(staged, 'README.md'));
  const manifest = manifestOf(name);
  const entries = Object.entries(manifest.exports).map(([key, source]) => [key, installed(source)]);
  const bins = Object.entries(manifest.bin ?? {}).map(([key, source]) => [key, installed(source).default]);
  for (const [, file] of bins) asProgram(join(staged, file ?? ''));
  const published = {
    ...manifest,
    exports: Object.fromEntries(entries),
    ...(bins.length > 0 && { bin: Object.fromEntries(bins) }),
    files: ['dist'],
  };
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  return staged;
};

/** Packs everything published; paths of the tarballs by package name. */
export const pack = (out: string = join(ROOT, 'dist', 'pack')): ReadonlyMap<string, string> => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  emit(out);
  const tarballs = new Map<string, string>();
  for (const name of PUBLISHED) {
    const staged = stage(name, out);
    const printed = run('npm', ['pack', '--json', '--pack-destination', out], staged);
    const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
    tarballs.set(`@surety/${name}`, join(out, filename));
  }
  return tarballs;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, file] of pack()) process.stdout.write(`${name.padEnd(18)} ${file}\n`);
}
