/** Trainings at the terminal: committed to, proved, killed and gone on with, checked offline, and told wrong. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { bytesSource, createEngine, readProgram, readTensors, tensor } from '@surety/programs';
import { folder, here, machine, type Ran } from './testing.ts';

const LOANS = `income,debt,repaid,group
90,10,1,0
20,70,0,1
80,30,1,1
10,60,0,0
70,5,1,0
15,90,0,1
60,20,1,1
30,80,0,0
50,50,1,0
`;

const SCALES = ['--label', 'repaid', '--scale', '0:100'];

const json = ({ stdout }: Ran) => JSON.parse(stdout) as Record<string, unknown>;
const code = ({ stdout }: Ran): unknown => (JSON.parse(stdout) as { error?: { code: string } }).error?.code;

/** A folder with commitments to a data set of two batches, to an audit set and to a regression. */
const prepared = async (proofs: string) => {
  const cwd = folder();
  writeFileSync(join(cwd, 'loans.csv'), LOANS);
  const train = (...args: string[]) => here(['train', ...args], cwd);
  const verify = (...args: string[]) => here(['verify', ...args], cwd);
  const commit = async (...args: string[]) => {
    const ran = await train('commit', ...args, '--proofs', proofs, '--json');
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    return json(ran);
  };
  const data = await commit('data', 'loans.csv', '--batch', '4', ...SCALES);
  const audit = await commit('audit', 'loans.csv', ...SCALES);
  const model = await commit('model', '--widths', '2,2');
  assert.deepEqual([data.leftOut, audit.leftOut], [1, 0]);
  const roots = { data: `${data.root}`, audit: `${audit.root}`, model: `${model.root}` };
  return { cwd, train, verify, commit, roots };
};

test('a training is proved on published roots, and what it is not about is refused', async () => {
  const { cwd, train, verify, roots } = await prepared('3');
  const { data, audit, model } = roots;
  const proved = await train(
    'prove',
    '--steps',
    '4',
    '--rate',
    '1/2',
    '--parity',
    '100%',
    '--out',
    'loans.training',
    '--threads',
    '2',
  );
  const none = await train('prove', '--steps', '4', '--out', 'none.training', '--threads', '0');
  assert.match(none.stderr, /--threads cannot be 0/);
  assert.equal(proved.code, 0, proved.stdout + proved.stderr);
  assert.match(proved.stderr, /at most [\d.]+ [kM]B of memory; a step at most/);
  assert.match(proved.stdout, /8 samples in 2 batches of 4: 4 of class 0, 4 of class 1/);
  const held = ['loans.training', '--data', data, '--audit', audit, '--model', model];
  const checked = await verify(...held, '--parity', '100%');
  assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  const words = checked.stdout.replace(/\s+/g, ' ');
  assert.match(words, /✔ Proofs show that 4 steps of training on 8 committed samples/);
  assert.match(words, /does not prove that the data are true, rightly labelled, complete, representative/);
  assert.match(words, /rates at most 100 percentage points apart/);
  assert.doesNotMatch(words, /Not held against/);
  const other = async (...args: string[]) => code(await verify('loans.training', ...args, '--json'));
  assert.equal(await other('--data', audit), 'proof.other');
  assert.equal(await other('--model', 'abc'), 'cli.usage');
  assert.equal(await other('--program', 'x'), 'cli.usage');
  assert.equal(code(await verify('loans.csv', '--parity', '1%', '--json')), 'cli.usage');
  assert.match((await verify('loans.training', '--data', data)).stdout, /Not held against.*--audit.*--model/);

  // The program that is written decides on the audit set as was proved.
  const shown = [...proved.stdout.matchAll(/(\d+) of \d+ in group/g)].map(([, count]) => Number(count));
  const program = unwrap(await readProgram(bytesSource(new Uint8Array(readFileSync(join(cwd, 'loans.program'))))));
  const kept = readFileSync(join(cwd, '.surety', 'training', `audit-${audit}.json`), 'utf8');
  const [x, group] = unwrap(readTensors(kept));
  const engine = unwrap(await createEngine(program));
  const positives = [0, 0];
  for (let row = 0; row < 9; row++) {
    const { outputs } = unwrap(await engine.run([tensor('i8', [1, 2], x!.values.slice(2 * row, 2 * row + 2))]));
    const [no, yes] = outputs[0]!.values;
    if (yes! >= no!) positives[group!.values[row]!]! += 1;
  }
  assert.deepEqual(shown, positives);

  const bytes = readFileSync(join(cwd, 'loans.training'));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(join(cwd, 'lie.training'), bytes);
  const lie = await verify('lie.training', '--json');
  assert.deepEqual([lie.code, code(lie)], [1, 'proof.refuted']);
});

