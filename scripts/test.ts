/**
 * Every check of the repository, in the order in which they fail fastest: types, lint, then all tests
 * (unit, property, contract, browser, examples). `--changed` runs only the tests of packages that differ
 * from the last commit and of those that depend on them; further arguments are test files to run.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, withDependents } from './repo/workspace.ts';

const TEST_GLOBS = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/**/*.test.ts',
  'contracts/test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'bench/**/*.test.ts',
  'lab/**/*.test.ts',
  'examples/**/*.test.ts',
];

const args = process.argv.slice(2);
const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name);

const stage = (title: string, command: string, parameters: readonly string[]): void => {
  process.stdout.write(`\n== ${title}\n`);
  const started = process.hrtime.bigint();
  const done = spawnSync(command, parameters, { cwd: ROOT, stdio: 'inherit' });
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000;
  process.stdout.write(`== ${title}: ${done.status === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s\n`);
  if (done.status !== 0) process.exit(done.status ?? 1);
};

const git = (...parameters: string[]): string[] =>
  spawnSync('git', parameters, { cwd: ROOT, encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

/** Test files of whatever differs from the last commit, or of the last commit itself when nothing does. */
const changedTests = (all: readonly string[]): string[] => {
  let files = [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')];
  if (files.length === 0) files = git('diff', '--name-only', 'HEAD~1', 'HEAD');
  const names = new Set<string>();
  for (const file of files) {
    const name = /^packages\/([^/]+)\//.exec(file)?.[1];
    if (name !== undefined) names.add(name);
  }
  const chosen = withDependents(names);
  const folders = new Set(files.map((file) => file.split('/')[0]));
  return all.filter((file) => {
    const name = /^packages\/([^/]+)\//.exec(file)?.[1];
    return name === undefined ? folders.has(file.split('/')[0]) : chosen.has(name);
  });
};

const all = globSync(TEST_GLOBS, { cwd: ROOT, exclude: (name) => name === 'node_modules' }).sort();
const named = args.filter((argument) => !argument.startsWith('--'));
const files = named.length > 0 ? named : args.includes('--changed') ? changedTests(all) : all;

if (named.length === 0) {
  stage('types', bin('tsc'), ['-p', '.']);
  stage('lint', bin('biome'), ['ci', '--error-on-warnings', '.']);
}
if (files.length === 0) {
  process.stdout.write('\nNo test belongs to the change.\n');
} else {
  stage(`tests (${files.length} files)`, process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-concurrency=2',
    '--test-timeout=300000',
    ...files,
  ]);
}
