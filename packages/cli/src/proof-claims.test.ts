/** Proofs claimed on a chain as people do it: with a node that publishes data, and somebody else who checks. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { concatBytes } from '../../core/src/index.ts';
import { writeProgram } from '../../programs/src/index.ts';
import { anyInput, mlpProgram, randomLayers } from '../../programs/test/networks.ts';
import { digits, siteNames } from '../../proofs/test/bundled.ts';
import { type Run, run as runSchema } from '../../protocol/src/index.ts';
import { folder, here, machine, type Ran, surety } from './testing.ts';
import { startNode } from './testing-node.ts';

/** Of the first a contract checks the whole proof; sizes of the second are no powers of two. */
const SMALL = [16, 8];
const LARGE = [20, 12, 10];
/** Wide enough for an input to be hidden beside weights that are not. */
const WIDE = [784, 10];

const cwd = folder();
const stranger = folder();
let node: Awaited<ReturnType<typeof startNode>>;
let rpcUrl: string;

const connection = (): NodeJS.ProcessEnv => ({ RPC_URL: rpcUrl, SURETY_URL: node.url });

const by = (where: string, ...args: string[]): Promise<Ran> =>
  here(args, where, { env: { ...machine(), ...connection() } });

const parsed = <T>({ stdout, stderr, code }: Ran): T => {
  assert.equal(code, 0, stderr + stdout);
  return JSON.parse(stdout) as T;
};

const pass = async (seconds: number): Promise<void> => {
  for (const [method, params] of [
    ['evm_increaseTime', [seconds]],
    ['evm_mine', []],
  ] as const)
    await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
};

before(async () => {
  const home = join(folder(), '.surety');
  node = await startNode(home);
  rpcUrl = (JSON.parse(readFileSync(join(home, 'env.json'), 'utf8')) as { readonly rpcUrl: string }).rpcUrl;
  const mlp = (widths: readonly number[]) => mlpProgram(widths, randomLayers(widths, 1));
  for (const [name, program] of [
    ['small', mlp(SMALL)],
    ['large', mlp(LARGE)],
    ['wide', mlp(WIDE)],
    ['digits', await digits()],
    ['site-names', siteNames()],
  ] as const) {
    writeFileSync(join(cwd, `${name}.program`), concatBytes(...writeProgram(program)));
    const inputs = anyInput(program, 3).map(({ values }, i) => [program.inputs[i]!.name, [...values]]);
    writeFileSync(join(cwd, `${name}.json`), JSON.stringify(Object.fromEntries(inputs)));
  }
  writeFileSync(join(cwd, 'none.json'), JSON.stringify({ x: [new Array(SMALL[0]).fill(0)] }));
});
after(async () => {
  node?.stop();
  await node?.ended;
});

const claim = (name: string, ...more: string[]): Promise<Ran> =>
  by(cwd, 'run', `${name}.program`, `${name}.json`, '--integers', '--prove', 'zk', '--bond', '50', '--yes', ...more);

type Claimed = {
  readonly claimId: string;
  readonly judged: { readonly kind: string; readonly hides?: { readonly proofs: number; readonly input: boolean } };
  readonly architecture: string;
  readonly proof: { readonly transaction: string } | null;
  readonly published: { readonly url: string } | null;
};

test('a small program: the contract checks the proof, the claim is final at once, and the words say that nobody has to watch', async () => {
  const told = await claim('small');
  assert.equal(told.code, 0, told.stderr + told.stdout);
  assert.match(
    told.stdout,
    /with a proof that the contract checks, for [0-9,]+ gas\.\n.*final as soon as .* nobody has to watch/,
  );
  assert.match(told.stdout, /Proved on the chain, and final\./);
  const [, claimId = ''] = /Claimed: 0x([0-9a-f]{64})/.exec(told.stdout) ?? [];
  const shown = parsed<Run>(await by(cwd, 'dispute', claimId, '--json'));
  assert.deepEqual(runSchema.safeParse(shown).error, undefined);
  assert.deepEqual(
    [shown.state, shown.proved, shown.route.kind, shown.finding.holds],
    ['final', true, 'proof', 'shown'],
  );
  assert.equal(
    shown.finding.assumes.some((words) => words.includes('watcher')),
    false,
  );
});

test('the models of the examples are claimed by steps, and somebody else checks them', async () => {
  for (const name of ['digits', 'site-names']) {
    const claimed = parsed<Claimed>(await claim(name, '--window', '10m', '--clock', '10m', '--json'));
    assert.deepEqual([claimed.judged.kind, claimed.proof], ['steps', null]);
    // The node publishes all that it takes: architecture and data.
    const watched = await by(stranger, 'watch', '--once');
    assert.match(
      watched.stdout,
      new RegExp(`✔ ${claimed.claimId.slice(0, 8)}\\S* agrees with your own run`),
      watched.stderr,
    );
  }
});