test('what is killed at any moment goes on where it was, to the same bytes', async () => {
  const { cwd, train, verify } = await prepared('4');
  const file = join(cwd, 'run.training');
  const options = ['--steps', '6', '--rate', '1/4'];
  const main = join(import.meta.dirname, 'main.ts');
  const args = ['--disable-warning=ExperimentalWarning', main, 'train', 'prove', ...options, '--out', 'run.training'];
  const env = { ...machine(), SURETY_HOME: join(cwd, '.surety') };
  const child = spawn(process.execPath, args, { cwd, env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('close', resolve));
  // The balance and some step are on the disk.
  while (child.exitCode === null && !(existsSync(file) && statSync(file).size > 900_000))
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  const left = readFileSync(file);
  assert.equal(code(await verify('run.training', '--json')), 'proof.malformed');
  const begun = await train('prove', '--resume', 'run.training', '--until', '5', '--json');
  assert.deepEqual([json(begun).steps, json(begun).whole], [5, false]);
  const resumed = await train('prove', '--resume', 'run.training');
  assert.equal(resumed.code, 0, resumed.stdout + resumed.stderr);
  const whole = readFileSync(file);
  assert.ok(left.length < whole.length);
  // All of it again, under the same roots: the same proofs, so that nothing more is told, and no further opening counts.
  assert.equal((await train('prove', ...options, '--out', 'again.training')).code, 0);
  assert.ok(readFileSync(join(cwd, 'again.training')).equals(whole));
  const [folderOfRuns] = readdirSync(join(cwd, '.surety', 'training')).filter((name) => /^data-.*[^n]$/.test(name));
  assert.equal(readdirSync(join(cwd, '.surety', 'training', folderOfRuns!)).length, 1);
  // Nobody goes on without the seeds.
  const elsewhere = await here(['train', 'prove', '--resume', file, '--json'], folder());
  assert.deepEqual([elsewhere.code, code(elsewhere)], [66, 'cli.file-unreadable']);
});

test('Ctrl-C stops between two steps and says how to go on', async () => {
  const { cwd, verify } = await prepared('4');
  const file = join(cwd, 'run.training');
  const control = new AbortController();
  const watching = setInterval(() => {
    if (existsSync(file) && statSync(file).size > 500_000) control.abort();
  }, 1);
  const stopped = await here(['train', 'prove', '--steps', '6', '--out', 'run.training'], cwd, {
    signal: control.signal,
  });
  clearInterval(watching);
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /Stopped after step [1-5] of 6\. Go on with: surety train prove --resume run\.training/);
  assert.match((await verify('run.training')).stderr, /ends after step [1-5] of 6/);
  const looked = await here(['verify', 'run.training'], cwd, { signal: control.signal });
  assert.deepEqual([looked.code, looked.stderr], [130, 'Stopped: nothing is shown.\n']);
});

