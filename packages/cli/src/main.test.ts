import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startOf } from './local/processes.ts';
import { COMMANDS } from './table.ts';
import { folder, surety } from './testing.ts';
import { VERSION } from './version.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const RECEIPT = join(FIXTURES, 'receipt.txt');
const TRUST = join(FIXTURES, 'trust.json');

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  assert.equal(VERSION, version);
  assert.deepEqual(await surety(['--version']), { code: 0, stdout: `surety ${version}\n`, stderr: '' });
});

test('help names every command, and each has its own page', async () => {
  const { stdout, code } = await surety([]);
  assert.equal(code, 0);
  for (const { name, summary } of COMMANDS) assert.ok(stdout.includes(name) && stdout.includes(summary), name);
  assert.match((await surety(['ask', '--help'])).stdout, /--budget USD/);
  assert.match((await surety(['help', 'player'])).stdout, /player backtest/);
  assert.equal(
    (JSON.parse((await surety(['help', '--json'])).stdout) as { commands: unknown[] }).commands.length,
    COMMANDS.length,
  );
});

test('a wrong command line exits with 2 and says what was meant, in words or as JSON', async () => {
  const [words, json] = await Promise.all([surety(['aks']), surety(['aks', '--json'])]);
  assert.deepEqual(words, {
    code: 2,
    stdout: '',
    stderr: 'surety: "aks" is not a command. Did you mean "surety ask"?\n',
  });
  assert.equal((JSON.parse(json.stdout) as { error: { code: string } }).error.code, 'cli.usage');
});

test('refusals carry the exit status of their code, before any node is needed', async () => {
  const rows: readonly (readonly [readonly string[], number, string])[] = [
    [['ask', 'Will Vitalik be killed by 2030-01-01?'], 3, 'screening.violence'],
    [['ask', 'Is google.com a scam?', '--budget', '0.0000001'], 2, 'amount.not-integer'],
    [['ask', 'Is google.com a scam?', '--close', '1w'], 2, 'cli.usage'],
    [['ask', 'Is google.com a scam?'], 69, 'cli.no-node'],
    [['verify', 'nowhere.json'], 66, 'cli.file-unreadable'],
    [['demo', 'tamper'], 66, 'cli.file-unreadable'],
    [['player', 'add', 'nobody'], 65, 'cli.bad-player'],
  ];
  const runs = await Promise.all(rows.map(([args]) => surety([...args, '--json'])));
  for (const [i, [args, exit, code]] of rows.entries()) {
    const ran = runs[i]!;
    const { error } = JSON.parse(ran.stdout) as { error: { code: string; next: string } };
    assert.deepEqual([ran.code, error.code], [exit, code], args.join(' '));
    assert.ok(error.next.length > 0);
  }
});

test('a receipt is verified with no node running: four links, each with what it does not prove', async () => {
  const { code, stdout, stderr } = await surety(['verify', RECEIPT, '--trust', TRUST]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /^✔ trusted/);
  for (const link of ['intent', 'input', 'program', 'output']) assert.match(stdout, new RegExp(`^[✔○] ${link}: `, 'm'));
  assert.equal(stdout.match(/does not prove/g)?.length, 4);
  assert.match(stdout, /DEVELOPMENT/);
  assert.match(stdout, /later rulings are not visible/);
  assert.ok(!stdout.includes('\u001b'), 'no colours when piped');
  assert.ok(
    (await surety(['verify', RECEIPT, '--trust', TRUST], { env: { FORCE_COLOR: '1' } })).stdout.includes('\u001b[32m'),
  );
});

test('several receipts are verified at once; the status is that of the first that is not trusted', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'other.json'), '{}\n');
  const both = await surety(['verify', RECEIPT, 'other.json', '--trust', TRUST], { cwd });
  assert.equal(both.code, 1);
  assert.match(both.stdout, /other\.json\n✘ malformed[\s\S]*1 of 2 receipts are trusted\./);
  const json = await surety(['verify', RECEIPT, RECEIPT, '--trust', TRUST, '--json'], { cwd });
  assert.equal(json.code, 0);
  const { receipts } = JSON.parse(json.stdout) as { receipts: { file: string; verdict: string }[] };
  assert.deepEqual(
    receipts.map(({ file, verdict }) => [file, verdict]),
    [
      [RECEIPT, 'trusted'],
      [RECEIPT, 'trusted'],
    ],
  );
});

test('without pinned trust a receipt is self-signed and the exit status says so', async () => {
  const { code, stdout, stderr } = await surety(['verify', RECEIPT]);
  assert.equal(code, 3);
  assert.match(stdout, /^✘ self-signed/);
  assert.match(stderr, /nothing is pinned/);
});

