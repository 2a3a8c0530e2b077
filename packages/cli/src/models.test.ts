/** Publishing at the terminal, against a node of its own: commit, reveal, history, verification offline, drift. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PLAIN, PROBES, probesFile, programFile, SWAPPED } from '../../node/test/model-files.ts';
import { folder, surety } from './testing.ts';
import { startNode } from './testing-node.ts';

test('publish, hide, reveal, look back, verify offline, measure drift', async (t) => {
  const cwd = folder();
  const home = join(cwd, '.surety');
  const node = await startNode(home);
  t.after(async () => {
    node.stop();
    await node.ended;
  });
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(cwd, name), bytes);
    return name;
  };
  const [first, second, probes] = [programFile(PLAIN), programFile(SWAPPED), probesFile()];
  const one = file('one.program', first.bytes);
  const two = file('two.program', second.bytes);
  const reals = PROBES.probes.map(([values = []]) => ({ x: values.map((value) => value / 16) }));
  file('samples.json', new TextEncoder().encode(JSON.stringify(reals)));
  const run = (...args: string[]) => surety(['model', ...args], { cwd });
  const data = async <T>(...args: string[]): Promise<T> => {
    const ran = await run(...args, '--json');
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    return JSON.parse(ran.stdout) as T;
  };
  const refusedWith = async (code: string, ...args: string[]): Promise<void> => {
    const ran = await run(...args, '--json');
    assert.notEqual(ran.code, 0);
    assert.equal((JSON.parse(ran.stdout) as { error: { code: string } }).error.code, code, ran.stdout);
  };

  const probesName = 'probes.json';
  const made = await data<{ id: string; clamped: number }>('probes', one, 'samples.json');
  assert.deepEqual([made.id, made.clamped], [probes.id, 0]);

  const open = await run('publish', one, '--name', 'digits', '--probes', probesName);
  assert.equal(open.code, 0, open.stdout + open.stderr);
  assert.match(open.stdout, /digits version 1 is published in the open/);

  assert.match((await run('history', 'digits')).stdout, /publisher\s+chose\s+the\s+probes/);
  assert.equal((await run('publish', one, '--name', 'plain')).code, 0);
  assert.doesNotMatch((await run('history', 'plain')).stdout, /publisher\s+chose\s+the\s+probes/);

  const hide = ['publish', two, '--name', 'digits', '--hidden', '--yes'];
  await refusedWith('cli.usage', ...hide);
  await refusedWith('publication.past-date', ...hide, '--reveal-by', '2020-01-01');
  const unasked = await run(...hide.filter((word) => word !== '--yes'), '--reveal-by', '1d');
  assert.equal(unasked.code, 2, 'nobody is there to say yes to a bond');
  assert.match(unasked.stderr, /Add --yes/);
  const rich = await run(...hide, '--reveal-by', '1d', '--bond', '500000');
  assert.match(rich.stderr, /account\.insufficient-funds · field --bond/);
  await refusedWith('publication.bond', ...hide, '--reveal-by', '1d', '--bond', '0');
  await refusedWith('cli.usage', 'publish', two, '--name', 'digits', '--bond', '5');
  await refusedWith('publication.name', 'publish', two, '--name', 'Digits!');
  await refusedWith('cli.file-unreadable', 'publish', 'nothing.program', '--name', 'digits');
  await refusedWith('program.malformed', 'publish', probesName, '--name', 'digits');
  await refusedWith('input.malformed', 'publish', two, '--name', 'digits', '--probes', two);

  const hidden = await run(...hide, '--reveal-by', '1d', '--bond', '5');
  assert.equal(hidden.code, 0, hidden.stdout + hidden.stderr);
  assert.match(hidden.stdout, /without it nobody, you included, can reveal this version/);
  const saved = 'publication-digits-2.json';
  const { publicationId } = JSON.parse(readFileSync(join(cwd, saved), 'utf8')) as { publicationId: string };
  const history = () => data<{ versions: { status: string; drift: object | null }[] }>('history', 'digits');
  assert.deepEqual(
    (await history()).versions.map(({ status }) => status),
    ['open', 'hidden'],
  );

  const elsewhere = ['--home', join(cwd, 'other'), '--trust', join(home, 'trust.json')];
  assert.equal((await run('verify', two, '--publication', saved)).code, 0, 'the own salt opens it');
  const stranger = await run('verify', two, '--publication', saved, ...elsewhere);
  assert.equal(stranger.code, 3);
  assert.match(stranger.stdout, /not shown equal/);

  await refusedWith('publication.not-equal', 'reveal', saved, one);
  await refusedWith('publication.unknown', 'reveal', 'ab'.repeat(32), two);
  const [salt = ''] = readdirSync(join(home, 'salts'));
  renameSync(join(home, 'salts', salt), join(cwd, 'salt.json'));
  await refusedWith('publication.salt-lost', 'reveal', saved, two);
  renameSync(join(cwd, 'salt.json'), join(home, 'salts', salt));
  const revealed = await run('reveal', saved, two);
  assert.equal(revealed.code, 0, revealed.stdout + revealed.stderr);
  assert.match(revealed.stdout, /In time: \$5.00 of bond came back/);
  await refusedWith('publication.revealed', 'reveal', publicationId, two);

  const fetched = await run(
    'verify',
    two,
    '--publication',
    publicationId,
    '--out',
    'revealed.json',
    ...elsewhere,
    '--url',
    node.url,
  );
  assert.equal(fetched.code, 0, fetched.stdout + fetched.stderr);
  assert.ok(existsSync(join(cwd, 'revealed.json')));
  const offline = await run('verify', two, '--publication', 'revealed.json', ...elsewhere);
  assert.equal(offline.code, 0, offline.stdout + offline.stderr);
  assert.match(offline.stdout, /does not prove that the model is good/);
  assert.equal((await run('verify', one, '--publication', 'revealed.json', ...elsewhere)).code, 1);
  const text = readFileSync(join(cwd, 'revealed.json'), 'utf8');
  writeFileSync(join(cwd, 'changed.json'), text.replace(/"bondMicroUsd": "5000000"/, '"bondMicroUsd": "6000000"'));
  await refusedWith('publication.changed', 'verify', two, '--publication', 'changed.json');
  assert.equal((await run('verify', one, '--id', first.id)).code, 0);
  await refusedWith('publication.not-equal', 'verify', one, '--id', second.id);

  const measured = await data<{ drift: object }>('drift', one, two, probesName);
  let drift: object | null = null;
  for (let tries = 0; drift === null && tries < 300; tries += 1) drift = (await history()).versions[1]?.drift ?? null;
  assert.deepEqual((drift as { result?: object } | null)?.result, measured.drift, 'the node measures what we measure');
  assert.match((await run('history', 'digits')).stdout, /2 of 4 choices changed \(50.0 %\)/);
});
