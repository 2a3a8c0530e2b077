import assert from 'node:assert/strict';
import fs, { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, mock, test } from 'node:test';
import { operatorKeys, writePrivateFile } from './keys.ts';

const home = mkdtempSync(join(tmpdir(), 'surety-keys-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** What is synced and renamed meanwhile, by path, in order. */
const traced = (work: () => void): readonly string[] => {
  const steps: string[] = [];
  const opened = new Map<number, string>();
  const { openSync, fsyncSync, renameSync } = fs;
  mock.method(fs, 'openSync', (path: string, ...more: [string]) => {
    const handle = openSync(path, ...more);
    opened.set(handle, path);
    return handle;
  });
  mock.method(fs, 'fsyncSync', (handle: number) => {
    steps.push(`sync ${opened.get(handle)}`);
    fsyncSync(handle);
  });
  mock.method(fs, 'renameSync', (from: string, to: string) => {
    steps.push(`rename ${to}`);
    renameSync(from, to);
  });
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }
  return steps;
};

test('a private file is on the disk before it has its name, and its name and its folders before it is said to be written', () => {
  const file = join(home, 'a', 'b', 'secret.json');
  const scratch = `${file}.${process.pid}.new`;
  const folders = [dirname(file), dirname(dirname(file)), home];
  const write = (content: string) => traced(() => writePrivateFile(file, content));
  assert.deepEqual(write('one'), [`sync ${scratch}`, `rename ${file}`, ...folders.map((each) => `sync ${each}`)]);
  assert.deepEqual(write('two'), [`sync ${scratch}`, `rename ${file}`, `sync ${dirname(file)}`]);
  assert.equal(readFileSync(file, 'utf8'), 'two');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
});

test('keys are made once, and a file that is not five keys is said to be unreadable', () => {
  const keys = operatorKeys(home);
  assert.deepEqual(operatorKeys(home), keys);
  writePrivateFile(join(home, 'keys', 'operator.json'), JSON.stringify({ ...keys, dsse: 'ab' }));
  assert.throws(() => operatorKeys(home), { code: 'config.keys-unreadable' });
});