test('a larger one: its data are published, somebody else checks them, and after the window it is final', async () => {
  const claimed = parsed<Claimed>(await claim('large', '--window', '10m', '--clock', '10m', '--json'));
  assert.deepEqual([claimed.judged.kind, claimed.proof], ['steps', null]);
  const { url } = claimed.published!;
  assert.equal((await fetch(url)).status, 200);
  // Whoever has the program derives its architecture; nothing else is needed.
  const watched = await by(stranger, 'watch', '--once', '--programs', cwd);
  assert.match(watched.stdout, /✔ 0x\S+ agrees with your own run/, watched.stderr);
  const open = parsed<Run>(await by(cwd, 'dispute', claimed.claimId, '--json'));
  assert.deepEqual([open.route.kind, open.program.name, open.finding.holds], ['proof-steps', 'large', 'not-shown']);
  await pass(601);
  const mine = await by(cwd, 'watch', '--once', '--withdraw');
  assert.match(mine.stdout, /Made final/, mine.stderr);
  const done = parsed<Run>(await by(cwd, 'dispute', claimed.claimId, '--json'));
  assert.deepEqual([done.state, done.proved, done.finding.holds], ['final', false, 'shown']);
  assert.ok(done.finding.assumes.some((words) => words.includes('has the data of the proof')));
});

test('data that are not published any more are withheld to a stranger, whose limit keeps him from asking', async () => {
  const told = await claim('large', '--window', '10m', '--clock', '10m', '--url', 'http://127.0.0.1:9');
  assert.equal(told.code, 0, told.stderr);
  assert.match(told.stdout, /assumes one honest challenger who has the [0-9,]+ bytes of its data/);
  assert.match(told.stdout, /data of its proof are published nowhere/);
  const other = folder();
  const args = ['watch', '--once', '--programs', cwd, '--url', 'http://127.0.0.1:9', '--max-data-stake', '0', '--json'];
  await pass(200);
  // Its lines go past what can be caught within one process.
  const watched = await surety(args, { cwd: other, env: connection() });
  assert.match(watched.stdout, /"found":"withheld"/, watched.stderr);
  assert.match(watched.stdout, /"alert":"withheld"/);
  rmSync(other, { recursive: true });
});

test('one asks for a proof, another brings it: the price is paid at once, and for no other way of showing', async () => {
  const asked = await by(
    cwd,
    ...['request', 'small.program', 'small.json', '--integers', '--prove', 'zk', '--price', '2', '--bond', '50'],
    ...['--out', 'request.json', '--yes'],
  );
  assert.match(asked.stdout, /proves the result on the chain within .*nobody has to watch/, asked.stderr);
  const answer = ['run', join(cwd, 'small.program'), '--request', join(cwd, 'request.json'), '--yes', '--json'];
  const other = await by(stranger, ...answer, '--prove', 'optimistic');
  const { error } = JSON.parse(other.stdout) as { error: { code: string; field: string } };
  assert.deepEqual([error.code, error.field], ['arbiter.request-differs', '--prove']);
  const claimed = parsed<Claimed>(await by(stranger, ...answer, '--prove', 'zk'));
  assert.equal(claimed.judged.kind, 'checked');
  const shown = parsed<Run>(await by(stranger, 'dispute', claimed.claimId, '--json'));
  assert.deepEqual([shown.state, shown.proved, shown.priceMicroUsd], ['final', true, '2000000']);
});

const hiding = (name: string, what: string, ...more: string[]): Promise<Ran> =>
  claim(name, '--private', what, '--window', '10m', '--clock', '10m', ...more);

