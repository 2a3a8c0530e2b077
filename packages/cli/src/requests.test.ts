import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type LocalChain, startChain } from '../../chain/test/local-chain.ts';
import { concatBytes } from '../../core/src/index.ts';
import { writeProgram } from '../../programs/src/index.ts';
import { randomInputs, randomProgram } from '../../programs/test/random-program.ts';
import { type Run, run as runSchema } from '../../protocol/src/index.ts';
import { folder, type Ran, surety } from './testing.ts';

const PROGRAM = randomProgram(3, 6);

let local: LocalChain;
/** Two people: each has a folder, and with it a key. */
const requester = folder();
const provider = folder();

const by = (cwd: string, ...args: string[]): Promise<Ran> => surety(args, { cwd, env: { RPC_URL: local.rpcUrl } });

const json = async <T>(cwd: string, ...args: string[]): Promise<T> => {
  const { stdout, stderr, code } = await by(cwd, ...args, '--json');
  assert.equal(code, 0, stderr + stdout);
  return JSON.parse(stdout) as T;
};

const refusal = async (cwd: string, ...args: string[]): Promise<{ readonly code: string; readonly field: string }> => {
  const { stdout } = await by(cwd, ...args, '--json');
  return (JSON.parse(stdout) as { readonly error: { readonly code: string; readonly field: string } }).error;
};

type Watching = { readonly kind: string; readonly me?: string; readonly microUsd?: string };

const watchOnce = async (cwd: string): Promise<readonly Watching[]> => {
  const { stdout, stderr, code } = await by(cwd, 'watch', '--once', '--withdraw', '--json');
  assert.equal(code, 0, stderr);
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Watching]));
};

const collected = (messages: readonly Watching[]): string | undefined =>
  messages.find(({ kind }) => kind === 'collected')?.microUsd;

const REQUEST = ['request', 'p.program', 'in.json', '--integers', '--price', '2', '--bond', '50'];
const TIMES = ['--window', '10m', '--clock', '10m', '--yes'];
const ANSWER = ['run', '--request', join(requester, 'request.json'), '--prove', 'optimistic', '--yes'];

before(async () => {
  local = await startChain();
  for (const home of [requester, provider])
    writeFileSync(join(home, 'p.program'), concatBytes(...writeProgram(PROGRAM)));
  const inputs = randomInputs(PROGRAM, 3).map(({ values }, i) => [PROGRAM.inputs[i]!.name, [...values]]);
  writeFileSync(join(requester, 'in.json'), JSON.stringify(Object.fromEntries(inputs)));
  assert.equal((await by(requester, 'deploy', '--yes')).code, 0);
});
after(() => local?.kill());

type Asked = { readonly requester: string; readonly priceMicroUsd: string; readonly file: string };

test('one asks and signs, another answers: the price moves when the claim is final, and only then', async () => {
  const [watching] = await watchOnce(provider);
  const asked = await json<Asked>(
    requester,
    ...REQUEST,
    ...TIMES,
    '--provider',
    watching!.me!,
    '--out',
    'request.json',
  );
  // What is promised stays there.
  assert.equal(collected(await watchOnce(requester)), undefined);
  assert.equal((await refusal(requester, ...ANSWER)).code, 'arbiter.request-for-another');
  assert.equal((await refusal(provider, ...ANSWER)).code, 'program.not-held');
  writeFileSync(join(provider, 'other.program'), concatBytes(...writeProgram(randomProgram(4, 6))));
  const other = await refusal(provider, 'run', 'other.program', ...ANSWER.slice(1));
  assert.deepEqual([other.code, other.field], ['arbiter.request-differs', 'PROGRAM']);
  const signed = readFileSync(asked.file, 'utf8');
  writeFileSync(
    join(provider, 'dearer.json'),
    signed.replace('"priceMicroUsd": "2000000"', '"priceMicroUsd": "3000000"'),
  );
  const dearer = await refusal(provider, ...ANSWER.slice(0, 2), 'dearer.json', ...ANSWER.slice(3));
  assert.equal(dearer.code, 'signature.wrong-signer');
  assert.equal((await json<{ readonly runs: readonly unknown[] }>(provider, 'claims')).runs.length, 0);

  const told = await by(provider, 'run', 'p.program', ...ANSWER.slice(1));
  assert.match(told.stdout, /You claim this result for 0x\S+ with a bond of \$50\.00; .* for 10 min/, told.stderr);
  assert.match(told.stdout, /With it \$2\.00 of the requester's are locked; they are yours once the claim is final/);
  const [, claimId = ''] = /Claimed: 0x([0-9a-f]{64})/.exec(told.stdout) ?? [];
  assert.equal((await refusal(provider, ...ANSWER)).code, 'action.replayed');
  assert.equal((await refusal(requester, 'cancel', 'request.json')).code, 'action.replayed');
  assert.match((await by(requester, 'claims')).stdout, /You pay \$2\.00 if it becomes final\./);
  await local.rpc('evm_increaseTime', [601]);
  await local.rpc('evm_mine');
  // The bond comes back with the price, and of the requester's two dollars nothing is left.
  assert.equal(collected(await watchOnce(provider)), '52000000');
  assert.equal(collected(await watchOnce(requester)), undefined);
  const shown = await json<Run>(requester, 'dispute', claimId);
  assert.deepEqual(runSchema.safeParse(shown).error, undefined);
  assert.deepEqual([shown.state, shown.requester, shown.priceMicroUsd], ['final', asked.requester, '2000000']);
  const words = (await by(provider, 'dispute', claimId)).stdout;
  assert.match(words, /requester +0x[0-9a-fA-F]{40}\n +provider +0x[0-9a-fA-F]{40} \(you\)/);
  assert.match(words, /Requester +0x\S+ +pays \$2\.00 \(the price\)/);
});

test('a request is taken back, and what is promised is then free', async () => {
  const asked = await json<Asked>(requester, ...REQUEST, ...TIMES);
  assert.match(asked.file, /request-[0-9a-f]{8}\.json$/);
  const back = await by(requester, 'cancel', asked.file);
  assert.match(back.stdout, /Its price of \$2\.00 is free in the Arbiter/, back.stderr);
  assert.equal((await refusal(requester, 'cancel', asked.file)).code, 'action.replayed');
  assert.equal(collected(await watchOnce(requester)), '2000000');
});

test('what cannot be asked for is refused with its reason, before anything is signed', async () => {
  const cases: readonly (readonly [readonly string[], code: string, field: string])[] = [
    [['--bond', '1'], 'input.out-of-range', '--bond'],
    [['--bond', 'abc'], 'input.malformed', '--bond'],
    [['--price', '-1'], 'amount.negative', '--price'],
    [['--window', '31d'], 'cli.usage', '--window'],
    [['--provider', '0x12'], 'input.malformed', '--provider'],
    [['--private-input'], 'optimistic.private', 'input'],
  ];
  for (const [args, code, field] of cases) {
    const refused = await refusal(requester, ...REQUEST, ...TIMES, ...args);
    assert.deepEqual([refused.code, refused.field], [code, field], args.join(' '));
  }
  assert.equal((await refusal(requester, 'request', 'p.program', 'in.json', '--yes')).field, '--price');
  const twice = await refusal(provider, ...ANSWER, '--bond', '60');
  assert.deepEqual([twice.code, twice.field], ['cli.usage', '--bond']);
});
