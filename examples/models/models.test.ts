/** The example models are what their script made, and the commands that documents show for them run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

const origin = JSON.parse(readFileSync(join(import.meta.dirname, 'origin.json'), 'utf8')) as {
  readonly files: Readonly<Record<string, string>>;
};

test('the committed files are those that training wrote, and small', () => {
  let bytes = 0;
  for (const [name, sha256] of Object.entries(origin.files)) {
    const content = readFileSync(join(import.meta.dirname, name));
    assert.equal(createHash('sha256').update(content).digest('hex'), sha256, name);
    bytes += content.length;
  }
  assert.ok(bytes <= 400_000, `${bytes} bytes`);
});

const commandsOf = (file: string): readonly string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^\.\/surety (model .+)$/gm)].map(([, command]) => command!);

for (const file of ['docs/cli.md', 'examples/models/README.md']) {
  test(`the commands of ${file} run`, () => {
    const cwd = mkdtempSync(join(tmpdir(), 'surety-models-'));
    symlinkSync(join(ROOT, 'examples'), join(cwd, 'examples'));
    const commands = commandsOf(file);
    assert.ok(commands.length >= 2);
    for (const command of commands) {
      const args = [
        '--disable-warning=ExperimentalWarning',
        join(ROOT, 'packages/cli/src/main.ts'),
        ...command.split(' '),
      ];
      const done = spawnSync(process.execPath, args, {
        cwd,
        encoding: 'utf8',
        env: { SURETY_HOME: join(cwd, '.surety') },
      });
      assert.equal(done.status, 0, `${command}: ${done.stdout}${done.stderr}`);
    }
  });
}

test('the name writer goes on from a few letters, in integers that are the same everywhere', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'write-names.ts')];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const lines = done.stdout.trim().split('\n');
  assert.equal(lines.length, 4);
  for (const line of lines) {
    const [beginning = '', name = ''] = line.split(/ +/);
    assert.ok(name.startsWith(beginning) && name.length > beginning.length, line);
  }
});

test('a reader of digits is trained to the same ids everywhere, and reads digits that it did not learn from', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'train-digits.ts')];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const lines = new Map(
    done.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ +(.*)/) as [string, string]),
  );
  assert.equal(lines.get('trace'), 'd23d549f2d3a0f3ad7ec2554c537e436db17e9e5817a4e34e92a7561dfab1fd9');
  assert.equal(lines.get('model'), 'a6f8ac83f27d2efa76b0a27f3477df42e8ef89f4efc0a0212cab6b5a7b10fd34');
  assert.ok(Number.parseInt(lines.get('reads')!, 10) >= 18, done.stdout);
});
