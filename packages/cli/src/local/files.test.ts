import assert from 'node:assert/strict';
import fs, { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { after, mock, test } from 'node:test';
import { folder } from '../testing.ts';
import { markFile, writeFile } from './files.ts';

const home = folder();
after(() => rmSync(home, { recursive: true, force: true }));

/** How often something was synced while a file did not have its name, and while it had. */
const syncs = (file: string, work: () => void): readonly [before: number, after: number] => {
  const { fsyncSync } = fs;
  let [before, since] = [0, 0];
  mock.method(fs, 'fsyncSync', (handle: number) => {
    if (existsSync(file)) since += 1;
    else before += 1;
    fsyncSync(handle);
  });
  syncBuiltinESMExports();
  work();
  mock.restoreAll();
  syncBuiltinESMExports();
  return [before, since];
};

test('a file is on the disk before it has its name, and its name before it is said to be written', () => {
  const file = join(home, 'keys', 'secret.json');
  assert.deepEqual(
    syncs(file, () => writeFile(file, 'one', { secret: true })),
    [1, 1],
  );
  assert.equal(readFileSync(file, 'utf8'), 'one');
  assert.deepEqual([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777], [0o600, 0o700]);
});

test('a mark is made once, and is on the disk before it is said to be made', () => {
  const file = join(home, 'spent', '0');
  assert.deepEqual(
    syncs(file, () => assert.equal(markFile(file), true)),
    [0, 1],
  );
  assert.equal(markFile(file), false);
  assert.throws(() => markFile(join(file, 'below')), { code: 'EEXIST', syscall: 'mkdir' });
});
