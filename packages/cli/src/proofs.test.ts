/** Proofs of runs at the terminal: made, checked offline, kept to their commitment, and told wrong. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeProgram } from '../../programs/src/file/file.ts';
import { anyInput, mlpProgram, randomLayers } from '../../programs/test/networks.ts';
import { folder, type Ran, surety } from './testing.ts';

/** A folder with a small program and two inputs. */
const prepared = () => {
  const cwd = folder();
  const program = mlpProgram([20, 12, 10], randomLayers([20, 12, 10], 1));
  writeFileSync(join(cwd, 'one.program'), Buffer.concat([...writeProgram(program)]));
  const values = [...anyInput(program, 1)[0]!.values];
  writeFileSync(join(cwd, 'input.json'), JSON.stringify({ x: values }));
  writeFileSync(join(cwd, 'other.json'), JSON.stringify({ x: values.toReversed() }));
  const run = (...more: string[]) =>
    surety(['run', 'one.program', 'input.json', '--integers', '--prove', 'zk', ...more], { cwd });
  const verify = (...args: string[]) => surety(['verify', ...args], { cwd });
  return { cwd, run, verify };
};

const json = ({ stdout }: Ran) => JSON.parse(stdout) as Record<string, unknown>;
const code = ({ stdout }: Ran): unknown => (JSON.parse(stdout) as { error?: { code: string } }).error?.code;

test('a proof with everything public is written, and checked against program, input and output', async () => {
  const { cwd, run, verify } = prepared();
  const proved = await run('--out', 'one.proof');
  assert.equal(proved.code, 0, proved.stdout + proved.stderr);
  assert.match(proved.stderr, /at most [\d.]+ [kM]B of memory/);
  assert.match(proved.stdout, /input\s+shown/);
  const held = ['--program', 'one.program', '--integers', '--input'];
  const checked = await verify('one.proof', ...held, 'input.json');
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  assert.match(checked.stdout, /✔ A proof shows that program/);
  assert.match(checked.stdout, /does not prove\s+that the answer is right/);
  assert.equal(code(await verify('one.proof', ...held, 'other.json', '--json')), 'proof.other');
  const { output } = json(await verify('one.proof', ...held, 'input.json', '--json')) as { output: string };
  assert.equal((await verify('one.proof', '--program', 'one.program', '--output', output)).code, 0);
  const another = await verify('one.proof', '--program', 'one.program', '--output', '0'.repeat(64), '--json');
  assert.equal(code(another), 'proof.other');
  const bytes = readFileSync(join(cwd, 'one.proof'));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(join(cwd, 'lie.proof'), bytes);
  const lie = await verify('lie.proof', '--program', 'one.program', '--json');
  assert.deepEqual([lie.code, code(lie)], [1, 'proof.refuted']);
  assert.match((await verify('one.proof')).stderr, /checked against one program/);
});

test('hidden weights have one identity, and no more proofs than their commitment hides them in', async () => {
  const { cwd, run, verify } = prepared();
  const committed = await surety(['model', 'commit', 'one.program', '--proofs', '2', '--json'], { cwd });
  assert.equal(committed.code, 0, committed.stdout + committed.stderr);
  const { weights, rangeBytes } = json(committed);
  assert.ok((rangeBytes as number) > 0);
  // It is made again where it was lost, and is the same.
  const before = readFileSync(join(cwd, 'one.architecture'));
  rmSync(join(cwd, '.surety', 'commitments', `${weights}.range`));
  await surety(['model', 'commit', 'one.program'], { cwd });
  assert.deepEqual(readFileSync(join(cwd, 'one.architecture')), before);
  const kept = join(cwd, '.surety', 'commitments', `${weights}.json`);
  for (const hidden of ['weights', 'both']) {
    const proved = json(await run('--private', hidden, '--out', `${hidden}.proof`, '--json'));
    assert.equal(proved.weights, weights);
    const parts = proved.secrecy as { part: string; hidden: boolean }[];
    const names = parts.filter((each) => each.hidden).map(({ part }) => part);
    assert.deepEqual(names, hidden === 'both' ? ['input', 'weights'] : ['weights']);
    const checked = await verify(`${hidden}.proof`, '--architecture', 'one.architecture');
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    assert.match(checked.stdout.replace(/\s+/g, ' '), /no more than 2 proofs are ever made/);
    assert.match(checked.stdout.replace(/\s+/g, ' '), /hidden constants: integers of their stated types/);
  }
  assert.equal(code(await run('--private', 'weights', '--out', 'third.proof', '--json')), 'proof.used-up');
  assert.ok(!existsSync(join(cwd, 'third.proof')));
  const anew = json(await surety(['model', 'commit', 'one.program', '--new', '--json'], { cwd }));
  assert.notEqual(anew.weights, weights);
  assert.equal(json(await run('--private', 'weights', '--json')).weights, anew.weights);
  assert.equal(code(await verify('weights.proof', '--architecture', 'one.architecture', '--json')), 'proof.other');
  writeFileSync(kept, '{}');
  assert.equal(code(await run('--private', 'weights', '--json')), 'cli.file-unreadable');
});