test('no more is opened than is hidden, and what does not fit together is refused with what to do', async () => {
  const { cwd, train, commit, roots } = await prepared('3');
  const prove = (...args: string[]) => train('prove', ...args, '--json');
  assert.equal(code(await prove('--steps', '5')), 'proof.unsupported');
  assert.equal((await prove('--steps', '2', '--until', '1', '--out', 'a.training')).code, 0);
  const another = await prove('--steps', '2', '--rate', '1/4', '--out', 'b.training');
  assert.deepEqual([code(another), existsSync(join(cwd, 'b.training'))], ['proof.used-up', false]);
  assert.match(another.stdout, /makes 2 proofs of the data set .*hides in 3; earlier runs made 2/);
  assert.equal(code(await prove('--steps', '2', '--out', 'a.training')), 'cli.file-unwritable');
  assert.equal(code(await prove('--resume', 'a.training', '--steps', '2')), 'cli.usage');
  assert.equal(code(await prove('--data', roots.audit)), 'cli.file-unreadable');
  await commit('model', '--widths', '3,2');
  assert.match((await prove()).stdout, /more than one first model.*--model ROOT/s);
  const kept = readdirSync(join(cwd, '.surety', 'training')).filter((name) => /^model-.*json$/.test(name));
  const [wide] = kept.map((name) => name.slice(6, -5)).filter((root) => root !== roots.model);
  assert.match((await prove('--model', wide!)).stdout, /reads 3 numbers, and a sample has 2/);
  const few = json(await train('commit', 'model', '--widths', '2,2', '--proofs', '2', '--json'));
  assert.match(
    (await prove('--model', `${few.root}`)).stdout,
    /data set may be opened in 3 proofs, the first model in 2/,
  );
  const unscaled = await commit('audit', 'loans.csv', '--label', 'repaid', '--scale', '0:200');
  assert.match((await prove('--model', roots.model, '--audit', `${unscaled.root}`)).stdout, /other columns or scales/);
  const seeded = join(cwd, '.surety', 'training', `audit-${roots.audit}.json`);
  const text = readFileSync(seeded, 'utf8');
  writeFileSync(seeded, text.replace(/"seed":"[0-9a-f]{64}"/, `"seed":"${'0'.repeat(64)}"`));
  assert.equal(code(await prove('--model', roots.model, '--audit', roots.audit)), 'proof.other');
  writeFileSync(seeded, text);
  writeFileSync(join(cwd, '.surety', 'training', `model-${roots.model}.json`), '{}');
  assert.equal(code(await prove('--model', roots.model, '--audit', roots.audit)), 'cli.file-unreadable');
});

test('tables and options that are none are refused by name', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'loans.csv'), LOANS);
  const commit = (...args: string[]) => here(['train', 'commit', ...args], cwd);
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [['weights'], /"weights" is nothing to commit to/],
    [['data'], /read from one file/],
    [['model', 'loans.csv'], /drawn here/],
    [['model'], /needs its widths/],
    [['model', '--widths', '2'], /--widths cannot be 2/],
    [['model', '--widths', '2,2', '--label', 'x'], /--label is not for a first model/],
    [['audit', 'loans.csv', '--batch', '4'], /--batch is not for an audit set/],
    [['data', 'loans.csv', '--batch', '3', ...SCALES], /power of two/],
    [['data', 'loans.csv', '--proofs', '65', ...SCALES], /from 2 to 64/],
    [['data', 'loans.csv', '--scale', '5:1'], /is no scale/],
    [['data', 'loans.csv', '--label', 'repaid'], /loans.csv: income holds numbers 10 .. 90.*--scale income=10:90/s],
    [['data', 'loans.csv', '--label', 'paid', '--scale', '0:100'], /There is no column paid/],
  ];
  const runs = await Promise.all(rows.map(([args]) => commit(...args)));
  for (const [i, [args, words]] of rows.entries()) {
    assert.match(runs[i]!.stderr.replace(/\s+/g, ' '), words, args.join(' '));
    assert.notEqual(runs[i]!.code, 0);
  }
});