test('weights and input hidden: by steps however small, said so, checked from the architecture by a stranger, and final', async () => {
  const told = await hiding('small', 'both');
  assert.equal(told.code, 0, told.stderr + told.stdout);
  assert.match(told.stdout, /a proof by steps.*no contract checks a proof whole that hides anything, however small/);
  assert.match(told.stdout, /input +hidden/);
  assert.match(told.stdout, /weights +hidden/);
  assert.match(told.stdout, /architecture +shown/);
  assert.doesNotMatch(told.stdout, /Nothing is hidden/);
  const [, claimId = ''] = /Claimed: 0x([0-9a-f]{64})/.exec(told.stdout) ?? [];
  const [, architecture = ''] = /needs its architecture, (\S+):/.exec(told.stdout) ?? [];
  // Where no node answers the program alone tells a stranger nothing, and the architecture's file is enough.
  const other = folder();
  const env = { RPC_URL: rpcUrl, SURETY_URL: 'http://127.0.0.1:9' };
  assert.match(
    (await surety(['watch', '--once', '--programs', cwd], { cwd: other, env })).stdout,
    new RegExp(`0x${claimId.slice(0, 8)}.*cannot be checked: its program is not here`),
  );
  const given = join(other, 'given');
  mkdirSync(given);
  writeFileSync(join(given, basename(architecture)), readFileSync(architecture));
  assert.match((await by(other, 'watch', '--once', '--programs', given)).stdout, /✔ 0x\S+ agrees with your own run/);
  const blind = parsed<Run>(await by(other, 'dispute', claimId, '--json'));
  assert.ok(blind.finding.doesNotProve.some((words) => words.includes('the architecture, which is not held here')));
  await pass(601);
  assert.match((await by(cwd, 'watch', '--once')).stdout, /Made final/);
  const done = parsed<Run>(await by(cwd, 'dispute', claimId, '--json'));
  assert.deepEqual([done.state, done.finding.holds, done.finding.proves.length], ['final', 'shown', 2]);
  assert.match(done.finding.proves[1]!.of, /^the values of the constants and the input: /);
  assert.ok(done.finding.assumes.some((words) => words.includes('no more than 3 proofs')));
  // The node has the architecture, which was published before the claim was made.
  const page = (await (await fetch(`${node.url}/v1/runs/${claimId}`)).json()) as Run;
  assert.equal(page.finding.proves.length, 2);
  assert.deepEqual(
    readdirSync(join(cwd, '.surety', 'claims')).filter((name) => name.startsWith('proving')),
    [],
  );
});

/** Proofs spent of the one commitment that is kept. */
const spent = (): number => {
  const folders = join(cwd, '.surety', 'commitments');
  const [root = ''] = readdirSync(folders, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? [each.name] : [],
  );
  return readdirSync(join(folders, root)).length;
};

test('a hidden input of a program that anybody holds, and hidden weights on an input that is shown', async () => {
  const input = parsed<Claimed>(await hiding('wide', 'input', '--private-input', '--threads', '1', '--json'));
  assert.deepEqual([input.judged.kind, input.judged.hides], ['steps', { proofs: 0, input: true }]);
  // Its weights are bound, so whoever holds the program derives what the claim names.
  assert.match(
    (await by(folder(), 'watch', '--once', '--programs', cwd)).stdout,
    new RegExp(`✔ ${input.claimId.slice(0, 8)}\\S* agrees`),
  );
  const open = parsed<Run>(await by(cwd, 'dispute', input.claimId, '--json'));
  assert.ok(open.finding.doesNotProve.some((words) => words.includes('committed to, not hidden')));
  const before = spent();
  const weights = parsed<Claimed>(await hiding('small', 'weights', '--json'));
  assert.deepEqual(weights.judged.hides, { proofs: 3, input: false });
  assert.equal(spent(), before + 1);
});

test('a proof that nobody has seen, because nothing was claimed, is not spent', async () => {
  const before = spent();
  const args = [
    'run',
    'small.program',
    'small.json',
    '--integers',
    '--prove',
    'zk',
    '--bond',
    '50',
    '--private',
    'both',
  ];
  // Nobody is there to agree.
  assert.match((await by(cwd, ...args, '--json')).stdout, /cli\.needs-yes/);
  assert.equal(spent(), before);
  const zeros = await by(
    cwd,
    ...args.map((each) => (each === 'small.json' ? 'none.json' : each)).slice(0, -1),
    'weights',
    '--json',
  );
  assert.match(zeros.stdout, /proof\.unsupported/);
  assert.equal(spent(), before);
});

test('what cannot be claimed is refused before anything is paid', async () => {
  const error = async (...args: string[]) => {
    const { stdout } = await by(cwd, ...args, '--json');
    return (JSON.parse(stdout) as { error?: { code: string; field: string; limit?: string } }).error;
  };
  const base = ['run', 'large.program', 'large.json', '--integers', '--prove', 'zk', '--bond', '50', '--yes'];
  // What has to stay hidden is hidden by the proof, or not claimed.
  assert.deepEqual([(await error(...base, '--hide-input'))?.field], ['--hide-input']);
  const tooSmall = await error(...base, '--private', 'input');
  assert.deepEqual([tooSmall?.code, tooSmall?.field], ['proof.unsupported', '--private']);
  assert.match(tooSmall?.limit ?? '', /^rows of \d+ values or more$/);
  assert.deepEqual([(await error(...base, '--private', 'weights', '--private-input'))?.code], ['proof.unsupported']);
  assert.deepEqual([(await error(...base, '--private-input'))?.code], ['proof.unsupported']);
  const zeros = [new Array(LARGE[0]).fill(0)];
  writeFileSync(join(cwd, 'zeros.json'), JSON.stringify({ x: zeros }));
  const nothing = await error('run', 'large.program', 'zeros.json', ...base.slice(3));
  assert.deepEqual([nothing?.code, nothing?.field], ['proof.unsupported', 'INPUT']);
});