test('changes are named: a flipped bit, a changed field, and a file that is no receipt', async () => {
  const tampered = async (...args: string[]) => {
    const ran = await surety(['demo', 'tamper', RECEIPT, '--trust', TRUST, '--json', ...args]);
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    return JSON.parse(ran.stdout) as { before: string; after: string; changed: string[]; brokenLinks: string[] };
  };
  const answer = await tampered('--path', 'predicate.outcome');
  assert.deepEqual([answer.before, answer.after, answer.changed], ['trusted', 'refuted', ['predicate.outcome']]);
  assert.ok(answer.brokenLinks.includes('output'));
  assert.deepEqual((await tampered()).brokenLinks.includes('program'), true);
  assert.notEqual((await tampered('--seed', '7')).after, 'trusted');
  const cwd = folder();
  writeFileSync(join(cwd, 'other.json'), '{}\n');
  assert.equal((await surety(['verify', 'other.json'], { cwd })).code, 1);
});

test('a new player is a file of about thirty lines that can be scored on labelled questions', async () => {
  const cwd = folder();
  assert.equal((await surety(['player', 'new', 'mybot'], { cwd })).code, 0);
  assert.ok(readFileSync(join(cwd, 'mybot.mjs'), 'utf8').split('\n').length <= 35);
  assert.equal((await surety(['player', 'new', 'mybot'], { cwd })).code, 2);
  writeFileSync(
    join(cwd, 'labels.jsonl'),
    '{"question":"Is free-claim-rewards.xyz a scam?","outcome":"scam"}\n{"question":"google.com","outcome":"legitimate"}\n',
  );
  const { stdout } = await surety(['player', 'backtest', 'mybot', '--data', 'labels.jsonl', '--json'], { cwd });
  const result = JSON.parse(stdout) as { questions: number; accuracyPpm: number; brierPpm: number };
  assert.deepEqual([result.questions, result.accuracyPpm], [2, 1_000_000]);
  assert.ok(result.brierPpm < 250_000);
  writeFileSync(join(cwd, 'bad.jsonl'), '{"question":"google.com","outcome":"maybe"}\n');
  assert.match(
    (await surety(['player', 'backtest', 'mybot', '--data', 'bad.jsonl'], { cwd })).stderr,
    /Line 1 .*scam, legitimate/s,
  );
});

test('status, stop, doctor and reset say how things are when nothing runs', async () => {
  const cwd = folder();
  assert.equal((await surety(['status'], { cwd })).code, 69);
  assert.equal((await surety(['stop'], { cwd })).code, 0);
  const { checks } = JSON.parse((await surety(['doctor', '--json'], { cwd, env: { SURETY_PORT: '0' } })).stdout) as {
    checks: { name: string; state: string }[];
  };
  assert.equal(checks.find(({ name }) => name === 'Node')?.state, 'ok');
  const home = join(cwd, '.surety');
  assert.equal((await surety(['reset'], { cwd })).code, 0);
  assert.ok(!existsSync(home));
});

test('a process that has got the id of a node that is gone is neither the node nor ended', async (t) => {
  const cwd = folder();
  const home = join(cwd, '.surety');
  mkdirSync(home);
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  t.after(() => stranger.kill('SIGKILL'));
  const hold = (startedAt: string): void => {
    writeFileSync(join(home, 'env.json'), JSON.stringify({ url: 'http://127.0.0.1:9', pid: stranger.pid }));
    const holder = { pid: stranger.pid, startedAt, program: 'sleep' };
    writeFileSync(join(home, 'node.lock'), JSON.stringify({ process: holder }));
  };
  hold('another boot:1');
  assert.equal((await surety(['status'], { cwd })).code, 69);
  assert.match((await surety(['markets', '--json'], { cwd })).stdout, /"cli.no-node"/);
  assert.match((await surety(['stop'], { cwd })).stdout, /Nothing runs here/);
  assert.ok(stranger.exitCode === null && stranger.signalCode === null, 'the stranger goes on');

  hold(startOf(stranger.pid!)!);
  const refused = await surety(['reset', '--yes', '--json'], { cwd });
  assert.match(refused.stdout, /process\.already-running/);
  assert.ok(existsSync(home), 'a folder that a process holds is not erased');
});

test('the demonstration finds the receipts that npm start kept', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, '.surety', 'receipts'), { recursive: true });
  copyFileSync(RECEIPT, join(cwd, '.surety', 'receipts', 'is-google-com-a-scam-8d2dd3.json'));
  const { code, stdout } = await surety(['demo', 'tamper', '--trust', TRUST], { cwd });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /Noticed/);
});

test('completions are scripts that their shells accept', async () => {
  const { stdout } = await surety(['completion', 'bash']);
  const checked = spawnSync('bash', ['-n'], { input: stdout, encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stderr);
  for (const { name } of COMMANDS) assert.ok(stdout.includes(name.split(' ').at(-1)!), name);
  assert.match((await surety(['completion', 'zsh'])).stdout, /^#compdef surety/);
  assert.match((await surety(['completion', 'fish'])).stdout, /complete -c surety/);
});