test('a commitment is renewed while a proof is left, and the renewal is checked against either architecture', async () => {
  const { cwd, run, verify } = prepared();
  const renew = (...more: string[]) => surety(['model', 'renew', 'one.program', '--json', ...more], { cwd });
  assert.match((await surety(['model', 'renew', 'one.program'], { cwd })).stderr, /not committed to/);
  const { weights } = json(await surety(['model', 'commit', 'one.program', '--proofs', '2', '--json'], { cwd }));
  copyFileSync(join(cwd, 'one.architecture'), join(cwd, 'old.architecture'));
  // What fails takes nothing, and leaves the old commitment the newest.
  writeFileSync(join(cwd, 'no-folder'), '');
  assert.equal(code(await renew('--out', 'no-folder/one.renewal')), 'cli.file-unwritable');
  const told = await run('--private', 'weights', '--json');
  assert.equal(json(told).weights, weights);
  assert.match(told.stderr, /One proof is left/);
  const renewed = json(await renew());
  assert.deepEqual([renewed.from, renewed.used, renewed.proofs], [weights, 1, 2]);
  for (const held of ['old', 'one']) {
    const checked = await verify('one.renewal', '--architecture', `${held}.architecture`);
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    assert.match(checked.stdout.replace(/\s+/g, ' '), /commit to the same hidden constants/);
  }
  assert.match((await verify('one.renewal', '--program', 'one.program')).stderr, /checked against an architecture/);
  assert.equal(json(await run('--private', 'weights', '--json')).weights, renewed.to);
  assert.equal((await verify('one.proof', '--architecture', 'one.architecture')).code, 0);
  assert.equal(code(await renew()), 'proof.used-up');
  const bytes = readFileSync(join(cwd, 'one.renewal'));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(join(cwd, 'lie.renewal'), bytes);
  assert.equal(code(await verify('lie.renewal', '--architecture', 'one.architecture', '--json')), 'proof.refuted');
});

test('a run that cannot be proved spends none of the proofs', async () => {
  const { cwd, run } = prepared();
  writeFileSync(join(cwd, 'no-folder'), '');
  const failed = await run('--private', 'weights', '--out', 'no-folder/one.proof', '--json');
  assert.equal(code(failed), 'cli.file-unwritable');
  const after = json(await surety(['model', 'commit', 'one.program', '--json'], { cwd }));
  assert.deepEqual([after.used, after.new], [0, false]);
});

test('threads change neither the bytes of a proof nor the identity of what is hidden', async () => {
  const { cwd, run, verify } = prepared();
  const one = await run('--threads', '1', '--out', 'one.proof');
  const two = await run('--threads', '2', '--out', 'two.proof');
  assert.match(one.stderr, /on one thread\./);
  assert.match(two.stderr, /on 2 threads\./);
  assert.deepEqual(readFileSync(join(cwd, 'two.proof')), readFileSync(join(cwd, 'one.proof')));
  const committed = json(await surety(['model', 'commit', 'one.program', '--threads', '2', '--json'], { cwd }));
  const again = json(await surety(['model', 'commit', 'one.program', '--threads', '1', '--json'], { cwd }));
  assert.deepEqual([again.weights, again.new], [committed.weights, false]);
  assert.equal((await run('--private', 'both', '--threads', '2', '--out', 'hidden.proof')).code, 0);
  assert.equal((await verify('hidden.proof', '--architecture', 'one.architecture')).code, 0);
  assert.equal((await surety(['model', 'renew', 'one.program', '--threads', '2'], { cwd })).code, 0);
  for (const threads of ['0', '17', 'two'])
    assert.match((await run('--threads', threads)).stderr, /--threads cannot be .*\n?.*from 1 to 16/s);
});

test('options of other routes are refused', async () => {
  const { cwd, run, verify } = prepared();
  assert.match((await run('--bond', '50')).stderr, /--bond is not for --prove zk/);
  assert.match((await run('--private', 'all')).stderr, /--private cannot be all/);
  assert.match((await run('--private-input')).stderr, /--private input/);
  const optimistic = await surety(['run', 'a', 'b', '--prove', 'optimistic', '--private', 'input'], { cwd });
  assert.match(optimistic.stderr, /--private is for --prove zk/);
  for (const route of ['optimistic', 'statistical']) {
    const threads = await surety(['run', 'a', 'b', '--prove', route, '--threads', '2'], { cwd });
    assert.match(threads.stderr, /--threads is for --prove zk/);
  }
  assert.match((await verify('input.json', '--program', 'one.program')).stderr, /--program is for the proof of a run/);
});
